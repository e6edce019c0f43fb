import { type Rights, recordActions } from "@regulars/contract/domains/rights.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp } from "../../../testing/app.ts"
import { tableSums } from "../../../testing/row-differ.ts"
import { makeTwins, type Twin } from "../../../testing/twins.ts"
import { roleFor } from "../../kernel/access/testing.ts"

/** Both twins have an object "machines", whose one record bears their mark. */
let app: TestApp
let shop: Twin
let theirs: Twin
const machines = "/objects/machines"
beforeAll(async () => {
  app = await startTestApp()
  ;[shop, theirs] = await makeTwins(app)
})
afterAll(() => app.close())

describe("records of own objects", () => {
  it("are the same to built-in roles as companies are", async () => {
    const [viewer, member] = [await app.member(shop, "viewer"), await app.member(shop, "member")]
    expect((await viewer.get(machines)).body.data).toHaveLength(1)
    expect((await viewer.get(`${machines}/${shop.ids.machines}`)).body.data.can).toEqual({
      update: false,
      delete: false,
      restore: false,
    })
    for (const answer of [
      await viewer.post(machines, { name: "New" }),
      await viewer.patch(`${machines}/${shop.ids.machines}`, { name: "New" }),
      await viewer.delete(`${machines}/${shop.ids.machines}`),
      await viewer.post("/object-types", { one: "a", many: "a" }),
      await member.post("/object-types", { one: "a", many: "a" }),
      await member.delete(`/object-types/${shop.ids.machines}`),
    ])
      expect(answer.status).toBe(403)
    const made = await member.post(machines, { name: "Of the member" })
    expect(made.status, made.text).toBe(201)
    expect((await member.delete(`${machines}/${made.body.data.id}`)).status).toBe(204)
  })

  it("are read and never written by a key that may only read", async () => {
    const made = await shop.owner.post("/api/v1/api-keys", { name: "reader", scope: "read" })
    expect(made.status, made.text).toBe(201)
    const reader = app.as(made.body.data.key)
    expect((await reader.get(machines)).status).toBe(200)
    expect((await reader.post(machines, { name: "x" })).status).toBe(403)
  })

  it("of another workspace are as if they did not exist", async () => {
    const before = await tableSums(app.services.pools.owner, { workspaceId: theirs.id })
    const nobody = "00000000-0000-7000-8000-000000000000"
    const [type] = (await theirs.owner.get("/object-types")).body.data
    const gist = (status: number, body: object) => JSON.stringify({ status, ...body, requestId: undefined })
    const answers = async (id: string, typeId: string) => {
      const about = [{ type: "objects/machines", id }]
      const calls = [
        await shop.owner.get(`${machines}/${id}`),
        await shop.owner.get(`${machines}/${id}/timeline`),
        await shop.owner.get(`${machines}/${id}/history`),
        await shop.owner.patch(`${machines}/${id}`, { name: "taken" }),
        await shop.owner.delete(`${machines}/${id}`),
        await shop.owner.post(`${machines}/${id}/restore`),
        await shop.owner.post("/notes", { text: "x", about }),
        await shop.owner.post(machines, { name: "x", custom: { spareFor: id } }),
        await shop.owner.patch(`/object-types/${typeId}`, { many: "taken" }),
        await shop.owner.delete(`/object-types/${typeId}`),
        await shop.owner.post(`/object-types/${typeId}/restore`),
      ]
      return calls.map(({ status, body }) => gist(status, body))
    }
    const foreign = await answers(theirs.ids.machines, type.id)
    expect(foreign).toEqual(await answers(nobody, nobody))
    expect(foreign.every((text) => /"status":4(04|22)/.test(text))).toBe(true)
    expect((await shop.owner.post(`${machines}/query`, { only: [theirs.ids.machines] })).body.data).toEqual(
      [],
    )
    expect(await tableSums(app.services.pools.owner, { workspaceId: theirs.id })).toEqual(before)
    for (const path of [machines, "/object-types", "/search?q=crimson"])
      expect((await shop.owner.get(path)).text).not.toContain(theirs.mark)
  })
})

