import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let personId: string
let companyId: string
const given = {
  name: "Ana",
  emails: [{ address: "ana@example.com", label: "work" }],
  dates: [{ label: "Anniversary", on: { month: 6, day: 7 } }],
  consents: [{ purpose: "newsletter", channel: "email", status: "given" }],
}
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  companyId = (await shop.owner.post("/companies", { name: "Kern" })).body.data.id
  personId = (await shop.owner.post("/people", given)).body.data.id
})
afterAll(() => app.close())

const person = async () => (await shop.owner.get(`/people/${personId}`)).body.data

describe("what must be there", () => {
  it.each([
    ["consents", { status: null }, "status"],
    ["consents", { purpose: null }, "purpose"],
    ["emails", { address: null }, "address"],
    ["dates", { label: null }, "label"],
    ["dates", { label: "   " }, "label"],
    ["dates", { on: null }, "on"],
  ] as const)("can't be emptied in an entry of %s: %j", async (list, patch, path) => {
    const before = await person()
    const answer = await shop.owner.patch(`/people/${personId}/${list}/${before[list][0].id}`, patch)
    expect([answer.status, answer.body.code]).toEqual([422, "validation_failed"])
    expect(answer.body.errors).toMatchObject([{ path }])
    expect(await person()).toEqual(before)
  })

  it("may be left out of a patch of an entry, and the rest emptied", async () => {
    const { emails } = await person()
    const answer = await shop.owner.patch(`/people/${personId}/emails/${emails[0].id}`, { label: null })
    expect(answer.body.data.emails).toEqual([{ id: emails[0].id, address: "ana@example.com" }])
  })

  it("can't be a blank in a list written as a whole", async () => {
    const answer = await shop.owner.patch(`/people/${personId}`, {
      dates: [{ label: " ", on: { month: 1, day: 1 } }],
    })
    expect(answer.body.errors).toMatchObject([{ path: "dates.0.label" }])
  })

  it.each(["", "   ", null])("can't become %j, and the answer names the field", async (name) => {
    const answer = await shop.owner.patch(`/companies/${companyId}`, { name })
    expect([answer.status, answer.body.code]).toEqual([422, "validation_failed"])
    expect(answer.body.errors).toMatchObject([{ path: "name" }])
    const bulk = await shop.owner.post("/companies/bulk", {
      ids: [companyId],
      action: "update",
      input: { values: { name } },
    })
    expect(bulk.status).toBe(422)
  })
})
