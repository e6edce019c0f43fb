import { createReadStream, createWriteStream, statSync } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import yazl from "yazl"
import { openTable } from "../src/domains/transfer/formats/open-table.ts"
import { writeCsv } from "../src/domains/transfer/formats/write-csv.ts"
import { writeXlsx } from "../src/domains/transfer/formats/write-xlsx.ts"

/**
 * Runs on its own with a small heap: writes and reads back a large file of one kind and prints, as JSON, the rows
 * read and by how much the memory of the process (bytes) grew beyond what it had when reading was under way.
 * Arguments: kind ("csv", "xlsx" or "shared" for a workbook of shared strings), rows, folder.
 */
const [kind = "csv", count = "1000", folder = "."] = process.argv.slice(2)
const total = Number(count)
const path = `${folder}/large.${kind}`
const columns = Array.from({ length: 12 }, (_, index) => `column ${index}`)

function* rows(): Generator<string[]> {
  for (let row = 0; row < total; row++) yield columns.map((_, column) => `text ${row} ${column}`)
}

/** Every text different, kept apart from the sheet: what programs write that hold the whole workbook in memory. */
async function writeShared(): Promise<void> {
  const zip = new yazl.ZipFile()
  const links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  const workbook = `<workbook xmlns:r="${links}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${links}/${type}" Target="${target}"/>`
  zip.addBuffer(Buffer.from("<Types/>"), "[Content_Types].xml")
  zip.addBuffer(Buffer.from(workbook), "xl/workbook.xml")
  zip.addBuffer(
    Buffer.from(
      `<Relationships>${relation("r1", "worksheet", "sheet.xml")}${relation("r2", "sharedStrings", "strings.xml")}</Relationships>`,
    ),
    "xl/_rels/workbook.xml.rels",
  )
  zip.addReadStream(Readable.from(sharedStrings()), "xl/strings.xml")
  zip.addReadStream(Readable.from(sharedSheet()), "xl/sheet.xml")
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}

function* sharedStrings(): Generator<string> {
  let xml = "<sst>"
  for (const cells of rows()) {
    xml += cells.map((cell) => `<si><t>${cell}</t></si>`).join("")
    if (xml.length > 65_536) yield xml
    if (xml.length > 65_536) xml = ""
  }
  yield `${xml}</sst>`
}

function* sharedSheet(): Generator<string> {
  let xml = "<worksheet><sheetData>"
  for (let row = 0; row < total; row++) {
    xml += `<row>${columns.map((_, column) => `<c t="s"><v>${row * columns.length + column}</v></c>`).join("")}</row>`
    if (xml.length > 65_536) yield xml
    if (xml.length > 65_536) xml = ""
  }
  yield `${xml}</sheetData></worksheet>`
}

if (kind === "csv") await writeCsv(createWriteStream(path), columns, rows())
else if (kind === "xlsx") await writeXlsx(createWriteStream(path), columns, rows())
else await writeShared()
// The operating system may count the pages of a file just written; reading it once evens that out.
await pipeline(createReadStream(path), async (chunks) => {
  for await (const _ of chunks);
})

const table = await openTable(path)
let read = 0
let early = 0
let peak = 0
for await (const batch of table.rows()) {
  read += batch.length
  const memory = process.memoryUsage.rss()
  if (read < total / 4) early = Math.max(early, memory)
  peak = Math.max(peak, memory)
}
await table.close()
console.log(JSON.stringify({ read, growth: peak - early, peak, fileBytes: statSync(path).size }))
