import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { pipeline } from "node:stream/promises"
import { onTestFinished } from "vitest"
import yazl from "yazl"

const SERVER = resolve(import.meta.dirname, "..")

/** A file of the small public samples in this repository. */
export function sample(path: string): string {
  return join(SERVER, "testing/data", path)
}

/** A folder of the larger public data sets beside the repository, or undefined with a printed line. */
export function sharedData(folder: string): string | undefined {
  const path = resolve(SERVER, "../../../shared/data", folder)
  if (existsSync(path)) return path
  console.log(`skipped: needs ../shared/data/${folder} beside the repository`)
  return undefined
}

/** Path for a file that is gone when the test ends. */
export function temporaryPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "regulars-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}

export function temporaryFile(content: string | Buffer, name = "file"): string {
  const path = temporaryPath(name)
  writeFileSync(path, content)
  return path
}

export function json(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"))
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** A ZIP archive with these parts. */
export async function zipFile(parts: Record<string, string | Buffer>): Promise<string> {
  const path = temporaryPath("file.zip")
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

const LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

type WorkbookParts = {
  /** XML inside <sheetData>, by sheet; a name with a trailing "!" makes a hidden sheet. */
  sheets: Record<string, string>
  strings?: string
  styles?: string
  properties?: string
  /** Replaces or adds whole parts. */
  parts?: Record<string, string | Buffer>
}

/** A minimal .xlsx file. */
export function workbookFile({
  sheets,
  strings,
  styles,
  properties = "",
  parts,
}: WorkbookParts): Promise<string> {
  const names = Object.keys(sheets)
  const list = names.map((name, index) => {
    const state = name.endsWith("!") ? ' state="hidden"' : ""
    return `<sheet name="${name.replace(/!$/, "")}"${state} sheetId="${index + 1}" r:id="r${index}"/>`
  })
  const links = names.map((_, index) => link(`r${index}`, "worksheet", `worksheets/sheet${index + 1}.xml`))
  const data = Object.values(sheets).map((xml, index) => [
    `xl/worksheets/sheet${index + 1}.xml`,
    `<worksheet><sheetData>${xml}</sheetData></worksheet>`,
  ])
  return zipFile({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships>${link("r1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns:r="${LINKS}">${properties}<sheets>${list.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${links.join("")}${link("s", "sharedStrings", "sharedStrings.xml")}${link("t", "styles", "/xl/styles.xml")}</Relationships>`,
    ...(strings !== undefined && { "xl/sharedStrings.xml": `<sst>${strings}</sst>` }),
    ...(styles !== undefined && { "xl/styles.xml": `<styleSheet>${styles}</styleSheet>` }),
    ...Object.fromEntries(data),
    ...parts,
  })
}

function link(id: string, kind: string, target: string): string {
  return `<Relationship Id="${id}" Type="${LINKS}/${kind}" Target="${target}"/>`
}

/** A sheet row of inline texts. */
export function textRow(...cells: string[]): string {
  return `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`
}
