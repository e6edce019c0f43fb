import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
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

/** Cells of a plain CSV file without quotes, below its header. */
function rowsOf(name: string, file: string): string[][] | undefined {
  const folder = folderOf(name)
  if (!folder) return undefined
  const [, ...lines] = readFileSync(resolve(folder, file), "utf8").trim().split("\n")
  return lines.map((line) => line.split(",").map((cell) => cell.trim()))
}
