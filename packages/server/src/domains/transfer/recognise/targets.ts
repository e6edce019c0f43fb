import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"

/** Entities with a vocabulary of their own; of the others a column is known by the names of their fields. */
export type Entity = "people" | "companies"

/** How the cells of a target are read; the reader of the same name is in `../values`. */
export type ValueKind =
  | "text"
  | "longText"
  | "email"
  | "phone"
  | "country"
  | "language"
  | "date"
  | "birthday"
  | "moment"
  | "number"
  | "boolean"
  | "choice"
  | "list"
  | "url"
  | "label"

export interface TargetDefinition {
  /** `field` or `field.part`. */
  id: string
  entities: readonly Entity[]
  kind: ValueKind
  /** Whether several columns of a table may map to it; how they combine is said in `note`. */
  several: boolean
  note?: string
}

const BOTH: readonly Entity[] = ["people", "companies"]
const PEOPLE: readonly Entity[] = ["people"]
const COMPANIES: readonly Entity[] = ["companies"]

const once = (id: string, entities: readonly Entity[], kind: ValueKind, note?: string): TargetDefinition => ({
  id,
  entities,
  kind,
  several: false,
  note,
})
const many = (id: string, entities: readonly Entity[], kind: ValueKind, note?: string): TargetDefinition => ({
  id,
  entities,
  kind,
  several: true,
  note,
})

/** Every place a column can go. The order is the one in which a chooser may offer them. */
export const TARGETS: readonly TargetDefinition[] = [
  once("name", BOTH, "text"),
  once("givenName", PEOPLE, "text"),
  once("familyName", PEOPLE, "text"),
  once("middleName", PEOPLE, "text"),
  many("salutation", PEOPLE, "text", "Several columns (Herr + Dr.) are joined with a blank."),
  many("emails.address", PEOPLE, "email"),
  many(
    "emails.label",
    PEOPLE,
    "label",
    "Says what the address of the same group is; wins over the mapping's own label.",
  ),
  many("phones.number", BOTH, "phone"),
  many(
    "phones.label",
    BOTH,
    "label",
    "Says what the number of the same group is; wins over the mapping's own label.",
  ),
  many("addresses.street", BOTH, "text", "Several columns of one group are joined with a blank."),
  many(
    "addresses.houseNumber",
    BOTH,
    "text",
    "Joined to the street of its group, before or after it as the columns stand.",
  ),
  many("addresses.street2", BOTH, "text", "Further lines of the street: apartment, PO box, building."),
  many("addresses.city", BOTH, "text"),
  many("addresses.region", BOTH, "text"),
  many("addresses.postalCode", BOTH, "text"),
  many("addresses.country", BOTH, "country"),
  many("addresses.whole", BOTH, "longText", "One formatted address; only used where its group has no parts."),
  many("addresses.label", BOTH, "label"),
  once("companyName", PEOPLE, "text", "The employer: linked where known, else created."),
  once(
    "companyName.externalId",
    PEOPLE,
    "text",
    "The employer by its id in the source, as imported with the companies.",
  ),
  once("jobTitle", PEOPLE, "text"),
  once("department", PEOPLE, "text"),
  many("domains", COMPANIES, "url"),
  once("industry", COMPANIES, "text"),
  once("size", COMPANIES, "text", "Number of employees; may be a range."),
  once("parentName", COMPANIES, "text"),
  once("parentName.externalId", COMPANIES, "text"),
  once("lifecycleStage", BOTH, "choice"),
  once("keyCustomer", BOTH, "choice"),
  once("source", PEOPLE, "text"),
  once("owner", BOTH, "text", "A member, by e-mail address or name."),
  many("tags", BOTH, "list"),
  once("birthday", PEOPLE, "birthday", "Whole, or only the day of the year."),
  once("birthday.day", PEOPLE, "number"),
  once("birthday.month", PEOPLE, "number"),
  once("birthday.year", PEOPLE, "number"),
  many("dates.date", PEOPLE, "birthday"),
  many("dates.label", PEOPLE, "label"),
  once("language", PEOPLE, "language"),
  once("preferredChannel", PEOPLE, "choice"),
  once("formOfAddress", PEOPLE, "choice"),
  once("styleNote", PEOPLE, "longText"),
  once("location", PEOPLE, "text", "The branch or shop of ours this person belongs to."),
  many("social", PEOPLE, "url", "A profile or website, by address or handle; the label is the network."),
  many("social.label", PEOPLE, "label"),
  once("photoUrl", PEOPLE, "url"),
  many("consent.optIn", PEOPLE, "boolean", "Yes, no, a state (subscribed) or the date of the consent."),
  many("consent.optOut", PEOPLE, "boolean", "Yes means no consent."),
  once("consent.optInDate", PEOPLE, "moment"),
  once("consent.optOutDate", PEOPLE, "moment"),
  once("description", BOTH, "longText"),
  many("note", BOTH, "longText", "Creates a note."),
  many("preferences", BOTH, "text", "Kept under `key`."),
  many("preferences.key", BOTH, "label", "The name of the value in the column of the same group."),
  many("preferences.value", BOTH, "text"),
  once("createdAt", BOTH, "moment"),
  once("externalId", BOTH, "text"),
  many("ignore", BOTH, "text", "Left out, by a person's decision or as another product's housekeeping."),
]

