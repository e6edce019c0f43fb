import type { ItemField, List } from "@regulars/contract/kernel/fields.ts"

export type Item = Record<string, unknown> & { id?: string }

/** The part people type and read first: what was typed (`raw`) where it is kept beside the clean value. */
export function mainPart(field: List): string {
  return "raw" in field.item ? "raw" : field.key
}
/** Parts an editor shows: not what follows from others, as the clean value that the server makes of `raw`, nor `preferred`, which is a star, nor amounts, whose currency stands elsewhere. */
export function editableParts(field: List): [string, ItemField][] {
  const main = mainPart(field)
  return Object.entries(field.item).filter(
    ([part, { type, readOnly }]) =>
      part !== "preferred" && !readOnly && type !== "amount" && (part === main || part !== field.key),
  )
}
export function canPrefer(field: List): boolean {
  return field.item.preferred?.type === "boolean"
}
/** Makes one entry the preferred one and no other. */
export function prefer(items: readonly Item[], index: number): Item[] {
  return items.map((item, place) => ({ ...item, preferred: place === index }))
}
export function isBlank(field: List, item: Item): boolean {
  return editableParts(field).every(([part]) => isEmpty(item[part]))
}
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || value === false
}
/**
 * Entries as they are sent: blank ones left out, clean values dropped where the server makes them anew from
 * what was typed.
 */
export function cleanItems(field: List, items: readonly Item[]): Item[] {
  const derived = mainPart(field) === field.key ? undefined : field.key
  return items
    .filter((item) => !isBlank(field, item))
    .map((item) => Object.fromEntries(Object.entries(item).filter(([part]) => part !== derived)))
}
/** Preferred entry first, the rest in their order. */
export function inOrder(items: readonly Item[]): Item[] {
  return [
    ...items.filter((item) => item.preferred === true),
    ...items.filter((item) => item.preferred !== true),
  ]
}
/** Where a link leads that calls or writes to an entry of `phones` or `emails`; undefined for every other one. */
export function dialLink(key: string, item: Item): string | undefined {
  const number = key === "phones" ? String(item.number ?? item.raw ?? "").replace(/[^\d+]/g, "") : ""
  if (number !== "") return `tel:${number}`
  return key === "emails" && item.address ? `mailto:${String(item.address)}` : undefined
}
