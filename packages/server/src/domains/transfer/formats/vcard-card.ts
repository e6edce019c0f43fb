import { emptyCard, type VCard, type VCardAddress, type VCardDate, vcardDate } from "./vcard.ts"
import type { VcardProperty } from "./vcard-lines.ts"

/** TYPE values that say nothing a person would call a label. */
const NOISE = new Set(
  "internet pref voice video text msg textphone postal parcel dom intl x400 modem isdn bbs pcs".split(" "),
)
const PLACES = ["home", "work"]

/** Messenger properties from before there was one for all of them. */
const MESSENGERS = new Set(
  "AIM ICQ MSN YAHOO JABBER SKYPE GTALK GOOGLE-TALK QQ GADUGADU GROUPWISE TWITTER FACEBOOK LINKEDIN".split(
    " ",
  ),
)

type Context = { card: VCard; labels: Map<string, string>; is21: boolean }
type Reader = (property: VcardProperty, context: Context) => boolean

/** Builds a card from its properties. What no reader takes, or a second value where one is kept, goes to `other`. */
export function buildCard(properties: readonly VcardProperty[]): VCard {
  const card = emptyCard()
  const is21 = properties.some(({ name, value }) => name === "VERSION" && value.trim() === "2.1")
  const context: Context = { card, labels: new Map(), is21 }
  for (const { name, group, value } of properties) {
    if (name === "X-ABLABEL" && group) context.labels.set(group, cleanLabel(unescaped(value, is21)))
  }
  const labelled = new Set(
    properties.flatMap(({ name, group }) => (name === "X-ABLABEL" || !group ? [] : [group])),
  )
  for (const property of properties) {
    const { name, group } = property
    if (name === "VERSION" || (name === "X-ABLABEL" && group && labelled.has(group))) continue
    if (READERS[name]?.(property, context) || readMessenger(property, context)) continue
    if (property.value === "") continue
    const label = labelOf(property, context)
    const value = property.isBinary ? property.value : unescaped(property.value, is21)
    card.other.push({ name, value, ...(label && { label }) })
  }
  if (card.name === "") card.name = composeName(card)
  return card
}

const READERS: Record<string, Reader> = {
  FN: once("name"),
  TITLE: once("title"),
  ROLE: once("role"),
  UID: once("uid"),
  LANG: once("language"),
  N: readName,
  ORG: readOrganization,
  EMAIL: readEmail,
  TEL: readPhone,
  ADR: readAddress,
  URL: readUrl,
  BDAY: (property, context) => readDate(property, context, "birthday"),
  ANNIVERSARY: (property, context) => readDate(property, context, "anniversary"),
  "X-ANNIVERSARY": (property, context) => readDate(property, context, "anniversary"),
  "X-MS-ANNIVERSARY": (property, context) => readDate(property, context, "anniversary"),
  "X-MS-TEL": readPhone,
  "X-ABDATE": (property, context) =>
    context.labels.get(property.group ?? "") === "anniversary" && readDate(property, context, "anniversary"),
  PHOTO: readPhoto,
  NICKNAME({ value }, { card, is21 }) {
    if (card.nickname !== undefined) return false
    card.nickname = list(value, is21).join(", ")
    return true
  },
  NOTE({ value }, { card, is21 }) {
    const note = unescaped(value, is21).trim()
    if (note !== "") card.note = card.note === undefined ? note : `${card.note}\n\n${note}`
    return true
  },
  CATEGORIES({ value }, { card, is21 }) {
    card.categories.push(...list(value, is21))
    return true
  },
}

function once(key: "name" | "title" | "role" | "uid" | "language"): Reader {
  return ({ value }, { card, is21 }) => {
    const text = unescaped(value, is21).trim()
    if (card[key]) return card[key] === text
    if (text !== "") card[key] = text
    return true
  }
}

function readName({ value }: VcardProperty, { card, is21 }: Context): boolean {
  if (card.familyName !== undefined || card.givenName !== undefined) return false
  const parts = splitUnescaped(value, ";")
  const part = (index: number, glue: string) => {
    const words = is21 ? [unescaped(parts[index] ?? "", true).trim()] : list(parts[index] ?? "", false)
    return words.join(glue) || undefined
  }
  const name = {
    familyName: part(0, " "),
    givenName: part(1, " "),
    middleName: part(2, " "),
    prefix: part(3, " "),
    suffix: part(4, ", "),
  }
  Object.assign(card, Object.fromEntries(Object.entries(name).filter(([, text]) => text !== undefined)))
  return true
}

function readOrganization({ value }: VcardProperty, { card, is21 }: Context): boolean {
  if (card.organization !== undefined || card.department !== undefined) return false
  const [organization, ...units] = splitUnescaped(value, ";").map((part) => unescaped(part, is21).trim())
  const department = units.filter((unit) => unit !== "").join(", ")
  if (organization) card.organization = organization
  if (department) card.department = department
  return true
}

function readEmail(property: VcardProperty, context: Context): boolean {
  const address = unescaped(property.value, context.is21)
    .trim()
    .replace(/^mailto:/i, "")
  if (address === "") return true
  context.card.emails.push({ address, ...labelled(property, context), preferred: isPreferred(property) })
  return true
}

function readPhone(property: VcardProperty, context: Context): boolean {
  const text = unescaped(property.value, context.is21).trim()
  const number = text.replace(/^tel:/i, "").replace(/;ext=(\d+)/i, " ext. $1")
  if (number === "") return true
  context.card.phones.push({ number, ...labelled(property, context), preferred: isPreferred(property) })
  return true
}

