import iconv from "iconv-lite"
import { describe, expect, it } from "vitest"
import { collect, sharedData, temporaryFile } from "../../../../testing/format-files.ts"
import { openTable } from "./open-table.ts"
import type { OpenOptions } from "./table.ts"

async function read(content: string | Buffer, options: OpenOptions & { skip?: number } = {}) {
  const table = await openTable(temporaryFile(content), options)
  const rows = (await collect(table.rows({ skip: options.skip ?? 0 }))).flat()
  return { ...table, rows, cells: rows.map((row) => row.cells) }
}

describe("encodings", () => {
  const text = "name;city\nJosé Núñez;Zürich\nŽofie “Ž”;€uro\n"
  const mark = "\ufeff"

  it.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(mark + text)],
    ["utf-16le", iconv.encode(mark + text, "utf-16le")],
    ["utf-16be", iconv.encode(mark + text, "utf-16be")],
    ["utf-16le", iconv.encode(text, "utf-16le")],
    ["windows-1252", iconv.encode(text, "windows-1252")],
  ])("recognises %s", async (encoding, bytes) => {
    const table = await read(bytes)
    expect(table).toMatchObject({ encoding, delimiter: ";", columns: ["name", "city"] })
    expect(table.encodingIsGuess).toBe(encoding === "windows-1252")
    expect(table.cells).toEqual([
      ["José Núñez", "Zürich"],
      ["Žofie “Ž”", "€uro"],
    ])
    expect(table.rows.every((row) => !row.problem)).toBe(true)
  })

  it("recognises Windows-1252 by a letter far behind the start", async () => {
    const ascii = "name,city\n".padEnd(3_000_000, "Anna,Berlin\n").replace(/[^\n]*$/, "")
    const table = await read(Buffer.concat([Buffer.from(ascii), Buffer.from("Ren\xe9,K\xf6ln\n", "latin1")]))
    expect(table.encoding).toBe("windows-1252")
    expect(table.cells.at(-1)).toEqual(["René", "Köln"])
  })

  it("reads UTF-8 whose characters are cut by the pieces it is read in", async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `€${"x".repeat(index % 3)},😀`)
    expect((await read(`a,b\n${rows.join("\n")}`)).cells.map((cells) => cells.join(","))).toEqual(rows)
  })

  it("takes the encoding the user names", async () => {
    const table = await read(iconv.encode("jméno,město\nŘehoř,Plzeň", "windows-1250"), {
      encoding: "windows-1250",
    })
    expect(table.columns).toEqual(["jméno", "město"])
    expect(table.cells).toEqual([["Řehoř", "Plzeň"]])
  })

  it("flags rows with bytes that mean nothing rather than guess", async () => {
    const marked = Buffer.concat([Buffer.from("\ufeffa,b\nü,1\n"), Buffer.from("x,\xfc\n", "latin1")])
    expect((await read(marked)).rows.map((row) => row.problem)).toEqual([
      undefined,
      { code: "invalid_characters", column: 2 },
    ])
    const undefinedByte = Buffer.from("a,b\n\xfc,\x81\n", "latin1")
    expect((await read(undefinedByte)).rows[0]!.problem).toEqual({ code: "invalid_characters", column: 2 })
  })

  it("refuses an unknown encoding", async () => {
    await expect(read("a,b", { encoding: "klingon" })).rejects.toMatchObject({ code: "validation_failed" })
  })

  const salesforce = sharedData("salesforce-export")
  it.skipIf(!salesforce)("reads a Salesforce export in Windows-1252", async () => {
    const table = await openTable(`${salesforce}/accountData.csv`)
    const cells = (await collect(table.rows())).flat().flatMap((row) => row.cells)
    expect(table).toMatchObject({ encoding: "windows-1252", delimiter: ",", estimatedRows: 423 })
    expect(table.columns).toHaveLength(38)
    expect(cells).toHaveLength(423 * 38)
    expect(cells.join("").match(/\P{ASCII}/gu)).toEqual(["º", "é", "º", "é", "é"])
  })
})

