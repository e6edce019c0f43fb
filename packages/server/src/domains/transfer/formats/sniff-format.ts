import { open } from "node:fs/promises"
import iconv from "iconv-lite"
import { hasUtf8Mark, readStart, utf16FromBytes } from "./text-encoding.ts"
import { openArchive } from "./xlsx-archive.ts"

const START_BYTES = 8192

export type SniffedFormat =
  | { format: "csv" }
  | { format: "xlsx" }
  | { format: "vcard" }
  | { format: "unsupported"; reason: UnsupportedReason; message: string; remedy: string }

export type UnsupportedReason = keyof typeof UNSUPPORTED

const SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx or CSV"

const UNSUPPORTED = {
  empty: ["The file is empty", "Export it again and check that it has content"],
  legacy_excel: ["This is an Excel file of the kind before 2007 (.xls)", SAVE_AS],
  encrypted: ["The workbook is protected by a password", "Remove the password in your spreadsheet program"],
  binary_excel: ["This is a binary workbook (.xlsb)", SAVE_AS],
  open_document: ["This is an OpenDocument file", SAVE_AS],
  excel_xml: ["This is an Excel XML file", SAVE_AS],
  html: ["This is a web page, even if its name says otherwise", SAVE_AS],
  json: ["This is a JSON file", "Export as CSV, or use the API"],
  xml: ["This is an XML file", "Export as CSV or .xlsx"],
  pdf: ["This is a PDF", "Ask for the data as CSV or .xlsx"],
  image: ["This is an image", "Choose a CSV, .xlsx or .vcf file"],
  zip: ["This is an archive", "Unpack it and choose the file inside"],
  binary: ["This is not a text file", "Choose a CSV, .xlsx or .vcf file"],
} as const

const MAGIC: [bytes: string, reason: UnsupportedReason][] = [
  ["%PDF-", "pdf"],
  ["\x89PNG", "image"],
  ["\xff\xd8\xff", "image"],
  ["GIF8", "image"],
  ["II*\0", "image"],
  ["MM\0*", "image"],
  ["\x1f\x8b", "zip"],
  ["7z\xbc\xaf\x27\x1c", "zip"],
  ["Rar!", "zip"],
  ["BZh", "zip"],
  ["\xfd7zXZ", "zip"],
  ["SQLite format 3", "binary"],
  ["PAR1", "binary"],
  ["\x7fELF", "binary"],
  ["MZ\x90", "binary"],
]

const OLE_MAGIC = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

/**
 * Tells by the content, never by the name, what kind of file this is. Any text that is nothing else is CSV.
 * @throws FormatError for a ZIP archive that is damaged or expands beyond all measure
 */
export async function sniffFormat(file: string): Promise<SniffedFormat> {
  const start = await readStart(file, START_BYTES)
  if (start.length === 0) return unsupported("empty")
  const binary = start.toString("latin1")
  if (binary.startsWith("PK\x03\x04") || binary.startsWith("PK\x05\x06")) return sniffArchive(file)
  if (binary.startsWith(OLE_MAGIC))
    return unsupported((await isEncrypted(file, start)) ? "encrypted" : "legacy_excel")
  if (binary.startsWith("RIFF") && binary.slice(8, 12) === "WEBP") return unsupported("image")
  const magic = MAGIC.find(([bytes]) => binary.startsWith(bytes))
  if (magic) return unsupported(magic[1])
  return sniffText(start)
}

function sniffText(start: Buffer): SniffedFormat {
  const wide = utf16FromBytes(start)
  const text = wide ? iconv.decode(start, wide) : start.toString(hasUtf8Mark(start) ? "utf8" : "latin1")
  const head = text.replace(/^[\ufeff\s]+/, "").slice(0, 2048)
  if (head === "" && start.length < START_BYTES) return unsupported("empty")
  if (/^begin:\s*vcard/i.test(head)) return { format: "vcard" }
  if (/^(<!--[\s\S]*?-->\s*)?<(!doctype html|html|head|body|table|div|meta)\b/i.test(head))
    return unsupported("html")
  if (/^<\?xml/i.test(head)) {
    if (/<svg\b/i.test(head)) return unsupported("image")
    if (/<html\b/i.test(head)) return unsupported("html")
    return unsupported(/progid="Excel\.Sheet"|office:spreadsheet/i.test(head) ? "excel_xml" : "xml")
  }
  if (/^<svg\b/i.test(head)) return unsupported("image")
  if (/^(\{\s*["}]|\[\s*[[{"\]])/.test(head)) return unsupported("json")
  return isMostlyControl(text) ? unsupported("binary") : { format: "csv" }
}

/** A few control characters are a fault of some rows; many make it no text at all. */
function isMostlyControl(text: string): boolean {
  let controls = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 9 || (code > 13 && code < 32)) controls++
  }
  return controls > 32 && controls * 20 > text.length
}

async function sniffArchive(file: string): Promise<SniffedFormat> {
  const archive = await openArchive(file)
  try {
    const has = (name: string) => archive.size(name) !== undefined
    if (has("xl/workbook.bin")) return unsupported("binary_excel")
    if (has("[Content_Types].xml") && archive.names.some((name) => /workbook\d*\.xml$/.test(name))) {
      return { format: "xlsx" }
    }
    return unsupported(has("content.xml") && has("mimetype") ? "open_document" : "zip")
  } finally {
    archive.close()
  }
}

/** Protected workbooks are kept in the container of the old format, as a stream with a name of its own. */
async function isEncrypted(file: string, start: Buffer): Promise<boolean> {
  if (start.length < 512) return false
  const directory = (start.readUInt32LE(48) + 1) * 2 ** Math.min(start.readUInt16LE(30), 16)
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, directory)
    return buffer.subarray(0, bytesRead).includes(Buffer.from("EncryptedPackage", "utf16le"))
  } finally {
    await handle.close()
  }
}

function unsupported(reason: UnsupportedReason): SniffedFormat {
  const [message, remedy] = UNSUPPORTED[reason]
  return { format: "unsupported", reason, message, remedy }
}
