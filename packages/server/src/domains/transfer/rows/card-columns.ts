import type { ImportColumn, ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import { fieldLabel } from "@regulars/locales/labels.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import type { VCard } from "../formats/vcard.ts"

interface CardPart {
  /** The record's field, for the heading. */
  field: string
  target: ImportTarget
  text(card: VCard): string
}
const several = (texts: readonly (string | undefined)[]) => texts.filter(Boolean).join("; ")
const day = ({ year, month, day }: { year?: number; month: number; day: number }) =>
  `${year ?? "-"}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`

/** What a card can say, as columns: each can be left out of an import, and filled in or overwritten. */
export const cardParts: readonly CardPart[] = [
  { field: "name", target: { field: "name" }, text: (card) => card.name },
  {
    field: "emails",
    target: { field: "emails", part: "address" },
    text: (card) => several(card.emails.map(({ address }) => address)),
  },
  {
    field: "phones",
    target: { field: "phones", part: "number" },
    text: (card) => several(card.phones.map(({ number }) => number)),
  },
  {
    field: "addresses",
    target: { field: "addresses", part: "whole" },
    text: (card) =>
      several(
        card.addresses.map(({ street, postalCode, city, region, country }) =>
          [street, postalCode, city, region, country].filter(Boolean).join(", "),
        ),
      ),
  },
  { field: "companyId", target: { field: "companyName" }, text: (card) => card.organization ?? "" },
  { field: "jobTitle", target: { field: "jobTitle" }, text: (card) => card.title ?? "" },
  {
    field: "birthday",
    target: { field: "birthday" },
    text: (card) => (card.birthday ? day(card.birthday) : ""),
  },
  {
    field: "dates",
    target: { field: "dates", part: "date" },
    text: (card) => (card.anniversary ? day(card.anniversary) : ""),
  },
  {
    field: "social",
    target: { field: "social" },
    text: (card) => several([...card.urls.map(({ url }) => url), ...card.social.map(({ value }) => value)]),
  },
  { field: "tags", target: { field: "tags" }, text: (card) => several(card.categories) },
  { field: "description", target: { field: "description" }, text: (card) => card.note ?? "" },
  { field: "language", target: { field: "language" }, text: (card) => card.language ?? "" },
  {
    field: "preferences",
    target: { field: "preferences" },
    text: (card) =>
      several([
        card.nickname,
        card.department,
        card.role,
        ...card.other.map(({ value }) => value.slice(0, 200)),
      ]),
  },
]
export function cardCells(card: VCard): string[] {
  return cardParts.map(({ text }) => text(card))
}

/** The columns of an import of cards, with what the first ones hold as samples. */
export function cardColumns(samples: readonly (readonly string[])[], t: Translate): ImportColumn[] {
  return cardParts.map(({ field, target }, index) => ({
    index,
    header: fieldLabel(t, "people", field),
    samples: samples
      .map((cells) => cells[index] ?? "")
      .filter((text) => text !== "")
      .slice(0, 5)
      .map((text) => text.slice(0, 200)),
    target,
    confidence: 1,
    reason: "source",
    ask: false,
    alternatives: [],
    dateOrder: null,
    suggestedDateOrder: null,
    decimal: null,
    onUpdate: "fill",
  }))
}
