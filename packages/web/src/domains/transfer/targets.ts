import type { ImportColumn, ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import { isEntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { isOwnKey, splitPath } from "@regulars/contract/kernel/own-fields.ts"
import { fieldLabel, groupLabel, itemLabel } from "@regulars/locales/labels.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { allEntities } from "../../lib/declarations.ts"
import { declarationOf } from "../../lib/records.ts"

interface Offer {
  group: string
  /** `field` or `field.part`, offered plainly and once for each label. */
  id: string
  labels?: readonly string[]
  /** The kind of record; both when absent. */
  only?: string | undefined
}
const offer = (
  group: string,
  only: "people" | "companies" | undefined,
  ...ids: (string | [string, string[]])[]
): Offer[] =>
  ids.map((entry) =>
    typeof entry === "string" ? { group, id: entry, only } : { group, id: entry[0], labels: entry[1], only },
  )
const channels = ["email", "phone", "sms", "post"]

/** Where a column of people or companies can go, in the order in which that is offered. */
const offers: readonly Offer[] = [
  ...offer("basics", undefined, "name"),
  ...offer("basics", "people", "givenName", "familyName", "middleName", "salutation"),
  ...offer("basics", "companies", "industry", "size", "domains"),
  ...offer("contact", "people", ["emails.address", ["work", "home"]]),
  ...offer("contact", undefined, ["phones.number", ["mobile", "work", "home", "fax"]]),
  ...offer("contact", "people", ["social", ["website", "linkedin", "instagram", "facebook"]]),
  ...offer("address", undefined, "addresses.street", "addresses.houseNumber", "addresses.street2"),
  ...offer("address", undefined, "addresses.postalCode", "addresses.city", "addresses.region"),
  ...offer("address", undefined, "addresses.country", "addresses.whole", "addresses.label"),
  ...offer("work", "people", "companyName", "companyName.externalId", "jobTitle", "department"),
  ...offer("work", "companies", "parentName", "parentName.externalId"),
  ...offer("relation", undefined, "lifecycleStage", "keyCustomer", "owner", "tags"),
  ...offer("relation", "people", "source", "location"),
  ...offer("about", undefined, "note", "description", "preferences"),
  ...offer("about", "people", "birthday", "birthday.day", "birthday.month", "birthday.year", "dates.date"),
  ...offer("about", "people", "language", "preferredChannel", "formOfAddress", "styleNote"),
  ...offer("consent", "people", ["consent.optIn", channels], ["consent.optOut", channels]),
  ...offer("consent", "people", "consent.optInDate", "consent.optOutDate"),
  ...offer("other", undefined, "externalId", "createdAt"),
  ...offer("other", "people", "photoUrl"),
]
const withOffers = ["people", "companies"]
/** Kinds of records a file can hold, in the order of the catalogue. */
export function importable(): readonly string[] {
  return allEntities()
    .filter((entity) => entity.transfer)
    .map(({ name }) => name)
}

/** Other kinds of records offer the fields they declare. */
function offersOf(entity: string): readonly Offer[] {
  if (!isEntityName(entity)) return []
  const declared = Object.entries(declarationOf(entity).fields)
  const hasOwnWords = withOffers.includes(entity)
  const fields = hasOwnWords ? declared.filter(([key]) => isOwnKey(key)) : declared
  if (hasOwnWords)
    return [
      ...offers.filter(({ only }) => !only || only === entity),
      ...fields.flatMap(([key, { readOnly, group }]) =>
        readOnly ? [] : [{ group: group ?? "custom", id: key }],
      ),
    ]
  return (
    fields
      // A rich text follows from its plain one, as in an export.
      .filter(([, field]) => isWritable(field) && field.transfer !== false && field.type !== "richText")
      .flatMap(([key, field]) => {
        const ids = field.type === "list" ? Object.keys(field.item).map((part) => `${key}.${part}`) : [key]
        return ids.map((id) => ({ group: field.group ?? "basics", id }))
      })
      .concat(["createdAt", "externalId"].map((id) => ({ group: "other", id })))
  )
}
/** Parts that are one entry each: two columns of them are two entries. */
const wholeEntries = ["emails.address", "phones.number", "dates.date", "social", "preferences.value"]

/** Targets that find a record by its name, and the field that holds the link to it. */
const linkFields: Record<string, string> = { owner: "ownerId", source: "sourceId", location: "locationId" }

const ignored: ImportTarget = { field: "ignore" }
function idOf(target: ImportTarget): string {
  return target.part ? `${target.field}.${target.part}` : target.field
}
/** The same place, whichever entry it belongs to. */
export function keyOf({ field, part, label }: ImportTarget): string {
  return [field, part ?? "", label ?? ""].join("/")
}

/** What a target is called: "E-mail (work)", "Postcode", "Preference: shoe size". */
export function targetLabel(t: Translate, entity: string, target: ImportTarget): string {
  const id = idOf(target)
  // "Customer since" is said of people and companies; anything else was added on a day.
  const isSaidOfAll = withOffers.includes(entity) || target.field !== "createdAt"
  const plain =
    (isSaidOfAll ? t.find(`import.target.${id}`) : undefined) ??
    (target.part
      ? itemLabel(t, entity, target.field, target.part)
      : fieldLabel(
          t,
          isEntityName(entity) ? declarationOf(entity) : entity,
          linkFields[target.field] ?? target.field,
        ))
  const label = target.label && (t.find(`import.label.${target.label}`) ?? target.label)
  const further = target.group && target.group > 1 ? ` ${target.group}` : ""
  const key = target.field === "preferences" && target.key ? `: ${target.key}` : ""
  return `${plain}${further}${label ? ` (${label})` : ""}${key}`
}

export interface TargetChoice {
  target: ImportTarget
  label: string
  group: string
}
/** What is offered for a column: what it probably is first, then everything by group. */
export function choicesFor(t: Translate, entity: string, column: ImportColumn): TargetChoice[] {
  const likely = [column.target, ...column.alternatives].filter(
    (target): target is ImportTarget => target !== null && target.field !== "ignore",
  )
  const choice = (target: ImportTarget, group: string): TargetChoice => ({
    target,
    label: targetLabel(t, entity, target),
    group,
  })
  const all = offersOf(entity).flatMap(({ id, labels, group }) => {
    const [field, part] = splitPath(id)
    const plain: ImportTarget = part ? { field, part } : { field }
    const heading = t.find(`import.group.${group}`) ?? groupLabel(t, group)
    return [plain, ...(labels ?? []).map((label) => ({ ...plain, label }))].map((target) =>
      choice(target, heading),
    )
  })
  const choices = [
    choice(ignored, t("import.group.leaveOut")),
    ...likely.map((target) => choice(target, t("import.group.likely"))),
    ...all,
  ]
  const seen = new Set<string>()
  return choices.filter(({ target }) => {
    const key = keyOf(target)
    return seen.has(key) ? false : seen.add(key)
  })
}

/**
 * The target as it is sent for a column: with the number of the entry it belongs to, the first that still lacks
 * this part, and the name under which a value without a field of its own is kept.
 */
export function placed(
  target: ImportTarget,
  column: ImportColumn,
  columns: readonly ImportColumn[],
): ImportTarget {
  const { group: _, ...bare } = target
  if (bare.field === "preferences" && !bare.part) return { ...bare, key: bare.key ?? keyFor(column) }
  if (bare.field === "dates" && bare.part === "date" && !bare.label) bare.label = keyFor(column).slice(0, 60)
  if (bare.field !== "addresses" && !wholeEntries.includes(idOf(bare))) return bare
  const taken = new Set(
    columns
      .filter((other) => other.index !== column.index && other.target && idOf(other.target) === idOf(bare))
      .map((other) => other.target?.group ?? 1),
  )
  let group = 1
  while (taken.has(group)) group += 1
  return { ...bare, group }
}
function keyFor(column: ImportColumn): string {
  return column.header.trim().slice(0, 200) || `Column ${column.index + 1}`
}
