import { describe, expect, it } from "vitest"
import { findDialect } from "./csv-dialect.ts"

describe("findDialect", () => {
  it.each([
    ["comma", ",", "name,city\nAnna,Berlin\n"],
    ["semicolon with decimal commas", ";", "name;price;tax\nA;1,50;0,10\nB;2,50;0,20\n"],
    ["tab", "\t", "name\tcity, country\nAnna\tBerlin, DE\n"],
    ["bar", "|", "name|city\nAnna|Berlin\n"],
    ["quoted commas", ";", 'name;note\nA;"x, y, z"\nB;"x, y"\n'],
    ["quoted line breaks", ";", 'name;note\nA;"x,\ny,\nz"\nB;"x"\n'],
    ["one column of sentences", ",", "name\nSmith; John\nDoe; Jane\n"],
    ["title above", ";", "Customers 2024\nname;city;zip\nA;B;1\nC;D;2\n"],
    ["named in the first line", "|", "sep=|\na,b|c,d\n"],
    ["a cut-off last row", ";", "a,x;b\n1,x;2\n3,x"],
    ["nothing to go by", ",", "name\nAnna\n"],
  ])("%s", (_, delimiter, text) => {
    expect(findDialect(text).delimiter).toBe(delimiter)
  })

  it("takes a carriage return for a line end only when there is no line feed outside quotes", () => {
    expect(findDialect("a,b\r1,2\r").newline).toBe("\r")
    expect(findDialect('a,b\r1,"x\ny"\r').newline).toBe("\r")
    expect(findDialect("a,b\r\n1,2\r\n").newline).toBe("\n")
    expect(findDialect("a,b\n1,x\ry\n").newline).toBe("\n")
  })

  it.each(["", ",,", '"', "\n"])("refuses %j as delimiter", (delimiter) => {
    expect(() => findDialect("a,b", delimiter)).toThrow(
      expect.objectContaining({ code: "validation_failed" }),
    )
  })
})
