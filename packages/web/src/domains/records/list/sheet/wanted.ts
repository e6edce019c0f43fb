import { emptyValue } from "@regulars/contract/kernel/fields.ts"
import type { Column } from "../columns.ts"

/** What is to stand in a cell: a value, or a text that the server reads as an import would. */
export type Wanted = { value: unknown; text: string } | { text: string }

/** Nothing: what clears a cell. */
export function cleared({ field }: Column): Wanted {
  return { value: emptyValue(field), text: "" }
}
/** A value as it goes into another record: entries of lists get ids of their own there. */
export function carried({ field }: Column, value: unknown): unknown {
  if (field.type !== "list" || !Array.isArray(value)) return value
  return value.map(({ id: _, ...item }) => item)
}
