import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import type { Values } from "../../../kernel/records/columns.ts"
import { emptyCard, type VCard, type VCardDate } from "../formats/vcard.ts"
import { readCountry } from "../values/countries.ts"
import { readEmail } from "../values/emails.ts"
import { readLanguage } from "../values/languages.ts"
import { assembleRow } from "./assemble-row.ts"
import { cardParts } from "./card-columns.ts"
import { draftChecker } from "./check-draft.ts"
import type { Draft } from "./draft.ts"
import type { SourceRow } from "./import-rows.ts"
import { itemOf, newWork, type RowContext, type Work } from "./row-work.ts"

/** Properties that speak of the file or of the program, not of the person. */
const technical =
  /^(PRODID|REV|VERSION|CLASS|X-ABUID|X-ABADR|X-ABSHOWAS|X-MS-IMADDRESS-TYPE|LOGO|SOUND|KEY|X-PICTURE.*)$/
/** Our own mark for a preference, its key as label. */
const preference = "X-PREFERENCE"
const ownUid = /^urn:uuid:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Makes the function that understands cards: what has no field of its own is kept among the preferences. */
export function cardReader(
  columns: readonly ImportColumn[],
  context: RowContext,
  t: Translate,
): (row: SourceRow) => Draft {
  const wanted = new Set(cardParts.filter((_, index) => columns[index]?.target).map(({ field }) => field))
  const check = draftChecker(columns, context.entity)
  return ({ line, cells, card = emptyCard(), problem }) => {
    const work = newWork(true)
    if (wanted.has("name")) takeName(work, card, t)
    if (wanted.has("emails")) takeEmails(work, card, t)
    if (wanted.has("phones")) takePhones(work, card, t)
    if (wanted.has("addresses")) takeAddresses(work, card, t)
    if (wanted.has("companyId") && card.organization)
      work.links.push({ target: "companies", field: "companyId", header: "ORG", name: card.organization })
    if (wanted.has("jobTitle") && card.title) work.values.jobTitle = card.title
    if (wanted.has("birthday") && card.birthday) work.values.birthday = card.birthday
    if (wanted.has("dates")) takeDates(work, card)
    if (wanted.has("social")) takeSocial(work, card)
    if (wanted.has("tags")) work.values.tags = card.categories
    if (wanted.has("description") && card.note) work.values.description = card.note
    if (wanted.has("language") && card.language) takeLanguage(work, card.language)
    if (wanted.has("preferences")) takeRest(work, card, t)
    const own = ownUid.exec(card.uid ?? "")?.[1]
    if (own) work.ownId = own.toLowerCase()
    else if (card.uid && card.uid.length <= 200) work.externalId = card.uid
    const draft = assembleRow(work, { line, cells }, context)
    // A line that is none says nothing; a card that is cut off may lack anything.
    if (problem && problem.code !== "unreadable_line")
      draft.problems.push({ column: null, code: problem.code, value: card.name.slice(0, 200) })
    return check(draft)
  }
}

