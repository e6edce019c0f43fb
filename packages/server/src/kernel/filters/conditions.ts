import type { Field, FieldOptions, ItemField, List } from "@regulars/contract/kernel/fields.ts"
import type { Operator } from "@regulars/contract/kernel/filter.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { allOf, likeText, type Sql, sql } from "../db/sql.ts"
import { hasOwnValue, ownText, valueColumn } from "../own-fields/values.ts"
import { column, comparedColumn } from "../records/columns.ts"
import { lookUpForm } from "../records/lookups.ts"
import { addDays, dayIn, isRelative, shift } from "../time.ts"
import {
  booleanOf,
  type Condition,
  idsOf,
  linkedIdsOf,
  numberOf,
  refuse,
  textsOf,
  timeOf,
} from "./condition-values.ts"
import { phoneWanted } from "./phones.ts"
import { type Moment, monthDaysBetween, rangeOf } from "./times.ts"

/** "Is not" and its like hold for empty fields too: they are the opposite of these. */
const opposites: Partial<Record<Operator, Operator>> = {
  isNot: "is",
  isNoneOf: "isAnyOf",
  notContains: "contains",
  isEmpty: "isNotEmpty",
}

/** SQL of one condition on one field. */
export function fieldCondition(condition: Condition): Sql {
  const opposite = opposites[condition.op]
  if (opposite) return sql`not coalesce(${positive({ ...condition, op: opposite })}, false)`
  // Not wrapped in coalesce, which would hide the condition from the planner; "not" above it does that.
  return positive(condition)
}

function positive(condition: Condition): Sql {
  const { entity, key, field } = condition
  return field.own ? ownCondition(condition) : valueCondition(condition, comparedColumn(entity, key))
}

/** Values of own fields are compared in `field_values`; only what no index serves, in the record itself. */
function ownCondition(condition: Condition): Sql {
  const { ctx, entity, field, op, part } = condition
  if (part !== undefined) throw refuse(condition, "unknown_field", `has no part "${part.slice(0, 40)}"`)
  const has = (wanted: Sql) => hasOwnValue(ctx, { entity, field, wanted })
  const value = sql.ref(`v.${valueColumn(field).name}`)
  if (op === "isNotEmpty") return has(sql`${value} is not null`)
  if (field.type === "choices") {
    const sets = op === "hasAll" ? textsOf(condition).map((text) => [text]) : [textsOf(condition)]
    return allOf(sets.map((texts) => has(sql`${value} = any (${texts}::text[])`)))
  }
  if (field.type === "boolean") return has(sql`${value} = ${String(booleanOf(condition))}`)
  if (!isFreeText(field)) return has(valueCondition(condition, value))
  const texts = textsOf(condition).map((text) => lookUpForm(field.type, text))
  if (op === "contains") return textCondition(condition, ownText(entity, field))
  if (op === "startsWith")
    return has(allOf([sql`${value} >= ${texts[0]}`, sql`${value} < ${`${texts[0]}\u{10FFFF}`}`]))
  return has(sql`${value} = any (${texts}::text[])`)
}
function isFreeText({ type }: Field): boolean {
  return ["text", "longText", "email", "phone", "url"].includes(type)
}

/** A condition on where the value stands: a column, or a row of `field_values`. */
function valueCondition(condition: Condition, own: Sql): Sql {
  const { field, op } = condition
  switch (field.type) {
    case "list":
      return listCondition(condition, field)
    case "tags":
    case "links":
      return setCondition(condition)
    case "map":
      return mapCondition(condition)
    case "files":
    case "choices":
      return op === "isNotEmpty" ? sql`${own} <> '[]'::jsonb` : choicesCondition(condition, own)
    case "monthDay":
      return monthDayCondition(condition)
    case "integer":
    case "number":
    case "percent":
    case "rating":
    case "money":
      return op === "isNotEmpty" ? sql`${own} is not null` : compare(condition, own, sql`float8`, numberOf)
    case "time":
      return op === "isNotEmpty" ? sql`${own} is not null` : compare(condition, own, sql`time`, timeOf)
    case "date":
    case "dateTime":
      return op === "isNotEmpty" ? sql`${own} is not null` : timeCondition(condition, own, field.type)
    case "boolean":
      return op === "isNotEmpty" ? sql`${own} is not null` : sql`${own} = ${booleanOf(condition)}`
    case "link":
    case "file":
      return op === "isNotEmpty" ? sql`${own} is not null` : sql`${own} = any (${idsOf(condition)}::uuid[])`
    case "choice":
    case "language":
    case "country":
    case "zone":
      return op === "isNotEmpty" ? sql`${own} is not null` : sql`${own} = any (${textsOf(condition)}::text[])`
    default:
      return op === "isNotEmpty" ? sql`${own} <> ''` : textCondition(condition, own)
  }
}

