import type { EntityDeclaration } from "./entity.ts"
import type { Field, FieldOptions, Rollup } from "./fields.ts"

/**
 * A workspace's own fields. In a declaration they stand beside the others as `custom.<key>`, so that lists, filters,
 * history and conflicts know them by the same paths; in the API they stand together under `custom`.
 */
export const ownPrefix = "custom."

export const ownFieldTypes = [
  "text",
  "longText",
  "number",
  "money",
  "percent",
  "date",
  "dateTime",
  "boolean",
  "choice",
  "choices",
  "url",
  "email",
  "phone",
  "rating",
  "link",
  "formula",
  "rollup",
] as const
export type OwnFieldType = (typeof ownFieldTypes)[number]
export const choiceColors = ["gray", "red", "amber", "green", "blue", "teal"] as const

export interface OwnChoice {
  /** What records hold; made from the label once and never changed. */
  id: string
  label: string
  color: string | null
}
/** What a type needs to know besides; only what belongs to the type is set. */
export interface OwnOptions {
  choices?: OwnChoice[] | undefined
  /** Money: what an amount is in where nothing is said. Roll-up over money: which amounts it is of. */
  currency?: string | undefined
  /** Number and percent: places shown. */
  decimals?: number | undefined
  /** Rating: the highest. */
  max?: number | undefined
  /** Link: the entity it leads to. */
  target?: string | undefined
  formula?: string | undefined
  rollup?: Rollup | undefined
  /** Formula and roll-up: what comes out, found when it is kept. */
  result?: "number" | "text" | "date" | "boolean" | "integer" | "money" | "dateTime" | undefined
}
/** A field as a workspace declares it. */
export interface OwnField {
  id: string
  /** Plural name of the entity. */
  entity: string
  /** Its name in the API, under `custom`. */
  key: string
  /** Its key within the stored `custom`: another one after a change of type, so that the old values stay. */
  slot: string
  label: string
  help: string
  /** Heading it stands under: a group of the product or words of the workspace. */
  group: string
  position: number
  type: OwnFieldType
  options: OwnOptions
  required: "never" | "always" | "stages"
  /** Lifecycle stages in which it must be given. */
  stages: string[]
  default: unknown
  unique: boolean
  hidden: boolean
}

export function isOwnKey(key: string): boolean {
  return key.startsWith(ownPrefix)
}
/** A path such as `addresses.city` as field and parts; an own field's name has a dot of its own. */
export function splitPath(path: string): [key: string, ...parts: string[]] {
  const [first = "", second, ...rest] = path.split(".")
  if (second === undefined) return [first]
  return isOwnKey(path) ? [`${first}.${second}`, ...rest] : [first, second, ...rest]
}
/** Own fields of an entity by their name in the API. */
export function ownFieldsOf(entity: Pick<EntityDeclaration, "fields">): [key: string, field: Field][] {
  return Object.entries(entity.fields).flatMap(([key, field]): [string, Field][] =>
    isOwnKey(key) ? [[key.slice(ownPrefix.length), field]] : [],
  )
}

type Values = Record<string, unknown>
/** `{ custom: { size: 1 } }` → `{ "custom.size": 1 }`. */
export function spreadCustom({ custom, ...values }: Values): Values {
  for (const [key, value] of Object.entries((custom ?? {}) as Values)) values[ownPrefix + key] = value
  return values
}
/** The opposite; without own values there is no `custom`. */
export function gatherCustom(values: Values): Values {
  const result: Values = {}
  let custom: Values | undefined
  for (const [key, value] of Object.entries(values)) {
    if (!isOwnKey(key)) result[key] = value
    else {
      custom ??= {}
      custom[key.slice(ownPrefix.length)] = value
    }
  }
  return custom ? { ...result, custom } : result
}

const shownOfObject = 6
/** The entity with these own fields after its declared ones; itself when there are none. */
export function withOwnFields(entity: EntityDeclaration, ownFields: readonly OwnField[]): EntityDeclaration {
  if (ownFields.length === 0) return entity
  const own = ownFields.map((field, place) => {
    // An own object is little else than these: the first stand in its list and on its pages from the start.
    const column = entity.object !== undefined && place < shownOfObject
    return [ownPrefix + field.key, { ...fieldOfOwn(field), ...(column && { column }) }] as const
  })
  return { ...entity, fields: { ...entity.fields, ...Object.fromEntries(own) } }
}

/** The opposite. */
export function withoutOwnFields(entity: EntityDeclaration): EntityDeclaration {
  const declared = Object.entries(entity.fields).filter(([key]) => !isOwnKey(key))
  return { ...entity, fields: Object.fromEntries(declared) }
}

/** Types of which one value comes before another. */
const unsorted: readonly OwnFieldType[] = ["longText", "choices", "link"]
const searched: readonly OwnFieldType[] = ["text", "longText", "email", "url", "phone"]

/** An own field as lists, forms and filters read one. */
export function fieldOfOwn(own: OwnField): Field {
  const options: FieldOptions = {
    label: own.label,
    own: { id: own.id, slot: own.slot },
    group: own.group,
    sort: !unsorted.includes(own.type),
    search: searched.includes(own.type),
    ...(own.help !== "" && { help: own.help }),
    ...(own.hidden && { hidden: true }),
    ...(own.unique && { unique: true }),
    ...(own.required === "always" && { required: true }),
    ...(own.required === "stages" && { requiredWhen: { field: "lifecycleStage", isAnyOf: own.stages } }),
    ...(own.default !== null && own.default !== undefined && { default: own.default }),
    // Nothing links to a new record.
    ...(own.options.rollup?.of === "count" && { default: 0 }),
  }
  return { ...typeOf(own), ...options } as Field
}
function typeOf({ type, options }: OwnField): Partial<Field> {
  switch (type) {
    case "choice":
    case "choices": {
      const choices = options.choices ?? []
      return {
        type,
        choices: choices.map(({ id }) => id),
        choiceLabels: Object.fromEntries(choices.map(({ id, label }) => [id, label])),
        choiceColors: Object.fromEntries(choices.flatMap(({ id, color }) => (color ? [[id, color]] : []))),
      }
    }
    case "money":
      return { type, ...(options.currency && { currency: options.currency }) }
    case "link":
      return { type, target: options.target ?? "members" }
    case "rating":
      return { type, max: options.max ?? 5 }
    case "number":
    case "percent":
      return { type, ...(options.decimals !== undefined && { decimals: options.decimals }) }
    case "formula":
      return {
        type: options.result ?? "text",
        readOnly: true,
        formula: options.formula ?? "",
      } as Partial<Field>
    case "rollup":
      return {
        type: options.result ?? "integer",
        readOnly: true,
        rollup: options.rollup,
        ...(options.currency && { currency: options.currency }),
      } as Partial<Field>
    default:
      return { type }
  }
}
