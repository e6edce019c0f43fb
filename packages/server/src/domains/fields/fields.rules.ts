import { customSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import {
  fieldOfOwn,
  type OwnChoice,
  type OwnField,
  type OwnFieldType,
  type OwnOptions,
  ownPrefix,
} from "@regulars/contract/kernel/own-fields.ts"
import { invalid } from "../../kernel/errors.ts"
import { compileFormula, FormulaError } from "../../kernel/own-fields/formula.ts"
import type { FormulaType } from "../../kernel/own-fields/formula-types.ts"
import { rollupOptions } from "./rollup.rules.ts"

/** Options as a caller writes them: new choices have no id yet. */
export interface GivenOptions extends Omit<OwnOptions, "choices" | "result"> {
  choices?: { id?: string | undefined; label: string; color?: string | null | undefined }[] | undefined
}

/** A name for the API from a label: "Shoe size" → `shoeSize`, with a number where it is taken. */
export function keyOf(label: string, taken: ReadonlySet<string>): string {
  const words = fold(label).match(/[a-z0-9]+/g) ?? []
  const joined = words.map((word, index) => (index === 0 ? word : capital(word))).join("")
  const plain = /^[a-z]/.test(joined) ? joined : `field${capital(joined)}`
  return free(plain.slice(0, 50), taken, "")
}
function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
/** The name itself, or with the first number that makes it free. */
export function free(name: string, taken: ReadonlySet<string>, mark: string): string {
  const isTaken = (one: string) => taken.has(one) || one in Object.prototype
  if (!isTaken(name)) return name
  let number = 2
  while (isTaken(`${name}${mark}${number}`)) number++
  return `${name}${mark}${number}`
}

const optionsOf: Partial<Record<OwnFieldType, readonly (keyof OwnOptions)[]>> = {
  choice: ["choices"],
  choices: ["choices"],
  money: ["currency"],
  number: ["decimals"],
  percent: ["decimals"],
  rating: ["max"],
  link: ["target"],
  formula: ["formula"],
  rollup: ["rollup", "currency"],
}
/** What options are checked against. */
export interface Surroundings {
  entity: EntityDeclaration
  isTarget: (name: string) => boolean
  /** Entities of which the caller sees everything, with the fields they see. */
  find: (name: string) => EntityDeclaration | undefined
}
/** The options of a type, completed: ids for new choices. Throws for those of another type, or missing ones. */
export function completeOptions(
  type: OwnFieldType,
  given: GivenOptions,
  { entity, isTarget, find }: Surroundings,
): OwnOptions {
  const allowed = optionsOf[type] ?? []
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !(allowed as readonly string[]).includes(name))
      throw invalid(`options.${name}`, "unknown_field", `is no option of the type "${type}"`)
  const { choices, target } = given
  if (allowed.includes("choices") && !choices?.length)
    throw invalid("options.choices", "required", "needs one choice at least")
  if (allowed.includes("target") && !isTarget(target ?? ""))
    throw invalid("options.target", "unknown_entity", "names no entity that can be linked to")
  return {
    ...given,
    ...(type === "formula" && { result: resultOf(entity, given.formula ?? "") }),
    ...(type === "rollup" && rollupOptions(entity.name, given, find)),
    choices: choices && completeChoices(choices),
  }
}
/** What a formula over the fields of an entity gives. Throws `validation_failed` for one that can't be read. */
function resultOf(entity: EntityDeclaration, formula: string): FormulaType {
  try {
    return compileFormula(entity, formula).type
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    throw invalid("options.formula", "invalid_formula", error.message)
  }
}
/** The first formula that can't do without what was taken from the entity, or was changed in it. */
export function brokenFormula(entity: EntityDeclaration, fields: readonly OwnField[]): OwnField | undefined {
  return fields.find(({ type, options }) => {
    if (type !== "formula") return false
    try {
      return compileFormula(entity, options.formula ?? "").type !== options.result
    } catch {
      return true
    }
  })
}
/** Options of the old type that the new one knows, so that a change of type need not repeat them. */
export function keptOptions(type: OwnFieldType, options: OwnOptions): OwnOptions {
  const allowed: readonly string[] = optionsOf[type] ?? []
  return Object.fromEntries(Object.entries(options).filter(([name]) => allowed.includes(name)))
}
function completeChoices(choices: NonNullable<GivenOptions["choices"]>): OwnChoice[] {
  const ids = new Set<string>()
  for (const { id } of choices) {
    if (id !== undefined && ids.has(id))
      throw invalid("options.choices", "not_unique", "names a choice twice")
    if (id !== undefined) ids.add(id)
  }
  const labels = new Set(choices.map(({ label }) => fold(label)))
  if (labels.size < choices.length) throw invalid("options.choices", "not_unique", "names a choice twice")
  return choices.map(({ id, label, color }) => {
    const own = id ?? keyOf(label, ids)
    ids.add(own)
    return { id: own, label, color: color ?? null }
  })
}

const uniqueTypes: readonly OwnFieldType[] = [
  "text",
  "number",
  "date",
  "dateTime",
  "url",
  "email",
  "phone",
  "link",
]
/** Throws `validation_failed` for a declaration that contradicts itself or its entity. */
export function checkField(entity: EntityDeclaration, field: OwnField): void {
  if (isDerived(field) && field.required !== "never")
    throw invalid("required", "invalid_value", "is not for what follows from others")
  if (field.unique && !uniqueTypes.includes(field.type))
    throw invalid("unique", "invalid_value", `is not for the type "${field.type}"`)
  if (field.required === "stages") {
    const stage = entity.fields.lifecycleStage
    if (stage?.type !== "choice")
      throw invalid("required", "invalid_value", `${entity.name} have no lifecycle stage`)
    if (field.stages.length === 0) throw invalid("stages", "required", "needs one stage at least")
    const unknown = field.stages.find((one) => !stage.choices.includes(one))
    if (unknown !== undefined)
      throw invalid("stages", "invalid_value", `names the unknown stage "${unknown}"`)
  }
  if (field.default === null || field.default === undefined) return
  if (field.unique) throw invalid("default", "invalid_value", "is not for a unique field")
  if (!isValue(field, field.default)) throw invalid("default", "invalid_value", "is not a value of this type")
}

/** Whether values follow from others. */
export function isDerived({ type }: OwnField): boolean {
  return type === "formula" || type === "rollup"
}
/** Whether a record may hold the value. */
export function isValue(own: OwnField, value: unknown): boolean {
  const fields = { [ownPrefix + own.key]: fieldOfOwn({ ...own, required: "never" }) }
  if (isDerived(own)) return false
  const schema = customSchema({ fields } as unknown as EntityDeclaration, { isNew: false })
  return schema.safeParse({ [own.key]: value }).success
}
