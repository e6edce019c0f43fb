import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { type GroupPeriod, isGroupable, isSummable } from "@regulars/contract/kernel/grouping.ts"
import type {
  AggregateRequest,
  Figures,
  FiguresByField,
  Group,
  GroupsAnswer,
  GroupsRequest,
} from "@regulars/contract/kernel/groups-endpoints.ts"
import type { Context } from "../context.ts"
import { allOf, type Sql, sql } from "../db/sql.ts"
import { invalid } from "../errors.ts"
import { ownText } from "../own-fields/values.ts"
import { addDays } from "../time.ts"
import { column, comparedColumn, table } from "./columns.ts"
import { scope } from "./list.ts"
import { namesOf } from "./read.ts"

/** Groups that are answered. */
const most = 200

/** What the numbers of a list come to. `entity` as the caller may use it. Throws for a field that is no number. */
export async function aggregate(
  ctx: Context,
  entity: EntityDeclaration,
  { fields, ...query }: AggregateRequest,
): Promise<{ count: number; figures: FiguresByField }> {
  const [whole] = await figuresOf(ctx, entity, { fields, query, by: sql`null::text`, from: table(entity) })
  return { count: whole?.count ?? 0, figures: whole?.figures ?? emptyFigures(fields) }
}

/** Counts and figures by the values of a field; the largest groups where there are too many. */
export async function groupRecords(
  ctx: Context,
  entity: EntityDeclaration,
  { by: key, period, fields, ...query }: GroupsRequest,
): Promise<GroupsAnswer> {
  const field = fieldOf(entity, key)
  if (!field || !isGroupable(field))
    throw invalid("by", "unknown_field", `can't group by "${key.slice(0, 60)}"`)
  const { by, from } = grouping(ctx, entity, { key, field, period })
  const [rows, total] = await Promise.all([
    figuresOf(ctx, entity, { fields, query, by, from }),
    ctx.tx.row<{ count: number }>(
      sql`select count(*) as count from ${table(entity)} where ${allOf(scope(ctx, entity, query))}`,
    ),
  ])
  const shown = inOrder(field, rows.slice(0, most))
  const ids = shown.flatMap(({ value }) => value ?? [])
  return {
    data: shown.map(
      ({ value, ...row }): Group => ({
        ...row,
        value: field.type === "boolean" && value !== null ? value === "true" : value,
        filter: filterOf(key, field, period, value),
      }),
    ),
    capped: rows.length > most,
    total: total?.count ?? 0,
    included: field.type === "link" ? await namesOf(ctx, new Map([[field.target, new Set(ids)]])) : {},
  }
}