/** Comparison of text without case and accents; through an index where the field has one. */
function textCondition(condition: Condition, value: Sql): Sql {
  const { field, op, part } = condition
  const texts = textsOf(condition).map((text) => lookUpForm(field.type, text))
  if (field.lookUp && part === undefined && op !== "contains") return lookUp(condition, texts)
  const first = texts[0] ?? ""
  if (op === "contains") {
    const pattern = `%${likeText(first)}%`
    const found = sql`fold(${value}) like ${pattern}`
    return field.search && part === undefined && first.length >= 3
      ? narrowed(condition, pattern, found)
      : found
  }
  if (op === "startsWith") return sql`fold(${value}) like ${`${likeText(first)}%`}`
  return sql`fold(${value}) = any (${texts}::text[])`
}

/** The search index narrows down; the field itself decides. */
function narrowed({ ctx, entity, field }: Condition, pattern: string, found: Sql): Sql {
  // Own values may stand elsewhere in it, or not at all, until it is written by their new declaration.
  if (field.own && ctx.registry.computing.has(entity.name)) return found
  return allOf([sql`${column(entity, "id")} in (select search_perhaps(${entity.name}, ${pattern}))`, found])
}

function lookUp(condition: Condition, values: readonly string[]): Sql {
  const { op } = condition
  if (op === "startsWith")
    return lookedUp(
      condition,
      allOf([sql`v.value >= ${values[0]}`, sql`v.value < ${`${values[0]}\u{10FFFF}`}`]),
    )
  return lookedUp(condition, op === "isNotEmpty" ? sql`true` : sql`v.value = any (${values}::text[])`)
}
/** Whether a record has a look-up value `v.value` such as is wanted. */
function lookedUp({ ctx, entity, key }: Condition, wanted: Sql): Sql {
  return sql`${column(entity, "id")} in (
    select v.record_id from record_values v
    where v.workspace_id = ${ctx.workspaceId} and v.entity = ${entity.name} and v.field = ${key} and ${wanted})`
}

function setCondition(condition: Condition): Sql {
  const { entity, key, field, op } = condition
  if (op === "isNotEmpty") return sql`${column(entity, key)} <> '[]'::jsonb`
  const values =
    field.type === "links"
      ? linkedIdsOf(condition)
      : textsOf(condition).map((text) => lookUpForm("text", text))
  if (op === "hasAll") return allOf(values.map((value) => lookUp({ ...condition, op: "isAnyOf" }, [value])))
  return lookUp({ ...condition, op: "isAnyOf" }, values)
}

function choicesCondition(condition: Condition, own: Sql): Sql {
  const wanted = textsOf(condition)
  return condition.op === "hasAll" ? sql`${own} ?& ${wanted}::text[]` : sql`${own} ?| ${wanted}::text[]`
}

function listCondition(condition: Condition, field: List & FieldOptions): Sql {
  const { entity, key, op, part } = condition
  const own = column(entity, key)
  if (part !== undefined && !Object.hasOwn(field.item, part))
    throw refuse(condition, "unknown_field", `has no part "${part.slice(0, 40)}"`)
  if (op === "isNotEmpty" && part === undefined) return sql`${own} <> '[]'::jsonb`
  const itemKey = part ?? field.key
  const item = field.item[itemKey] as ItemField
  if (field.lookUp && itemKey === field.key && item.type === "phone" && op !== "isNotEmpty")
    return lookedUp(condition, phoneWanted(op, textsOf(condition)))
  const texts = op === "isNotEmpty" ? [] : textsOf(condition).map((text) => lookUpForm(item.type, text))
  if (field.lookUp && itemKey === field.key && ["is", "isAnyOf", "startsWith"].includes(op))
    return lookUp(condition, texts)
  const text = sql`entry ->> ${itemKey}`
  const meets =
    op === "isNotEmpty"
      ? sql`${text} <> ''`
      : op === "contains"
        ? sql`fold(${text}) like ${`%${likeText(texts[0] ?? "")}%`}`
        : op === "startsWith"
          ? sql`fold(${text}) like ${`${likeText(texts[0] ?? "")}%`}`
          : sql`fold(${text}) = any (${texts.map(fold)}::text[])`
  const some = sql`exists (select from jsonb_array_elements(${own}) entry where ${meets})`
  return field.search && op === "contains" && (texts[0]?.length ?? 0) >= 3
    ? narrowed(condition, `%${likeText(texts[0] ?? "")}%`, some)
    : some
}

