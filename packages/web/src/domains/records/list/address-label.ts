import { addressLines } from "../../../lib/address.ts"
import type { Item } from "../../../ui/fields/list-items.ts"

export interface Addressee {
  name: string
  company: string | undefined
  addresses: readonly Item[]
}
export const labelsOnSheet = 24

/**
 * Lines of an address label, in the order of the country written to; undefined without a street or a town. The
 * country stands last, in its own line, only for letters abroad.
 */
export function labelLines(
  { name, company, addresses }: Addressee,
  homeCountry: string | null,
  countryName: (code: string) => string,
): string[] | undefined {
  const address = addresses.find((candidate) => text(candidate.street) || text(candidate.city))
  if (!address) return undefined
  const country = text(address.country)
  const abroad = country !== "" && country !== homeCountry ? countryName(country) : ""
  const lines = addressLines(address, { home: homeCountry })
  return [name, company ?? "", ...lines, abroad].map((line) => line.trim()).filter((line) => line !== "")
}
const text = (value: unknown): string => (typeof value === "string" ? value.trim() : "")

/** Labels in sheets of 24, the first ones left blank where a sheet is used already. `start` counts from 1. */
export function sheetsOf<T>(labels: readonly T[], start: number): (T | null)[][] {
  const places: (T | null)[] = [...Array.from({ length: start - 1 }, () => null), ...labels]
  const sheets: (T | null)[][] = []
  for (let at = 0; at < places.length; at += labelsOnSheet) sheets.push(places.slice(at, at + labelsOnSheet))
  return sheets
}
