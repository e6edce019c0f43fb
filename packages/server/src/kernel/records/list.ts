import type { RecordAction } from "@regulars/contract/domains/rights.ts"
import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { restriction } from "../access/policy.ts"
import type { Context } from "../context.ts"
import { allOf, type Sql, sql } from "../db/sql.ts"
import { invalid } from "../errors.ts"
import { compileFilter } from "../filters/compile.ts"
import { spreadStored } from "../own-fields/values.ts"
import { allKeys, column, type StoredRecord, selection, table, type Values } from "./columns.ts"
import { mergedInto } from "./merged.ts"
import { getRecords, idsWithin, namesOf } from "./read.ts"
import {
  afterCursor,
  afterFilled,
  type Cursor,
  orderBy,
  readCursor,
  type SortKey,
  sortedTable,
  sortKeys,
  writeCursor,
} from "./sort.ts"

export interface ListQuery {
  filter?: Filter | undefined
  sort?: readonly string[] | undefined
  /** Fields to answer; all when absent. `id` and `version` always come along. */
  fields?: readonly string[] | undefined
  /** Link fields whose records' names to answer beside the rows. */
  include?: readonly string[] | undefined
  limit: number
  cursor?: string | undefined
  /** `capped` stops counting at 1,000. */
  count?: "capped" | "exact" | undefined
  /** The bin instead of the living. */
  deleted?: boolean | undefined
}
export interface ListResult {
  data: StoredRecord[]
  page: { next: string | null }
  count?: { value: number; capped: boolean }
  included?: Record<string, Record<string, string>>
  /** Of the ids asked for: those that were merged, and into which record. */
  merged?: Record<string, string>
}
const countCap = 1000

/** One page of a list: the rows, one statement more for a count and for each entity of included names. */
export async function listRecords(
  ctx: Context,
  entity: EntityDeclaration,
  query: ListQuery,
): Promise<ListResult> {
  const sort = sortKeys(ctx, entity, query.sort)
  const fields = fieldKeys(entity, query.fields)
  const conditions = scope(ctx, entity, query)
  const sortText = sort.map(({ key, descending }) => (descending ? `-${key}` : key)).join(",")
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor, sortText, sort)
  const page = { ctx, entity, fields, sort, conditions }
  const [rows, count] = await Promise.all([
    readPage(page, query.limit + 1, cursor),
    query.count && countRecords(ctx, entity, conditions, query.count),
  ])
  const more = rows.length > query.limit
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const values = sort.map((_, index) => last?.[sortColumn(index)] as string | null)
  const next = more && last ? writeCursor({ sort: sortText, values, id: last.id }) : null
  return {
    data: shown,
    page: { next },
    ...(count && { count }),
    ...(query.include && { included: await includedNames(ctx, entity, shown, query.include) }),
  }
}

