import { type EntityDeclaration, fieldOf } from "./entity.ts"
import type { Field, ItemField } from "./fields.ts"

/**
 * The filter language. Used by lists, exports, counts and bulk work; compiled to SQL with bound values by
 * the server. Empty values: "is not", "is none of" and "does not contain" hold for empty fields too.
 * Text is compared without case and accents.
 */
export type Filter =
  | { all: Filter[] }
  | { any: Filter[] }
  | { not: Filter }
  | FieldCondition
  | { related: string; some?: Filter; none?: Filter; every?: Filter }
  | { event: string; count?: { atLeast?: number; atMost?: number }; within?: Duration }
  | { search: string }

export interface FieldCondition {
  field: string
  op: Operator
  value?: FilterValue
}
export type FilterValue = string | number | boolean | null | RelativeTime | (string | number)[]
/**
 * In place of a member's id, as in `{ field: "ownerId", op: "is", value: "me" }`: whoever asks, by an API key its
 * member. What is kept or sent on with it means each reader's own.
 */
export const me = "me"
/** Whether a field names members, so that its conditions may say `me`. */
export function linksMembers(field: Field | ItemField): boolean {
  if (field.type === "link") return field.target === "members"
  return field.type === "links" && field.targets.includes("members")
}
export interface Duration {
  n: number
  unit: "minute" | "hour" | "day" | "week" | "month" | "year"
}
export type Period =
  | "today"
  | "yesterday"
  | "tomorrow"
  | "thisWeek"
  | "lastWeek"
  | "nextWeek"
  | "thisMonth"
  | "lastMonth"
  | "nextMonth"
  | "thisQuarter"
  | "lastQuarter"
  | "thisYear"
  | "lastYear"
export const periods: readonly Period[] = [
  "today",
  "yesterday",
  "tomorrow",
  "thisWeek",
  "lastWeek",
  "nextWeek",
  "thisMonth",
  "lastMonth",
  "nextMonth",
  "thisQuarter",
  "lastQuarter",
  "thisYear",
  "lastYear",
]
export type RelativeTime = { ago: Duration } | { ahead: Duration } | { period: Period }

export type Operator =
  | "is"
  | "isNot"
  | "isAnyOf"
  | "isNoneOf"
  | "contains"
  | "notContains"
  | "startsWith"
  | "hasAll"
  | "lessThan"
  | "atMost"
  | "moreThan"
  | "atLeast"
  | "between"
  | "before"
  | "after"
  | "during"
  | "comesWithin"
  | "isEmpty"
  | "isNotEmpty"

const presence = ["isEmpty", "isNotEmpty"] as const
const text = [
  "is",
  "isNot",
  "contains",
  "notContains",
  "startsWith",
  "isAnyOf",
  "isNoneOf",
  ...presence,
] as const
const number = ["is", "isNot", "lessThan", "atMost", "moreThan", "atLeast", "between", ...presence] as const
const time = ["before", "after", "during", "between", ...presence] as const
const oneOf = ["is", "isNot", "isAnyOf", "isNoneOf", ...presence] as const
const set = ["isAnyOf", "hasAll", "isNoneOf", ...presence] as const

const operators: Record<Field["type"], readonly Operator[]> = {
  text,
  longText: text,
  richText: ["contains", "notContains", ...presence],
  email: text,
  phone: text,
  url: text,
  domain: text,
  zone: oneOf,
  integer: number,
  number,
  percent: number,
  rating: number,
  money: number,
  date: ["is", ...time],
  time: number,
  dateTime: time,
  boolean: ["is", ...presence],
  choice: oneOf,
  choices: set,
  language: oneOf,
  country: oneOf,
  link: oneOf,
  links: set,
  tags: set,
  map: ["contains", ...presence],
  list: ["is", "isAnyOf", "isNoneOf", "contains", "startsWith", ...presence],
  monthDay: ["comesWithin", "during", "between", ...presence],
  file: presence,
  files: presence,
}
/** Operators a condition on this field may use, in the order a menu shows them. */
export function operatorsOf(field: Field): readonly Operator[] {
  return field.filter === false ? [] : operators[field.type]
}

export const filterLimits = { depth: 6, conditions: 100, values: 1000 } as const

/** Fields of an entity that can be filtered, declared and system ones. */
export function filterableField(entity: EntityDeclaration, key: string): Field | undefined {
  const field = fieldOf(entity, key)
  return field && field.filter !== false ? field : undefined
}
