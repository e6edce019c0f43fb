import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import type { Context } from "../../kernel/context.ts"
import { allOf, type Sql, sql } from "../../kernel/db/sql.ts"
import { spreadStored } from "../../kernel/own-fields/values.ts"
import { column, type StoredRecord, selection, table } from "../../kernel/records/columns.ts"
import { scope } from "../../kernel/records/list.ts"
import { orderBy, sortedTable, sortKeys } from "../../kernel/records/sort.ts"

export interface ExportedList {
  filter?: Filter | undefined
  sort?: readonly string[] | undefined
  /** These records only. */
  ids?: readonly string[] | undefined
}
function rowsOf(ctx: Context, entity: EntityDeclaration, { filter, ids }: ExportedList): Sql {
  const chosen = ids ? [sql`${column(entity, "id")} = any (${ids}::uuid[])`] : []
  return allOf([...scope(ctx, entity, { filter }, "export"), ...chosen])
}

/** The longest of each list among the rows of an export. */
export async function listWidths(
  ctx: Context,
  entity: EntityDeclaration,
  keys: readonly string[],
  list: ExportedList,
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const longest = keys.map(
    (key) => sql`coalesce(max(jsonb_array_length(${column(entity, key)})), 0) as ${sql.id(key)}`,
  )
  const row = await ctx.tx.row<Record<string, number>>(sql`
    select ${sql.join(longest)} from ${table(entity)} where ${rowsOf(ctx, entity, list)}`)
  return new Map(Object.entries(row ?? {}))
}

/** The rows of a list in pages, each read when the one before has been written: constant memory for any length. */
export async function* exportedRows(
  ctx: Context,
  entity: EntityDeclaration,
  keys: readonly string[],
  list: ExportedList,
): AsyncGenerator<StoredRecord[]> {
  const sort = sortKeys(ctx, entity, list.sort)
  await ctx.tx.rows(sql`
    declare exported no scroll cursor for
    select ${selection(entity, ["id", ...keys])} from ${sortedTable(entity, sort)}
    where ${rowsOf(ctx, entity, list)} ${orderBy(entity, sort, "any")}`)
  for (;;) {
    const rows = await ctx.tx.rows<StoredRecord>(sql`fetch 1000 from exported`)
    if (rows.length === 0) break
    yield spreadStored(entity, rows)
  }
  await ctx.tx.rows(sql`close exported`)
}
