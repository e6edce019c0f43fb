import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import {
  type RecognisedColumn,
  type RecognisedTable,
  recogniseTable,
} from "../src/domains/transfer/recognise/recognise.ts"
import { idOf } from "../src/domains/transfer/recognise/targets.ts"
import { sample } from "./format-files.ts"

/** A table with the place each column belongs. In the files one line is one column: header | places | values. */
export interface Fixture {
  name: string
  entity: string
  source?: string
  locale?: string
  headers: string[]
  /** Acceptable targets per column, as "field.part" or "field.part:label". */
  expected: string[][]
  samples: string[][]
}

function parseFixture(name: string, text: string): Fixture {
  const fixture: Fixture = { name, entity: "people", headers: [], expected: [], samples: [] }
  const columns: string[][] = []
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const setting = /^# (entity|source|locale): (\S+)$/.exec(line)
    if (setting) {
      fixture[setting[1] as "entity" | "source" | "locale"] = setting[2] ?? ""
      continue
    }
    const [header = "", places = "", ...values] = line.split("|").map((part) => part.trim())
    fixture.headers.push(header)
    fixture.expected.push(places.split("/"))
    columns.push(values.map((value) => value.replaceAll("\\n", "\n")))
  }
  const rows = Math.max(...columns.map((column) => column.length))
  fixture.samples = Array.from({ length: rows }, (_, row) => columns.map((column) => column[row] ?? ""))
  return fixture
}

/** The fixtures of one set, by name. */
export function loadFixtures(set: "development" | "held-out"): Fixture[] {
  const folder = sample(join("recognise", set))
  return readdirSync(folder)
    .sort()
    .map((file) => parseFixture(file.replace(".txt", ""), readFileSync(join(folder, file), "utf8")))
}

export interface Outcome {
  fixture: Fixture
  table: RecognisedTable
  wrong: { column: RecognisedColumn; expected: string[] }[]
}

function isRight(column: RecognisedColumn, expected: readonly string[]): boolean {
  return expected.some((place) => {
    const [id = "", label] = place.split(":")
    const found = idOf(column.target)
    const isSame =
      found === id || (!id.includes(".") && column.target.field === id && column.target.part !== "label")
    return isSame && (label === undefined || column.target.label === label)
  })
}

/** Recognises a fixture and lists the columns that did not go where they belong. */
export function judge(fixture: Fixture): Outcome {
  const table = recogniseTable({
    headers: fixture.headers,
    samples: fixture.samples,
    ...(fixture.locale ? { locale: fixture.locale } : {}),
  })
  const wrong = table.columns
    .filter((column) => !isRight(column, fixture.expected[column.index] ?? []))
    .map((column) => ({ column, expected: fixture.expected[column.index] ?? [] }))
  return { fixture, table, wrong }
}

/** Shares over all columns: mapped right; mapped right or asked about; wrong without asking at high confidence. */
export function accuracyOf(outcomes: readonly Outcome[]): {
  columns: number
  right: number
  rightOrAsked: number
  silentlyWrong: number
} {
  const columns = outcomes.reduce((sum, { table }) => sum + table.columns.length, 0)
  const wrong = outcomes.flatMap((outcome) => outcome.wrong)
  const unasked = wrong.filter(({ column }) => !column.ask)
  const sure = unasked.filter(({ column }) => column.confidence >= 0.7)
  return {
    columns,
    right: 1 - wrong.length / columns,
    rightOrAsked: 1 - unasked.length / columns,
    silentlyWrong: sure.length / columns,
  }
}

/** A table from its columns: header and values. */
export function tableOf(columns: Record<string, string[]>, more: { locale?: string } = {}): RecognisedTable {
  const headers = Object.keys(columns)
  const rows = Math.max(...Object.values(columns).map((values) => values.length))
  const samples = Array.from({ length: rows }, (_, row) =>
    headers.map((header) => columns[header]?.[row] ?? ""),
  )
  return recogniseTable({ headers, samples, ...more })
}

/** The targets of a table by header. */
export const targetsOf = (table: RecognisedTable) =>
  Object.fromEntries(table.columns.map((column) => [column.header, column.target]))

export const columnOf = (table: RecognisedTable, header: string) =>
  table.columns.find((column) => column.header === header)!

/** One of the fixtures, recognised. */
export const recogniseFixture = (name: string) => {
  const found = [...loadFixtures("development"), ...loadFixtures("held-out")].find(
    (one) => one.name === name,
  )!
  return recogniseTable({ headers: found.headers, samples: found.samples })
}
