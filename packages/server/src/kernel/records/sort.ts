import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { z } from "zod"
import { allOf, anyOf, type Sql, sql } from "../db/sql.ts"
import { invalid } from "../errors.ts"
import { isId } from "../ids.ts"
import { ownSort } from "../own-fields/values.ts"
import { column, columnType, comparedColumn, table } from "./columns.ts"

export interface SortKey {
  key: string
  descending: boolean
  /** What the rows are ordered by: the column, or a choice's place among its choices. */
  expression: Sql
  type: string
  /** Whether a row has a value to be ordered by, or none. */
  filled: Sql
  empty: Sql
  /** What a list joins for it, and the id as it stands in the index of that, when the field is an own one. */
  join?: Sql
  id?: Sql
  /** The ids of records with a value in their order, those that meet a condition on `id`. */
  ordered?: (condition: Sql) => Sql
}
/** Place in an ordered list: the sort values of the last row shown, as text, and its id. */
export interface Cursor {
  sort: string
  values: (string | null)[]
  id: string
}
const most = 3

/** The order asked for, or the entity's own. Throws when a field can't be sorted by. */
export function sortKeys(
  { workspaceId }: { workspaceId: string },
  entity: EntityDeclaration,
  sort: readonly string[] | undefined,
): SortKey[] {
  const wanted = sort && sort.length > 0 ? sort : [entity.defaultSort]
  if (wanted.length > most) throw invalid("sort", "too_many", `may name ${most} fields`)
  return wanted.map((text, place) => {
    const key = text.replace(/^-/, "")
    const field = fieldOf(entity, key)
    if (!field?.sort) throw invalid("sort", "unknown_field", `can't sort by "${key.slice(0, 60)}"`)
    const descending = text.startsWith("-")
    const by = field.own
      ? ownSort(workspaceId, { entity, field, place, descending })
      : orderOf(entity, key, field)
    return { key, descending, ...by }
  })
}
function orderOf(
  entity: EntityDeclaration,
  key: string,
  field: Field,
): Pick<SortKey, "expression" | "type" | "filled" | "empty"> {
  const by = expressionOf(comparedColumn(entity, key), field)
  return { ...by, filled: sql`${by.expression} is not null`, empty: sql`${by.expression} is null` }
}
function expressionOf(own: Sql, field: Field): { expression: Sql; type: string } {
  if (field.type === "choice")
    return { expression: sql`array_position(${field.choices}::text[], ${own})`, type: "int4" }
  const type = field.type === "money" ? "float8" : columnType(field)
  // People expect "Änne" beside "Anne"; the database's own order is by code point.
  return { expression: type === "text" ? sql`${own} collate "und-x-icu"` : own, type }
}

/** `order by …, id`, empty values last in both directions. */
export function orderBy(
  entity: EntityDeclaration,
  keys: readonly SortKey[],
  part: "filled" | "empty" | "any",
): Sql {
  const terms = keys.map(({ expression, descending }) => {
    // Without empty values the plain order is the index's own, forwards or backwards.
    const nulls = part === "filled" ? sql`` : sql`nulls last`
    return descending ? sql`${expression} desc ${nulls}` : sql`${expression} asc ${nulls}`
  })
  const last = keys.at(-1)?.descending ? sql`desc` : sql`asc`
  const id = part === "filled" ? idOf(entity, keys) : column(entity, "id")
  // Where all are empty only the id tells them apart, and its index gives their order.
  if (part === "empty") return sql`order by ${id} ${last}`
  return sql`order by ${sql.join(terms)}, ${id} ${last}`
}
/** An own field alone is read along its index, which ends in the id. */
function idOf(entity: EntityDeclaration, keys: readonly SortKey[]): Sql {
  return (keys.length === 1 && keys[0]?.id) || column(entity, "id")
}
/** The entity's table with what the order needs beside it. */
export function sortedTable(entity: EntityDeclaration, keys: readonly SortKey[]): Sql {
  const joins = keys.flatMap(({ join }) => (join ? [join] : []))
  return sql.join([table(entity), ...joins], sql` `)
}

/** Condition for the rows after the cursor when several keys, or empty values, are in play. */
export function afterCursor(entity: EntityDeclaration, keys: readonly SortKey[], cursor: Cursor): Sql {
  const id = column(entity, "id")
  const idAfter = keys.at(-1)?.descending ? sql`${id} < ${cursor.id}::uuid` : sql`${id} > ${cursor.id}::uuid`
  const equal: Sql[] = []
  const alternatives: Sql[] = []
  keys.forEach(({ expression, descending, type, empty }, index) => {
    const value = cursor.values[index] ?? null
    const bound = sql`${value}::${sql.raw(type)}`
    if (value !== null) {
      const beyond = descending ? sql`${expression} < ${bound}` : sql`${expression} > ${bound}`
      alternatives.push(allOf([...equal, sql`(${beyond} or ${empty})`]))
    }
    equal.push(value === null ? empty : sql`${expression} = ${bound}`)
  })
  alternatives.push(allOf([...equal, idAfter]))
  return anyOf(alternatives)
}
/** The same for one key with a value, as a row comparison that walks the index. */
export function afterFilled(entity: EntityDeclaration, key: SortKey, cursor: Cursor): Sql {
  const row = sql`(${key.expression}, ${idOf(entity, [key])})`
  const bound = sql`(${cursor.values[0] ?? null}::${sql.raw(key.type)}, ${cursor.id}::uuid)`
  return key.descending ? sql`${row} < ${bound}` : sql`${row} > ${bound}`
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort, cursor.values, cursor.id])).toString("base64url")
}
const isNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i
/** As the database writes them: what it could not read back is no cursor of ours. */
const shapes: Record<string, (text: string) => boolean> = {
  int4: (text) => /^-?\d{1,10}$/.test(text) && (Number(text) | 0) === Number(text),
  float8: (text) => isNumber.test(text) && Number.isFinite(Number(text)),
  date: (text) => z.iso.date().safeParse(text).success,
  time: (text) => z.iso.time().safeParse(text).success,
  timestamptz: isDatabaseInstant,
}
/** `2026-11-22 02:11:28.123456+00` */
export function isDatabaseInstant(text: string): boolean {
  const instant = /^(.{10}) (.+)\+00$/.exec(text)
  return instant !== null && z.iso.datetime().safeParse(`${instant[1]}T${instant[2]}Z`).success
}
/** Reads a cursor back. Throws when it is not one of ours or belongs to another order. */
export function readCursor(text: string, sort: string, keys: readonly SortKey[]): Cursor {
  try {
    const [madeFor, values, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as [
      unknown,
      unknown,
      unknown,
    ]
    const sound =
      madeFor === sort &&
      typeof id === "string" &&
      isId(id) &&
      Array.isArray(values) &&
      values.length === keys.length &&
      keys.every(({ type }, index) => isSortValue(values[index], type))
    if (sound) return { sort, values: values as (string | null)[], id }
  } catch {
    // Answered below, like any other text that is no cursor.
  }
  throw invalid("cursor", "invalid_cursor", "is not a cursor of this list")
}
function isSortValue(value: unknown, type: string): boolean {
  if (value === null) return true
  if (typeof value !== "string" || value.includes("\0") || !value.isWellFormed()) return false
  return shapes[type]?.(value) ?? true
}
