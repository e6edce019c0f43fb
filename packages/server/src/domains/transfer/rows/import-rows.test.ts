import { companies, people } from "@regulars/contract/domains/people.ts"
import type { ImportColumn, ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import { describe, expect, it } from "vitest"
import { rowReader } from "./import-rows.ts"
import type { RowContext } from "./row-work.ts"

const context: RowContext = {
  entity: people,
  country: "DE",
  currency: "EUR",
  zone: "Europe/Berlin",
  source: null,
  unreadable: "refuse",
  fileName: "list.csv",
}
function column(target: ImportTarget | null, index: number, more: Partial<ImportColumn> = {}): ImportColumn {
  return {
    index,
    header: `H${index}`,
    samples: [],
    target,
    confidence: 1,
    reason: "header",
    ask: false,
    alternatives: [],
    dateOrder: "dmy",
    suggestedDateOrder: null,
    decimal: null,
    onUpdate: "fill",
    ...more,
  }
}
function read(cells: [ImportTarget | null, string][], given: Partial<RowContext> = {}) {
  const columns = cells.map(([target], index) => column(target, index))
  return rowReader(columns, {}, { ...context, ...given })({ line: 2, cells: cells.map(([, cell]) => cell) })
}
const at = (field: string, part?: string, more: Partial<ImportTarget> = {}): ImportTarget => ({
  field,
  ...(part && { part }),
  ...more,
})

describe("a row", () => {
  it("joins the columns of one address, in the order of the table", () => {
    const { values } = read([
      [at("name"), "Ana"],
      [at("addresses", "houseNumber", { group: 1 }), "12"],
      [at("addresses", "street", { group: 1, label: "work" }), "Calle Mayor"],
      [at("addresses", "street2", { group: 1 }), "2\nizquierda"],
      [at("addresses", "country", { group: 1 }), "España"],
      [at("addresses", "label", { group: 1 }), "Casa"],
      [at("addresses", "whole", { group: 2 }), "Hauptstr. 5\n10115 Berlin"],
      [at("addresses", "city", { group: 3 }), ""],
    ])
    expect(values.addresses).toMatchObject([
      { label: "home", street: "12 Calle Mayor, 2, izquierda", country: "ES" },
      { street: "Hauptstr. 5, 10115 Berlin" },
    ])
    expect(values.addresses).toHaveLength(2)
  })

  it("gives several values of a cell entries of their own, with the label of their group", () => {
    const { values } = read([
      [at("emails", "address", { group: 1 }), "Ana <ana@Example.com>; a@home.example"],
      [at("emails", "label", { group: 1 }), "* Work"],
      [at("phones", "number", { group: 1, label: "mobile" }), "0171 5551234 / 030 7654321"],
      [at("tags"), "vip; Neu, alt"],
      [at("tags"), "vip"],
    ])
    expect(values.emails).toMatchObject([
      { address: "ana@example.com", label: "work" },
      { address: "a@home.example", label: "work" },
    ])
    expect(values.phones).toMatchObject([
      { number: "+491715551234", label: "mobile" },
      { number: "+49307654321", label: "mobile" },
    ])
    expect(values.tags).toEqual(["vip", "Neu, alt"])
  })

  it("reads a local number by the country of the address", () => {
    const phone = (country: string) =>
      read([
        [at("phones", "number", { group: 1 }), "01 5123456"],
        [at("addresses", "country", { group: 1 }), country],
      ]).values.phones
    expect(phone("Österreich")).toMatchObject([{ number: "+4315123456" }])
    expect(phone("")).toMatchObject([{ raw: "01 5123456" }])
  })

  it("puts a birthday together from its parts", () => {
    const parts = (day: string, month: string, year: string) =>
      read([
        [at("name"), "Ana"],
        [at("birthday", "day"), day],
        [at("birthday", "month"), month],
        [at("birthday", "year"), year],
      ]).values.birthday
    expect(parts("5", "3", "1980")).toEqual({ year: 1980, month: 3, day: 5 })
    expect(parts("5", "März", "")).toEqual({ month: 3, day: 5 })
    expect(parts("5", "", "1980")).toBeUndefined()
  })

  it("keeps what has no field among the preferences, pairs by their own names", () => {
    const { values } = read([
      [at("name"), "Ana"],
      [at("department"), "Sales"],
      [at("preferences", undefined, { key: "Shoe size" }), "38"],
      [at("preferences", "key", { group: 1 }), "Drink"],
      [at("preferences", "value", { group: 1 }), "tea"],
      [at("externalId"), "K-17"],
      [null, "left out"],
    ])
    expect(values.preferences).toEqual({ H1: "Sales", "Shoe size": "38", Drink: "tea", H5: "K-17" })
    expect(
      read(
        [
          [at("name"), "Ana"],
          [at("externalId"), "003x0001"],
        ],
        { source: "salesforce" },
      ),
    ).toMatchObject({
      externalId: "003x0001",
      values: { name: "Ana" },
    })
  })

  it("takes a withdrawal for more than an earlier consent, and no objection for none", () => {
    const consents = (optIn: string, optOut: string, date: string) =>
      read([
        [at("name"), "Ana"],
        [at("consent", "optIn"), optIn],
        [at("consent", "optOut"), optOut],
        [at("consent", "optInDate"), date],
      ]).values.consents
    expect(consents("subscribed", "no", "05.03.2024 10:00")).toMatchObject([
      {
        purpose: "newsletter",
        channel: "email",
        status: "given",
        basis: "consent",
        at: "2024-03-05T09:00:00.000Z",
        source: "list.csv",
      },
    ])
    expect(consents("yes", "1", "")).toMatchObject([{ status: "withdrawn" }])
    expect(consents("", "0", "")).toEqual([])
    expect(consents("pending", "", "")).toEqual([])
  })

  it("treats marks for nothing as nothing, and calls a firm's card by the firm", () => {
    const { values, problems } = read([
      [at("name"), "Ana"],
      [at("emails", "address"), "n/a"],
      [at("phones", "number"), "-"],
      [at("birthday"), "0/0/00"],
      [at("lifecycleStage"), "k.A."],
    ])
    expect({ values, problems }).toEqual({ values: { name: "Ana" }, problems: [] })
    expect(
      read([
        [at("name"), ""],
        [at("companyName"), "Kern"],
      ]),
    ).toMatchObject({ values: { name: "Kern" }, problems: [] })
    expect(
      read([
        [at("name"), " "],
        [at("companyName"), ""],
      ]).isBlank,
    ).toBe(true)
  })

  it("says on which cell something can't be stored", () => {
    const { problems } = read([
      [at("name"), "x".repeat(301)],
      [at("salutation"), "Herr\0"],
      [at("note"), "\ud800"],
    ])
    expect(problems).toMatchObject([
      { column: 0, code: "too_long", limit: 300 },
      { column: 1, code: "invalid_characters" },
      { column: 2, code: "invalid_characters" },
    ])
  })

  it.each([
    ["251", 251],
    ["1,200", 1200],
    ["10.001+", 10001],
    ["11-50", 11],
    ["12.0", 12],
    ["about 30 people", 30],
  ])("reads %s as the size of a company", (cell, size) => {
    const draft = read(
      [
        [at("name"), "Kern"],
        [at("size"), cell],
      ],
      { entity: companies },
    )
    expect(draft).toMatchObject({ values: { size }, problems: [] })
  })
})
