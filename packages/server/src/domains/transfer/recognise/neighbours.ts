import { adjust, type ColumnState, scoreOf } from "./candidates.ts"
import type { Meaning } from "./meanings.ts"

const ADDRESS: readonly Meaning[] = [
  "street",
  "houseNumber",
  "street2",
  "city",
  "region",
  "postalCode",
  "country",
]

const best = (column: ColumnState | undefined) => column?.candidates[0]
const isAddressPart = (column: ColumnState | undefined, ...parts: readonly Meaning[]) => {
  const top = best(column)
  return top !== undefined && top.score > 0.55 && (parts.length > 0 ? parts : ADDRESS).includes(top.meaning)
}

/** Share of rows whose value in `whole` contains the value in `part`. */
function containedShare(whole: ColumnState, part: ColumnState, rows: readonly (readonly string[])[]): number {
  const both = rows
    .map(
      (row) =>
        [row[whole.index]?.trim().toLowerCase() ?? "", row[part.index]?.trim().toLowerCase() ?? ""] as const,
    )
    .filter(([a, b]) => a !== "" && b !== "")
  return both.length === 0 ? 0 : both.filter(([a, b]) => a.includes(b)).length / both.length
}

/** Beside a given name, a column called "Name" is the family name, unless it repeats the given name. */
function settleNames(columns: readonly ColumnState[], rows: readonly (readonly string[])[]): void {
  const given = columns.find((column) => best(column)?.meaning === "givenName" && best(column)!.score > 0.6)
  if (!given) {
    settleLoneGivenName(columns)
    return
  }
  const family = columns.some(
    (column) => column !== given && best(column)?.meaning === "familyName" && best(column)!.score > 0.7,
  )
  for (const column of columns) {
    if (column === given || family || scoreOf(column, "fullName") < 0.3) continue
    const header = column.match.scores.get("familyName") ?? 0
    if (header === 0 || containedShare(column, given, rows) > 0.5) continue
    adjust(column, "familyName", 0.35)
    adjust(column, "fullName", -0.5)
  }
}

/** "Nombre" with whole names in it, or without any family name beside it, is the full name. */
function settleLoneGivenName(columns: readonly ColumnState[]): void {
  for (const column of columns) {
    if (column.profile.share("manyWords") > 0.6 && scoreOf(column, "givenName") > 0.4)
      adjust(column, "fullName", 0.2)
  }
}

/** Columns next to parts of an address are more likely parts themselves, when they are not one already. */
function settleAddress(columns: readonly ColumnState[]): void {
  const all = [...columns]
  for (const [at, column] of all.entries()) {
    const near = [all[at - 2], all[at - 1], all[at + 1], all[at + 2]]
    if (!near.some((other) => isAddressPart(other))) continue
    for (const part of ADDRESS) {
      const score = scoreOf(column, part)
      if (score > 0.25 && score < 0.85) adjust(column, part, 0.1)
    }
    if (scoreOf(column, "postalCode") > 0.2 && near.some((other) => isAddressPart(other, "city", "street")))
      adjust(column, "postalCode", 0.25)
    if (
      all.slice(Math.max(0, at - 2), at).some((other) => isAddressPart(other, "city")) &&
      scoreOf(column, "region") > 0.3 &&
      scoreOf(column, "region") < scoreOf(column, "city")
    ) {
      adjust(column, "region", 0.25)
      adjust(column, "city", -0.2)
    }
    const beside = [all[at - 1], all[at + 1]]
    const isPlaceName =
      column.profile.count > 0 &&
      column.profile.share("digit") < 0.1 &&
      !(column.profile.share("boolean") > 0.5)
    const hasCity = near.some((other) => isAddressPart(other, "city"))
    if (
      column.match.parsed.isBlank &&
      isPlaceName &&
      !hasCity &&
      beside.some((other) => isAddressPart(other, "postalCode", "street"))
    )
      adjust(column, "city", 0.35)
    if (
      column.match.parsed.isBlank &&
      column.profile.share("street") > 0.3 &&
      beside.some((other) => isAddressPart(other, "city", "postalCode"))
    )
      adjust(column, "street", 0.2)
  }
}

/** "Billing Address 1" and "… 2" are lines of one street, unless there is a city of that number. */
function settleStreetLines(columns: readonly ColumnState[]): void {
  const lines: readonly Meaning[] = ["street", "street2", "wholeAddress"]
  const cities = new Set(
    columns
      .filter((column) => isAddressPart(column, "city", "postalCode"))
      .map((column) => column.match.parsed.ordinal),
  )
  for (const column of columns) {
    const [top, ordinal] = [best(column), column.match.parsed.ordinal]
    if (
      !top ||
      top.reason === "values" ||
      !lines.includes(top.meaning) ||
      ordinal === undefined ||
      cities.has(ordinal) ||
      !/\d\W*$/.test(column.header)
    )
      continue
    const line = ordinal === 1 ? "street" : "street2"
    const others = lines.filter((meaning) => meaning !== line)
    adjust(column, line, top.score - scoreOf(column, line))
    for (const meaning of others) adjust(column, meaning, -0.3)
  }
}

/** "Title" is the job where another column is the salutation. (Beside a job it is what remains: the salutation.) */
function settleTitle(columns: readonly ColumnState[]): void {
  for (const column of columns) {
    const [salutation, job] = [scoreOf(column, "salutation"), scoreOf(column, "jobTitle")]
    if (salutation < 0.3 || job < 0.3 || Math.abs(salutation - job) > 0.15) continue
    const hasSalutation = columns.some(
      (other) => other !== column && best(other)?.meaning === "salutation" && best(other)!.score > 0.7,
    )
    if (hasSalutation) adjust(column, "jobTitle", 0.2)
  }
}

/** Beside columns for month and year, a birthday is only the day. */
function settleBirthday(columns: readonly ColumnState[]): void {
  const parts: readonly Meaning[] = ["birthMonth", "birthYear"]
  if (!parts.every((part) => columns.some((column) => best(column)?.meaning === part))) return
  for (const column of columns) if (scoreOf(column, "birthDay") > 0.5) adjust(column, "birthday", -0.4)
}

/** Lets columns speak for each other. Changes the candidates in place; columns stand in the table's order. */
export function considerNeighbours(
  columns: readonly ColumnState[],
  rows: readonly (readonly string[])[],
): void {
  settleNames(columns, rows)
  settleTitle(columns)
  settleBirthday(columns)
  settleStreetLines(columns)
  settleAddress(columns)
}
