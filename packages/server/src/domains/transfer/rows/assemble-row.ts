import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Values } from "../../../kernel/records/columns.ts"
import { normaliseValues } from "../../../kernel/records/normalise.ts"
import { keepsTexts } from "../recognise/targets.ts"
import { readBirthday } from "../values/dates.ts"
import { readPhone } from "../values/phones.ts"
import type { Draft } from "./draft.ts"
import type { RowContext, Work } from "./row-work.ts"

/** Puts together what the cells of a row said, in the form in which records are stored. */
export function assembleRow(
  work: Work,
  { line, cells }: { line: number; cells: readonly string[] },
  context: RowContext,
): Draft {
  const { entity, country } = context
  const { values } = work
  for (const [field, groups] of work.items)
    if (field !== "social") values[field] = listOf(work, field, groups)
  completeName(work, entity)
  completeBirthday(work)
  readForeignPhones(values, country)
  if (entity.fields.consents && work.consents.size > 0) values.consents = consentsOf(work, context)
  const social = work.items.get("social")
  if (social) values.social = { ...socialOf(social), ...(values.social as object | undefined) }
  for (const { key, text } of work.pairs.values()) if (text !== undefined) work.texts.push([key ?? "", text])
  const draft: Draft = {
    line,
    cells,
    values,
    lines: [],
    links: work.links,
    about: work.about,
    notes: work.notes,
    problems: work.problems,
    isBlank: false,
  }
  keepTexts(draft, work, entity)
  if (work.createdAt) draft.createdAt = work.createdAt
  if (work.ownId) draft.ownId = work.ownId
  if (work.externalId) draft.externalId = work.externalId
  draft.values = normaliseValues(entity, values, { country })
  return draft
}

/** The entries of a list in the order of their groups; wishes for links then know the place of their entry. */
function listOf(work: Work, field: string, groups: ReadonlyMap<number, Values>): Values[] {
  const ordered = [...groups].sort(([one], [other]) => one - other)
  // A label column of an entry speaks for everything its cell held.
  const labelled = ordered.map(([group, item]) => {
    const first = Number.isInteger(group) ? item : groups.get(Math.floor(group))
    const entry = first?.label && !item.label ? { ...item, label: first.label } : item
    return { group, entry: field === "addresses" ? completeAddress(entry) : entry }
  })
  const filled = labelled.filter(({ entry }) =>
    Object.keys(entry).some((key) => key !== "label" && entry[key] != null),
  )
  for (const wish of work.links)
    if (wish.field === field && wish.index !== undefined)
      wish.index = filled.findIndex(({ group }) => group === wish.index)
  return filled.map(({ entry }) => entry)
}
function completeAddress(address: Values): Values {
  const { street2, whole, ...parts } = address
  const street = [parts.street, street2].filter(Boolean).join(", ")
  const hasParts = ["street", "city", "postalCode"].some((key) => parts[key])
  if (!hasParts && !street2 && whole) return { ...parts, street: whole }
  return street === "" ? parts : { ...parts, street }
}

function completeName({ values, middleName, links }: Work, entity: EntityDeclaration): void {
  if (entity.name !== "people") return
  if (middleName) values.givenName = [values.givenName, middleName].filter(Boolean).join(" ")
  // A contact that is only a firm: the phone book's way of keeping companies.
  const employer = links.find(({ field }) => field === "companyId")?.name
  const isNameless = ["name", "givenName", "familyName"].every((key) => !values[key])
  const isUnreachable = ["emails", "phones"].every((key) => !(values[key] as unknown[] | undefined)?.length)
  if (isNameless && isUnreachable && employer) values.name = employer
}
function completeBirthday({ values, birthday: { day, month, year } }: Work): void {
  if (values.birthday || !day || !month) return
  const isNumeric = /^\d{1,2}$/.test(month)
  const text = isNumeric ? `${day}.${month}.${year ?? ""}` : `${day}. ${month} ${year ?? ""}`
  const reading = readBirthday(text.trim(), "dmy")
  if ("value" in reading) values.birthday = reading.value
}
/** A local number belongs to the country of its owner's address, not to ours. */
function readForeignPhones(values: Values, country: string): void {
  const address = (values.addresses as Values[] | undefined)?.find((entry) => entry.country)
  if (!address || address.country === country) return
  for (const phone of (values.phones as Values[] | undefined) ?? []) {
    if (typeof phone.raw !== "string" || phone.number || /^(\+|00)/.test(phone.raw)) continue
    const reading = readPhone(phone.raw, String(address.country))
    if ("value" in reading && reading.value.e164) phone.number = reading.value.e164
    if (phone.number) delete phone.raw
  }
}
function consentsOf({ consents }: Work, { fileName }: RowContext): Values[] {
  return [...consents.values()].flatMap(({ purpose, channel, status, at }) =>
    status
      ? [
          {
            purpose,
            channel,
            status,
            at,
            source: fileName.slice(0, 300),
            ...(status === "given" && { basis: "consent" }),
          },
        ]
      : [],
  )
}
function socialOf(groups: ReadonlyMap<number, Values>): Record<string, string> {
  const map: Record<string, string> = {}
  for (const { label, value } of groups.values())
    if (value) map[freeKey(map, String(label ?? "website"))] = String(value)
  return map
}
function freeKey(map: Record<string, string>, wanted: string): string {
  const key = wanted.trim().slice(0, 90) || "website"
  if (!Object.hasOwn(map, key)) return key
  let number = 2
  while (Object.hasOwn(map, `${key} ${number}`)) number++
  return `${key} ${number}`
}
/** At most 100 letters, none cut in half; the one name under which no object keeps anything loses its underscores. */
function nameable(key: string): string {
  const name = key.trim()
  return name === "__proto__" ? "proto" : [...name].slice(0, 100).join("")
}
/** Texts without a field of their own: among the preferences of a person, as lines of a company's description. */
function keepTexts(draft: Draft, work: Work, entity: EntityDeclaration): void {
  if (work.texts.length === 0 || !keepsTexts(entity)) return
  if (!entity.fields.preferences) {
    draft.lines = work.texts.map(([key, text]) => [key.trim(), text.replace(/\s*[\r\n]+\s*/g, " ")])
    return
  }
  const preferences = { ...(draft.values.preferences as Record<string, string> | undefined) }
  for (const [key, text] of work.texts) {
    const name = nameable(key) || "–"
    preferences[name] = Object.hasOwn(preferences, name) ? `${preferences[name]}; ${text}` : text
  }
  draft.values.preferences = preferences
}
