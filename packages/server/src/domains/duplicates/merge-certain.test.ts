import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { anna, annasTwin, make, makeCrowd, scan } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
})
afterAll(() => app.close())

const count = async () => (await owner.get("/duplicates/count")).body.data
async function openIds(state = "open"): Promise<string[][]> {
  const { body } = await owner.get(`/duplicates?entity=people&state=${state}`)
  return body.data.map(({ records }: { records: { id: string }[] }) => records.map(({ id }) => id).sort())
}
const statusOf = async (id: string) => (await owner.get(`/operations/${id}`)).body.data

describe("certain pairs", () => {
  it("are merged at once, the older stays, and come back as one", async () => {
    const older = await make(shop, "/people", anna)
    app.clock.advance(1000)
    const younger = await make(shop, "/people", { ...annasTwin, phones: anna.phones })
    // The same household down to the mailbox, with another given name: never merged unseen.
    const couple = {
      emails: [{ address: "quetzal88@sol.example" }],
      phones: [{ raw: "+49 761 555 0999" }],
      birthday: { month: 9, day: 9, year: 1966 },
      addresses: [{ street: "Seeweg 5", city: "Konstanz", postalCode: "78462" }],
    }
    await make(shop, "/people", { name: "Wolfram Quetzal", ...couple })
    await make(shop, "/people", { name: "Beate Quetzal", ...couple })
    await makeCrowd(shop)
    await scan(app, shop)
    await app.services.pools.owner.query(
      "update duplicate_pairs set probability = 0.998 where workspace_id = $1",
      [shop.id],
    )
    expect(await openIds()).toHaveLength(2)
    await owner.patch("/duplicates/settings", { certainFrom: 0.9 })
    expect(await count()).toMatchObject({ certain: { people: 1 }, certainFrom: 0.9 })
    const { body, status } = await owner.post("/duplicates/merge", { entity: "people" })
    expect(status).toBe(202)
    await app.drain()
    expect(await statusOf(body.data.id)).toMatchObject({
      status: "done",
      summary: { pairs: 1 },
      canUndo: true,
    })
    expect((await owner.get(`/people/${younger}`)).body.data.id).toBe(older)
    expect(await openIds()).not.toContainEqual([older, younger].sort())
    expect((await count()).certain.people).toBe(0)
    expect((await owner.post("/duplicates/merge", { entity: "people" })).status).toBe(409)

    await owner.post(`/operations/${body.data.id}/undo`)
    await app.drain()
    expect((await owner.get(`/people/${younger}`)).body.data).toMatchObject({
      id: younger,
      name: "Ana Zywicki",
    })
    expect(await openIds()).toContainEqual([older, younger].sort())
  })

  it("that can't become one are counted and named, and the others go on", async () => {
    const many = (name: string) =>
      Array.from({ length: 11 }, (_, index) => ({ address: `${name}${index}@zywicki.example` }))
    const [first] = anna.emails
    const long = { ...anna, phones: anna.phones }
    const older = await make(shop, "/people", { ...long, emails: [...many("a"), ...(first ? [first] : [])] })
    app.clock.advance(1000)
    const younger = await make(shop, "/people", {
      ...long,
      emails: [...many("b"), ...(first ? [first] : [])],
    })
    const couple = {
      name: "Wolfram Quetzal",
      phones: [{ raw: "+49 761 555 0999" }],
      birthday: { month: 9, day: 9, year: 1966 },
    }
    const kept = await make(shop, "/people", couple)
    app.clock.advance(1000)
    const merged = await make(shop, "/people", couple)
    await makeCrowd(shop)
    await scan(app, shop)
    await app.services.pools.owner.query(
      "update duplicate_pairs set probability = case when $2 in (one_id, other_id) then 0.999 else 0.998 end where workspace_id = $1",
      [shop.id, older],
    )
    const { body } = await owner.post("/duplicates/merge", { entity: "people" })
    await app.drain()
    const ended = await statusOf(body.data.id)
    expect(ended).toMatchObject({
      status: "done",
      summary: { pairs: 1, keptCount: 1, kept: [{ entity: "people", name: anna.name, fields: ["emails"] }] },
    })
    expect([older, younger]).toContain(ended.summary.kept[0].id)
    expect((await owner.get(`/people/${merged}`)).body.data.id).toBe(kept)
    expect((await owner.get(`/people/${younger}`)).body.data.id).toBe(younger)
    expect(await openIds()).toEqual([[older, younger].sort()])
  })

  it("are as certain as the owner says, and nobody else", async () => {
    const manager = await app.member(shop, "manager")
    expect((await manager.patch("/duplicates/settings", { certainFrom: 0.95 })).status).toBe(403)
    expect((await owner.patch("/duplicates/settings", { certainFrom: 0.5 })).status).toBe(422)
    expect((await owner.patch("/duplicates/settings", { certainFrom: 0.95 })).body.data).toEqual({
      certainFrom: 0.95,
    })
    const neighbour = await app.workspace()
    expect((await neighbour.owner.get("/duplicates/count")).body.data.certainFrom).toBe(0.99)
  })
})

it("two who are not the same stay so when one of them becomes part of another, and after the next scan", async () => {
  const one = await make(shop, "/people", anna)
  const other = await make(shop, "/people", annasTwin)
  const third = await make(shop, "/people", { ...annasTwin, phones: anna.phones })
  await makeCrowd(shop)
  await scan(app, shop)
  const { body } = await owner.get("/duplicates?entity=people")
  const pair = body.data.find(({ records }: { records: { id: string }[] }) =>
    records.every(({ id }) => id === one || id === other),
  )
  await owner.post(`/duplicates/${pair.id}/decide`, { decision: "notSame" })
  expect((await owner.post("/people/merge", { keep: third, merge: [other] })).status).toBe(200)
  await app.drain()
  expect(await openIds("notSame")).toEqual([[one, third].sort()])
  app.clock.advance(60_000)
  await scan(app, shop)
  expect(await openIds()).toEqual([])
  expect(await openIds("notSame")).toEqual([[one, third].sort()])
})
