import { type EntityDeclaration, fieldOf } from "./entity.ts"
import type { Field } from "./fields.ts"

/** How a list is laid out; the table is what it is before anyone chooses. */
export const layoutKinds = ["table", "cards", "board", "calendar"] as const
export type LayoutKind = (typeof layoutKinds)[number]
export interface Layout {
  kind: LayoutKind
  /** Field whose choices are the columns of a board, or whose days a calendar shows. */
  by: string
}

/** Fields whose choices can stand side by side as the columns of a board. */
export const isBoardField = (field: Field) =>
  field.type === "choice" && field.filter !== false && !field.hidden
/** Fields whose days can be shown in a calendar; a birthday comes back each year. */
export const isCalendarField = (field: Field) =>
  (field.type === "date" || field.type === "dateTime" || field.type === "monthDay") &&
  field.filter !== false &&
  !field.hidden

/** How a layout is written down: nothing for the table, `cards`, `board:lifecycleStage`, `calendar:birthday`. */
export function layoutText({ kind, by }: Layout): string {
  if (kind === "table") return ""
  return by === "" ? kind : `${kind}:${by}`
}
/** The layout a text stands for; undefined where the entity has none like it. */
export function layoutOf(entity: EntityDeclaration, text: string): Layout | undefined {
  const [name = "", by = "", ...rest] = text.split(":")
  const kind = layoutKinds.find((known) => known === (name || "table"))
  if (!kind || rest.length > 0) return undefined
  if (kind === "table" || kind === "cards") return by === "" ? { kind, by } : undefined
  const field = fieldOf(entity, by)
  const fits = field && (kind === "board" ? isBoardField(field) : isCalendarField(field))
  return fits ? { kind, by } : undefined
}