/** The ordered ids of a whole result, for a grid that jumps anywhere in it. */
export async function listIds(
  ctx: Context,
  entity: EntityDeclaration,
  query: Omit<ListQuery, "limit" | "cursor">,
): Promise<string[]> {
  const sort = sortKeys(ctx, entity, query.sort)
  const where = allOf(scope(ctx, entity, query))
  const [first] = sort
  if (first?.ordered && sort.length === 1)
    return listInOwnOrder(ctx, entity, { query, first, ordered: first.ordered })
  return idsOf(
    ctx,
    sql`select ${column(entity, "id")} from ${sortedTable(entity, sort)} where ${where}
      ${orderBy(entity, sort, isRequired(entity, sort) ? "filled" : "any")}`,
  )
}
/** One text instead of 100,000 rows: the driver parses one value, and PostgreSQL sorts no differently. */
async function idsOf(ctx: Context, query: Sql): Promise<string[]> {
  const row = await ctx.tx.row<{ ids: string }>(sql`select array_to_string(array(${query}), ',') as ids`)
  return row?.ids ? row.ids.split(",") : []
}
/** Up to so many records are looked up one by one; more are picked out of all. */
const fewRecords = 5000
/** Records by their own value, and after them those without one: a join would sort anew what an index has in order. */
async function listInOwnOrder(
  ctx: Context,
  entity: EntityDeclaration,
  {
    query,
    first,
    ordered,
  }: { query: Pick<ListQuery, "filter" | "deleted">; first: SortKey } & Required<Pick<SortKey, "ordered">>,
): Promise<string[]> {
  const id = column(entity, "id")
  const where = allOf(scope(ctx, entity, query))
  const byId = orderBy(entity, [first], "empty")
  // What the values' index has in order is everybody's: who sees a part of it picks from that part, below.
  if (!query.filter && !query.deleted && !restriction(ctx, entity)) {
    const binned = sql`select ${id} from ${table(entity)} where ${allOf(scope(ctx, entity, { deleted: true }))}`
    const [filled, rest] = await Promise.all([
      idsOf(ctx, ordered(sql`${first.id} <> all (array(${binned}))`)),
      idsOf(
        ctx,
        sql`select ${id} from ${sortedTable(entity, [first])} where ${where} and ${first.empty} ${byId}`,
      ),
    ])
    return [...filled, ...rest]
  }
  const matching = await idsOf(ctx, sql`select ${id} from ${table(entity)} where ${where} ${byId}`)
  const few = matching.length <= fewRecords
  const filled = await idsOf(ctx, ordered(few ? sql`${first.id} = any (${matching}::uuid[])` : sql`true`))
  const wanted = new Set(matching)
  return [...filled.filter((one) => wanted.delete(one)), ...wanted]
}

/** Rows by id in the order of the ids, as a grid scrolls them into sight. */
export async function listByIds(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  query: Pick<ListQuery, "fields" | "include" | "deleted">,
): Promise<ListResult> {
  const keys = fieldKeys(entity, query.fields)
  const found = new Map(
    (await getRecords(ctx, entity, ids, { deleted: query.deleted ? "too" : undefined, keys })).map(
      (record) => [record.id, record],
    ),
  )
  const data = ids.flatMap((id) => found.get(id) ?? [])
  const missing = entity.mergeable ? ids.filter((id) => !found.has(id)) : []
  const led = await mergedInto(ctx, missing)
  // Whither leads only who may see it.
  const seen = led.size > 0 ? await idsWithin(ctx, entity, [...led.values()], "see") : new Set()
  const merged = new Map([...led].filter(([, into]) => seen.has(into)))
  return {
    data,
    page: { next: null },
    ...(merged.size > 0 && { merged: Object.fromEntries(merged) }),
    ...(query.include && { included: await includedNames(ctx, entity, data, query.include) }),
  }
}

/** Conditions of every list: the workspace, what the caller's rights reach, the living or the bin, the filter. */
export function scope(
  ctx: Context,
  entity: EntityDeclaration,
  query: { filter?: Filter | undefined; deleted?: boolean | undefined },
  action: RecordAction = "see",
): Sql[] {
  const reach = restriction(ctx, entity, action)
  return [
    sql`${sql.ref(`${entity.name}.workspace_id`)} = ${ctx.workspaceId}`,
    query.deleted
      ? sql`${column(entity, "deletedAt")} is not null`
      : sql`${column(entity, "deletedAt")} is null`,
    ...(reach ? [reach] : []),
    ...(query.filter ? [compileFilter(ctx, entity, query.filter)] : []),
  ]
}

async function countRecords(
  ctx: Context,
  entity: EntityDeclaration,
  conditions: Sql[],
  kind: "capped" | "exact",
): Promise<{ value: number; capped: boolean }> {
  const cap = kind === "capped" ? sql`limit ${countCap + 1}` : sql``
  const row = await ctx.tx.row<{ value: number }>(sql`
    select count(*) as value from (select from ${table(entity)} where ${allOf(conditions)} ${cap}) counted`)
  const value = row?.value ?? 0
  return kind === "capped" && value > countCap ? { value: countCap, capped: true } : { value, capped: false }
}

interface Page {
  ctx: Context
  entity: EntityDeclaration
  fields: string[]
  sort: SortKey[]
  conditions: Sql[]
}
/** Beside a row's fields stands what the next page begins after; answers name their fields and leave it out. */
function sortColumn(index: number): string {
  return `sort ${index}`
}

