import { Readable, type Writable } from "node:stream"
import { finished, pipeline } from "node:stream/promises"
import yazl from "yazl"
import type { Rows } from "./write-csv.ts"
import { toSerial } from "./xlsx-values.ts"

const FLUSH_LENGTH = 65_536
/** What a cell and a sheet can hold in Excel. */
const MAX_TEXT = 32_767
const MAX_SHEET_ROWS = 1_048_576

/**
 * Cells come as text: numbers with a decimal point, dates as `yyyy-mm-dd` or `yyyy-mm-ddThh:mm:ss`, booleans as
 * "true" and "false". What doesn't look like its column's type, or would lose digits, is written as text.
 */
export type XlsxColumn = { name: string; type?: "text" | "number" | "date" | "boolean" }

export type XlsxOptions = {
  /** Most rows of one sheet, header included, before the next sheet begins. */
  rowsPerSheet?: number
}

/**
 * Writes a workbook as a stream and ends `out`. Text is always text, never a formula. Rows beyond what a sheet can
 * hold go on in further sheets, each with the header.
 * @returns how many rows were written, and how many texts had to be cut to the 32,767 characters of a cell
 */
export async function writeXlsx(
  out: Writable,
  columns: readonly (string | XlsxColumn)[],
  rows: Rows,
  options: XlsxOptions = {},
): Promise<{ rows: number; cutCells: number }> {
  const result = { rows: 0, cutCells: 0 }
  const types = columns.map((column) => (typeof column === "string" ? "text" : (column.type ?? "text")))
  const names = columns.map((column) => (typeof column === "string" ? column : column.name))
  const letters = names.map((_, index) => columnLetters(index))
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
  const sheetRows = options.rowsPerSheet ?? MAX_SHEET_ROWS
  let next: IteratorResult<readonly string[]>

  function rowXml(cells: readonly string[], number: number): string {
    const isEmpty = cells.every((cell) => cell === "")
    let xml = `<row r="${number}">`
    for (let index = 0; index < letters.length; index++) {
      const cell = cells[index] ?? ""
      // An empty row keeps one empty text, or readers would not see it.
      if (cell === "" && !(isEmpty && index === 0)) continue
      if (cell.length > MAX_TEXT) result.cutCells++
      xml += cellXml(`${letters[index]}${number}`, cell, number === 1 ? "text" : types[index]!)
    }
    return `${xml}</row>`
  }

  async function* sheetXml(): AsyncGenerator<string> {
    let xml = SHEET_START + rowXml(names, 1)
    for (let number = 2; number <= sheetRows && !next.done; number++) {
      xml += rowXml(next.value, number)
      result.rows++
      next = await iterator.next()
      if (xml.length < FLUSH_LENGTH) continue
      yield xml
      xml = ""
    }
    yield `${xml}</sheetData></worksheet>`
  }

  const zip = new yazl.ZipFile()
  let sheet: Readable | undefined
  let isOver = false

  async function addParts(): Promise<void> {
    next = await iterator.next()
    let count = 0
    do {
      count++
      sheet = Readable.from(sheetXml())
      zip.addReadStream(sheet, `xl/worksheets/sheet${count}.xml`)
      await finished(sheet)
    } while (!next.done && !isOver)
    if (isOver) return
    for (const [name, xml] of workbookParts(count)) zip.addBuffer(Buffer.from(xml), name)
    zip.end()
  }

  const output = zip.outputStream as Readable
  const added = addParts().catch((error: Error) => void output.destroy(error))
  try {
    await pipeline(output, out)
  } finally {
    isOver = true
    sheet?.destroy()
    await added
    await iterator.return?.()
  }
  return result
}

function cellXml(reference: string, cell: string, type: NonNullable<XlsxColumn["type"]>): string {
  if (
    type === "number" &&
    /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(cell) &&
    cell.replace(/\D/g, "").length <= 15
  ) {
    return `<c r="${reference}"><v>${cell}</v></c>`
  }
  if (type === "boolean" && (cell === "true" || cell === "false")) {
    return `<c r="${reference}" t="b"><v>${cell === "true" ? 1 : 0}</v></c>`
  }
  const serial = type === "date" ? toSerial(cell) : undefined
  if (serial !== undefined) return `<c r="${reference}" s="${cell.length > 10 ? 2 : 1}"><v>${serial}</v></c>`
  return `<c r="${reference}" s="3" t="inlineStr"><is><t xml:space="preserve">${escapeText(cell)}</t></is></c>`
}

const NOT_XML = /[&<>\ufffe\uffff\p{Cs}]|(?![\t\n])\p{Cc}|_(?=x[0-9a-f]{4}_)/giu
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }

/** Excel's own way to keep characters XML can't hold: _x0001_, and _x005F_ for an underscore that looks like it. */
function escapeText(text: string): string {
  const cut = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT).replace(/\p{Cs}$/u, "") : text
  return cut.replace(
    NOT_XML,
    (found) => ENTITIES[found] ?? `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
  )
}

function columnLetters(index: number): string {
  const rest = index < 26 ? "" : columnLetters(Math.floor(index / 26) - 1)
  return rest + String.fromCharCode(65 + (index % 26))
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const PACKAGE = "http://schemas.openxmlformats.org/package/2006"
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

/** The header stays in sight when the sheet scrolls. */
const SHEET_START = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`

/** Cell styles: 0 plain, 1 date, 2 date and time (both as the reader's country writes them), 3 text. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">${[0, 14, 22, 49].map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function workbookParts(sheets: number): [name: string, xml: string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  const sheetList = numbers.map(
    (number) => `<sheet name="Sheet${number}" sheetId="${number}" r:id="rId${number}"/>`,
  )
  const links = numbers.map((number) => link(number, "worksheet", `worksheets/sheet${number}.xml`))
  const parts = numbers.map((number) => contentType(`/xl/worksheets/sheet${number}.xml`, "worksheet"))
  return [
    [
      "xl/workbook.xml",
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><bookViews><workbookView/></bookViews><sheets>${sheetList.join("")}</sheets></workbook>`,
    ],
    ["xl/styles.xml", STYLES],
    ["xl/_rels/workbook.xml.rels", linkList([...links, link(sheets + 1, "styles", "styles.xml")])],
    ["_rels/.rels", linkList([link(1, "officeDocument", "xl/workbook.xml")])],
    [
      "[Content_Types].xml",
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${contentType("/xl/workbook.xml", "sheet.main")}${contentType("/xl/styles.xml", "styles")}${parts.join("")}</Types>`,
    ],
  ]
}

function link(id: number, kind: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${LINKS}/${kind}" Target="${target}"/>`
}

function linkList(links: readonly string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}</Relationships>`
}

function contentType(part: string, kind: string): string {
  return `<Override PartName="${part}" ContentType="${TYPES}.${kind}+xml"/>`
}
