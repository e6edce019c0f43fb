import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { seesWhole } from "../access/policy.ts"
import type { Context, Undertaking } from "../context.ts"
import { allOf, type Sql, sql } from "../db/sql.ts"
import { analyzeSoon } from "../db/statistics.ts"
import { AppError, notFound } from "../errors.ts"
import { newId } from "../ids.ts"
import type { Values } from "../records/columns.ts"
import { nameStayed } from "./name-stayed.ts"

/** Kinds whose effect can be taken back. */
const undoable = ["import", "bulk", "undo", "merge"]
const columns = sql`
  id, kind, status, entity, done, total, summary, summary ->> 'error' as error, created_by as "createdBy", created_at as "createdAt", finished_at as "finishedAt",
  (kind = any (${undoable}::text[]) and undone_by is null and status in ('done', 'cancelled', 'failed')
    and (kind <> 'merge' or exists (
      select from merged_records m
      where m.workspace_id = operations.workspace_id and m.operation_id = operations.id and m.record is not null))) as "canUndo"`

export interface NewOperation {
  kind:
    | "import"
    | "bulk"
    | "undo"
    | "merge"
    | "unmerge"
    | "sample"
    | "backup"
    | "verify"
    | "scan"
    | "exportAll"
  entity?: string | null
  input?: Values
  total?: number | null
  undoOf?: string
}

/** Records that something is to be done together; the job that does it reports to this row. */
export async function startOperation(ctx: Context, operation: NewOperation): Promise<string> {
  const id = newId(ctx.now().getTime())
  const now = ctx.now().toISOString()
  await ctx.tx.rows(sql`
    insert into operations (workspace_id, id, kind, status, entity, input, total, undo_of, created_by, created_at, updated_at)
    values (${ctx.workspaceId}, ${id}, ${operation.kind}, 'queued', ${operation.entity ?? null}, ${JSON.stringify(operation.input ?? {})}::text::jsonb,
      ${operation.total ?? null}, ${operation.undoOf ?? null}, ${ctx.actor.memberId}, ${now}, ${now})`)
  return id
}

/**
 * Their results name records: those of others are for who sees all of what these were done to. Backups, scans and the
 * sample name none.
 */
function visible(ctx: Context): Sql {
  const { access } = ctx
  if (!access) return sql`true`
  const whole = ctx.registry.entities.map(({ name }) => name).filter((name) => seesWhole(ctx, name))
  return sql`(created_by = ${access.memberId} or entity is null or entity = any (${whole}::text[]))`
}

export async function getOperation(ctx: Context, id: string): Promise<Operation> {
  const row = await ctx.tx.row<Operation>(
    sql`select ${columns} from operations where workspace_id = ${ctx.workspaceId} and id = ${id} and ${visible(ctx)}`,
  )
  if (!row) throw notFound()
  const [named] = await nameStayed(ctx, [row])
  return named as Operation
}
/** Operations by id, in any order. */
export async function getOperations(ctx: Context, ids: readonly string[]): Promise<Operation[]> {
  if (ids.length === 0) return []
  const rows = await ctx.tx.rows<Operation>(
    sql`select ${columns} from operations where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and ${visible(ctx)}`,
  )
  return nameStayed(ctx, rows)
}
interface OperationsQuery {
  limit: number
  kinds?: readonly string[] | undefined
  /** Who began them. */
  memberId?: string | undefined
  before?: { createdAt: string; id: string } | undefined
}
/** Operations, the latest first. */
export async function listOperations(
  ctx: Context,
  { limit, kinds, memberId, before }: OperationsQuery,
): Promise<Operation[]> {
  const conditions = [
    sql`workspace_id = ${ctx.workspaceId}`,
    visible(ctx),
    ...(kinds ? [sql`kind = any (${kinds}::text[])`] : []),
    ...(memberId ? [sql`created_by = ${memberId}::uuid`] : []),
    ...(before ? [sql`(created_at, id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`] : []),
  ]
  const rows = await ctx.tx.rows<Operation>(sql`
    select ${columns} from operations where ${allOf(conditions)} order by created_at desc, id desc limit ${limit}`)
  return nameStayed(ctx, rows)
}

/** What a job needs to go on: its input and how far it got, locked against another copy of the same job. */
export interface OperationState {
  kind: string
  status: string
  entity: string | null
  input: Values
  done: number
  total: number | null
  summary: Values
  cancelRequested: boolean
  undoOf: string | null
  createdBy: string | null
}
export async function lockOperation(ctx: Context, id: string): Promise<OperationState> {
  const row = await ctx.tx.row<OperationState>(sql`
    select kind, status, entity, input, done, total, summary, cancel_requested as "cancelRequested", undo_of as "undoOf",
      created_by as "createdBy"
    from operations where workspace_id = ${ctx.workspaceId} and id = ${id} and ${visible(ctx)} for update`)
  if (!row) throw notFound()
  return row
}
/** Whether it waits for its job or is under way. */
export function isOpen({ status }: Pick<OperationState, "status">): boolean {
  return status === "queued" || status === "running"
}
/** How the operations of a kind are kept going and ended. */
export function operationsOf(kind: NewOperation["kind"]): Undertaking {
  return {
    async open(ctx) {
      const rows = await ctx.tx.rows<{ id: string }>(sql`
        select id from operations where workspace_id = ${ctx.workspaceId} and kind = ${kind} and status in ('queued', 'running')`)
      return rows.map(({ id }) => id)
    },
    fail: failOperation,
  }
}

