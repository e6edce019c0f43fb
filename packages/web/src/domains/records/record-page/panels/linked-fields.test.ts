import { companies, people } from "@regulars/contract/domains/people.ts"
import { describe, expect, it } from "vitest"
import { linkingKeys, tellingKeys } from "./linked-fields.ts"

describe("what links here", () => {
  it("is found by links, and by lists that are looked up by one", () => {
    expect(linkingKeys(people, "companies")).toEqual(["companyId", "employments"])
    expect(linkingKeys(companies, "companies")).toEqual(["parentId"])
    expect(linkingKeys(people, "people")).toEqual([])
  })
  it("leaves out what can't be filtered by, or is kept off pages", () => {
    const link = { type: "link", target: "people" } as const
    const fields = { a: link, b: { ...link, filter: false }, c: { ...link, hidden: true } }
    expect(linkingKeys({ ...people, fields }, "people")).toEqual(["a"])
  })
  it("says how it stands in a few columns of the list", () => {
    expect(tellingKeys(people)).toEqual(["lifecycleStage", "lastActivityAt"])
  })
})