describe("rows", () => {
  it("pads short rows, flags long ones and forgives trailing delimiters", async () => {
    const table = await read("a,b,c\n1\n1,2,3,4\n1,2,3,,\n")
    expect(table.rows).toEqual([
      { line: 2, cells: ["1", "", ""] },
      { line: 3, cells: ["1", "2", "3", "4"], problem: { code: "too_many_cells", expected: 3, found: 4 } },
      { line: 4, cells: ["1", "2", "3"] },
    ])
  })

  it("resumes after rows already read", async () => {
    const content = `a,b\n${Array.from({ length: 50_000 }, (_, index) => `${index},"x\ny"`).join("\n")}`
    const table = await read(content, { skip: 49_998 })
    expect(table.rows).toEqual([
      { line: 99_998, cells: ["49998", "x\ny"] },
      { line: 100_000, cells: ["49999", "x\ny"] },
    ])
    expect(table.estimatedRows).toBe(50_000)
  })

  it("tells how far it has read", async () => {
    const table = await openTable(temporaryFile(`a,b\n${"1,2\n".repeat(200_000)}`))
    const positions: number[] = []
    for await (const batch of table.rows()) if (batch.length > 0) positions.push(table.position())
    expect(positions.length).toBeGreaterThan(3)
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    expect(positions.at(-1)).toBe(table.bytes)
  })

  it("estimates the rows of a large file", async () => {
    const table = await openTable(temporaryFile(`a,b\n${"111,222\n".repeat(400_000)}`))
    expect(table.estimatedRows).toBeGreaterThan(398_000)
    expect(table.estimatedRows).toBeLessThan(402_000)
  })

  it("keeps NUL and other control characters", async () => {
    expect((await read("a,b\nx\0y,\x01\x1f\n")).cells).toEqual([["x\0y", "\x01\x1f"]])
  })

  it("keeps lone surrogates of UTF-16", async () => {
    const bytes = iconv.encode("\ufeffa,b\nx\ud83dy,z\n", "utf-16le")
    expect((await read(bytes)).cells).toEqual([["x\ud83dy", "z"]])
  })

  it("takes off the guard our export puts before formulas, in the header too", async () => {
    const table = await read("'=a,b\n'=1+1,'-5\n")
    expect(table.columns).toEqual(["=a", "b"])
    expect(table.cells).toEqual([["=1+1", "'-5"]])
  })
})

describe("header", () => {
  it("names empty and repeated columns", async () => {
    const table = await read("Email,Email,,Email (2),Email\n")
    expect(table.columns).toEqual(["Email", "Email (3)", "Column 3", "Email (2)", "Email (4)"])
    expect(table.rows).toEqual([])
  })

  it("is found below a title", async () => {
    const table = await read("Customers\nas of 2024-01-01,,\n\nName,Email,City\nAnna,a@example.com,Berlin\n")
    expect(table).toMatchObject({ columns: ["Name", "Email", "City"], headerLine: 4, estimatedRows: 1 })
    expect(table.cells).toEqual([["Anna", "a@example.com", "Berlin"]])
  })

  it("is found below group headings", async () => {
    const table = await read("Person,,,Place,,\nName,Email,Phone,City,Zip,Land\nA,a@b.c,1,B,2,D\n")
    expect(table.columns).toEqual(["Name", "Email", "Phone", "City", "Zip", "Land"])
  })

  it("stays the first row when what follows is data", async () => {
    expect(
      (await read("Name\nAnna,a@example.com,12,x\nBen,b@example.com,13,y\n", { delimiter: "," })).columns,
    ).toEqual(["Name"])
    expect((await read("a,b\n1,2\n")).columns).toEqual(["a", "b"])
  })

  it("is where the user says", async () => {
    const table = await read("x,y\nz,w\nName,City\nAnna,Berlin\n", { skipRows: 2 })
    expect(table).toMatchObject({ columns: ["Name", "City"], headerLine: 3, cells: [["Anna", "Berlin"]] })
  })

  it("may come after a line that only names the delimiter", async () => {
    expect(await read("sep=;\r\na,x;b\r\n1;2\r\n")).toMatchObject({
      columns: ["a,x", "b"],
      cells: [["1", "2"]],
    })
  })

  it("may have 10,000 columns, but not more than a sheet", async () => {
    const wide = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`).join(",")
    const table = await read(`${wide(10_000)}\n${wide(10_000)}\n`)
    expect(table.columns).toHaveLength(10_000)
    expect(table.rows[0]!.cells).toHaveLength(10_000)
    await expect(read(wide(20_000))).rejects.toMatchObject({ code: "validation_failed" })
  })

  it.each(["", "\ufeff", "\n\n  \n"])("is missed in a file without content: %j", async (content) => {
    await expect(read(content)).rejects.toMatchObject({
      code: "validation_failed",
      details: { reason: "empty" },
    })
  })
})
