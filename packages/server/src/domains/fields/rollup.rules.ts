import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import { type Field, type Rollup, rollupSource } from "@regulars/contract/kernel/fields.ts"
import type { OwnField, OwnOptions } from "@regulars/contract/kernel/own-fields.ts"
import { AppError, invalid } from "../../kernel/errors.ts"

type FindEntity = (name: string) => EntityDeclaration | undefined
const numbers: readonly Field["type"][] = ["integer", "number", "percent", "rating"]

/** What comes out of a roll-up, and for amounts of money in which currency. Throws as `rollupResult`. */
export function rollupOptions(
  target: string,
  { rollup, currency }: Pick<OwnOptions, "rollup" | "currency">,
  find: FindEntity,
): Pick<OwnOptions, "result" | "currency"> {
  const result = rollupResult(target, rollup, find)
  if (result !== "money" || !rollup) return { result, currency: undefined }
  const field = find(rollupSource(rollup).entity)?.fields[rollup.field ?? ""]
  return { result, currency: currency ?? (field?.type === "money" ? field.currency : undefined) ?? "EUR" }
}
/**
 * What a roll-up over records that link to `target` gives. Throws `validation_failed` for one that names no link to
 * it, no field, or a field of which there is no such thing.
 */
function rollupResult(
  target: string,
  rollup: Rollup | undefined,
  find: FindEntity,
): NonNullable<OwnOptions["result"]> {
  if (!rollup) throw invalid("options.rollup", "required", "must be given")
  const place = rollupSource(rollup)
  const source = find(place.entity)
  if (!source || !linksTo(source.fields[place.key], target))
    throw invalid("options.rollup.from", "invalid_value", `names no field that links to ${target}`)
  if (rollup.where) checkWhere(source, rollup.where)
  if (rollup.of === "count") {
    if (rollup.field !== undefined)
      throw invalid("options.rollup.field", "invalid_value", "is not for a count")
    return "integer"
  }
  const field = fieldOf(source, rollup.field ?? "")
  const result = field && !field.formula && !field.rollup ? resultOf(field, rollup.of) : undefined
  if (!result) throw invalid("options.rollup.field", "invalid_value", `names no field with a ${rollup.of}`)
  return result
}
function linksTo(field: Field | undefined, target: string): boolean {
  if (field?.type === "links") return field.targets.includes(target) && field.lookUp === true
  return field?.type === "link" && field.target === target
}
function resultOf(field: Field, of: Rollup["of"]): OwnOptions["result"] {
  if (field.type === "date" || field.type === "dateTime")
    return of === "min" || of === "latest" ? field.type : undefined
  if (of === "latest") return undefined
  if (field.type === "money") return "money"
  return numbers.includes(field.type) ? "number" : undefined
}
function checkWhere(source: EntityDeclaration, where: NonNullable<Rollup["where"]>): void {
  const field = source.fields[where.field]
  if (field?.type !== "choice")
    throw invalid("options.rollup.where", "invalid_value", "names no choice of these records")
  const unknown = where.isAnyOf.find((one) => !field.choices.includes(one))
  if (unknown !== undefined)
    throw invalid("options.rollup.where", "invalid_value", `names the unknown choice "${unknown}"`)
}

/** The first roll-up that can't do without what was taken from the entities, or was changed in them. */
export function brokenRollup(fields: readonly OwnField[], find: FindEntity): OwnField | undefined {
  return fields.find(({ type, entity, options }) => {
    // Those of a removed object are nobody's worry until it is restored.
    if (type !== "rollup" || !find(entity)) return false
    try {
      return rollupResult(entity, options.rollup, find) !== options.result
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return true
    }
  })
}
