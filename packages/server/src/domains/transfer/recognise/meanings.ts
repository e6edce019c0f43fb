import type { Entity } from "./targets.ts"

/** How many columns of one table may carry a meaning: one in all, or any number. */
type Occurrence = "once" | "many"

interface MeaningDefinition {
  /** Target id for each entity; "preferences" keeps the values under the column's own header. */
  people: string
  companies: string
  occurs: Occurrence
}

const define = (people: string, companies: string, occurs: Occurrence = "once"): MeaningDefinition => ({
  people,
  companies,
  occurs,
})

/**
 * What a column can mean, independent of where that is stored. The same meaning may go to different targets: a
 * company's name is the employer in a table of people and the name in a table of companies.
 */
export const MEANINGS = {
  fullName: define("name", "preferences"),
  givenName: define("givenName", "preferences"),
  familyName: define("familyName", "preferences"),
  middleName: define("middleName", "preferences"),
  salutation: define("salutation", "preferences", "many"),
  email: define("emails.address", "preferences", "many"),
  phone: define("phones.number", "phones.number", "many"),
  street: define("addresses.street", "addresses.street", "many"),
  houseNumber: define("addresses.houseNumber", "addresses.houseNumber", "many"),
  street2: define("addresses.street2", "addresses.street2", "many"),
  city: define("addresses.city", "addresses.city", "many"),
  region: define("addresses.region", "addresses.region", "many"),
  postalCode: define("addresses.postalCode", "addresses.postalCode", "many"),
  country: define("addresses.country", "addresses.country", "many"),
  wholeAddress: define("addresses.whole", "addresses.whole", "many"),
  organisation: define("companyName", "name"),
  organisationId: define("companyName.externalId", "externalId"),
  jobTitle: define("jobTitle", "preferences"),
  department: define("department", "preferences"),
  lifecycleStage: define("lifecycleStage", "lifecycleStage"),
  source: define("source", "preferences"),
  owner: define("owner", "owner"),
  tags: define("tags", "tags", "many"),
  birthday: define("birthday", "preferences"),
  birthDay: define("birthday.day", "preferences"),
  birthMonth: define("birthday.month", "preferences"),
  birthYear: define("birthday.year", "preferences"),
  anniversary: define("dates.date", "preferences", "many"),
  language: define("language", "preferences"),
  channel: define("preferredChannel", "preferences"),
  formOfAddress: define("formOfAddress", "preferences"),
  styleNote: define("styleNote", "preferences"),
  keyCustomer: define("keyCustomer", "keyCustomer"),
  location: define("location", "preferences"),
  website: define("social", "domains", "many"),
  social: define("social", "preferences", "many"),
  domain: define("social", "domains", "many"),
  photo: define("photoUrl", "preferences"),
  description: define("description", "description"),
  note: define("note", "note", "many"),
  optIn: define("consent.optIn", "preferences", "many"),
  optOut: define("consent.optOut", "preferences", "many"),
  optInDate: define("consent.optInDate", "preferences"),
  optOutDate: define("consent.optOutDate", "preferences"),
  createdAt: define("createdAt", "createdAt"),
  externalId: define("externalId", "externalId"),
  industry: define("preferences", "industry"),
  size: define("preferences", "size"),
  parent: define("preferences", "parentName"),
  parentId: define("preferences", "parentName.externalId"),
  /** Something about the customer that is known to have no field of its own (revenue, shoe size). */
  attribute: define("preferences", "preferences", "many"),
  /** The other product's housekeeping (modification stamps, sync keys). */
  technical: define("ignore", "ignore", "many"),
} as const satisfies Record<string, MeaningDefinition>

export type Meaning = keyof typeof MEANINGS

export const ALL_MEANINGS = Object.keys(MEANINGS) as Meaning[]

/** The target id of a meaning in a table of people or companies. */
export function targetIdOf(meaning: Meaning, entity: Entity): string {
  return MEANINGS[meaning][entity]
}