function mapCondition(condition: Condition): Sql {
  const { entity, key, op, part } = condition
  const own = column(entity, key)
  const pattern = op === "contains" ? `%${likeText(fold(textsOf(condition)[0] ?? ""))}%` : ""
  if (part === undefined)
    return op === "isNotEmpty"
      ? sql`${own} <> '{}'::jsonb`
      : sql`exists (select from jsonb_each_text(${own}) entry where fold(entry.value) like ${pattern})`
  return op === "isNotEmpty" ? sql`${own} ->> ${part} <> ''` : sql`fold(${own} ->> ${part}) like ${pattern}`
}

function monthDayCondition(condition: Condition): Sql {
  const { ctx, entity, key, op, value } = condition
  const own = column(entity, key)
  if (op === "isNotEmpty") return sql`${own} is not null`
  const moment = momentOf(ctx)
  const today = dayIn(moment.zone, moment.now)
  const range =
    op === "during"
      ? rangeOf(value, "date", moment)
      : op === "between"
        ? daysRange(value, moment)
        : aheadRange(value, today, moment)
  if (!range)
    throw refuse(condition, "invalid_value", "needs a period, two days, or a time ahead such as 7 days")
  return sql`(${own} ->> 'month') || '-' || (${own} ->> 'day') = any (${monthDaysBetween(range.start, range.end)}::text[])`
}
/** From one day to another, both among them. */
function daysRange(value: unknown, moment: Moment): { start: string; end: string } | undefined {
  const [from, to] = Array.isArray(value) && value.length === 2 ? value : []
  const [first, last] = [rangeOf(from, "date", moment), rangeOf(to, "date", moment)]
  return first && last && { start: first.start, end: last.end }
}
function aheadRange(
  value: unknown,
  today: string,
  moment: Moment,
): { start: string; end: string } | undefined {
  if (!isRelative(value) || !("ahead" in value)) return undefined
  return { start: today, end: addDays(dayIn(moment.zone, shift(moment.now, moment.zone, value.ahead, 1)), 1) }
}

function timeCondition(condition: Condition, own: Sql, type: "date" | "dateTime"): Sql {
  const { op, value } = condition
  // Days of own fields stand as the instant they begin in UTC, which is the zone of every transaction.
  const cast = type === "date" && !condition.field.own ? sql`date` : sql`timestamptz`
  const bound = (text: string) => sql`${text}::${cast}`
  const range = (given: unknown) => {
    const found = rangeOf(given, type, momentOf(condition.ctx))
    if (!found) throw refuse(condition, "invalid_value", "needs a date, or a time such as 30 days ago")
    return found
  }
  if (op === "between") {
    const [from, to] = Array.isArray(value) && value.length === 2 ? value : [undefined, undefined]
    return allOf([sql`${own} >= ${bound(range(from).start)}`, sql`${own} < ${bound(range(to).end)}`])
  }
  const { start, end } = range(value)
  if (op === "before") return sql`${own} < ${bound(start)}`
  if (op === "after") return start === end ? sql`${own} > ${bound(start)}` : sql`${own} >= ${bound(end)}`
  return allOf([sql`${own} >= ${bound(start)}`, sql`${own} < ${bound(end)}`])
}
function momentOf(ctx: Condition["ctx"]): Moment {
  return { now: ctx.now(), zone: ctx.workspaceZone }
}

function compare(
  condition: Condition,
  own: Sql,
  cast: Sql,
  read: (condition: Condition, value: unknown) => unknown,
): Sql {
  const { op, value } = condition
  const bound = (given: unknown) => sql`${read(condition, given)}::${cast}`
  if (op === "between") {
    const [from, to] = Array.isArray(value) && value.length === 2 ? value : [undefined, undefined]
    return allOf([sql`${own} >= ${bound(from)}`, sql`${own} <= ${bound(to)}`])
  }
  const signs: Partial<Record<Operator, Sql>> = {
    is: sql`=`,
    lessThan: sql`<`,
    atMost: sql`<=`,
    moreThan: sql`>`,
    atLeast: sql`>=`,
  }
  return sql`${own} ${signs[op] as Sql} ${bound(value)}`
}
