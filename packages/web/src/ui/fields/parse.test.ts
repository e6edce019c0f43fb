import type { Field } from "@regulars/contract/kernel/fields.ts"
import { describe, expect, it } from "vitest"
import { parseText, textOf } from "./parse.ts"

const parse = (field: Field, text: string) => parseText(field, text)

describe("what was typed", () => {
  it("is trimmed, and nothing becomes null", () => {
    expect(parse({ type: "text" }, "  Ana  ")).toEqual({ value: "Ana" })
    expect(parse({ type: "text" }, "   ")).toEqual({ value: null })
    expect(parse({ type: "text", required: true }, " ")).toEqual({ problem: "required" })
    expect(parse({ type: "text", max: 3 }, "Anna")).toEqual({ problem: "too_long" })
  })
  it("becomes an address of the web without its beginning", () => {
    expect(parse({ type: "url" }, "example.com/a")).toEqual({ value: "https://example.com/a" })
    expect(parse({ type: "url" }, "http://example.com")).toEqual({ value: "http://example.com" })
    expect(parse({ type: "url" }, "example.com:8080")).toEqual({ value: "https://example.com:8080" })
    expect(parse({ type: "url" }, "javascript:alert(1)")).toEqual({ problem: "url" })
    expect(parse({ type: "url" }, "no")).toEqual({ problem: "url" })
  })
  it("becomes a domain, whatever was pasted around it", () => {
    expect(parse({ type: "domain" }, "https://www.Example.com/about?x")).toEqual({ value: "example.com" })
    expect(parse({ type: "domain" }, "somewhere")).toEqual({ problem: "domain" })
  })
  it("is an e-mail address or not, also outside ASCII", () => {
    expect(parse({ type: "email" }, "josé@münchen.example")).toEqual({ value: "josé@münchen.example" })
    expect(parse({ type: "email" }, "ana@")).toEqual({ problem: "email" })
  })
  it.each([
    ["1234.5", 1234.5],
    ["1234,5", 1234.5],
    ["1.234,5", 1234.5],
    ["1,234.5", 1234.5],
    ["1 234,5", 1234.5],
    ["-3", -3],
    ["1.234.567", 1234567],
  ])("reads %s as a number", (text, value) => {
    expect(parse({ type: "number" }, text)).toEqual({ value })
  })
  it("takes a sign before three digits of a whole number as separating thousands", () => {
    expect(parse({ type: "integer" }, "1.204")).toEqual({ value: 1204 })
    expect(parse({ type: "integer" }, "1,204")).toEqual({ value: 1204 })
    expect(parse({ type: "integer" }, "1.5")).toEqual({ problem: "number" })
    expect(parse({ type: "integer" }, "many")).toEqual({ problem: "number" })
  })
  it("is a time with two digits of the hour", () => {
    expect(parse({ type: "time" }, "9:05")).toEqual({ value: "09:05" })
    expect(parse({ type: "time" }, "25:00")).toEqual({ problem: "time" })
  })
  it("comes back from an input as the same instant", () => {
    const field: Field = { type: "dateTime" }
    expect(parse(field, textOf(field, "2026-05-03T10:20:00.000Z"))).toEqual({
      value: "2026-05-03T10:20:00.000Z",
    })
  })
})
