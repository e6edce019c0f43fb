import { createWriteStream } from "node:fs"
import { Writable } from "node:stream"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { collect, json, sample, temporaryPath } from "../../../../testing/format-files.ts"
import { openTable } from "./open-table.ts"
import { writeXlsx } from "./write-xlsx.ts"
import { openArchive } from "./xlsx-archive.ts"

type Columns = Parameters<typeof writeXlsx>[1]

async function write(columns: Columns, rows: string[][], options?: Parameters<typeof writeXlsx>[3]) {
  const path = temporaryPath("out.xlsx")
  return { path, ...(await writeXlsx(createWriteStream(path), columns, rows, options)) }
}

async function readBack(path: string, sheet?: string) {
  const table = await openTable(path, { skipRows: 0, ...(sheet && { sheet }) })
  const rows = (await collect(table.rows())).flat()
  await table.close()
  return { columns: table.columns, cells: rows.map((row) => row.cells), sheets: table.sheets }
}

async function sheetXml(path: string): Promise<string> {
  const archive = await openArchive(path)
  const chunks = (await collect(await archive.read("xl/worksheets/sheet1.xml"))) as Buffer[]
  archive.close()
  return Buffer.concat(chunks).toString()
}

describe("writeXlsx", () => {
  it("writes text as text, never as a formula", async () => {
    const rows = [["=1+1", "-5", "+44 20", "007", "'=x", "\t@a"]]
    const { path } = await write(["a", "b", "c", "d", "e", "f"], rows)
    expect(await readBack(path)).toMatchObject({ columns: ["a", "b", "c", "d", "e", "f"], cells: rows })
    expect(await sheetXml(path)).not.toMatch(/<f>|<v>/)
  })

  it("writes numbers, dates and booleans as such where they are, and as text where not", async () => {
    const columns: Columns = [
      { name: "n", type: "number" },
      { name: "d", type: "date" },
      { name: "b", type: "boolean" },
    ]
    const rows = [
      ["12.5", "2024-02-29", "true"],
      ["-3", "2024-02-29T12:30:00", "false"],
      ["007", "29.2.2024", "yes"],
      ["1234567890123456789", "1899-01-01", ""],
    ]
    const { path } = await write(columns, rows)
    expect((await readBack(path)).cells).toEqual(rows)
    const xml = await sheetXml(path)
    expect(xml).toContain(
      '<c r="A2"><v>12.5</v></c><c r="B2" s="1"><v>45351</v></c><c r="C2" t="b"><v>1</v></c>',
    )
    expect(xml).toContain('<t xml:space="preserve">1234567890123456789</t>')
  })

  it("comes back unchanged, whatever the text", async () => {
    const unit = fc.constantFrom(
      ..."ab,;\t\"'=+-@ \r\n\0\u001f<>&ü😀\ud83d\udc00\uffff\ufffe_",
      "_x0041_",
      "]]>",
      "\r\n",
    )
    const cell = fc.oneof(fc.string({ unit, maxLength: 6 }), fc.string({ unit: "binary", maxLength: 6 }))
    const table = fc
      .integer({ min: 1, max: 3 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }))
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const columns = (rows[0] ?? ["x"]).map((_, index) => `column ${index}`)
        expect((await readBack((await write(columns, rows)).path)).cells).toEqual(rows)
      }),
      { numRuns: 100 },
    )
  })

  it("brings all naughty strings back byte for byte", async () => {
    const rows = (json(sample("naughty-strings/blns.json")) as string[]).map((text, index) => [
      String(index),
      text,
    ])
    expect((await readBack((await write(["number", "text"], rows)).path)).cells).toEqual(rows)
  })

  it("says how many texts it had to cut to what a cell can hold", async () => {
    const { path, cutCells } = await write(["a"], [["x".repeat(40_000)], [`${"y".repeat(32_766)}😀`], ["ok"]])
    expect(cutCells).toBe(2)
    const { cells } = await readBack(path)
    expect(cells.map(([cell]) => cell!.length)).toEqual([32_767, 32_766, 2])
  })

  it("goes on in further sheets, each with the header", async () => {
    const rows = Array.from({ length: 25 }, (_, index) => [String(index)])
    const { path, rows: count } = await write(["n"], rows, { rowsPerSheet: 11 })
    expect(count).toBe(25)
    const { sheets } = await readBack(path)
    expect(sheets!.map((sheet) => sheet.name)).toEqual(["Sheet1", "Sheet2", "Sheet3"])
    const third = await readBack(path, "Sheet3")
    expect(third).toMatchObject({ columns: ["n"], cells: [["20"], ["21"], ["22"], ["23"], ["24"]] })
  })

  it("writes a workbook without rows", async () => {
    expect(await readBack((await write(["a", "b"], [])).path)).toMatchObject({
      columns: ["a", "b"],
      cells: [],
    })
  })

  it("passes on an error of the rows and closes the output", async () => {
    async function* failing() {
      for (let index = 0; index < 5000; index++) yield [String(index)]
      throw new Error("database gone")
    }
    const out = new Writable({ write: (_chunk, _encoding, done) => done() })
    await expect(writeXlsx(out, ["a"], failing())).rejects.toThrow("database gone")
    expect(out.destroyed).toBe(true)
  })

  it("stops reading rows when the output fails", async () => {
    let isStopped = false
    async function* endless() {
      try {
        for (let index = 0; ; index++) yield [String(Math.sin(index))]
      } finally {
        isStopped = true
      }
    }
    const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) })
    await expect(writeXlsx(out, ["a"], endless())).rejects.toThrow("disk full")
    expect(isStopped).toBe(true)
  })
})
