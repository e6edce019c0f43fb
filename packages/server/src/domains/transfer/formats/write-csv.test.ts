import { createWriteStream, readFileSync } from "node:fs"
import { Writable } from "node:stream"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { collect, json, sample, temporaryPath } from "../../../../testing/format-files.ts"
import { openTable } from "./open-table.ts"
import { type WriteCsvOptions, writeCsv } from "./write-csv.ts"

async function write(
  columns: string[],
  rows: Iterable<string[]>,
  options?: WriteCsvOptions,
): Promise<string> {
  const path = temporaryPath("out.csv")
  await writeCsv(createWriteStream(path), columns, rows, options)
  return path
}

async function readBack(path: string): Promise<{ columns: string[]; cells: string[][] }> {
  const table = await openTable(path, { skipRows: 0 })
  const rows = (await collect(table.rows())).flat()
  expect(rows.filter((row) => row.problem)).toEqual([])
  return { columns: table.columns, cells: rows.map((row) => row.cells) }
}

describe("writeCsv", () => {
  it("writes what spreadsheets read: mark, quotes only where needed, full line ends", async () => {
    const path = await write(
      ["Name", "Note"],
      [
        ["Zoë", 'say "hi", twice'],
        ["", "a\nb"],
      ],
    )
    expect(readFileSync(path, "utf8")).toBe('\ufeffName,Note\r\nZoë,"say ""hi"", twice"\r\n,"a\nb"\r\n')
  })

  it("can use another delimiter and leave out the mark", async () => {
    const path = await write(["a", "b"], [["1,5", "x;y"]], { delimiter: ";", byteOrderMark: false })
    expect(readFileSync(path, "utf8")).toBe('a;b\r\n1,5;"x;y"\r\n')
  })

  it("guards formulas, and -5 and phone numbers come back as they were", async () => {
    const cells = [["=1+1", "-5", "+44 20", "'=x", "@a", "\t=1"]]
    const path = await write(["a", "b", "c", "d", "e", "f"], cells)
    expect(readFileSync(path, "utf8")).toContain(`"'=1+1",-5,+44 20,"''=x","'@a","'\t=1"`)
    expect((await readBack(path)).cells).toEqual(cells)
  })

  it("comes back unchanged, whatever the text", async () => {
    const unit = fc.constantFrom(..."ab,;|\t\"'=+-@ \r\n\0ü😀(5.%", "\r\n", "\ufffd")
    const cell = fc.oneof(fc.string({ unit, maxLength: 6 }), fc.string({ unit: "grapheme", maxLength: 6 }))
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }))
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(",", ";", "\t", "|"), async (rows, delimiter) => {
        const columns = (rows[0] ?? ["x"]).map((_, index) => `column ${index}`)
        const path = await write(columns, rows, { delimiter })
        const opened = await openTable(path, { delimiter, skipRows: 0 })
        expect((await collect(opened.rows())).flat()).toEqual(
          rows.map((cells) => expect.objectContaining({ cells })),
        )
      }),
      { numRuns: 300 },
    )
  })

  it("brings all naughty strings back byte for byte", async () => {
    const strings = json(sample("naughty-strings/blns.json")) as string[]
    const rows = strings.map((text, index) => [String(index), text])
    expect((await readBack(await write(["number", "text"], rows))).cells).toEqual(rows)
    const single = strings.map((text) => [text])
    expect((await readBack(await write(["text"], single))).cells).toEqual(single)
  })

  it("passes on an error of the rows and closes the output", async () => {
    async function* failing() {
      yield ["1"]
      throw new Error("database gone")
    }
    const out = new Writable({ write: (_chunk, _encoding, done) => done() })
    await expect(writeCsv(out, ["a"], failing())).rejects.toThrow("database gone")
    expect(out.destroyed).toBe(true)
  })

  it("stops reading rows when the output fails", async () => {
    let isStopped = false
    async function* endless() {
      try {
        for (;;) yield ["x".repeat(1000)]
      } finally {
        isStopped = true
      }
    }
    const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) })
    await expect(writeCsv(out, ["a"], endless())).rejects.toThrow("disk full")
    expect(isStopped).toBe(true)
  })
})
