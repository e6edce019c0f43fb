import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { describe, expect, it } from "vitest"
import { filterInText, looksLikeFilter, textOfFilter } from "./filter-text.ts"

const filter: Filter = {
  all: [
    { field: "jobTitle", op: "contains", value: 'Chef (100%) & "Co", 7+1' },
    { any: [{ related: "companyId", some: { field: "name", op: "is", value: "Zoë's" } }] },
    { event: "note.created", count: { atMost: 0 }, within: { n: 90, unit: "day" } },
    { not: { search: "ana" } },
  ],
}
const origin = "https://crm.example:3000"
const copied = textOfFilter("People where …", origin, "people", { f: filter, q: "so do" })
const [, link = ""] = copied.split("\n")

describe("a filter as text", () => {
  it("comes back as it was, with what was searched for", () => {
    expect(filterInText(copied, "people")).toEqual({ f: filter, q: "so do" })
    const machines = textOfFilter("…", origin, "objects/machines", { f: filter, q: "" })
    expect(filterInText(machines, "objects/machines")).toEqual({ f: filter, q: "" })
  })
  it.each([
    ["alone, of whatever server", link.replace(origin, "http://192.168.1.4")],
    ["without its server", link.replace(origin, "")],
    ["in brackets, with a point behind it", `Look (<${link}>).`],
    ["behind another address", `See https://example.com/x?y=1 and ${link}, please`],
    ["with the whole state of a list", `${link}&s=-name&c=name&l=board:lifecycleStage#top`],
  ])("is read from an address %s", (_, text) => {
    expect(filterInText(text, "people")).toEqual({ f: filter, q: "so do" })
  })
  it("is read as the API takes it, and from a search alone", () => {
    expect(filterInText(` ${JSON.stringify(filter)}\n`, "people")).toEqual({ f: filter, q: "" })
    expect(filterInText("/people?q=ana", "people")).toEqual({ f: null, q: "ana" })
  })
  it("says which list it belongs to", () => {
    expect(filterInText(copied, "companies")).toEqual({ elsewhere: "people" })
    expect(filterInText(copied, "objects/people")).toEqual({ elsewhere: "people" })
  })
  const deep = "[".repeat(9).replaceAll("[", '{"all":[') + "]}".repeat(9)
  it.each([
    ["is no filter", "People where Name is Ana"],
    ["has no filter in its address", `${origin}/people?s=-name`],
    ["was cut off", link.slice(0, link.indexOf("jobTitle") + 30)],
    ["is JSON of something else", '{"all": "everything"}'],
    ["has parts that are none", '{"all": [{"field": "name"}]}'],
    ["is nested without an end", deep],
    ["is empty", ""],
    ["is longer than any filter", `${link} ${" ".repeat(60_000)}`],
  ])("is nothing where the text %s", (_, text) => {
    expect(filterInText(text, "people")).toBeNull()
  })
  it("is told from the name of a field", () => {
    for (const text of [copied, link, "/people?q=a", '{"all": []}']) expect(looksLikeFilter(text)).toBe(true)
    for (const text of ["birthday", "Job title", "and/or", "a {b}"]) expect(looksLikeFilter(text)).toBe(false)
  })
})
