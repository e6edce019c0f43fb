import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { readEmails } from "../values/emails.ts"
import { readPhones } from "../values/phones.ts"
import type { Reading } from "../values/reading.ts"
import { complain, groupOf, itemOf, type RowContext, type Step, saysNothing, type Work } from "./row-work.ts"

/** One or several addresses in a cell. */
export function emailStep(column: ImportColumn): Step {
  return (work, text) => {
    if (saysNothing(text)) return
    const readings = readEmails(text)
    complainOnce(work, column, readings, text)
    for (const [index, reading] of readings.entries())
      if ("value" in reading)
        takeItem(work, column, index, { field: "emails", part: "address", value: reading.value })
  }
}

/** Numbers that are plainly one number need no further look: the record's own form of it is made later. */
const plainNumber = /^\+?\(?\d[\d\s()-]{4,22}$/
/** One or several numbers in a cell. */
export function phoneStep(column: ImportColumn, { country }: RowContext): Step {
  const item = { field: "phones", part: "raw" }
  return (work, text) => {
    if (plainNumber.test(text)) return takeItem(work, column, 0, { ...item, value: text })
    if (saysNothing(text)) return
    const readings = readPhones(text, country)
    complainOnce(work, column, readings, text)
    for (const [index, reading] of readings.entries())
      if ("value" in reading) takeItem(work, column, index, { ...item, value: reading.value.raw })
  }
}

/** One complaint for a cell, however many of its pieces can't be read. */
function complainOnce(
  work: Work,
  column: ImportColumn,
  readings: readonly Reading<unknown>[],
  text: string,
): void {
  const failed = readings.find((reading) => "problem" in reading)
  if (failed) complain(work, column, failed.problem, text)
}

/** Sites that many companies share: a page there is no domain of one's own. */
const sharedSites =
  /(^|\.)(facebook|instagram|linkedin|twitter|x|tiktok|youtube|xing|google|wixsite|blogspot|etsy|ebay|amazon)\.[a-z.]{2,6}$/
const host = /^[^\s.]+(\.[^\s.]+)+$/
/** Domains of a company from its addresses on the web; what such an address says beyond that is kept as text. */
export function domainStep(column: ImportColumn): Step {
  return (work, text) => {
    if (saysNothing(text)) return
    for (const [index, piece] of text
      .split(/[;,\s]+/)
      .filter(Boolean)
      .entries()) {
      const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(piece) ? piece : `http://${piece}`)
      const domain = url?.hostname.replace(/^www\./, "") ?? ""
      if (!url || !host.test(domain) || piece.includes("@")) {
        complain(work, column, "domain_invalid", text)
        continue
      }
      const isShared = sharedSites.test(domain)
      if (!isShared) takeItem(work, column, index, { field: "domains", part: "domain", value: domain })
      if (isShared || url.pathname.length > 1) work.texts.push([column.header, piece])
    }
  }
}

interface Found {
  field: string
  part: string
  value: string
}
/** The first value of a cell belongs to the column's entry, further ones have entries beside it. */
function takeItem(work: Work, column: ImportColumn, index: number, { field, part, value }: Found): void {
  const item = itemOf(work, field, groupOf(column) + index / 100)
  item[part] = value
  if (column.target?.label && field !== "domains") item.label ??= column.target.label
}

const labelWords = new Map(
  Object.entries({
    work: "work business office geschäftlich arbeit dienstlich trabajo",
    home: "home personal private privat casa particular",
    mobile: "mobile cell mobil handy móvil celular",
    fax: "fax",
    billing: "billing rechnung facturación",
    delivery: "delivery shipping lieferung entrega envío",
    other: "other sonstige andere otro",
  }).flatMap(([label, words]) => words.split(" ").map((word) => [word, label] as const)),
)
/** What the entry of the same group is, in our own words where they have one for it. */
export function labelStep(field: string): (column: ImportColumn) => Step {
  return (column) => (work, text) => {
    const word = text.replace(/^\* ?/, "")
    if (word !== "") itemOf(work, field, groupOf(column)).label = labelWords.get(word.toLowerCase()) ?? word
  }
}