export interface Progress {
  status?: "running" | "done" | "failed" | "cancelled" | "undone"
  done?: number
  total?: number
  summary?: Values
  /** Where the next step begins, kept in the input. */
  input?: Values
}
/** Notes progress in the transaction of the work itself, so that both are there or neither, and tells who looks. */
export async function reportProgress(ctx: Context, id: string, progress: Progress): Promise<void> {
  const { status, done, total, summary, input } = progress
  const now = ctx.now().toISOString()
  const finished = status !== undefined && status !== "running"
  const sets: Sql[] = [
    sql`updated_at = ${now}`,
    ...(status === undefined ? [] : [sql`status = ${status}`]),
    ...(done === undefined ? [] : [sql`done = ${done}`]),
    ...(total === undefined ? [] : [sql`total = ${total}`]),
    ...(summary === undefined ? [] : [sql`summary = ${JSON.stringify(summary)}::text::jsonb`]),
    ...(input === undefined ? [] : [sql`input = ${JSON.stringify(input)}::text::jsonb`]),
    ...(finished ? [sql`finished_at = ${now}`] : []),
  ]
  // A step that a power cut takes back is done again, so its commit need not wait for the disk; the end does.
  if (!finished) ctx.tx.write(sql`select set_config('synchronous_commit', 'off', true)`)
  ctx.tx.write(
    sql`update operations set ${sql.join(sets)} where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
  ctx.tx.afterCommit(() => ctx.services.live.publish(ctx.workspaceId, { type: "operation", id }))
  // Who looks at it next, the preview of its undo first of all, must not wait for what the database looks at each minute.
  if (finished && (done ?? 0) >= manyRecords)
    ctx.tx.afterCommit(() => analyzeSoon(ctx.services.pools, ctx.log))
}
/** From so many records on, an operation changes what the database knows of its tables. */
const manyRecords = 1000

/** Beside the permission of the endpoint: what it takes to stop an operation or take it back, as to start it. */
const startedWith: Record<string, string> = {
  import: "imports:create",
  backup: "backups:create",
  verify: "backups:create",
  exportAll: "backups:manage",
  sample: "sample:update",
  scan: "duplicates:create",
}
/** @throws AppError forbidden when the caller may not have started what this is, or what it takes back */
export async function requireControl(ctx: Context, id: string): Promise<void> {
  const permission = await controlPermission(ctx, id)
  if (permission !== undefined && !ctx.permissions.has(permission))
    throw new AppError("forbidden", { detail: "Your role does not allow this." })
}
/** What it takes to have started an operation, or what it takes back. */
export async function controlPermission(ctx: Context, id: string): Promise<string | undefined> {
  const work = await ctx.tx.row<{ kind: string; entity: string | null }>(sql`
    with recursive line as (
      select kind, entity, undo_of from operations where workspace_id = ${ctx.workspaceId} and id = ${id}
      union all
      select o.kind, o.entity, o.undo_of from line join operations o on o.workspace_id = ${ctx.workspaceId} and o.id = line.undo_of
    ) select kind, entity from line where kind not in ('undo', 'unmerge')`)
  const own = work?.kind === "merge" ? "merge" : "update"
  return work && (startedWith[work.kind] ?? `${work.entity}:${own}`)
}

/** Asks a running operation to stop after its present step; what is done stays and can be undone. */
export async function cancelOperation(ctx: Context, id: string): Promise<Operation> {
  const state = await lockOperation(ctx, id)
  await requireControl(ctx, id)
  if (!isOpen(state)) throw new AppError("conflict", { detail: "This has ended already." })
  await ctx.tx.rows(
    sql`update operations set cancel_requested = true where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
  return getOperation(ctx, id)
}

/** Ends an operation as failed, unless it has ended; what it did stays. */
export async function failOperation(ctx: Context, id: string, error: string): Promise<void> {
  const { status, summary } = await lockOperation(ctx, id)
  if (!isOpen({ status })) return
  await reportProgress(ctx, id, { status: "failed", summary: { ...summary, error } })
  await giveUpUndo(ctx, id)
}
/** Another undo may then take back what this one did not. */
export async function giveUpUndo(ctx: Context, id: string): Promise<void> {
  await ctx.tx.rows(
    sql`update operations set undone_by = null where workspace_id = ${ctx.workspaceId} and undone_by = ${id}`,
  )
}
