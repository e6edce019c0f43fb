import { people } from "@regulars/contract/domains/people.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { lookUpForm } from "../../kernel/records/lookups.ts"
import type { Draft } from "./rows/draft.ts"

/** What two rows, or a row and a record, have in common; from most to least telling. */
export const matchReasons = ["id", "externalId", "email", "domain", "phone", "nameCompany", "name"] as const
export type MatchReason = (typeof matchReasons)[number]
export interface MatchKey {
  reason: MatchReason
  /** In the form in which values are looked up. */
  value: string
  /** What else must be the same, where it is not part of the look-up: the employer of a name. */
  within?: string
}
/** What decides whether a common key means the same one. Texts are folded, empty where unknown. */
export interface Facts {
  name: string
  company: string
  hasEmail: boolean
  hasContact: boolean
  postalCode: string
  birthday: string
  externalId: string
}
export type Likeness = "sure" | "doubtful"

/** The keys under which a row is looked for. `company` is the employer's name, folded. */
export function keysOf(entity: EntityDeclaration, draft: Draft, facts: Facts): MatchKey[] {
  const { values, ownId, externalId } = draft
  const keys: MatchKey[] = []
  if (ownId) keys.push({ reason: "id", value: ownId })
  if (externalId) keys.push({ reason: "externalId", value: externalId })
  for (const email of items(values.emails))
    keys.push({ reason: "email", value: lookUpForm("email", String(email.address)) })
  for (const { domain } of items(values.domains))
    keys.push({ reason: "domain", value: lookUpForm("domain", String(domain)) })
  for (const phone of items(values.phones)) {
    const value = lookUpForm("phone", String(phone.number ?? phone.raw))
    // An extension or half a number tells nobody apart.
    if (value.length >= 6) keys.push({ reason: "phone", value })
  }
  if (!/[\p{L}\p{N}]/u.test(facts.name)) return keys
  if (entity.name !== people.name) {
    if (entity.duplicateKeys?.includes(entity.title)) keys.push({ reason: "name", value: facts.name })
  } else if (facts.company !== "")
    keys.push({ reason: "nameCompany", value: facts.name, within: facts.company })
  else if (!facts.hasContact) keys.push({ reason: "name", value: facts.name })
  return keys
}

/** `title` is the field that holds the record's name. */
export function factsOf(values: Values, company: string, externalId = "", title = "name"): Facts {
  const name = String(values[title] ?? [values.givenName, values.familyName].filter(Boolean).join(" "))
  const hasEmail = items(values.emails).length > 0
  const birthday = values.birthday as { month: number; day: number } | null | undefined
  return {
    name: lookUpForm("text", name),
    company,
    hasEmail,
    hasContact: hasEmail || items(values.phones).length > 0,
    postalCode: fold(String(items(values.addresses).find((address) => address.postalCode)?.postalCode ?? "")),
    birthday: birthday ? `${birthday.month}-${birthday.day}` : "",
    externalId,
  }
}
function items(list: unknown): Values[] {
  return (list as Values[] | undefined) ?? []
}

/** Mailboxes of a house rather than of a person. */
const sharedMailbox =
  /^(info|office|kontakt|contact|hello|hallo|hola|mail|post|admin|sales|verkauf|ventas|service|support|team|buchhaltung|rechnung|billing|empfang|reception|zentrale|webmaster|noreply|no-reply)@/

/**
 * Whether what `key` found is the same person or company: surely, doubtfully (somebody should say), or not at
 * all. The same address or number in other hands is common: a couple's telephone, a firm's mailbox.
 */
export function judge(entity: string, key: MatchKey, one: Facts, other: Facts): Likeness | undefined {
  switch (key.reason) {
    case "id":
      return "sure"
    case "externalId":
      return sameName(one.name, other.name) ? "sure" : "doubtful"
    case "email":
      return sharedMailbox.test(key.value) && !sameName(one.name, other.name) ? "doubtful" : "sure"
    case "domain":
      return sameName(one.name, other.name) ? "sure" : "doubtful"
    case "phone":
      if (sameName(one.name, other.name)) return "sure"
      return entity === people.name ? "doubtful" : undefined
    case "nameCompany":
      // Two addresses that differ are two people of one name until somebody says otherwise.
      return one.company === other.company && !(one.hasEmail && other.hasEmail) ? "sure" : undefined
    case "name":
      return entity === people.name ? sameUnreachable(one, other) : sameNamed(one, other)
  }
}
function sameNamed(one: Facts, other: Facts): Likeness | undefined {
  // A list that gives each its own number means two.
  if (one.externalId && other.externalId && one.externalId !== other.externalId) return undefined
  const elsewhere = one.postalCode && other.postalCode && one.postalCode !== other.postalCode
  return elsewhere ? "doubtful" : "sure"
}
/** People known by their name only. */
function sameUnreachable(one: Facts, other: Facts): Likeness | undefined {
  if (other.company !== "" || one.externalId !== other.externalId) return undefined
  const agree = (["birthday", "postalCode"] as const).every(
    (key) => !one[key] || !other[key] || one[key] === other[key],
  )
  if (!agree) return undefined
  const isTold = (["birthday", "postalCode"] as const).some(
    (key) => one[key] !== "" && one[key] === other[key],
  )
  return isTold || !other.hasContact ? "sure" : "doubtful"
}

/** Legal forms say nothing about who it is. */
const legalForms = new Set(
  "gmbh ag kg ohg ug ek ev mbh co inc ltd llc llp plc corp corporation company sa sl slu srl sarl bv nv oy ab as".split(
    " ",
  ),
)
function words(name: string): string[] {
  const all = name
    .replace(/(?<=\p{L})\.(?=\p{L})/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
  const telling = all.filter((word) => !legalForms.has(word))
  return telling.length > 0 ? telling : all
}
/** Whether two folded names could be one: a middle name, an initial or a short form more or less. */
export function sameName(one: string, other: string): boolean {
  if (one === other || one === "" || other === "") return true
  const [fewer = [], more = []] = [words(one), words(other)].sort((left, right) => left.length - right.length)
  const rest = [...more]
  return fewer.every((word) => {
    const at = rest.findIndex((candidate) => isShort(word, candidate) || isShort(candidate, word))
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
}
function isShort(short: string, long: string): boolean {
  return long.startsWith(short) && (short.length === 1 || short.length >= 3 || short === long)
}
