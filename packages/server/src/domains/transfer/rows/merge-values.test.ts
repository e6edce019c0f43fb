import { companies, people } from "@regulars/contract/domains/people.ts"
import { describe, expect, it } from "vitest"
import type { Draft } from "./draft.ts"
import { type MergeRules, mergeValues, type OnUpdate } from "./merge-values.ts"

function draft(values: object, lines: [string, string][] = []): Draft {
  return {
    line: 2,
    cells: [],
    values: { ...values },
    lines,
    links: [],
    about: [],
    notes: [],
    problems: [],
    isBlank: false,
  }
}
function rules(mode: OnUpdate, own = false): MergeRules {
  return { entity: people, own, modeOf: () => mode }
}

describe("joining a row into a record", () => {
  it.each([
    ["fills an empty text", "fill", { jobTitle: null }, { jobTitle: "Baker" }, { jobTitle: "Baker" }],
    ["leaves a text that is there", "fill", { jobTitle: "Cook" }, { jobTitle: "Baker" }, {}],
    [
      "overwrites where told to",
      "overwrite",
      { jobTitle: "Cook" },
      { jobTitle: "Baker" },
      { jobTitle: "Baker" },
    ],
    [
      "never empties",
      "overwrite",
      { jobTitle: "Cook", emails: [{ id: "1", address: "a@x.de" }] },
      { jobTitle: null, emails: [] },
      {},
    ],
    [
      "adds addresses and fills their labels",
      "fill",
      { emails: [{ id: "1", address: "a@x.de" }] },
      { emails: [{ address: "a@x.de", label: "work" }, { address: "b@x.de" }] },
      { emails: [{ id: "1", address: "a@x.de", label: "work" }, { address: "b@x.de" }] },
    ],
    [
      "replaces a list, keeping what is known of its entries",
      "overwrite",
      {
        emails: [
          { id: "1", address: "a@x.de", label: "work" },
          { id: "2", address: "b@x.de" },
        ],
      },
      { emails: [{ address: "a@x.de" }] },
      { emails: [{ id: "1", address: "a@x.de", label: "work" }] },
    ],
    [
      "completes an address, and adds none that may be the same",
      "fill",
      { addresses: [{ id: "1", street: "Hauptstr. 5", city: "Bonn" }] },
      { addresses: [{ street: "Hauptstr. 5", postalCode: "53111" }] },
      { addresses: [{ id: "1", street: "Hauptstr. 5", city: "Bonn", postalCode: "53111" }] },
    ],
    [
      "leaves an address that says otherwise",
      "fill",
      { addresses: [{ id: "1", street: "Hauptstr. 5" }] },
      { addresses: [{ street: "Hauptstraße 5", city: "Bonn" }] },
      { addresses: [{ id: "1", street: "Hauptstr. 5" }] },
    ],
    [
      "learns the year of a birthday",
      "fill",
      { birthday: { month: 3, day: 4 } },
      { birthday: { year: 1980, month: 3, day: 4 } },
      { birthday: { year: 1980, month: 3, day: 4 } },
    ],
    [
      "keeps a birthday that differs",
      "fill",
      { birthday: { month: 3, day: 4 } },
      { birthday: { year: 1980, month: 4, day: 3 } },
      {},
    ],
    [
      "never turns a refusal into a consent",
      "fill",
      { consents: [{ id: "1", purpose: "newsletter", channel: "email", status: "withdrawn" }] },
      { consents: [{ purpose: "newsletter", channel: "email", status: "given" }] },
      { consents: [{ id: "1", purpose: "newsletter", channel: "email", status: "withdrawn" }] },
    ],
    [
      "knows a preference by its name in any case",
      "fill",
      { preferences: { Drink: "tea" } },
      { preferences: { drink: "coffee", Size: "38" } },
      { preferences: { Drink: "tea", Size: "38" } },
    ],
    [
      "does not give somebody the title of a job they have left",
      "fill",
      { companyId: "new", jobTitle: null },
      { companyId: "old", jobTitle: "Cook" },
      {},
    ],
  ] as const)("%s", (...[, mode, current, given, expected]) => {
    expect(mergeValues(current, draft(given), rules(mode))).toEqual(expected)
  })

  it("keeps one line per name in a company's description", () => {
    const own = { ...rules("overwrite"), entity: companies }
    const current = { description: "Family business\nRevenue: 10" }
    expect(
      mergeValues(
        current,
        draft({}, [
          ["Revenue", "12"],
          ["Founded", "1990"],
        ]),
        own,
      ),
    ).toEqual({
      description: "Family business\nRevenue: 12\nFounded: 1990",
    })
    expect(mergeValues(current, draft({}, [["Revenue", "10"]]), own)).toEqual({})
  })
})