interface GroupRow {
  value: string | null
  count: number
  figures: FiguresByField
}
interface Wanted {
  fields: readonly string[]
  query: { filter?: Filter | undefined; deleted?: boolean | undefined }
  by: Sql
  from: Sql
}
/** One statement for the counts and all plain numbers, one more for each amount of money, which has currencies. */
async function figuresOf(
  ctx: Context,
  entity: EntityDeclaration,
  { fields, query, by, from }: Wanted,
): Promise<GroupRow[]> {
  const where = allOf(scope(ctx, entity, query))
  const declared = fields.map((key, index) => ({ key, index, field: summable(entity, key) }))
  const plain = declared.filter(({ field }) => field.type !== "money")
  const columns = plain.map(({ key, index, field }) => {
    const at = (name: string) => sql.id(`${name} ${index}`)
    const number = numberOf(entity, key, field)
    return sql`, count(${number}) as ${at("count")}, sum(${number}) as ${at("sum")}, avg(${number}) as ${at("average")},
      min(${number}) as ${at("min")}, max(${number}) as ${at("max")}`
  })
  const [rows, ...money] = await Promise.all([
    ctx.tx.rows<Record<string, unknown> & { value: string | null; count: number }>(sql`
      select ${by} as value, count(*) as count ${sql.join(columns, sql` `)} from ${from} where ${where}
      group by 1 order by count(*) desc, 1 limit ${most + 1}`),
    ...declared
      .filter(({ field }) => field.type === "money")
      .map(async ({ key, field }) => ({
        key,
        rows: await moneyOf(ctx, entity, { key, field, by, from, where }),
      })),
  ])
  return rows.map((row) => {
    const figures: FiguresByField = emptyFigures(fields)
    for (const { key, index } of plain) {
      const at = (name: string) => Number(row[`${name} ${index}`])
      if (at("count") > 0)
        figures[key] = [
          {
            currency: null,
            count: at("count"),
            sum: at("sum"),
            average: at("average"),
            min: at("min"),
            max: at("max"),
          },
        ]
    }
    for (const { key, rows: amounts } of money)
      figures[key] = amounts
        .filter(({ value }) => value === row.value)
        .map(({ value: _, ...amount }) => amount)
    return { value: row.value, count: row.count, figures }
  })
}
function emptyFigures(fields: readonly string[]): FiguresByField {
  return Object.fromEntries(fields.map((key) => [key, []]))
}
interface MoneyWanted {
  key: string
  field: Field
  by: Sql
  from: Sql
  where: Sql
}
async function moneyOf(
  ctx: Context,
  entity: EntityDeclaration,
  { key, field, by, from, where }: MoneyWanted,
): Promise<(Figures & { value: string | null })[]> {
  const money = column(entity, key)
  const amount = field.own ? sql`(((${money}) ->> 'amount')::float8)` : comparedColumn(entity, key)
  return ctx.tx.rows(sql`
    select ${by} as value, (${money}) ->> 'currency' as currency, count(*) as count, sum(${amount}) as sum,
      avg(${amount}) as average, min(${amount}) as min, max(${amount}) as max
    from ${from} where ${where} and ${amount} is not null group by 1, 2 order by 2`)
}
function summable(entity: EntityDeclaration, key: string): Field {
  const field = fieldOf(entity, key)
  if (!field || !isSummable(field))
    throw invalid("fields", "unknown_field", `can't add up "${key.slice(0, 60)}"`)
  return field
}
function numberOf(entity: EntityDeclaration, key: string, field: Field): Sql {
  return sql`(${field.own ? ownText(entity, field) : column(entity, key)})::float8`
}

interface Grouping {
  key: string
  field: Field
  period: GroupPeriod
}
/** What records are grouped by, as text, and the table with what that needs beside it. */
function grouping(
  ctx: Context,
  entity: EntityDeclaration,
  { key, field, period }: Grouping,
): { by: Sql; from: Sql } {
  const own = field.own ? ownText(entity, field) : column(entity, key)
  const from = table(entity)
  if (field.type === "tags" || field.type === "choices") {
    const each = sql`jsonb_array_elements_text(case when jsonb_typeof(${column(entity, key)}) = 'array' then ${column(entity, key)} end)`
    return { by: sql`part.value`, from: sql`${from} left join lateral ${each} as part(value) on true` }
  }
  if (field.type === "date") return { by: firstDay(sql`(${own})::timestamp`, period), from }
  if (field.type === "dateTime")
    return { by: firstDay(sql`(${own})::timestamptz at time zone ${ctx.workspaceZone}::text`, period), from }
  return { by: sql`(${own})::text`, from }
}
function firstDay(moment: Sql, period: GroupPeriod): Sql {
  return sql`to_char(date_trunc(${sql.lit(period)}, ${moment}), 'YYYY-MM-DD')`
}

/** Choices in their order, days in theirs, the newest first; else the largest first. Without a value comes last. */
function inOrder(field: Field, rows: readonly GroupRow[]): GroupRow[] {
  const place = ({ value }: GroupRow) => {
    if (value === null) return Number.MAX_SAFE_INTEGER
    if (field.type === "choice" || field.type === "choices") return field.choices.indexOf(value)
    if (field.type === "date" || field.type === "dateTime") return -Date.parse(value)
    return 0
  }
  return [...rows].sort((one, other) => place(one) - place(other))
}
function filterOf(key: string, field: Field, period: GroupPeriod, value: string | null): Filter {
  if (value === null) return { field: key, op: "isEmpty" }
  if (field.type === "boolean") return { field: key, op: "is", value: value === "true" }
  if (field.type === "tags" || field.type === "choices") return { field: key, op: "isAnyOf", value: [value] }
  if (field.type === "date" || field.type === "dateTime")
    return { field: key, op: "between", value: [value, lastDay(value, period)] }
  return { field: key, op: "is", value }
}
function lastDay(first: string, period: GroupPeriod): string {
  if (period === "day") return first
  if (period === "week") return addDays(first, 6)
  const [year = 0, month = 0] = first.split("-").map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
