import { createWriteStream, readFileSync, writeFileSync } from "node:fs"
import { PassThrough } from "node:stream"
import { pipeline } from "node:stream/promises"
import { afterEach, describe, expect, it } from "vitest"
import yazl from "yazl"
import {
  collect,
  temporaryFile,
  temporaryPath,
  textRow,
  workbookFile,
} from "../../../../testing/format-files.ts"
import { openTable } from "./open-table.ts"
import { ARCHIVE_LIMITS } from "./xlsx-archive.ts"

const limits = { ...ARCHIVE_LIMITS }
afterEach(() => {
  Object.assign(ARCHIVE_LIMITS, limits)
})

const row = (xml: string) => `<worksheet><sheetData>${xml}</sheetData></worksheet>`

describe("archives that expand beyond measure (FI03)", () => {
  it("are refused by their directory", async () => {
    const path = temporaryPath("bomb.xlsx")
    const zip = new yazl.ZipFile()
    zip.addBuffer(Buffer.from("<Types/>"), "[Content_Types].xml")
    zip.addBuffer(Buffer.from("<workbook/>"), "xl/workbook.xml")
    const zeros = new PassThrough()
    zip.addReadStream(zeros, "xl/worksheets/sheet1.xml")
    zip.end()
    const written = pipeline(zip.outputStream, createWriteStream(path))
    const block = Buffer.alloc(1024 * 1024)
    for (let index = 0; index < 64; index++) zeros.write(block)
    zeros.end()
    await written
    await expect(openTable(path)).rejects.toMatchObject({
      code: "payload_too_large",
      details: { reason: "archive_ratio" },
    })
  })

  it("are refused for their total size and number of parts", async () => {
    const path = await workbookFile({ sheets: { A: textRow("a") } })
    ARCHIVE_LIMITS.expandedBytes = 100
    await expect(openTable(path)).rejects.toMatchObject({ details: { reason: "archive_expandedBytes" } })
    Object.assign(ARCHIVE_LIMITS, limits, { entries: 4 })
    await expect(openTable(path)).rejects.toMatchObject({ details: { reason: "archive_entries", found: 5 } })
  })

  it("are refused for a million entries, and for ten gigabytes that only the directory has", async () => {
    const before = process.memoryUsage.rss()
    const path = await workbookFile({ sheets: { A: textRow("a") } })
    const bytes = readFileSync(path)
    // The directory's end: "PK56", with the number of entries of the archive at 8 and 10; all ones mean "see elsewhere".
    const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1")
    bytes.writeUInt16LE(0xfff0, end + 8)
    bytes.writeUInt16LE(0xfff0, end + 10)
    await expect(openTable(temporaryFile(bytes))).rejects.toMatchObject({
      code: "payload_too_large",
      details: { reason: "archive_entries" },
    })
    const large = readFileSync(path)
    large.writeUInt32LE(0xffff_fff0, large.lastIndexOf("xl/worksheets/sheet1.xml") - 22)
    await expect(openTable(temporaryFile(large))).rejects.toMatchObject({
      code: "payload_too_large",
      details: { reason: expect.stringMatching(/^archive_(ratio|expandedBytes)$/) },
    })
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024)
  })

  it("within archives are not opened, nor are links followed", async () => {
    const inner = readFileSync(await workbookFile({ sheets: { A: textRow("secret") } }))
    const path = temporaryPath("nested.xlsx")
    const zip = new yazl.ZipFile()
    zip.addBuffer(Buffer.from("<Types/>"), "[Content_Types].xml")
    zip.addBuffer(inner, "xl/workbook.xml")
    zip.addBuffer(Buffer.from("/etc/passwd"), "xl/worksheets/sheet1.xml", { mode: 0o120777 })
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(path))
    await expect(openTable(path)).rejects.toMatchObject({ code: "validation_failed" })
    const linked = await workbookFile({
      sheets: { A: "" },
      parts: { "xl/worksheets/sheet1.xml": "/etc/passwd" },
    })
    await expect(openTable(linked)).rejects.toMatchObject({ code: "validation_failed" })
  })

  it("are stopped when they hold more than their directory declares", async () => {
    const path = await workbookFile({ sheets: { A: textRow("a", "b") + textRow("1", "2").repeat(50_000) } })
    const bytes = readFileSync(path)
    const name = bytes.lastIndexOf("xl/worksheets/sheet1.xml")
    // The expanded size stands 22 bytes before the name in the directory.
    bytes.writeUInt32LE(500_000, name - 22)
    writeFileSync(path, bytes)
    const table = await openTable(path)
    await expect(collect(table.rows())).rejects.toMatchObject({ code: "validation_failed" })
    await table.close()
  })

  it("are refused when one text has no end", async () => {
    const path = await workbookFile({ sheets: { A: textRow("a") + textRow("x y ".repeat(3_000_000)) } })
    await expect(openTable(path)).rejects.toMatchObject({ code: "payload_too_large" })
  })
})

describe("hostile XML (FI04)", () => {
  it.each([
    ["an outside entity", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"],
    ["nested entities", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY e "&a;&a;&a;&a;">]>', "&e;"],
    ["an outside document type", '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">', "a"],
    ["an undeclared entity", "", "&e;"],
  ])("with %s is refused", async (_, doctype, text) => {
    const path = await workbookFile({
      sheets: { A: "" },
      parts: { "xl/worksheets/sheet1.xml": `<?xml version="1.0"?>${doctype}${row(textRow(text))}` },
    })
    await expect(openTable(path)).rejects.toMatchObject({ code: "validation_failed" })
  })
})

describe("damaged workbooks", () => {
  it.each([
    ["cut-off XML", { "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>" }],
    ["a reference to no text", { "xl/worksheets/sheet1.xml": row('<row><c t="s"><v>7</v></c></row>') }],
    [
      "a column beyond all columns",
      { "xl/worksheets/sheet1.xml": row('<row><c r="ZZZZ1"><v>7</v></c></row>') },
    ],
    ["no list of links", { "xl/_rels/workbook.xml.rels": "" }],
  ])("with %s are refused in plain words", async (_, parts) => {
    await expect(openTable(await workbookFile({ sheets: { A: "" }, parts }))).rejects.toMatchObject({
      code: "validation_failed",
      message: expect.stringContaining("damaged"),
      details: { reason: "damaged", remedy: expect.any(String) },
    })
  })

  it("cut off in the middle are refused", async () => {
    const bytes = readFileSync(await workbookFile({ sheets: { A: textRow("a") } }))
    const cut = temporaryFile(bytes.subarray(0, bytes.length / 2))
    await expect(openTable(cut)).rejects.toMatchObject({ code: "validation_failed" })
  })

  it("with an encrypted part are refused with a remedy", async () => {
    const path = await workbookFile({ sheets: { A: textRow("a") } })
    const bytes = readFileSync(path)
    const name = bytes.lastIndexOf("xl/worksheets/sheet1.xml")
    bytes.writeUInt16LE(bytes.readUInt16LE(name - 38) | 1, name - 38)
    writeFileSync(path, bytes)
    await expect(openTable(path)).rejects.toMatchObject({
      code: "unsupported_format",
      details: { reason: "encrypted" },
    })
  })
})