describe("a role of the workspace's own", () => {
  let ben: Client & { memberId: string }
  const give = async (roleId: string) =>
    expect((await shop.owner.patch(`/members/${ben.memberId}`, { roleId })).status).toBe(200)
  beforeAll(async () => {
    ben = await app.member(shop, "member")
  })

  it("reaches its own records of an object, by no path others'", async () => {
    await give(await roleFor(shop.owner, "own"))
    const mine = await ben.post(machines, { name: "beryl mill", custom: { serial: "beryl" } })
    expect(mine.status, mine.text).toBe(201)
    const id = mine.body.data.id
    const azure = shop.ids.machines
    expect((await ben.get(`${machines}/${azure}`)).status).toBe(404)
    expect((await ben.patch(`${machines}/${azure}`, { name: "x" })).status).toBe(404)
    expect((await ben.delete(`${machines}/${azure}`)).status).toBe(404)
    expect((await ben.patch(`${machines}/${id}`, { custom: { spareFor: azure } })).status).toBe(422)
    const about = [{ type: "objects/machines", id: azure }]
    expect((await ben.post("/notes", { text: "x", about })).status).toBe(422)
    for (const answer of [
      await ben.get(`${machines}?count=exact&sort=custom.serial`),
      await ben.post(`${machines}/query`, { filter: { search: "mill" } }),
      await ben.post(`${machines}/query`, { ids: true }),
      await ben.post(`${machines}/groups`, { by: "ownerId" }),
      await ben.get("/search?q=mill"),
      await ben.get("/search?q=azure"),
      await ben.get("/export?entity=objects/machines&format=csv"),
      await ben.post("/people/query", { filter: { related: "objects/machines.keeper", some: { all: [] } } }),
    ]) {
      expect(answer.status, answer.text).toBe(200)
      expect(answer.text).not.toContain("azure")
      expect(answer.text).not.toContain(azure)
    }
    await shop.owner.patch(`/people/${shop.ids.people}`, { ownerId: ben.memberId })
    const told = await ben.get(`/people/${shop.ids.people}/timeline`)
    expect(told.status).toBe(200)
    expect(told.text).not.toContain(azure)
    // Sharing lets one in, to see.
    await shop.owner.post(`${machines}/${azure}/shares`, { memberId: ben.memberId, access: "see" })
    expect((await ben.get(`${machines}/${azure}`)).body.data.can.update).toBe(false)
    expect((await ben.get(`/people/${shop.ids.people}/timeline`)).text).toContain(azure)
    const access = (await shop.owner.get(`${machines}/${azure}/access`)).body.data
    expect(access.members.map((one: { id: string }) => one.id)).toContain(ben.memberId)
    await shop.owner.patch(`/people/${shop.ids.people}`, { ownerId: null })
  })

  it("is closed to objects it does not name, while it is open to others", async () => {
    const other = await shop.owner.post("/object-types", { one: "Site", many: "Sites" })
    await give(
      await roleFor(shop.owner, "all", (rights: Rights) => {
        delete rights.entities["objects/sites"]
        rights.entities["objects/machines"]!.delete = "none"
        rights.entities["objects/machines"]!.fields = { "custom.serial": "hidden" }
      }),
    )
    expect((await ben.get("/objects/sites")).status).toBe(403)
    expect((await ben.post("/objects/sites", { name: "x" })).status).toBe(403)
    const listed = await ben.get("/object-types")
    expect(listed.body.data.map(({ key }: { key: string }) => key)).toEqual(["machines"])
    const seen = await ben.get(`${machines}/${shop.ids.machines}`)
    expect(seen.body.data.can).toEqual({ update: true, delete: false, restore: false })
    expect(seen.text).not.toContain("serial")
    expect((await ben.get(`${machines}?sort=custom.serial`)).status).toBe(422)
    expect((await ben.delete(`${machines}/${shop.ids.machines}`)).status).toBe(403)
    expect((await ben.patch(`${machines}/${shop.ids.machines}`, { custom: { serial: "x" } })).status).toBe(
      422,
    )
    await give(
      await roleFor(shop.owner, "all", (rights: Rights) => {
        for (const action of recordActions) rights.entities["objects/machines"]![action] = "none"
        rights.entities["objects/machines"]!.create = false
      }),
    )
    expect((await ben.get(machines)).status).toBe(403)
    expect((await ben.get("/objects/sites")).status).toBe(200)
    expect((await ben.get("/fields")).text).not.toContain("objects/machines")
    expect((await ben.post(`${machines}/query`, {})).status).toBe(403)
    const related = { filter: { related: "objects/machines.keeper", some: { all: [] } } }
    expect((await ben.post("/people/query", related)).status).toBe(403)
    // A role outlives an object it speaks of, and can still be changed.
    const roles = (await shop.owner.get("/roles")).body.data
    const role = roles.at(-1)
    expect((await shop.owner.delete(`/object-types/${other.body.data.id}`)).status).toBe(204)
    const again = (await shop.owner.get("/roles")).body.data.find(({ id }: { id: string }) => id === role.id)
    expect(Object.keys(again.rights.entities)).not.toContain("objects/sites")
    expect((await shop.owner.patch(`/roles/${role.id}`, { rights: again.rights })).status).toBe(200)
  })
})
