import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fieldOf, systemFields } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"

export interface Column {
  key: string
  field: Field
  /** Pixels. */
  width: number
}
const narrowest = 72
const widest = 640

/** Fields a list can show as columns, declared ones first. */
export function possibleColumns(entity: EntityDeclaration): string[] {
  const shown = (field: Field) => !field.hidden && !["richText", "file", "files"].includes(field.type)
  const own = Object.entries(entity.fields).filter(([, field]) => shown(field))
  const system = Object.keys(systemFields).filter((key) => key !== "deletedAt")
  return [...own.map(([key]) => key), ...system]
}
/** Columns shown before anyone has chosen, the name first. */
export function defaultColumns(entity: EntityDeclaration): string[] {
  const marked = Object.entries(entity.fields).filter(([, field]) => field.column)
  const keys = marked.map(([key]) => key).filter((key) => key !== entity.title)
  return [entity.title, ...keys]
}
/** The columns of a view: the name always first, unknown and doubled keys of an old link left out. */
export function columnsOf(
  entity: EntityDeclaration,
  chosen: readonly string[] | null,
  widths: Readonly<Record<string, number>>,
): Column[] {
  const possible = possibleColumns(entity)
  const keys = new Set([entity.title, ...(chosen ?? defaultColumns(entity))])
  return [...keys]
    .filter((key) => possible.includes(key))
    .map((key) => {
      const field = fieldOf(entity, key) as Field
      return { key, field, width: widths[key] ?? usualWidth(field, key === entity.title) }
    })
}
function usualWidth(field: Field, title: boolean): number {
  if (title) return 230
  if (field.type === "choice") return 152
  if (field.type === "list") return field.key === "address" ? 220 : 170
  if (["tags", "links", "choices"].includes(field.type)) return 190
  if (["integer", "number", "boolean", "percent", "rating", "money"].includes(field.type)) return 120
  if (["dateTime", "date", "monthDay", "time"].includes(field.type)) return 130
  return 170
}
export function limitWidth(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)))
}
/** The chosen columns with one moved a step; the name stays first. */
export function moveColumn(keys: readonly string[], key: string, step: 1 | -1): string[] {
  const from = keys.indexOf(key)
  const to = from + step
  if (from < 1 || to < 1 || to >= keys.length) return [...keys]
  const next = [...keys]
  next.splice(from, 1)
  next.splice(to, 0, key)
  return next
}
/** Link fields among the columns, whose names the API answers beside the rows. */
export function includesOf(columns: readonly Column[]): string[] {
  return columns
    .filter(({ field }) => {
      if (field.type === "list") return Object.values(field.item).some((item) => item.type === "link")
      return (field.type === "link" && field.target !== "members") || field.type === "links"
    })
    .map(({ key }) => key)
}
export const isNumeric = (field: Field) => ["integer", "number", "percent", "money"].includes(field.type)
