import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { disposition } from "../../kernel/http/disposition.ts"
import { isTooLarge, safeName, servedType, sniffMediaType } from "./files.rules.ts"
import { imageSize } from "./image-size.ts"
import { pixel, pngOf } from "./testing.ts"

describe("names", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\Anna\\list.xlsx", "list.xlsx"],
    ["a\0b\r\nc.txt", "abc.txt"],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    [".htaccess", "htaccess"],
    ["  ..  ", "file"],
    ["", "file"],
    ['a<b>"c|d?.pdf', "a_b__c_d_.pdf"],
    ["Angebot Müller & Söhne 東京.pdf", "Angebot Müller & Söhne 東京.pdf"],
    ["\ud800half.txt", "half.txt"],
  ])("%j becomes %j", (given, expected) => expect(safeName(given)).toBe(expected))

  it("keep their ending when they are cut", () => {
    const name = safeName(`${"ä".repeat(300)}.pdf`)
    expect([...name]).toHaveLength(200)
    expect(name.endsWith("ä.pdf")).toBe(true)
  })

  it("never carry anything into a header or a path, whatever they were", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
        const name = safeName(given)
        expect(name).not.toBe("")
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e]/u)
        expect([...name].length).toBeLessThanOrEqual(200)
        expect(safeName(name)).toBe(name)
        const header = disposition("attachment", name)
        expect(header).toMatch(
          /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/,
        )
        expect(decodeURIComponent(header.split("''")[1] as string)).toBe(name)
      }),
    )
  })
})

const text = (value: string) => Buffer.from(value)
describe("types", () => {
  it.each<[string, Buffer, string, string]>([
    ["a picture under a wrong name", pixel, "virus.exe", "image/png"],
    ["a page under a picture's name", text("<!DOCTYPE html><script>alert(1)</script>"), "x.png", "text/html"],
    ["a page after blanks", text("\n\n  <html>"), "x.txt", "text/html"],
    ["a fragment of a page", text("<img src=x onerror=alert(1)>"), "x.txt", "text/html"],
    ["a drawing", text("<svg xmlns='http://www.w3.org/2000/svg'/>"), "x.jpg", "image/svg+xml"],
    [
      "a drawing behind a declaration",
      text("<?xml version='1.0'?><!-- x --><svg >"),
      "x.xml",
      "image/svg+xml",
    ],
    ["other XML", text("<?xml version='1.0'?><list/>"), "x.html", "application/xml"],
    ["a document", text("%PDF-1.7\n<script>"), "x.html", "application/pdf"],
    ["a workbook", text("PK\x03\x04rest"), "list.XLSX", typeOfWorkbook],
    ["an archive under a page's name", text("PK\x03\x04rest"), "x.html", "application/zip"],
    ["a table", text("name;city\nAnna;Köln"), "list.csv", "text/csv"],
    ["a picture without a size", Buffer.from("GIF89a"), "x.gif", "application/octet-stream"],
    ["a picture cut off", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), "x.jpg", "application/octet-stream"],
    ["bytes", Buffer.from([1, 2, 0, 255]), "x.txt", "application/octet-stream"],
    ["text of another encoding", Buffer.from([0xff, 0xfe, 0x41, 0x00]), "x.html", "text/plain"],
    ["nothing", Buffer.alloc(0), "x.html", "text/plain"],
  ])("%s is known by its content", (_, content, name, type) => {
    expect(sniffMediaType(content, name)).toBe(type)
  })

  it("a browser would run travel as bytes", () => {
    for (const type of ["text/html", "image/svg+xml", "application/xml", "text/vcard", "application/json"])
      expect(servedType(type)).toBe("application/octet-stream")
    expect(servedType("image/png")).toBe("image/png")
    expect(servedType("text/csv")).toBe("text/csv; charset=utf-8")
  })
})
const typeOfWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

describe("the size of a picture", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => Buffer.from(part as string, "latin1")))
  it.each<[string, Buffer, number, number]>([
    ["image/png", pngOf(50_000, 40_000), 50_000, 40_000],
    ["image/gif", bytes("GIF89a", [0x2c, 0x01, 0xc8, 0x00]), 300, 200],
    [
      "image/jpeg",
      // A thumbnail's own header inside the first segment is not the picture's.
      bytes(
        [0xff, 0xd8, 0xff, 0xe1, 0, 12],
        [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 9, 0],
        [0xff, 0xc2, 0, 17, 8, 0x03, 0x20, 0x04, 0x00],
      ),
      1024,
      800,
    ],
    ["image/webp", bytes("RIFF....WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0, 0x2b, 1, 0, 0xc7, 0, 0]), 300, 200],
    ["image/webp", bytes("RIFF....WEBPVP8L", [0, 0, 0, 0, 0x2f, 0x2b, 0xc1, 0x31, 0]), 300, 200],
    [
      "image/webp",
      bytes("RIFF....WEBPVP8 ", [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x2c, 1, 0xc8, 0]),
      300,
      200,
    ],
    [
      "image/avif",
      bytes(
        "....ftypavif....ispe",
        [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0],
        "....ispe",
        [0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 0],
      ),
      768,
      1024,
    ],
  ])("of %s stands in its header", (type, content, width, height) => {
    expect(imageSize(type, content)).toEqual({ width, height })
  })
  it("is counted in pixels, whatever the shape: 50 megapixels as cameras have them", () => {
    expect(isTooLarge({ width: 8192, height: 6144 })).toBe(false)
    expect(isTooLarge({ width: 1080, height: 40_000 })).toBe(false)
    expect(isTooLarge({ width: 9000, height: 6000 })).toBe(true)
  })
  it("of garbage is unknown, and nothing breaks", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        for (const type of ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"])
          imageSize(type, Buffer.from(garbage))
        expect(sniffMediaType(Buffer.from(garbage), "x")).toBeTypeOf("string")
      }),
    )
  })
})
