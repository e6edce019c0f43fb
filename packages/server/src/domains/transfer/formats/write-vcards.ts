import type { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { VCard, VCardDate } from "./vcard.ts"

const FOLD_BYTES = 75
const TYPES: Record<string, string> = {
  home: "home",
  work: "work",
  mobile: "cell",
  fax: "fax",
  pager: "pager",
}

export type VCardVersion = "4.0" | "3.0"

/**
 * Writes cards as vCard 4.0 (or 3.0, which older phones and Outlook read) and ends `out`.
 * @returns how many cards were written
 */
export async function writeVcards(
  out: Writable,
  cards: AsyncIterable<VCard> | Iterable<VCard>,
  options: { version?: VCardVersion } = {},
): Promise<{ cards: number }> {
  let count = 0
  async function* texts(): AsyncGenerator<string> {
    for await (const card of cards) {
      count++
      yield cardText(card, options.version ?? "4.0")
    }
  }
  await pipeline(texts(), out)
  return { cards: count }
}

function cardText(card: VCard, version: VCardVersion): string {
  const lines = ["BEGIN:VCARD", `VERSION:${version}`]
  let groups = 0

  function add(name: string, value: string | undefined): void {
    if (value !== undefined && value !== "") lines.push(`${name}:${value}`)
  }

  /** A label made of known types becomes TYPE; any other stands beside the property in Apple's way. */
  function addLabelled(name: string, value: string, label: string | undefined, preferred = false): void {
    const types = (label ?? "")
      .split(" ")
      .map((word) => (Object.hasOwn(TYPES, word) ? TYPES[word] : undefined))
    const isKnown = types.every((type) => type !== undefined)
    const marks = [...(isKnown ? types : []), ...(preferred && version === "3.0" ? ["pref"] : [])]
    const type = marks.length > 0 ? `;TYPE=${marks.join(",")}` : ""
    const head = `${name}${type}${preferred && version === "4.0" ? ";PREF=1" : ""}:${value}`
    if (isKnown || !label) {
      lines.push(head)
      return
    }
    groups++
    lines.push(`item${groups}.${head}`, `item${groups}.X-ABLabel:${escaped(label)}`)
  }

  add("UID", escapedUri(card.uid ?? ""))
  lines.push(`FN:${escaped(card.name)}`)
  const { familyName, givenName, middleName, prefix, suffix } = card
  add(
    "N",
    structured([familyName, givenName, middleName, prefix, suffix]) || (version === "3.0" ? ";;;;" : ""),
  )
  add("NICKNAME", escaped(card.nickname ?? ""))
  add("ORG", structured([card.organization, ...(card.department ? [card.department] : [])]))
  add("TITLE", escaped(card.title ?? ""))
  add("ROLE", escaped(card.role ?? ""))
  for (const { address, label, preferred } of card.emails)
    addLabelled("EMAIL", escaped(address), label, preferred)
  for (const { number, label, preferred } of card.phones)
    addLabelled("TEL", escaped(number), label, preferred)
  for (const { label, street, city, region, postalCode, country } of card.addresses) {
    addLabelled("ADR", structured(["", "", street, city, region, postalCode, country]), label)
  }
  for (const { url, label } of card.urls) addLabelled("URL", escapedUri(url), label)
  if (card.birthday) lines.push(dateLine("BDAY", card.birthday, version))
  if (card.anniversary) {
    lines.push(dateLine(version === "4.0" ? "ANNIVERSARY" : "X-ANNIVERSARY", card.anniversary, version))
  }
  add("LANG", escaped(card.language ?? ""))
  add("CATEGORIES", card.categories.map(escaped).join(","))
  for (const { service, value } of card.social) {
    const isMessenger = /^(?!https?:)[a-z][a-z0-9+.-]*:\S+$/i.test(value)
    add(`${isMessenger ? "IMPP" : "X-SOCIALPROFILE"};X-SERVICE-TYPE=${parameter(service)}`, escapedUri(value))
  }
  if (card.photo) lines.push(photoLine(card.photo, version))
  add("NOTE", escaped(card.note ?? ""))
  for (const { name, value, label } of card.other) addLabelled(propertyName(name), escapedUri(value), label)
  return [...lines, "END:VCARD"].map(fold).join("")
}

function dateLine(name: string, { year, month, day }: VCardDate, version: VCardVersion): string {
  const [monthText, dayText] = [month, day].map((part) => String(part).padStart(2, "0"))
  const yearText = year === undefined ? undefined : String(year).padStart(4, "0")
  if (version === "4.0") return `${name}:${yearText ?? "--"}${monthText}${dayText}`
  // 3.0 knows no date without a year; Apple's mark for one is widely understood.
  const omitted = yearText === undefined ? ";X-APPLE-OMIT-YEAR=1604" : ""
  return `${name}${omitted}:${yearText ?? "1604"}-${monthText}-${dayText}`
}

function photoLine(photo: NonNullable<VCard["photo"]>, version: VCardVersion): string {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(photo.type ?? "") ? photo.type! : undefined
  const mark = (name: string) => `;TYPE=${name.replace("image/", "").toUpperCase()}`
  if ("uri" in photo) {
    const known = type === undefined ? "" : version === "4.0" ? `;MEDIATYPE=${type}` : mark(type)
    return `PHOTO;VALUE=uri${known}:${escapedUri(photo.uri)}`
  }
  const data = photo.data.toString("base64")
  if (version === "4.0") return `PHOTO:data:${type ?? "image/jpeg"};base64,${data}`
  return `PHOTO;ENCODING=b${mark(type ?? "image/jpeg")}:${data}`
}

function structured(parts: readonly (string | undefined)[]): string {
  return parts.some(Boolean) ? parts.map((part) => escaped(part ?? "")).join(";") : ""
}

function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n")
}

/** Addresses keep their commas and semicolons, which mean something there. */
function escapedUri(text: string): string {
  return /^[a-z][a-z0-9+.-]*:[^\s\\]+$/i.test(text) ? text : escaped(text)
}

function parameter(text: string): string {
  if (/^[A-Za-z0-9-]+$/.test(text)) return text
  const marks: Record<string, string> = { "^": "^^", '"': "^'", "\n": "^n" }
  return `"${text.replace(/[\^"\n]/g, (found) => marks[found]!).replace(/\p{Cc}/gu, "")}"`
}

function propertyName(name: string): string {
  return /^[A-Za-z0-9-]+$/.test(name) ? name : `X-${name.replace(/[^A-Za-z0-9-]/g, "") || "OTHER"}`
}

/** Lines end after 75 bytes and go on behind a blank, never within a character. */
function fold(line: string): string {
  if (line.length <= FOLD_BYTES && Buffer.byteLength(line) <= FOLD_BYTES) return `${line}\r\n`
  const bytes = Buffer.from(line)
  const parts: string[] = []
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + FOLD_BYTES - (start === 0 ? 0 : 1))
    while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--
    parts.push(bytes.toString("utf8", start, end))
    start = end
  }
  return `${parts.join("\r\n ")}\r\n`
}
