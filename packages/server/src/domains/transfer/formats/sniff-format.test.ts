import iconv from "iconv-lite"
import { describe, expect, it } from "vitest"
import { sample, temporaryFile, textRow, workbookFile, zipFile } from "../../../../testing/format-files.ts"
import { openTable } from "./open-table.ts"
import { sniffFormat } from "./sniff-format.ts"

const sniff = (content: string | Buffer, name?: string) => sniffFormat(temporaryFile(content, name))
const latin1 = (text: string) => Buffer.from(text, "latin1")

/** The container of old Office files with one directory sector that names this stream. */
function oleFile(stream: string): Buffer {
  const bytes = Buffer.alloc(1536)
  bytes.write("d0cf11e0a1b11ae1", 0, "hex")
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  bytes.write(stream, 1024, "utf16le")
  return bytes
}

describe("sniffFormat", () => {
  it("knows what can be imported", async () => {
    expect(await sniff("a,b\n1,2\n", "picture.png")).toEqual({ format: "csv" })
    expect(await sniff("[note],b\n{x},2\n")).toEqual({ format: "csv" })
    expect(await sniff("a,b\n\0,1\n")).toEqual({ format: "csv" })
    expect(await sniff(iconv.encode("a;b\n1;2\n", "utf-16le"))).toEqual({ format: "csv" })
    expect(await sniff(latin1("Ren\xe9;K\xf6ln"))).toEqual({ format: "csv" })
    expect(await sniffFormat(sample("vcard/outlook-2003.vcf"))).toEqual({ format: "vcard" })
    expect(await sniff("\ufeff\r\nbegin:vcard\r\n")).toEqual({ format: "vcard" })
    expect(await sniffFormat(await workbookFile({ sheets: { A: textRow("a") } }))).toEqual({ format: "xlsx" })
  })

  it.each([
    ["empty", ""],
    ["empty", "\ufeff \n"],
    ["legacy_excel", oleFile("Workbook")],
    ["encrypted", oleFile("EncryptedPackage")],
    ["excel_xml", '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>'],
    ["html", "<html><body><table><tr><td>a</td></tr></table></body></html>"],
    ["html", "\n<!-- x --><!DOCTYPE html><p>a</p>"],
    ["html", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ["json", '[{"name": "Anna"}]'],
    ["json", '{ "name": "Anna" }'],
    ["xml", '<?xml version="1.0"?><people/>'],
    ["pdf", "%PDF-1.7\n"],
    ["image", latin1("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
    ["image", latin1("\xff\xd8\xff\xe0\0\x10JFIF")],
    ["image", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["zip", latin1("\x1f\x8b\x08\0\0\0\0\0")],
    ["binary", Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))],
  ])("refuses %s files whatever their name", async (reason, content) => {
    expect(await sniff(content, "people.csv")).toMatchObject({ format: "unsupported", reason })
  })

  it.each([
    ["binary_excel", { "[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x" }],
    ["open_document", { mimetype: "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>" }],
    ["zip", { "people.csv": "a,b" }],
    ["zip", { "[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>" }],
  ] as [string, Record<string, string>][])("refuses %s archives", async (reason, parts) => {
    expect(await sniffFormat(await zipFile(parts))).toMatchObject({ format: "unsupported", reason })
  })

  it("gives openTable a remedy to show", async () => {
    const refused = openTable(temporaryFile(oleFile("Workbook"), "people.xlsx"))
    await expect(refused).rejects.toMatchObject({
      code: "unsupported_format",
      details: { reason: "legacy_excel", remedy: expect.stringContaining(".xlsx") },
    })
    await expect(openTable(sample("vcard/gmail-single.vcf"))).rejects.toMatchObject({
      code: "unsupported_format",
    })
  })
})
