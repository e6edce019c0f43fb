import { join } from "node:path"
import { noteSecurityApart } from "../../kernel/audit/note.ts"
import { verifyArchive } from "../../kernel/backup/archive-reader.ts"
import { readInstallation } from "../../kernel/backup/backup.queries.ts"
import { backupFolder, backupNow, deleteExpired, type MadeBy } from "../../kernel/backup/backup-folder.ts"
import type { JobHandler, Schedule } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { everySecond, follow } from "../../kernel/operations/follow.ts"
import { operationsOf, startOperation } from "../../kernel/operations/operations.ts"
import { dayIn } from "../../kernel/time.ts"

/** Makes a backup, and deletes those made by themselves that have had their time. */
export const backupJob: JobHandler = {
  name: "backup.make",
  attempts: 6,
  opensOwn: true,
  undertaking: operationsOf("backup"),
  handle: (ctx, payload) =>
    follow(ctx, String(payload.id), async ({ input, createdBy }, report) => {
      const madeBy: MadeBy = input.daily === true ? "schedule" : "person"
      const { services, workspaceId } = ctx
      const onProgress = everySecond(report)
      const { file: _, ...summary } = await backupNow({ ...services, onProgress }, madeBy)
      await report({ status: "done", done: summary.rows, total: summary.rows, summary })
      const { plan } = await readInstallation(services.pools)
      await deleteExpired(services.dataDir, plan, ctx.now())
      await noteSecurityApart(services, { workspaceId, memberId: createdBy }, "backed_up", {
        operationId: String(payload.id),
      })
    }),
}

/** Reads a backup from beginning to end; fails with a sentence about the first thing that is wrong. */
export const verifyJob: JobHandler = {
  name: "backup.verify",
  attempts: 2,
  opensOwn: true,
  undertaking: operationsOf("verify"),
  handle: (ctx, payload) =>
    follow(ctx, String(payload.id), async ({ input }, report) => {
      const tell = everySecond(report)
      const file = String(input.file)
      const { members } = await verifyArchive(join(backupFolder(ctx.services.dataDir), file), (done, total) =>
        tell(inKilobytes(done), inKilobytes(total)),
      )
      const done = members.length
      await report({ status: "done", done, total: done, summary: { file, parts: done } })
    }),
}
/** Bytes of a large backup are more than a column of progress holds. */
function inKilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024)
}

/** A day begins for backups when the night is deep. */
const nightfall = 2 * 60 * 60 * 1000
/** Orders the backup of the day, once for all workspaces: at two at night, or when the machine is on again. */
export const dailyBackupJob: JobHandler = {
  name: "backup.daily",
  async handle(ctx) {
    const today = dayIn(ctx.workspaceZone, new Date(ctx.now().getTime() - nightfall))
    const turn = await ctx.tx.row<{ mine: boolean }>(sql`select take_backup_day(${today}::date) as mine`)
    if (!turn?.mine) return
    await orderStep(
      ctx,
      backupJob.name,
      await startOperation(ctx, { kind: "backup", input: { daily: true } }),
    )
  },
}
export const dailyBackupSchedule: Schedule = { job: dailyBackupJob.name, everyMinutes: 15 }
