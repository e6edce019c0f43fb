import { readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { json, sample, sharedData } from "../../../../testing/format-files.ts"
import { CsvParser } from "./csv-parser.ts"
import { MAX_CELL_LENGTH } from "./table.ts"

function parse(
  text: string,
  options: Partial<ConstructorParameters<typeof CsvParser>[0]> = {},
  step = text.length,
) {
  const parser = new CsvParser({ delimiter: ",", newline: "\n", ...options })
  const rows = []
  for (let start = 0; start < text.length; start += step)
    rows.push(...parser.push(text.slice(start, start + step)))
  return [...rows, ...parser.end()]
}

const cells = (text: string, options = {}) => parse(text, options).map((row) => row.cells)

describe("CSV spectrum", () => {
  for (const folder of [sample("csv-spectrum"), sharedData("csv-spectrum")]) {
    if (!folder) continue
    it.each(readdirSync(`${folder}/csvs`).map((file) => file.replace(".csv", "")))("%s", (name) => {
      const text = readFileSync(`${folder}/csvs/${name}.csv`, "utf8")
      const [header, ...rows] = cells(text)
      const records = rows.map((row) =>
        Object.fromEntries(header!.map((column, index) => [column, row[index]])),
      )
      // A copy whose line ends were changed on the way can only hold the other kind.
      const expected = JSON.stringify(json(`${folder}/json/${name}.json`))
      expect(records).toEqual(
        JSON.parse(text.includes("\r") ? expected : expected.replaceAll("\\r\\n", "\\n")),
      )
    })
  }
})

describe("CsvParser", () => {
  it("reads the same whatever the pieces the text comes in", () => {
    const piece = fc.constantFrom("a", "b b", " ", ",", '"', '""', "\n", "\r\n", "\r", "ü", "😀")
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (pieces, step) => {
        const text = pieces.join("")
        expect(parse(text, {}, step)).toEqual(parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  it("knows line feeds, carriage returns and both", () => {
    const expected = [
      ["a", "b"],
      ["1", "2"],
    ]
    expect(cells("a,b\n1,2")).toEqual(expected)
    expect(cells("a,b\r\n1,2\r\n")).toEqual(expected)
    expect(cells("a,b\r1,2\r", { newline: "\r" })).toEqual(expected)
    expect(cells('"a","b"\r\n"1","2"\r\n')).toEqual(expected)
  })

  it("keeps quotes, delimiters and line breaks inside quotes", () => {
    expect(cells('"say ""hi""","x,y","1\r\n2"')).toEqual([['say "hi"', "x,y", "1\r\n2"]])
    expect(cells("\"a\nb\"\r'c'\r", { newline: "\r" })).toEqual([["a\nb"], ["'c'"]])
  })

  it("takes a quote within unquoted text as it is, and allows blanks before an opening quote", () => {
    expect(parse('12" pipe,b')).toEqual([{ line: 1, cells: ['12" pipe', "b"] }])
    expect(cells('a, "b, c" ,d')).toEqual([["a", "b, c", "d"]])
  })

  it("numbers rows by the line they begin at, and leaves out blank lines", () => {
    expect(parse('a\n\n  \n"b\nb"\nc').map((row) => row.line)).toEqual([1, 4, 6])
  })

  it("tells an empty quoted line from a blank one", () => {
    expect(cells('a\n""\n\nb')).toEqual([["a"], [""], ["b"]])
  })

  it("goes on after text behind a closing quote, with a problem on that row only", () => {
    expect(parse('a,"ha "ha" ha"\nb,c')).toEqual([
      { line: 1, cells: ["a", 'ha ha" ha"'], problem: { code: "stray_quote", column: 2 } },
      { line: 2, cells: ["b", "c"] },
    ])
  })

  it("names the row whose quote is never closed", () => {
    const rows = parse('a,b\nc,"d\ne,f\n')
    expect(rows[1]).toMatchObject({ line: 2, problem: { code: "unterminated_quote", column: 2 } })
    expect(rows).toHaveLength(2)
  })

  it.each([
    ["quoted", `x,"${"y".repeat(5_000_000)}"\nnext,row\n`],
    ["plain", `x,${"y".repeat(5_000_000)}\nnext,row\n`],
    ["blank", `x,${" ".repeat(5_000_000)}\nnext,row\n`],
  ])("cuts a %s cell of 5 MB and reads the next row", (_, text) => {
    const rows = parse(text, {}, 100_000)
    expect(rows[0]!.problem).toEqual({ code: "cell_too_large", column: 2, limit: MAX_CELL_LENGTH })
    expect(rows[0]!.cells[1]).toHaveLength(MAX_CELL_LENGTH)
    expect(rows[1]).toEqual({ line: 2, cells: ["next", "row"] })
  })

  it("reads 10,000 columns in a line longer than a piece", () => {
    const wide = Array.from({ length: 10_000 }, (_, index) => `column ${index}`)
    expect(parse(`${wide.join(",")}\n${wide.join(",")}\n`, {}, 16_384).map((row) => row.cells)).toEqual([
      wide,
      wide,
    ])
  })

  it("skips rows without losing count", () => {
    const parser = new CsvParser({ delimiter: ",", newline: "\n", skip: 2 })
    expect(parser.push('a\n\n"b\nb"\nc\n')).toEqual([{ line: 5, cells: ["c"] }])
    expect(parser.rowCount).toBe(3)
  })
})
