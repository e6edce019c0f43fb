import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { type WorkspaceTable, workspaceTablesQuery } from "../../kernel/backup/workspace-tables.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { allKeys, selection, table, type Values } from "../../kernel/records/columns.ts"

/** Rows of a query as the transaction sees them, in constant memory. */
async function* rowsOf(ctx: Context, query: Sql): AsyncGenerator<Values> {
  await ctx.tx.rows(sql`declare whole no scroll cursor for ${query}`)
  for (;;) {
    const rows = await ctx.tx.rows<Values>(sql`fetch 1000 from whole`)
    yield* rows
    if (rows.length === 0) break
  }
  await ctx.tx.rows(sql`close whole`)
}

/** All records of an entity, also those in the bin, in the order in which they came. */
export function allRecords(ctx: Context, entity: EntityDeclaration): AsyncGenerator<Values> {
  return rowsOf(
    ctx,
    sql`select ${selection(entity, allKeys(entity))} from ${table(entity)}
        where workspace_id = ${ctx.workspaceId} order by created_at, id`,
  )
}

export async function countFiles(ctx: Context): Promise<number> {
  const row = await ctx.tx.row<{ count: number }>(
    sql`select count(*) as count from files where workspace_id = ${ctx.workspaceId}`,
  )
  return row?.count ?? 0
}
export function tablesOfWorkspaces(ctx: Context): Promise<WorkspaceTable[]> {
  return ctx.tx.rows<WorkspaceTable>(sql`${sql.raw(workspaceTablesQuery)}`)
}
/** The rows of a table, a JSON object on each line. */
export async function* tableLines(ctx: Context, table: string): AsyncGenerator<string> {
  const key = sql.raw(table === "workspaces" ? "id" : "workspace_id")
  const rows = rowsOf(
    ctx,
    sql`select to_jsonb(t)::text as line from ${sql.table(table)} t where t.${key} = ${ctx.workspaceId}`,
  )
  for await (const { line } of rows) yield `${String(line)}\n`
}

/** What belongs to a workspace beside its records, by the name of the file it goes to. */
export const otherTables: Record<string, (ctx: Context) => AsyncGenerator<Values>> = {
  workspace: (ctx) =>
    rowsOf(
      ctx,
      sql`select id, name, country, currency, time_zone as "timeZone", language, created_at as "createdAt", updated_at as "updatedAt"
          from workspaces where id = ${ctx.workspaceId}`,
    ),
  members: (ctx) =>
    rowsOf(
      ctx,
      sql`select id, name, email, role, language, time_zone as "timeZone", active, created_at as "createdAt"
          from members where workspace_id = ${ctx.workspaceId} order by created_at, id`,
    ),
  operations: (ctx) =>
    rowsOf(
      ctx,
      sql`select id, kind, status, entity, summary, created_by as "createdBy", created_at as "createdAt", finished_at as "finishedAt", undone_by as "undoneBy"
          from operations where workspace_id = ${ctx.workspaceId} order by created_at, id`,
    ),
  events: (ctx) =>
    rowsOf(
      ctx,
      sql`select id, type, occurred_at as "occurredAt", recorded_at as "recordedAt", actor_type as "actorType", actor_id as "actorId",
            operation_id as "operationId", data
          from events where workspace_id = ${ctx.workspaceId} order by id`,
    ),
  eventSubjects: (ctx) =>
    rowsOf(
      ctx,
      sql`select event_id as "eventId", subject_type as type, subject_id as id, occurred_at as "occurredAt"
          from event_subjects where workspace_id = ${ctx.workspaceId} order by subject_type, subject_id, occurred_at, event_id`,
    ),
  changes: (ctx) =>
    rowsOf(
      ctx,
      sql`select record_id as "recordId", version, entity, kind, before, after, event_id as "eventId", operation_id as "operationId",
            actor_type as "actorType", actor_id as "actorId", at
          from changes where workspace_id = ${ctx.workspaceId} order by record_id, version`,
    ),
  files: (ctx) =>
    rowsOf(
      ctx,
      sql`select id, name, media_type as "mediaType", size, hash as sha256, created_by as "createdBy", created_at as "createdAt"
          from files where workspace_id = ${ctx.workspaceId} order by created_at, id`,
    ),
}
