import { describe, expect, it } from "vitest"
import { collect, textRow, workbookFile } from "../../../../testing/format-files.ts"
import { openTable } from "./open-table.ts"
import type { OpenOptions } from "./table.ts"

type Parts = Parameters<typeof workbookFile>[0]

async function read(parts: Parts, options: OpenOptions & { skip?: number } = {}) {
  const table = await openTable(await workbookFile(parts), options)
  try {
    const rows = (await collect(table.rows({ skip: options.skip ?? 0 }))).flat()
    return { ...table, rows, cells: rows.map((row) => row.cells) }
  } finally {
    await table.close()
  }
}

const oneSheet = (xml: string, rest: Partial<Parts> = {}, options = {}) =>
  read({ ...rest, sheets: { People: xml } }, options)

const STYLES = `<numFmts><numFmt numFmtId="170" formatCode="00000"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="170"/></cellXfs>`

describe("cells", () => {
  it("come as text, whatever their kind", async () => {
    const { columns, cells } = await oneSheet(
      `${textRow("text", "shared", "number", "date", "moment", "zip", "yes", "formula", "iso")}
       <row r="2"><c r="A2" t="inlineStr"><is><t>a &amp; b</t></is></c><c r="B2" t="s"><v>1</v></c><c r="C2"><v>0.30000000000000004</v></c>
       <c r="D2" s="1"><v>45292</v></c><c r="E2" s="2"><v>45292.5</v></c><c r="F2" s="3"><v>1067</v></c><c r="G2" t="b"><v>1</v></c>
       <c r="H2" t="str"><f>A2&amp;"x"</f><v>ax</v></c><c r="I2" t="d"><v>2024-01-01T00:00:00</v></c></row>`,
      { strings: "<si><t>zero</t></si><si><t>one</t></si>", styles: STYLES },
    )
    expect(columns).toEqual(["text", "shared", "number", "date", "moment", "zip", "yes", "formula", "iso"])
    expect(cells).toEqual([
      ["a & b", "one", "0.3", "2024-01-01", "2024-01-01T12:00:00", "01067", "true", "ax", "2024-01-01"],
    ])
  })

  it("are joined from formatted runs, without reading aids", async () => {
    const rich = `<r><rPr><b/></rPr><t>Bold </t></r><r><t xml:space="preserve">and plain</t></r>`
    const aided = `<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>`
    const { cells } = await oneSheet(
      `${textRow("a", "b", "c")}<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is>${rich}</is></c></row>`,
      { strings: `<si>${rich}</si>${aided}` },
    )
    expect(cells).toEqual([["Bold and plain", "東京", "Bold and plain"]])
  })

  it("may have gaps, and no references at all", async () => {
    const { rows } = await oneSheet(
      `${textRow("a", "b", "c", "d")}
       <row r="5"><c r="B5" t="inlineStr"><is><t>x</t></is></c><c r="D5"><v>1</v></c></row>
       <row/><row r="9"><c r="A9" s="1"/></row>
       <row><c/><c><v>2</v></c></row>`,
    )
    expect(rows).toEqual([
      { line: 5, cells: ["", "x", "", "1"] },
      { line: 10, cells: ["", "2", "", ""] },
    ])
  })

  it("hold characters that XML can't, in the way Excel writes them", async () => {
    const { cells } = await oneSheet(textRow("a", "b") + textRow("x_x0001_y_x000D_", "_x005F_x0041_ _xyz_"))
    expect(cells).toEqual([["x\u0001y\r", "_x0041_ _xyz_"]])
  })

  it("with errors or uncalculated formulas put a problem on their row", async () => {
    const { rows } = await oneSheet(
      `${textRow("a", "b")}<row><c t="e"><v>#N/A</v></c></row><row><c><v>1</v></c><c><f>A1</f></c></row>
       <row><c><f>A1</f><v></v></c><c t="str"><f>A1</f><v></v></c></row>`,
    )
    expect(rows).toEqual([
      { line: 2, cells: ["#N/A", ""], problem: { code: "formula_error", column: 1, value: "#N/A" } },
      { line: 3, cells: ["1", ""], problem: { code: "formula_error", column: 2, value: "" } },
      { line: 4, cells: ["", ""], problem: { code: "formula_error", column: 1, value: "" } },
    ])
  })

  it("beyond the columns or beyond all length put a problem on their row", async () => {
    const { rows } = await oneSheet(
      textRow("a") + textRow("1", "2") + textRow("x".repeat(1_500_000)) + textRow("ok"),
    )
    expect(rows.map((row) => row.problem?.code)).toEqual(["too_many_cells", "cell_too_large", undefined])
    expect(rows[1]!.cells[0]).toHaveLength(1_000_000)
  })

  it("count days from 1904 where the workbook says so", async () => {
    const { cells } = await oneSheet(`${textRow("a", "b")}<row><c s="1"><v>43830</v></c></row>`, {
      styles: STYLES,
      properties: '<workbookPr date1904="1"/>',
    })
    expect(cells).toEqual([["2024-01-01", ""]])
  })

  it("may be in prefixed XML with CDATA", async () => {
    const xml = `<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t><![CDATA[a<b]]></x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
    expect((await oneSheet("", { parts: { "xl/worksheets/sheet1.xml": xml } })).columns).toEqual(["a<b"])
  })
})

describe("sheets", () => {
  const sheets = { "Old!": textRow("hidden"), People: textRow("name"), "A &amp; B": textRow("other") }

  it("are listed, and the first visible one is read", async () => {
    const table = await read({ sheets })
    expect(table.sheets).toEqual([
      { name: "Old", hidden: true },
      { name: "People", hidden: false },
      { name: "A & B", hidden: false },
    ])
    expect(table).toMatchObject({ format: "xlsx", sheet: "People", columns: ["name"] })
  })

  it("can be chosen by name", async () => {
    expect((await read({ sheets }, { sheet: "A & B" })).columns).toEqual(["other"])
    expect((await read({ sheets }, { sheet: "Old" })).columns).toEqual(["hidden"])
    await expect(read({ sheets }, { sheet: "x" })).rejects.toMatchObject({
      details: { reason: "unknown_sheet" },
    })
  })

  it("without rows are refused", async () => {
    await expect(oneSheet("<row/>")).rejects.toMatchObject({ details: { reason: "empty" } })
  })
})

describe("rows", () => {
  const body = Array.from({ length: 2000 }, (_, index) => textRow(String(index), "x")).join("")

  it("can be resumed, and tell where they are", async () => {
    const table = await openTable(await workbookFile({ sheets: { A: textRow("n", "x") + body } }))
    const batches = await collect(table.rows({ skip: 1998 }))
    expect(batches.flat().map((row) => row.cells[0])).toEqual(["1998", "1999"])
    expect(table.position()).toBe(table.bytes)
    expect((await collect(table.rows())).flat()).toHaveLength(2000)
    await table.close()
    await table.close()
  })

  it("are estimated from what the sheet declares, unless that is less than it holds", async () => {
    const declared = (reference: string) =>
      read({
        sheets: { A: "" },
        parts: {
          "xl/worksheets/sheet1.xml": `<worksheet><dimension ref="${reference}"/><sheetData>${textRow("n", "x")}${body}</sheetData></worksheet>`,
        },
      })
    expect((await declared("A1:B5001")).estimatedRows).toBe(5000)
    const guessed = (await declared("A1")).estimatedRows!
    expect(guessed).toBeGreaterThan(1500)
    expect(guessed).toBeLessThan(2500)
  })

  it("begin below a merged title and an own choice of header", async () => {
    const sheet = `${textRow("Customers")}<row r="3">${textRow("Name", "City", "Mail").slice(5)}${textRow("A", "B", "C")}`
    expect(await oneSheet(sheet)).toMatchObject({ columns: ["Name", "City", "Mail"], headerLine: 3 })
    expect((await oneSheet(sheet, {}, { skipRows: 2 })).columns).toEqual(["A", "B", "C"])
  })
})