function takeName(work: Work, card: VCard, t: Translate): void {
  // A card without a name is called by its first address or number, which is no name.
  const isName = card.name !== card.emails[0]?.address && card.name !== card.phones[0]?.number
  if (isName) work.values.name = card.name
  work.values.givenName = card.givenName
  work.values.familyName = card.familyName
  work.values.salutation = card.prefix
  if (card.middleName) work.middleName = card.middleName
  if (card.suffix && !card.name.includes(card.suffix)) work.texts.push([t("import.card.suffix"), card.suffix])
}
function takeEmails(work: Work, { emails }: VCard, t: Translate): void {
  for (const [index, { address, label, preferred }] of emails.entries()) {
    const reading = readEmail(address)
    if ("value" in reading)
      Object.assign(itemOf(work, "emails", index), {
        address: reading.value,
        label,
        ...(preferred && { preferred }),
      })
    else work.texts.push([t("import.card.email"), address])
  }
}
function takePhones(work: Work, { phones }: VCard, t: Translate): void {
  for (const [index, { number, label, preferred }] of phones.entries()) {
    if (number.length > 60) work.texts.push([t("import.card.phone"), number])
    else Object.assign(itemOf(work, "phones", index), { raw: number, label, ...(preferred && { preferred }) })
  }
}
function takeAddresses(work: Work, { addresses }: VCard, t: Translate): void {
  for (const [index, { country, street, ...parts }] of addresses.entries()) {
    const item = itemOf(work, "addresses", index)
    Object.assign(item, parts, street && { street: street.replace(/\s*\n\s*/g, ", ") })
    const reading = country ? readCountry(country) : undefined
    if (reading && "value" in reading) item.country = reading.value
    else if (country) work.texts.push([t("import.card.country"), country])
  }
}
function takeDates(work: Work, card: VCard): void {
  const others = card.other.flatMap(({ name, value, label }) => {
    const on = name === "X-ABDATE" && label ? dayOf(value) : undefined
    return on ? [{ label: label as string, on }] : []
  })
  const anniversary = card.anniversary ? [{ label: "anniversary", on: card.anniversary }] : []
  for (const [index, date] of [...anniversary, ...others].entries())
    Object.assign(itemOf(work, "dates", index), date)
}
function takeSocial(work: Work, { urls, social }: VCard): void {
  const found = [
    ...urls.map(({ url, label }) => ({ value: url, label: label ?? "website" })),
    ...social.map(({ service, value }) => ({ value, label: service })),
  ]
  for (const [index, item] of found.entries()) Object.assign(itemOf(work, "social", index), item)
}
function takeLanguage(work: Work, text: string): void {
  const reading = readLanguage(text)
  if ("value" in reading) work.values.language = reading.value
  else work.texts.push(["LANG", text])
}
function takeRest(work: Work, card: VCard, t: Translate): void {
  if (card.nickname) work.texts.push([t("import.card.nickname"), card.nickname])
  if (card.department) work.texts.push([t("import.card.department"), card.department])
  if (card.role) work.texts.push([t("import.card.role"), card.role])
  for (const { name, value, label } of card.other) {
    const isDate = name === "X-ABDATE" && label && dayOf(value)
    if (technical.test(name) || isDate || value.length > 2000) continue
    work.texts.push([name === preference && label ? label : label ? `${name} (${label})` : name, value])
  }
}
function dayOf(text: string): VCardDate | undefined {
  const match = /^(\d{4}|--)-?(\d\d)-?(\d\d)$/.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day] = match
  return { ...(year !== "--" && { year: Number(year) }), month: Number(month), day: Number(day) }
}

/** A person as a card. `company` is the employer's name; links to other records have no place on a card. */
export function cardOf(person: Values & { id: string }, company: string | undefined): VCard {
  const text = (key: string) => (person[key] as string | null) ?? undefined
  const list = (key: string) => (person[key] as Values[] | undefined) ?? []
  const map = (key: string) => Object.entries((person[key] as Record<string, string> | undefined) ?? {})
  const dates = list("dates") as { label: string; on: VCardDate }[]
  const anniversary = dates.find(({ label }) => label === "anniversary")?.on
  return {
    ...emptyCard(),
    uid: `urn:uuid:${person.id}`,
    name: text("name") ?? String(list("emails")[0]?.address ?? list("phones")[0]?.number ?? ""),
    givenName: text("givenName"),
    familyName: text("familyName"),
    prefix: text("salutation"),
    organization: company,
    title: text("jobTitle"),
    emails: list("emails").map(({ address, label, preferred }) => ({
      address: String(address),
      label: label as string | undefined,
      preferred: preferred === true,
    })),
    phones: list("phones").map(({ number, raw, label, preferred }) => ({
      // Every telephone understands the international form.
      number: String(number ?? raw),
      label: label as string | undefined,
      preferred: preferred === true,
    })),
    addresses: list("addresses").map(({ id: _, ...address }) => address),
    urls: map("social")
      .filter(isPage)
      .map(([label, url]) => ({ url, ...(label !== "website" && { label }) })),
    social: map("social")
      .filter((entry) => !isPage(entry))
      .map(([service, value]) => ({ service, value })),
    birthday: withoutEmptyYear(person.birthday as VCardDate | null),
    anniversary: withoutEmptyYear(anniversary),
    language: text("language"),
    categories: (person.tags as string[] | undefined) ?? [],
    note: text("description"),
    other: [
      ...dates
        .filter(({ label }) => label !== "anniversary")
        .map(({ label, on }) => ({ name: "X-ABDATE", label, value: dayText(on) })),
      ...map("preferences").map(([label, value]) => ({ name: preference, label, value })),
    ],
  }
}
/** Websites stand as addresses of the web, profiles of a network under its name. */
function isPage([key, value]: [string, string]): boolean {
  return /^website/.test(key) && /^https?:\/\//i.test(value)
}
function dayText({ year, month, day }: VCardDate): string {
  const two = (value: number) => String(value).padStart(2, "0")
  return `${year ? String(year).padStart(4, "0") : "--"}${two(month)}${two(day)}`
}
function withoutEmptyYear(date: VCardDate | null | undefined): VCardDate | undefined {
  if (!date) return undefined
  const { year, month, day } = date
  return { ...(year && { year }), month, day }
}
