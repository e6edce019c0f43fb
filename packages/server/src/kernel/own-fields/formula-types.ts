import type { Values } from "../records/columns.ts"

export type FormulaType = "number" | "text" | "date" | "boolean"
export type FormulaValue = number | string | boolean | null
export interface Formula {
  type: FormulaType
  /** The value for a record; null where something it needs is empty, or the result is none. */
  evaluate(record: Values): FormulaValue
}
