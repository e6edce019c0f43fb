import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { HistoryEntry } from "@regulars/contract/kernel/entity-endpoints.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { invalid } from "../errors.ts"
import type { Values } from "./columns.ts"
import { includedNames } from "./list.ts"
import { getRecord } from "./read.ts"

export interface HistoryQuery {
  /** One field; all when absent. */
  field?: string | undefined
  /** Version after which older changes follow. */
  cursor?: number | undefined
  limit: number
}
interface ChangeRow {
  version: number
  kind: Exclude<HistoryEntry["kind"], "create">
  before: Values
  after: Values
  at: string
  actorType: string
  actorId: string | null
  actorName: string | null
  operationId: string | null
  operationKind: string | null
}
const binned = "deletedAt"

/**
 * Who changed what in a record, newest first and down to its creation, also of one in the bin. Names of linked
 * records come along. Throws `not_found`, and `validation_failed` for a field there is not.
 */
export async function readHistory(ctx: Context, entity: EntityDeclaration, id: string, query: HistoryQuery) {
  const { field, limit } = query
  if (field !== undefined && !fieldOf(entity, field))
    throw invalid("field", "unknown_field", `names the unknown field "${field.slice(0, 60)}"`)
  const [record, rows] = await Promise.all([
    getRecord(ctx, entity, id, { deleted: true, keys: ["id", "createdAt", "createdBy"] }),
    changeRows(ctx, id, query),
  ])
  const shown = rows.slice(0, limit)
  const isComplete = rows.length <= limit
  const creator = isComplete ? await memberName(ctx, record.createdBy as string | null) : null
  const values = shown.flatMap(({ before, after }) => [before, after])
  const links = [...new Set(values.flatMap(Object.keys))].filter((key) => isLinked(entity, key))
  const data = shown.map((row) => entryOf(entity, row, field))
  if (isComplete)
    data.push({
      version: 1,
      kind: "create",
      at: record.createdAt as string,
      actor: {
        type: record.createdBy ? "member" : "system",
        id: record.createdBy as string | null,
        name: creator,
      },
      operation: null,
      changes: [],
    })
  return {
    data,
    page: { next: isComplete ? null : String(shown.at(-1)?.version) },
    included: await includedNames(ctx, entity, values, links),
  }
}

function changeRows(ctx: Context, id: string, { field, cursor, limit }: HistoryQuery): Promise<ChangeRow[]> {
  const older = cursor === undefined ? sql`` : sql`and c.version < ${cursor}::int`
  const about = field === undefined ? sql`` : sql`and c.after ? ${field}`
  return ctx.tx.rows<ChangeRow>(sql`
    select c.version, c.kind, c.before, c.after, c.at, c.actor_type as "actorType", c.actor_id as "actorId",
      m.name as "actorName", c.operation_id as "operationId", o.kind as "operationKind"
    from changes c
    left join members m on m.workspace_id = c.workspace_id and m.id = c.actor_id
    left join operations o on o.workspace_id = c.workspace_id and o.id = c.operation_id
    where c.workspace_id = ${ctx.workspaceId} and c.record_id = ${id} ${older} ${about}
    order by c.version desc limit ${limit + 1}`)
}
function entryOf(entity: EntityDeclaration, row: ChangeRow, field: string | undefined): HistoryEntry {
  const keys = Object.keys(row.after).filter(
    (key) => key !== binned && fieldOf(entity, key) && (field === undefined || key === field),
  )
  return {
    version: row.version,
    kind: row.kind,
    at: row.at,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    operation: row.operationId && row.operationKind ? { id: row.operationId, kind: row.operationKind } : null,
    changes: keys.map((key) => ({ field: key, from: row.before[key] ?? null, to: row.after[key] ?? null })),
  }
}
function isLinked(entity: EntityDeclaration, key: string): boolean {
  const field = fieldOf(entity, key)
  if (field?.type === "list") return Object.values(field.item).some(({ type }) => type === "link")
  return field?.type === "link" || field?.type === "links"
}
async function memberName(ctx: Context, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await ctx.tx.row<{ name: string }>(
    sql`select name from members where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
  return row?.name ?? null
}
