import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { linksMembers, me, type Operator } from "@regulars/contract/kernel/filter.ts"
import { type AppError, invalid } from "../errors.ts"
import type { FilterContext } from "./filter-context.ts"

export interface Condition {
  ctx: FilterContext
  entity: EntityDeclaration
  key: string
  field: Field
  /** `city` of `addresses.city`, or a key of a map. */
  part: string | undefined
  op: Operator
  value: unknown
}

/*
 * What a condition is compared with, read from its value. Each throws `validation_failed` for what does not fit.
 */

export function refuse(condition: Condition, code: string, message: string): AppError {
  return invalid(
    "filter",
    code,
    `${condition.field.type === "list" ? "the list " : ""}"${condition.key}" ${message}`,
  )
}
export function numberOf(condition: Condition, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw refuse(condition, "invalid_value", "needs a number")
  return value
}
export function timeOf(condition: Condition, value: unknown): string {
  if (typeof value !== "string" || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
    throw refuse(condition, "invalid_value", "needs a time such as 14:30")
  return value
}
export function booleanOf(condition: Condition): boolean {
  if (typeof condition.value !== "boolean") throw refuse(condition, "invalid_value", "needs true or false")
  return condition.value
}
export function textsOf(condition: Condition): string[] {
  const { value } = condition
  const texts = Array.isArray(value) ? value : [value]
  if (texts.some((text) => typeof text !== "string" || text.includes("\0") || !text.isWellFormed()))
    throw refuse(condition, "invalid_value", "needs a text")
  return texts as string[]
}
const nobody = "00000000-0000-0000-0000-000000000000"
/** What a link is compared with; "me" is whoever asks, and nobody where the product itself does. */
export function linkedIdsOf(condition: Condition): string[] {
  const texts = textsOf(condition)
  if (!linksMembers(condition.field)) return texts
  return texts.map((text) => (text === me ? (condition.ctx.actor.memberId ?? nobody) : text))
}
const idPattern = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
export function idsOf(condition: Condition): string[] {
  const ids = linkedIdsOf(condition)
  if (!ids.every((id) => idPattern.test(id)))
    throw refuse(condition, "invalid_value", "needs the id of a record")
  return ids
}
