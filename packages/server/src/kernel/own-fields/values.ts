import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { emptyValue, type Field, isCollection } from "@regulars/contract/kernel/fields.ts"
import { gatherCustom, isOwnKey, ownFieldsOf, ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import type { Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import { recordset, type StoredRecord, storage, type Values } from "../records/columns.ts"
import { lookUpForm } from "../records/lookups.ts"

/**
 * How `custom.<key>` becomes SQL, here and nowhere else. `custom` of a record is the truth, keyed by slot; in the
 * kernel a record carries its own values beside the others, as `custom.<key>`, and `custom` as it is stored, with the
 * values of removed fields. `field_values` is derived: filters and sorts read it.
 */

/** An own value as text, for what no index serves. */
export function ownText(entity: EntityDeclaration, field: Field): Sql {
  return sql`(${sql.ref(`${entity.name}.custom`)} ->> ${sql.lit(field.own?.slot ?? "")})`
}

/** Gives rows that carry `custom` as it is stored the own values beside the others, empty ones too. */
export function spreadStored<R extends Values>(entity: EntityDeclaration, rows: R[]): R[] {
  const own = ownFieldsOf(entity)
  if (own.length === 0) return rows
  for (const row of rows) {
    const custom = row.custom as Values | undefined
    if (custom !== undefined)
      for (const [key, field] of own)
        (row as Values)[ownPrefix + key] = custom[field.own?.slot ?? ""] ?? emptyValue(field)
    else
      for (const key of Object.keys(row))
        if (isOwnKey(key)) (row as Values)[key] ??= emptyValue(entity.fields[key] as Field)
  }
  return rows
}
/** A record as the API answers it: own values under `custom`, without what removed fields left there. */
export function answered(entity: EntityDeclaration, record: StoredRecord): StoredRecord {
  if (record.custom === undefined) return gatherCustom(record) as StoredRecord
  const { custom: _, ...rest } = record
  const declared = Object.keys(entity.fields).some(isOwnKey)
  return (declared ? gatherCustom(rest) : { ...rest, custom: {} }) as StoredRecord
}
/** `custom` as it is to be stored: what stood there, with a record's own values. */
export function storedCustom(entity: EntityDeclaration, record: Values): Values {
  const custom: Values = { ...(record.custom as Values | undefined) }
  for (const [key, field] of ownFieldsOf(entity)) {
    const slot = field.own?.slot ?? ""
    const value = record[ownPrefix + key]
    if (isEmpty(field, value)) delete custom[slot]
    else custom[slot] = value
  }
  return custom
}
function isEmpty(field: Field, value: unknown): boolean {
  if (value === null || value === undefined) return true
  return isCollection(field) && Array.isArray(value) && value.length === 0
}

/** The column of `field_values` in which values of a type are compared, and the type of that column. */
export interface ValueColumn {
  name: "value_text" | "value_float" | "value_time" | "value_ref"
  type: "text" | "float8" | "timestamptz" | "uuid"
}
const columns: Partial<Record<Field["type"], ValueColumn>> = {
  integer: { name: "value_float", type: "float8" },
  number: { name: "value_float", type: "float8" },
  percent: { name: "value_float", type: "float8" },
  rating: { name: "value_float", type: "float8" },
  money: { name: "value_float", type: "float8" },
  date: { name: "value_time", type: "timestamptz" },
  dateTime: { name: "value_time", type: "timestamptz" },
  link: { name: "value_ref", type: "uuid" },
}
export function valueColumn(field: Field): ValueColumn {
  return columns[field.type] ?? { name: "value_text", type: "text" }
}
/** Texts stand in the order people expect; what is none of these has one word for each value. */
const wordTypes: readonly Field["type"][] = ["choice", "choices", "boolean"]
function isText(field: Field): boolean {
  return valueColumn(field).name === "value_text" && !wordTypes.includes(field.type)
}

/** The rows of a field's values; a literal id, so that each field has the plan that suits how it is filled. */
function rowsOf(alias: string, workspaceId: string, field: Field): Sql {
  return sql`${sql.ref(`${alias}.workspace_id`)} = ${workspaceId} and ${sql.ref(`${alias}.field_id`)} = ${sql.lit(field.own?.id ?? "")}::uuid`
}
/** Whether the record has a value, `v.<column>`, such as is wanted. */
export function hasOwnValue(
  { workspaceId }: Pick<Context, "workspaceId">,
  { entity, field, wanted }: { entity: EntityDeclaration; field: Field; wanted: Sql },
): Sql {
  return sql`${sql.ref(`${entity.name}.id`)} in (
    select v.record_id from field_values v where ${rowsOf("v", workspaceId, field)} and ${wanted})`
}

/** Whether one of some records, by a select of their ids, links here in an own field. */
export function isLinkedFrom(
  { workspaceId }: Pick<Context, "workspaceId">,
  { entity, field, records }: { entity: EntityDeclaration; field: Field; records: Sql },
): Sql {
  return sql`${sql.ref(`${entity.name}.id`)} in (
    select v.value_ref from field_values v where ${rowsOf("v", workspaceId, field)} and v.record_id in (${records}))`
}

/** What a list joins to be sorted by an own field, and what its rows are then ordered by. */
export interface OwnSort {
  join: Sql
  expression: Sql
  type: string
  filled: Sql
  empty: Sql
  /** The record's id as it stands in the index; null for a record without a value. */
  id: Sql
  ordered: (condition: Sql) => Sql
}
export function ownSort(
  workspaceId: string,
  {
    entity,
    field,
    place,
    descending,
  }: { entity: EntityDeclaration; field: Field; place: number; descending: boolean },
): OwnSort {
  const alias = `own${place}`
  const { name, type } = valueColumn(field)
  const id = sql.ref(`${alias}.record_id`)
  const own = sql.ref(`${alias}.${isText(field) ? "sort_text" : name}`)
  const by = orderOf(field, own, type)
  const direction = descending ? sql`desc` : sql`asc`
  return {
    join: sql`left join field_values as ${sql.raw(alias)} on ${rowsOf(alias, workspaceId, field)}
      and ${id} = ${sql.ref(`${entity.name}.id`)} and ${sql.ref(`${alias}.place`)} = 0`,
    filled: sql`${own} is not null`,
    empty: sql`${id} is null`,
    id,
    ...by,
    ordered: (condition) => sql`select ${id} from field_values as ${sql.raw(alias)}
      where ${rowsOf(alias, workspaceId, field)} and ${own} is not null and ${condition}
      order by ${by.expression} ${direction}, ${id} ${direction}`,
  }
}
function orderOf(field: Field, own: Sql, type: string): { expression: Sql; type: string } {
  // A choice that is no longer one comes after the others.
  if (field.type === "choice")
    return {
      expression: sql`case when ${own} is not null then coalesce(array_position(${field.choices}::text[], ${own}), 10000) end`,
      type: "int4",
    }
  return { expression: isText(field) ? sql`${own} collate "und-x-icu"` : own, type }
}

const longestSorted = 200
const valueTypes = {
  field_id: "uuid",
  record_id: "uuid",
  place: "int2",
  value_text: "text",
  sort_text: "text",
  value_float: "float8",
  value_time: "timestamptz",
  value_ref: "uuid",
}
type ValueRow = Partial<Record<keyof typeof valueTypes, unknown>> & Values
/** The rows a record's value of a field has in `field_values`. */
export function valueRows(field: Field, recordId: string, value: unknown): ValueRow[] {
  if (isEmpty(field, value)) return []
  const base = { field_id: field.own?.id, record_id: recordId, place: 0 }
  if (field.type === "choices")
    return (value as string[]).map((choice, place) => ({ ...base, place, value_text: choice }))
  if (field.type === "money") return [{ ...base, value_float: (value as { amount: number }).amount }]
  if (isText(field)) {
    const text = String(value)
    return [{ ...base, value_text: lookUpForm(field.type, text), sort_text: text.slice(0, longestSorted) }]
  }
  return [{ ...base, [valueColumn(field).name]: String(value) }]
}
/** Values of new records. */
export function indexOwnValues(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
): void {
  const own = ownFieldsOf(entity)
  if (own.length === 0) return
  insertValueRows(
    ctx,
    records.flatMap((record) =>
      own.flatMap(([key, field]) => valueRows(field, record.id, record[ownPrefix + key])),
    ),
  )
}
/** Brings the values of changed records to what they hold now. */
export function reindexOwnValues(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly { after: StoredRecord; keys: readonly string[] }[],
): void {
  const gone: Values[] = []
  const rows: ValueRow[] = []
  for (const { after, keys } of changes)
    for (const key of keys) {
      const field = entity.fields[key]
      if (!field?.own) continue
      gone.push({ field_id: field.own.id, record_id: after.id })
      rows.push(...valueRows(field, after.id, after[key]))
    }
  if (gone.length === 0) return
  ctx.tx.write(sql`
    delete from field_values v using ${recordset("input", gone, { field_id: "uuid", record_id: "uuid" })}
    where v.workspace_id = ${ctx.workspaceId} and v.field_id = input.field_id and v.record_id = input.record_id`)
  insertValueRows(ctx, rows)
}
/** Writes the own values of records, which are locked, beside nothing else. */
export function writeCustom(ctx: Context, entity: EntityDeclaration, records: readonly StoredRecord[]): void {
  if (records.length === 0) return
  ctx.tx.write(sql`
    update ${storage(entity)} r set custom = input.custom
    from ${recordset("input", records, { id: "uuid", custom: "jsonb" })}
    where r.workspace_id = ${ctx.workspaceId} and r.id = input.id`)
}
export function insertValueRows(ctx: Pick<Context, "tx" | "workspaceId">, rows: readonly ValueRow[]): void {
  if (rows.length === 0) return
  const used = Object.entries(valueTypes).filter(([name]) => rows.some((row) => row[name] !== undefined))
  const names = sql.join(used.map(([name]) => sql.id(name)))
  ctx.tx.write(sql`
    insert into field_values (workspace_id, ${names})
    select ${ctx.workspaceId}::uuid, ${names} from ${recordset("input", rows, Object.fromEntries(used))}`)
}