function readAddress(property: VcardProperty, context: Context): boolean {
  const parts = splitUnescaped(property.value, ";").map((part) => unescaped(part, context.is21).trim())
  const [box, extended, road, city, region, postalCode, country] = parts
  const written = [extended, road, box].filter(Boolean).join("\n")
  const street =
    written || (parts.every((part) => part === "") ? property.parameters.get("LABEL") : undefined)
  const address: VCardAddress = { ...labelled(property, context) }
  for (const [key, text] of Object.entries({ street, city, region, postalCode, country })) {
    if (text) address[key as keyof VCardAddress] = text
  }
  if (Object.keys(address).some((key) => key !== "label")) context.card.addresses.push(address)
  return true
}

function readUrl(property: VcardProperty, context: Context): boolean {
  const url = unescaped(property.value, context.is21).trim()
  if (url !== "") context.card.urls.push({ url, ...labelled(property, context) })
  return true
}

function readDate(property: VcardProperty, { card }: Context, key: "birthday" | "anniversary"): boolean {
  const date = parseDate(property)
  if (!date) return false
  const known = card[key]
  if (known) return known.year === date.year && known.month === date.month && known.day === date.day
  card[key] = date
  return true
}

/** "19800321", "1980-03-21" with or without a time, "--0321"; other ways of saying it stay text. */
function parseDate({ value, parameters }: VcardProperty): VCardDate | undefined {
  const match = /^(\d{4}|--)-?(\d\d)-?(\d\d)(?:[T ].*)?$/i.exec(value.trim())
  if (!match) return undefined
  const [, year, month, day] = match
  const isYearless = year === "--" || parameters.get("X-APPLE-OMIT-YEAR") === year
  return vcardDate(isYearless ? undefined : Number(year), Number(month), Number(day))
}

function readPhoto(property: VcardProperty, { card, is21 }: Context): boolean {
  if (card.photo) return false
  const value = property.isBinary ? property.value : unescaped(property.value, is21).trim()
  const inline = /^data:([^;,]*)(?:;[^;,]+)*;base64,/i.exec(value)
  const format = property.types.find((type) => type !== "pref")
  const type =
    inline?.[1] ||
    property.parameters.get("MEDIATYPE") ||
    (format && `image/${format.replace("jpg", "jpeg")}`)
  const encoded = property.isBinary ? value : inline ? value.slice(inline[0].length) : undefined
  if (encoded !== undefined) card.photo = { ...(type && { type }), data: Buffer.from(encoded, "base64") }
  else if (/^[a-z][a-z0-9+.-]*:/i.test(value)) card.photo = { ...(type && { type }), uri: value }
  return card.photo !== undefined
}

function readMessenger(property: VcardProperty, { card, is21 }: Context): boolean {
  const { name, types, parameters } = property
  const value = unescaped(property.value, is21).trim()
  const bare = name.replace(/^X-/, "").replace(/-USERNAME$/, "")
  let service: string | undefined
  if (name.startsWith("X-") && MESSENGERS.has(bare)) service = bare
  else if (name === "IMPP" || bare === "SOCIALPROFILE") {
    const named = parameters.get("X-SERVICE-TYPE") ?? parameters.get("SERVICE-TYPE")
    const type = types.find((it) => it !== "pref" && !PLACES.includes(it))
    service = named || (name === "IMPP" ? /^([a-z][\w+.-]*):/i.exec(value)?.[1] : type) || type || "other"
  }
  if (service === undefined) return false
  if (value !== "") card.social.push({ service: service.toLowerCase(), value })
  return true
}

function labelled(property: VcardProperty, context: Context): { label?: string } {
  const label = labelOf(property, context)
  return label ? { label } : {}
}

function labelOf({ group, types }: VcardProperty, { labels }: Context): string {
  const own = group && labels.get(group)
  if (own) return own
  const words = types.filter((type) => type !== "" && !NOISE.has(type))
  const names = words.map((type) =>
    type === "cell" || type === "iphone" ? "mobile" : type.replace(/^x-/, ""),
  )
  return [...new Set([...names.filter((it) => PLACES.includes(it)), ...names])].join(" ")
}

/** Apple wraps its built-in labels: `_$!<Home>!$_`. */
function cleanLabel(label: string): string {
  const wrapped = /^_\$!<(.*)>!\$_$/.exec(label.trim())
  return wrapped ? wrapped[1]!.toLowerCase() : label.trim()
}

function isPreferred({ types, parameters }: VcardProperty): boolean {
  return types.includes("pref") || parameters.get("PREF") === "1"
}

function composeName(card: VCard): string {
  const name = [card.prefix, card.givenName, card.middleName, card.familyName, card.suffix]
    .filter(Boolean)
    .join(" ")
  return name || card.nickname || card.organization || card.emails[0]?.address || card.phones[0]?.number || ""
}

function list(value: string, is21: boolean): string[] {
  return splitUnescaped(value, ",")
    .map((part) => unescaped(part, is21).trim())
    .filter((part) => part !== "")
}

function splitUnescaped(value: string, separator: string): string[] {
  const parts: string[] = []
  let start = 0
  for (let index = 0; index < value.length; index++) {
    if (value[index] === "\\") index++
    else if (value[index] === separator) {
      parts.push(value.slice(start, index))
      start = index + 1
    }
  }
  return [...parts, value.slice(start)]
}

/** In 2.1 a line break is never written as "\n", so "C:\new" keeps its n. */
function unescaped(value: string, is21: boolean): string {
  const text = value.includes("\\")
    ? value.replace(is21 ? /\\([\\;,:])/g : /\\([\\;,:nN])/g, (_, code: string) =>
        /n/i.test(code) ? "\n" : code,
      )
    : value
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
}
