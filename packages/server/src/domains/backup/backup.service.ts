import { rm } from "node:fs/promises"
import type { BackupPlan } from "@regulars/contract/domains/backup.endpoints.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import { changePlan, readInstallation, resumeSending } from "../../kernel/backup/backup.queries.ts"
import {
  backupFolder,
  findBackup,
  type ListedBackup,
  listBackups,
} from "../../kernel/backup/backup-folder.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, notFound } from "../../kernel/errors.ts"

interface Backups {
  data: ListedBackup[]
  folder: string
  plan: BackupPlan
  sendingPaused: boolean
  alone: boolean
}
export async function backupsOf({ services }: Context): Promise<Backups> {
  const { plan, sendingPaused, workspaces } = await readInstallation(services.pools)
  const data = await listBackups(services.dataDir)
  return { data, folder: backupFolder(services.dataDir), plan, sendingPaused, alone: workspaces === 1 }
}

/** @throws AppError forbidden where several workspaces share the server: a backup holds everybody's data */
export async function requireAlone({ services }: Context): Promise<void> {
  if ((await readInstallation(services.pools)).workspaces > 1)
    throw new AppError("forbidden", {
      detail:
        "Several workspaces share this server, and a backup holds them all. Whoever runs the server looks after it by command.",
    })
}
/** Where a backup of the list lies. Throws `not_found`. */
export async function pathOfBackup({ services }: Context, name: string): Promise<string> {
  const path = await findBackup(services.dataDir, name)
  if (!path) throw notFound()
  return path
}

/** @throws AppError forbidden, see `requireAlone` */
export async function changeBackupPlan(ctx: Context, changes: Partial<BackupPlan>): Promise<BackupPlan> {
  await requireAlone(ctx)
  const plan = await changePlan(ctx.services.pools, changes)
  noteSecurity(ctx, "backup_plan_changed", { ...plan })
  return plan
}
/** @throws AppError forbidden, see `requireAlone` */
export async function letSend(ctx: Context): Promise<void> {
  await requireAlone(ctx)
  await resumeSending(ctx.services.pools)
  noteSecurity(ctx, "sending_resumed", {})
}
/** @throws AppError forbidden, see `requireAlone`; not_found */
export async function deleteBackup(ctx: Context, name: string): Promise<void> {
  await requireAlone(ctx)
  await rm(await pathOfBackup(ctx, name))
  noteSecurity(ctx, "backup_deleted", { file: name })
}
