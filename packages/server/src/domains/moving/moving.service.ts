import { mkdir, readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context, Services, Undertaking } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { AppError, notFound } from "../../kernel/errors.ts"
import type { Identity } from "../../kernel/http/identity.ts"
import { isId } from "../../kernel/ids.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { operationsOf, startOperation } from "../../kernel/operations/operations.ts"
import { seal, unseal } from "../../kernel/secret-key.ts"

export const exportEverything = "moving.export"
export const exportWork: Undertaking = operationsOf("exportAll")
/** Days the file can be downloaded; then it is deleted. */
const keptDays = 3
/** Minutes an address for a download holds. */
const addressLasts = 5
const ending = ".zip"
const day = 86_400_000

export interface WholeExport {
  /** Of the operation that made it. */
  id: string
  /** Bytes. */
  size: number
  createdAt: string
  /** When it is deleted. */
  expiresAt: string
}

/** Where the exports of a workspace lie, and the folder one is put together in. */
export function exportPlace({ dataDir }: Pick<Services, "dataDir">, workspaceId: string) {
  const folder = join(dataDir, "exports", workspaceId)
  return {
    folder,
    draft: (id: string) => join(folder, id),
    file: (id: string) => join(folder, `${id}${ending}`),
    make: () => mkdir(folder, { recursive: true, mode: 0o700 }),
  }
}

/** @throws AppError forbidden for an API key: whoever holds one would have everything there is */
export function requirePerson({ apiKeyId }: Identity): void {
  if (apiKeyId !== null)
    throw new AppError("forbidden", {
      detail: "Everything at once is for people who are signed in, not for API keys.",
    })
}

/** Orders a file of everything, unless one is being made; returns the id of the operation that makes it. */
export async function startExport(ctx: Context): Promise<string> {
  await ctx.tx.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}/${exportEverything}`}, 0))`,
  )
  const [open] = await exportWork.open(ctx)
  if (open) return open
  const id = await startOperation(ctx, { kind: "exportAll" })
  await orderStep(ctx, exportEverything, id)
  noteSecurity(ctx, "everything_exported", { operationId: id })
  return id
}

/** The files that can be downloaded, newest first. */
export async function listExports(ctx: Context): Promise<WholeExport[]> {
  const { folder, file } = exportPlace(ctx.services, ctx.workspaceId)
  const names = await readdir(folder).catch(() => [])
  const ids = names.flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []))
  const done = await ctx.tx.rows<{ id: string; at: string }>(sql`
    select id, finished_at as at from operations
    where workspace_id = ${ctx.workspaceId} and kind = 'exportAll' and status = 'done' and id = any (${ids.filter(isId)}::uuid[])
    order by finished_at desc`)
  const listed = await Promise.all(
    done.map(async ({ id, at }) => {
      const expiresAt = new Date(Date.parse(at) + keptDays * day).toISOString()
      // It may be deleted this very moment.
      const found = await stat(file(id)).catch(() => undefined)
      return found && ctx.now().toISOString() < expiresAt
        ? [{ id, size: found.size, createdAt: at, expiresAt }]
        : []
    }),
  )
  return listed.flat()
}
async function findExport(ctx: Context, id: string): Promise<WholeExport> {
  const found = (await listExports(ctx)).find((one) => one.id === id)
  if (!found) throw notFound()
  return found
}

/** A token that lets this member fetch this file for some minutes. Throws `not_found`. */
export async function allowDownload(ctx: Context, id: string): Promise<{ token: string; expiresAt: string }> {
  await findExport(ctx, id)
  const expiresAt = new Date(ctx.now().getTime() + addressLasts * 60_000).toISOString()
  const sealed = await seal(ctx.services, purposeOf(ctx, id), expiresAt)
  return { token: sealed.toString("base64url"), expiresAt }
}
/** Sealed for one file, for one member: a token opens nothing else. */
function purposeOf({ workspaceId, actor }: Context, id: string): string {
  return `export ${workspaceId} ${id} ${actor.memberId}`
}
/** Where the file lies that a token is for. Throws `not_found`, alike for every reason. */
export async function downloadable(
  ctx: Context,
  id: string,
  token: string,
): Promise<{ path: string; name: string }> {
  const found = await findExport(ctx, id)
  const expiresAt = await unseal(ctx.services, purposeOf(ctx, id), Buffer.from(token, "base64url")).catch(
    () => "",
  )
  if (ctx.now().toISOString() >= expiresAt) throw notFound()
  const path = exportPlace(ctx.services, ctx.workspaceId).file(id)
  return { path, name: `regulars-${found.createdAt.slice(0, 10)}${ending}` }
}

/**
 * Deletes whatever nobody can download and nobody works on: files that have had their time, and rests. With `only`, all
 * files but this one as well.
 */
export async function sweepExports(ctx: Context, only?: string): Promise<void> {
  const { folder } = exportPlace(ctx.services, ctx.workspaceId)
  const names = await readdir(folder).catch(() => [])
  if (names.length === 0) return
  const open = await exportWork.open(ctx)
  const whole = (await listExports(ctx)).filter(({ id }) => only === undefined || id === only)
  for (const name of names) {
    const isKept = whole.some(({ id }) => name === id + ending) || open.some((id) => name.startsWith(id))
    if (!isKept) await rm(join(folder, name), { recursive: true, force: true })
  }
}
