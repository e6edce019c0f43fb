import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"
import { eraseRecords } from "../../kernel/records/erase.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

async function make(path: string, values: object): Promise<string> {
  const answer = await shop.owner.post(path, values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const declare = (one: string, many: string, more = {}) => make("/object-types", { one, many, ...more })
const names = (answer: { body: { data: { name: string }[] } }) => answer.body.data.map(({ name }) => name)

describe("objects beside each other", () => {
  it("get keys of their own, and their records are never each other's", async () => {
    await declare("Hüte", "Hüte")
    await declare("Hat", "Hute")
    await declare("1st", "1st")
    const keys = (await shop.owner.get("/object-types")).body.data.map(({ key }: { key: string }) => key)
    expect(keys).toEqual(expect.arrayContaining(["hute", "hute-2", "object-1st"]))
    const hat = await make("/objects/hute", { name: "Bowler" })
    for (const other of ["hute-2", "object-1st", "people", "constructor", "__proto__"]) {
      expect((await shop.owner.get(`/objects/${other}/${hat}`)).status, other).toBe(404)
      expect((await shop.owner.patch(`/objects/${other}/${hat}`, { name: "Mine" })).status, other).toBe(404)
      expect((await shop.owner.delete(`/objects/${other}/${hat}`)).status, other).toBe(404)
    }
    expect(names(await shop.owner.get("/objects/hute-2"))).toEqual([])
    expect((await shop.owner.get(`/people/${hat}`)).status).toBe(404)
    const wrong = await shop.owner.post("/notes", { text: "x", about: [{ type: "objects/hute-2", id: hat }] })
    expect(wrong.status).toBe(422)
    expect((await shop.owner.post("/object-types", { one: "a", many: "a", key: "A b" })).status).toBe(422)
  })

  it("can't go while a field of another links to them, nor can such a field come back to nothing", async () => {
    const id = await declare("Site", "Sites")
    const field = await make("/fields", {
      entity: "companies",
      label: "Main site",
      type: "link",
      options: { target: "objects/sites" },
    })
    expect((await shop.owner.delete(`/object-types/${id}`)).body.code).toBe("conflict")
    await shop.owner.delete(`/fields/${field}`)
    expect((await shop.owner.delete(`/object-types/${id}`)).status).toBe(204)
    expect((await shop.owner.post(`/fields/${field}/restore`)).body.code).toBe("conflict")
    await shop.owner.post(`/object-types/${id}/restore`)
    expect((await shop.owner.post(`/fields/${field}/restore`)).status).toBe(200)
  })

  it("let go of what they link to when that is erased, also while they are removed", async () => {
    const id = await declare("Locker", "Lockers")
    const options = { target: "people" }
    await make("/fields", { entity: "objects/lockers", label: "Holder", type: "link", options })
    const [one, other] = [await make("/people", { name: "One" }), await make("/people", { name: "Other" })]
    const held = await make("/objects/lockers", { name: "1", custom: { holder: one } })
    const hidden = await make("/objects/lockers", { name: "2", custom: { holder: other } })
    const erase = (person: string) =>
      app.inWorkspace(shop, (ctx) => eraseRecords(ctx, ctx.registry.entity("people")!, [person]))
    await erase(one)
    expect((await shop.owner.get(`/objects/lockers/${held}`)).body.data.custom.holder).toBeNull()
    await shop.owner.delete(`/object-types/${id}`)
    await erase(other)
    await shop.owner.post(`/object-types/${id}/restore`)
    expect((await shop.owner.get(`/objects/lockers/${hidden}`)).body.data.custom.holder).toBeNull()
  })

  it("are forgotten 30 days after they were removed, with everything of theirs", async () => {
    const id = await declare("Trial", "Trials")
    await make("/fields", { entity: "objects/trials", label: "Secret", type: "text" })
    const record = await make("/objects/trials", { name: "Erase me", custom: { secret: "erase me too" } })
    await make("/notes", { text: "stays", about: [{ type: "objects/trials", id: record }] })
    const roleId = await roleFor(shop.owner, "all")
    await shop.owner.delete(`/object-types/${id}`)
    const forget = async () => {
      await app.inWorkspace(shop, async (ctx) => {
        await ctx.registry.jobs.get("objects.forget")?.handle(ctx, {})
      })
      await app.drain()
    }
    app.clock.advance(29 * 86_400_000)
    await forget()
    expect((await shop.owner.get("/object-types?deleted=true")).text).toContain(id)
    app.clock.advance(2 * 86_400_000)
    await forget()
    expect((await shop.owner.get("/object-types?deleted=true")).text).not.toContain(id)
    const { rows } = await app.services.pools.owner.query(
      `select (select count(*)::int from own_records where object_id = $1) + (select count(*)::int from search_index where record_id = $2)
         + (select count(*)::int from field_values where record_id = $2) + (select count(*)::int from own_fields where entity = 'objects/trials') as left`,
      [id, record],
    )
    expect(rows[0].left).toBe(0)
    expect((await shop.owner.post("/object-types", { one: "Trial", many: "Trials" })).body.data.key).toBe(
      "trials",
    )
    expect((await shop.owner.get("/objects/trials")).body.data).toEqual([])
    // What a role could do with the one of that name is not for this one.
    const { rows: roles } = await app.services.pools.owner.query("select rights from roles where id = $1", [
      roleId,
    ])
    expect(Object.keys(roles[0].rights.entities)).not.toContain("objects/trials")
  })
})
