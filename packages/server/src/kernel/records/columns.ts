import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import { compile, type Sql, sql } from "../db/sql.ts"

/** A record or a part of one, keyed as the API does. */
export type Values = Record<string, unknown>
export interface StoredRecord extends Values {
  id: string
  version: number
}

export function columnName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
const columnTypes: Partial<Record<Field["type"], string>> = {
  integer: "int4",
  number: "float8",
  percent: "float8",
  rating: "int4",
  money: "jsonb",
  choices: "jsonb",
  boolean: "bool",
  date: "date",
  time: "time",
  dateTime: "timestamptz",
  link: "uuid",
  file: "uuid",
  links: "jsonb",
  list: "jsonb",
  tags: "jsonb",
  map: "jsonb",
  files: "jsonb",
  monthDay: "jsonb",
  richText: "jsonb",
}
/** PostgreSQL type of a field's column; a test compares it with the migrated table. */
export function columnType(field: Field): string {
  return columnTypes[field.type] ?? "text"
}

/** The column of a declared or system field, or an own one's value in `custom`; identifiers come from declarations only. Throws on any other key. */
export function column(entity: EntityDeclaration, key: string): Sql {
  const field = fieldOf(entity, key)
  // Slots are made by the product: letters, digits and a tilde.
  if (field?.own) return sql`${sql.ref(`${entity.name}.custom`)} -> ${sql.lit(field.own.slot)}`
  if (!field && key !== "id" && key !== "version" && key !== "custom")
    throw new Error(`${entity.name} declares no field "${key}"`)
  return sql.ref(`${entity.name}.${columnName(key)}`)
}
/** What filters compare and sorts go by: the column itself, or for money the number that is kept beside it. */
export function comparedColumn(entity: EntityDeclaration, key: string): Sql {
  const field = fieldOf(entity, key)
  if (field?.type !== "money" || field.own) return column(entity, key)
  return sql.ref(`${entity.name}.${minorColumn(key)}`)
}
/** Amounts in minor units stand in a column that the database makes of the money beside it. */
export function minorColumn(key: string): string {
  return `${columnName(key)}_minor`
}
/** What records of an entity are read from, under its name or another: the records of own objects share a table. */
export function table(entity: EntityDeclaration, alias: string = entity.name): Sql {
  if (entity.object)
    return sql`(select * from own_records where object_id = ${sql.lit(entity.object.id)}::uuid) as ${sql.id(alias)}`
  return alias === entity.name ? sql.table(alias) : sql`${sql.table(entity.name)} as ${sql.id(alias)}`
}
/** The same for what may be no entity, as members and files. */
export function tableNamed(registry: Entities, name: string, alias: string = name): Sql {
  const entity = registry.entity(name)
  return entity ? table(entity, alias) : sql.table(name)
}
interface Entities {
  entity(name: string): EntityDeclaration | undefined
}
/** Where they are written, by ids that were found through the above. */
export function storage({ name }: Pick<EntityDeclaration, "name">): Sql {
  return sql.table(isObjectName(name) ? "own_records" : name)
}
const selected = new WeakMap<EntityDeclaration, Map<string, string>>()
/**
 * `"people"."given_name" as "givenName", …` for the keys asked for. Kept as text: names come from declarations,
 * and a node for each of forty columns would cost as much as the rest of a request.
 */
export function selection(entity: EntityDeclaration, keys: readonly string[]): Sql {
  const known = selected.get(entity) ?? new Map<string, string>()
  selected.set(entity, known)
  const texts = keys.map((key) => {
    const text = known.get(key) ?? compile(sql`${column(entity, key)} as ${sql.id(key)}`).text
    known.set(key, text)
    return text
  })
  return sql.raw(texts.join(", "))
}
const systemKeys = ["id", "version", "createdAt", "updatedAt", "createdBy", "deletedAt", "custom"]
/** Every column of a record; own values come along in `custom`. */
export function allKeys(entity: EntityDeclaration): string[] {
  return [...systemKeys, ...Object.keys(entity.fields).filter((key) => !isOwnKey(key))]
}

/**
 * `unnest(…) as input(id, name, …)`: a set of rows as one bound array per column. The database reads arrays in
 * about half the time it needs for the same rows as JSON.
 */
export function recordset(alias: string, rows: readonly Values[], types: Record<string, string>): Sql {
  const names = Object.keys(types)
  const arrays = names.map(
    (name) => sql`${arrayText(rows, name, types[name] === "jsonb")}::${sql.raw(`${types[name]}[]`)}`,
  )
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(`"${alias}"(${names.map((name) => `"${name}"`).join(", ")})`)}`
}
/** One column's values as the text of an array. */
function arrayText(rows: readonly Values[], name: string, isJson: boolean): string {
  let text = "{"
  for (let index = 0; index < rows.length; index++) {
    const value = rows[index]?.[name]
    if (index > 0) text += ","
    if (value === null || value === undefined) text += "NULL"
    else text += arrayElement(isJson ? JSON.stringify(value) : String(value))
  }
  return `${text}}`
}
function arrayElement(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, "\\$&") : text}"`
}