const BY_ID = new Map(TARGETS.map((target) => [target.id, target]))

/** The id of a mapping's target: "emails.address", "name" … */
export function idOf(target: ImportTarget): string {
  return target.part ? `${target.field}.${target.part}` : target.field
}

/** The definition a mapping's target refers to, or undefined when there is none (a mapping saved by hand). */
export function definitionOf(target: ImportTarget): TargetDefinition | undefined {
  return BY_ID.get(idOf(target))
}

/** What a target is for an entity: the kind of its cells, and the declared field where it is simply one. */
export interface TargetPlace {
  kind: ValueKind
  field?: Field | ItemField
}
const KINDS: Partial<Record<(Field | ItemField)["type"], ValueKind>> = {
  text: "text",
  longText: "longText",
  integer: "number",
  number: "number",
  percent: "number",
  rating: "number",
  money: "number",
  decimal: "number",
  amount: "number",
  date: "date",
  time: "text",
  dateTime: "moment",
  boolean: "boolean",
  email: "email",
  phone: "phone",
  url: "url",
  domain: "url",
  language: "language",
  country: "country",
  zone: "text",
  choice: "choice",
  choices: "list",
  monthDay: "birthday",
  link: "text",
  links: "list",
  tags: "list",
  map: "text",
}
const EVERYWHERE = ["createdAt", "externalId", "ignore"]

/**
 * The place a target names: one of the vocabulary where the entity has it, else the declared field or part of a
 * list. Undefined where no column of this entity can go.
 */
export function placeOf(entity: EntityDeclaration, target: ImportTarget): TargetPlace | undefined {
  const known = definitionOf(target)
  if ((known?.entities as readonly string[] | undefined)?.includes(entity.name)) return known
  const field = declaredField(entity, target)
  const kind = field && KINDS[field.type]
  if (kind) return { kind, field }
  const isOffered =
    EVERYWHERE.includes(target.field) || (target.field === "preferences" && keepsTexts(entity))
  return isOffered ? known : undefined
}
function declaredField(
  entity: EntityDeclaration,
  { field: key, part }: ImportTarget,
): Field | ItemField | undefined {
  const field = Object.hasOwn(entity.fields, key) ? entity.fields[key] : undefined
  if (!field || !isWritable(field) || field.transfer === false) return undefined
  if (field.type !== "list") return part === undefined ? field : undefined
  const name = part ?? field.key
  const item = Object.hasOwn(field.item, name) ? field.item[name] : undefined
  return item?.readOnly ? undefined : item
}
export function hasVocabulary(entity: string): entity is Entity {
  return (BOTH as readonly string[]).includes(entity)
}
/** Whether texts without a field of their own have a place: the preferences, or else lines of the description. */
export function keepsTexts({ fields }: EntityDeclaration): boolean {
  return fields.preferences?.type === "map" || fields.description?.type === "longText"
}
/** Whether cells of this target are read as dates, so that the order of day and month matters. */
export function isDateTarget(entity: EntityDeclaration, target: ImportTarget): boolean {
  const kind = placeOf(entity, target)?.kind
  return kind === "date" || kind === "birthday" || kind === "moment" || target.field === "consent"
}

/** A bare target from its id. */
export function targetFrom(id: string): ImportTarget {
  const [field, part] = splitPath(id)
  return part ? { field, part } : { field }
}
