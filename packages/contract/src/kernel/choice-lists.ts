import type { EntityDeclaration } from "./entity.ts"
import type { Choice, Field } from "./fields.ts"

/** One of a list of choices that a workspace may rename, colour, order, add to and take from: a stage, a reason. */
export interface ListedChoice {
  /** What records hold; never changed. */
  id: string
  /** The workspace's word for it; the product's own texts name it where there is none. */
  label: string | null
  color: string | null
  /** Of another list: the choice below which this one stands, as a stage stands in a pipeline. */
  group: string | null
  /** What its domain needs to know of it besides. */
  options: Readonly<Record<string, unknown>>
  /** Removed ones stay, so that records and history that name them can be read. */
  deletedAt: string | null
}
/** Lists in their order, by name. */
export type ChoiceLists = Readonly<Record<string, readonly ListedChoice[]>>

/** A choice as the product declares it, before a workspace changes anything. */
export function listed(
  id: string,
  {
    color = null,
    group = null,
    options = {},
  }: Partial<Pick<ListedChoice, "color" | "group" | "options">> = {},
): ListedChoice {
  return { id, label: null, color, group, options, deletedAt: null }
}

interface Within {
  /** Field of the same entity that holds the group. */
  field: string
  entries: readonly ListedChoice[]
}
/** A field's choices as a list has them; where they stand in groups, group by group. */
export function choicesFrom(
  list: string,
  entries: readonly ListedChoice[],
  within?: Within,
): Choice<string> & { choicesFrom: string } {
  const groups = within?.entries.flatMap(({ id, deletedAt }) => (deletedAt === null ? [id] : []))
  const placeOf = ({ group }: ListedChoice) => groups?.indexOf(group ?? "") ?? 0
  const living = entries.filter((entry) => entry.deletedAt === null && placeOf(entry) >= 0)
  const told = (key: "label" | "color" | "group") =>
    Object.fromEntries(
      entries.flatMap((entry): [string, string][] => {
        const value = entry[key]
        return value === null ? [] : [[entry.id, value]]
      }),
    )
  return {
    type: "choice",
    choicesFrom: list,
    choices: living.toSorted((one, other) => placeOf(one) - placeOf(other)).map(({ id }) => id),
    choiceLabels: told("label"),
    choiceColors: told("color"),
    ...(within && { choiceGroup: within.field, choiceGroups: told("group") }),
  }
}

/** The entity with the choices of these lists in place of those the product declares. */
export function withChoiceLists(entity: EntityDeclaration, lists: ChoiceLists): EntityDeclaration {
  const fields = Object.entries(entity.fields).flatMap(([key, field]): [string, Field][] => {
    const entries = listOf(field) === undefined ? undefined : lists[listOf(field) as string]
    if (!entries || field.type !== "choice") return []
    const { choiceGroup } = field
    const group = choiceGroup === undefined ? undefined : listOf(entity.fields[choiceGroup])
    const within =
      choiceGroup === undefined ? undefined : { field: choiceGroup, entries: lists[group ?? ""] ?? [] }
    const choice = choicesFrom(listOf(field) as string, entries, within)
    const first = field.default === undefined ? {} : { default: choice.choices[0] }
    return [[key, { ...field, ...choice, ...first }]]
  })
  return fields.length === 0
    ? entity
    : { ...entity, fields: { ...entity.fields, ...Object.fromEntries(fields) } }
}
function listOf(field: Field | undefined): string | undefined {
  return field?.type === "choice" ? field.choicesFrom : undefined
}
/** Names of the fields whose choices a workspace may change, and of their lists. */
export function listedFields({ fields }: Pick<EntityDeclaration, "fields">): [key: string, list: string][] {
  return Object.entries(fields).flatMap(([key, field]): [string, string][] => {
    const list = listOf(field)
    return list === undefined ? [] : [[key, list]]
  })
}
