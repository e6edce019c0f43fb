import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import type { Example, Feature } from "../src/scoring/features.ts"
import type { Known } from "./people.ts"

/** A folder of the public data sets beside the repository; undefined where they are absent. */
function folderOf(name: string): string | undefined {
  const folder = resolve(import.meta.dirname, "../../../../shared/data", name)
  return existsSync(folder) ? folder : undefined
}

/** People of the FEBRL generator, without the number that would give them away; undefined where absent. */
export function febrl(...files: string[]): Known<string>[] | undefined {
  return files.reduce<Known<string>[] | undefined>((known, file) => {
    const rows = rowsOf("febrl", file)
    return (
      rows && [
        ...(known ?? []),
        ...rows.map(([id = "", given, family, number, street, part, city, code, , birthday]) => ({
          who: id.split("-")[1] as string,
          person: {
            givenName: given,
            familyName: family,
            addresses: [{ street: [`${number} ${street}`, part].join(", "), city, postalCode: code }],
            birthday,
          },
        })),
      ]
    )
  }, [])
}

/** The thousand made-up people of splink; undefined where absent. */
export function fakeThousand(): Known<string>[] | undefined {
  return rowsOf("fake-1000", "fake_1000.csv")?.map(
    ([, givenName, familyName, birthday, city, email, cluster = ""]) => ({
      who: cluster,
      person: { givenName, familyName, birthday, addresses: [{ city }], emails: email ? [email] : [] },
    }),
  )
}

/** Calls of a bank, and who took up its offer, in the order of the file; undefined where absent. */
export function bankMarketing(): Examples | undefined {
  return examplesOf("bank-marketing", "bank-additional.csv", ";")
}
/** Customers of a telephone company, and who left; undefined where absent. */
export function telcoChurn(): Examples | undefined {
  const found = examplesOf("telco-churn", "Telco-Customer-Churn.csv", ",")
  return found && { ...found, features: found.features.filter(({ key }) => key !== "customerID") }
}
export interface Examples {
  features: Feature[]
  examples: Example[]
}

/** Shopping baskets, each a list of groceries; undefined where absent. */
export function groceries(): string[][] | undefined {
  return linesOf("groceries", "groceries.csv")?.map((line) => line.split(","))
}

/** The last column is the outcome; a column of numbers alone, or blanks, is a number. */
function examplesOf(name: string, file: string, separator: string): Examples | undefined {
  const lines = linesOf(name, file)
  if (!lines) return undefined
  const [keys = [], ...rows] = lines.map((line) =>
    line.split(separator).map((cell) => cell.replaceAll('"', "").trim()),
  )
  const features = keys.slice(0, -1).map((key, column): Feature => {
    const numeric = rows.every((row) => Number.isFinite(Number(row[column])))
    return { key, kind: numeric ? "number" : "choice" }
  })
  const read = (kind: Feature["kind"], cell = "") => (kind === "number" && cell ? Number(cell) : cell)
  const examples = rows.map((row) => ({
    values: Object.fromEntries(features.map(({ key, kind }, column) => [key, read(kind, row[column])])),
    at: 0,
    outcome: row.at(-1)?.toLowerCase() === "yes",
  }))
  return { features, examples }
}

/** Cells of a plain CSV file without quotes, below its header. */
function rowsOf(name: string, file: string): string[][] | undefined {
  return linesOf(name, file)
    ?.slice(1)
    .map((line) => line.split(",").map((cell) => cell.trim()))
}

function linesOf(name: string, file: string): string[] | undefined {
  const folder = folderOf(name)
  return folder ? readFileSync(resolve(folder, file), "utf8").trim().split(/\r?\n/) : undefined
}
