import { describe, expect, it } from "vitest"
import { type Facts, judge, sameName } from "./match-keys.ts"
import { SeenFile } from "./seen-rows.ts"

const nobody: Facts = {
  name: "",
  company: "",
  hasEmail: false,
  hasContact: false,
  postalCode: "",
  birthday: "",
  externalId: "",
}

describe("names", () => {
  it.each([
    ["ana lopez", "ana lopez", true],
    ["lopez, ana", "ana lopez", true],
    ["a. lopez", "ana lopez", true],
    ["ana maria lopez", "ana lopez", true],
    ["ann lee", "anne lee", true],
    ["", "ana lopez", true],
    ["ana lopez", "eva lopez", false],
    ["ana lopez", "ana ruiz", false],
    ["kern gmbh & co. kg", "kern", true],
    ["bmw bank", "bmw ag", true],
    ["bmw bank", "bmw leasing", false],
  ])("%s and %s could be one: %s", (one, other, expected) => {
    expect(sameName(one, other)).toBe(expected)
    expect(sameName(other, one)).toBe(expected)
  })
})

describe("a common key", () => {
  it.each([
    {
      entity: "people",
      key: { reason: "email", value: "ana@example.com" },
      facts: [{ name: "ana" }, { name: "eva" }],
      expected: "sure",
    },
    {
      entity: "people",
      key: { reason: "email", value: "info@example.com" },
      facts: [{ name: "ana" }, { name: "eva" }],
      expected: "doubtful",
    },
    {
      entity: "people",
      key: { reason: "email", value: "info@example.com" },
      facts: [{ name: "ana" }, { name: "" }],
      expected: "sure",
    },
    {
      entity: "people",
      key: { reason: "phone", value: "+4930123456" },
      facts: [{ name: "ana roe" }, { name: "a. roe" }],
      expected: "sure",
    },
    {
      entity: "people",
      key: { reason: "phone", value: "+4930123456" },
      facts: [{ name: "ana roe" }, { name: "eva roe" }],
      expected: "doubtful",
    },
    {
      entity: "companies",
      key: { reason: "phone", value: "+4930123456" },
      facts: [{ name: "kern" }, { name: "roe" }],
      expected: undefined,
    },
    {
      entity: "people",
      key: { reason: "nameCompany", value: "ana" },
      facts: [{ company: "kern" }, { company: "kern" }],
      expected: "sure",
    },
    {
      entity: "people",
      key: { reason: "nameCompany", value: "ana" },
      facts: [{ company: "kern" }, { company: "roe" }],
      expected: undefined,
    },
    {
      entity: "people",
      key: { reason: "nameCompany", value: "ana" },
      facts: [
        { company: "kern", hasEmail: true },
        { company: "kern", hasEmail: true },
      ],
      expected: undefined,
    },
    { entity: "people", key: { reason: "name", value: "ana" }, facts: [{}, {}], expected: "sure" },
    {
      entity: "people",
      key: { reason: "name", value: "ana" },
      facts: [{}, { hasContact: true }],
      expected: "doubtful",
    },
    {
      entity: "people",
      key: { reason: "name", value: "ana" },
      facts: [{ birthday: "3-14" }, { birthday: "3-14", hasContact: true }],
      expected: "sure",
    },
    {
      entity: "people",
      key: { reason: "name", value: "ana" },
      facts: [{ birthday: "3-14" }, { birthday: "4-14" }],
      expected: undefined,
    },
    {
      entity: "companies",
      key: { reason: "name", value: "kern" },
      facts: [{ postalCode: "10115" }, { postalCode: "10115" }],
      expected: "sure",
    },
    {
      entity: "companies",
      key: { reason: "name", value: "kern" },
      facts: [{ postalCode: "10115" }, { postalCode: "80331" }],
      expected: "doubtful",
    },
    {
      entity: "companies",
      key: { reason: "name", value: "kern" },
      facts: [{ externalId: "1" }, { externalId: "2" }],
      expected: undefined,
    },
    {
      entity: "companies",
      key: { reason: "domain", value: "kern.example" },
      facts: [{ name: "kern gmbh" }, { name: "kern" }],
      expected: "sure",
    },
    {
      entity: "companies",
      key: { reason: "domain", value: "kern.example" },
      facts: [{ name: "kern" }, { name: "roe" }],
      expected: "doubtful",
    },
  ] as const)(
    "of $entity by $key: $facts are $expected",
    ({ entity, key, facts: [one, other], expected }) => {
      expect(judge(entity, key, { ...nobody, ...one }, { ...nobody, ...other })).toBe(expected)
    },
  )
})

describe("the rows of a whole file", () => {
  it("are found by their keys among a hundred thousand others, the first with a key", () => {
    const seen = new SeenFile()
    const key = (number: number) => ({ reason: "email", value: `p${number}@example.com` }) as const
    for (let line = 1; line <= 100_000; line++) {
      const row = {
        facts: { ...nobody, name: `p ${line}` },
        name: `P ${line}`,
        line,
        outcome: "created",
        entry: undefined,
      } as const
      seen.add(row, [key(line), { reason: "phone", value: String(line % 1000) }])
      if (line % 1000 === 0) seen.settle()
    }
    for (const line of [1, 256, 257, 65_536, 99_999, 100_000])
      expect(seen.find(key(line))).toMatchObject({
        line,
        name: `P ${line}`,
        outcome: "created",
        facts: { name: `p ${line}` },
      })
    expect(seen.find(key(100_001))).toBeUndefined()
    expect(seen.find({ reason: "phone", value: "7" })).toMatchObject({ line: 7 })
    seen.close()
  })
})