/**
 * With one sort key the filled values are read along the index first and the empty ones after them; the
 * second statement runs only where the first has come to its end.
 */
async function readPage(page: Page, limit: number, cursor: Cursor | undefined): Promise<StoredRecord[]> {
  const { entity, sort } = page
  const [key] = sort
  if (!key || sort.length > 1)
    return readRows(page, {
      condition: cursor ? afterCursor(entity, sort, cursor) : sql`true`,
      part: "any",
      limit,
    })
  const inEmpty = cursor !== undefined && cursor.values[0] === null
  const always = isRequired(entity, sort)
  const conditions = [
    ...(always ? [] : [key.filled]),
    ...(cursor && !inEmpty ? [afterFilled(entity, key, cursor)] : []),
  ]
  const filled = inEmpty ? [] : await readRows(page, { condition: allOf(conditions), part: "filled", limit })
  if (always || filled.length >= limit) return filled
  const rest = inEmpty ? afterCursor(entity, sort, cursor) : key.empty
  return [
    ...filled,
    ...(await readRows(page, { condition: rest, part: "empty", limit: limit - filled.length })),
  ]
}
/** Whether the one sort key always has a value, so that empty ones need no thought. */
function isRequired(entity: EntityDeclaration, sort: readonly SortKey[]): boolean {
  const key = sort[0]?.key ?? ""
  return (
    sort.length === 1 && (key === "createdAt" || key === "updatedAt" || isAlwaysFilled(entity.fields[key]))
  )
}

/** Records from before an own field was required may lack it. */
function isAlwaysFilled(field: Field | undefined): boolean {
  return field?.required === true && !field.own
}

async function readRows(
  page: Page,
  { condition, part, limit }: { condition: Sql; part: "filled" | "empty" | "any"; limit: number },
): Promise<StoredRecord[]> {
  const { ctx, entity, fields, sort, conditions } = page
  const sortColumns = sort.map(
    ({ expression }, index) => sql`(${expression})::text as ${sql.id(sortColumn(index))}`,
  )
  const rows = await ctx.tx.rows<StoredRecord>(sql`
    select ${selection(entity, fields)}, ${sql.join(sortColumns)} from ${sortedTable(entity, sort)}
    where ${allOf([...conditions, condition])} ${orderBy(entity, sort, part)} limit ${limit}`)
  return spreadStored(entity, rows)
}

function fieldKeys(entity: EntityDeclaration, wanted: readonly string[] | undefined): string[] {
  if (!wanted || wanted.length === 0) return allKeys(entity)
  for (const key of wanted) {
    if (!fieldOf(entity, key) && !["id", "version", "custom"].includes(key))
      throw invalid("fields", "unknown_field", `names the unknown field "${key.slice(0, 60)}"`)
  }
  return [...new Set(["id", "version", ...wanted])]
}

/** Names of what the rows link to, by entity and id, for the link fields asked for. */
export async function includedNames(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly Values[],
  include: readonly string[],
): Promise<Record<string, Record<string, string>>> {
  const wanted = new Map<string, Set<string>>()
  const want = (target: string, id: unknown) => {
    if (typeof id !== "string") return
    const ids = wanted.get(target) ?? new Set()
    wanted.set(target, ids.add(id))
  }
  for (const key of include) {
    const field = fieldOf(entity, key)
    for (const row of rows) {
      const value = row[key]
      if (field?.type === "link") want(field.target, value)
      else if (field?.type === "links")
        for (const { type, id } of (value as { type: string; id: string }[] | undefined) ?? [])
          want(type === "member" ? "members" : (ctx.registry.entityOfSubject(type)?.name ?? ""), id)
      else if (field?.type === "list") {
        for (const [part, item] of Object.entries(field.item))
          if (item.type === "link")
            for (const entry of (value as Values[] | undefined) ?? []) want(item.target, entry[part])
      } else throw invalid("include", "unknown_relation", `names the unknown relation "${key.slice(0, 60)}"`)
    }
  }
  wanted.delete("")
  return namesOf(ctx, wanted)
}
