import type { Reach, Rights } from "@regulars/contract/domains/rights.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp } from "../../../testing/app.ts"
import { makeTwins, type Twin } from "../../../testing/twins.ts"
import { roleFor } from "./testing.ts"

let app: TestApp
let shop: Twin
let ben: Client & { memberId: string }
const asBen = (reach: Reach) => roleFor(shop.owner, reach)
beforeAll(async () => {
  app = await startTestApp()
  ;[shop] = await makeTwins(app)
  ben = await app.member(shop, "member")
  await give(await asBen("own"))
  expect((await ben.post("/people", { name: "Bea beryl" })).status).toBe(201)
})
afterAll(() => app.close())
async function give(roleId: string): Promise<void> {
  const answer = await shop.owner.patch(`/members/${ben.memberId}`, { roleId })
  expect(answer.status, answer.text).toBe(200)
}

describe("how far a role reaches", () => {
  it("takes in the records of one's teams, and of their location", async () => {
    await give(await asBen("team"))
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(404)
    const team = (await shop.owner.post("/teams", { name: "Counter" })).body.data
    for (const memberId of [ben.memberId, shop.ownerId])
      expect((await shop.owner.post(`/teams/${team.id}/members`, { memberId })).status).toBe(200)
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(200)
    expect((await ben.get(`/notes/${shop.ids.notes}`)).status).toBe(200)
    await shop.owner.delete(`/teams/${team.id}/members/${shop.ownerId}`)
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(404)
    await shop.owner.patch(`/teams/${team.id}`, { locationId: shop.ids.locations })
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(200)
    await shop.owner.delete(`/teams/${team.id}`)
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(404)
  })

  it("does not take in whom a note tells of beside one's own", async () => {
    await give(await asBen("own"))
    const [mine] = (await ben.post("/people/query", { ids: true })).body.ids as string[]
    const about = [mine, shop.ids.people].map((id) => ({ type: "person", id }))
    const note = (await shop.owner.post("/notes", { text: "about both", about })).body.data
    const story = await ben.get(`/people/${mine}/timeline?types=note`)
    expect(story.body.data).toMatchObject([
      { subjects: [{ id: mine }], data: { record: { text: "about both", about: [{ id: mine }] } } },
    ])
    expect(story.text).not.toContain(shop.ids.people)
    await shop.owner.delete(`/notes/${note.id}`)
  })

  it("bounds what previews count and name", async () => {
    const [mine] = (await ben.post("/people/query", { ids: true })).body.ids as string[]
    const body = { ids: [mine, shop.ids.people], action: "addTags", input: { tags: ["seen"] } }
    const foreseen = await ben.post("/people/bulk/preview", body)
    expect(foreseen.body.data).toMatchObject({ total: 1, changed: 1, refusedCount: 0 })
    const theirs = await shop.owner.post("/people/bulk", { ...body, ids: [shop.ids.people] })
    await app.drain()
    const path = `/operations/${theirs.body.data.operationId}/undo-preview`
    expect((await ben.get(path)).status).toBe(404)
    expect((await shop.owner.get(path)).body.data).toMatchObject({ restored: 1, keptCount: 0 })
  })

  it("moves with the owner", async () => {
    await give(await asBen("own"))
    await shop.owner.patch(`/people/${shop.ids.people}`, { ownerId: ben.memberId })
    const seen = await ben.get(`/people/${shop.ids.people}`)
    expect(seen.body.data.can).toEqual({ update: true, delete: true, restore: true })
    // What was noted about her comes along.
    expect((await ben.get(`/notes/${shop.ids.notes}`)).status).toBe(200)
    await shop.owner.patch(`/people/${shop.ids.people}`, { ownerId: shop.ownerId })
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(404)
    expect((await ben.get(`/notes/${shop.ids.notes}`)).status).toBe(404)
  })

  it("is widened by sharing one record, to see or to edit", async () => {
    const { people } = shop.ids
    const share = await shop.owner.post(`/people/${people}/shares`, { memberId: ben.memberId, access: "see" })
    expect(share.status, share.text).toBe(201)
    expect((await ben.get(`/people/${people}`)).body.data.can).toMatchObject({ update: false, delete: false })
    expect((await ben.patch(`/people/${people}`, { jobTitle: "Baker" })).status).toBe(403)
    expect(
      (await ben.post(`/people/${people}/shares`, { memberId: ben.memberId, access: "edit" })).status,
    ).toBe(403)
    const listed = await ben.post("/people/query", { sort: ["name"] })
    expect(listed.body.data.map(({ can }: { can: { update: boolean } }) => can.update)).toEqual([true, false])
    await shop.owner.post(`/people/${people}/shares`, { memberId: ben.memberId, access: "edit" })
    expect((await ben.patch(`/people/${people}`, { jobTitle: "Baker" })).status).toBe(200)
    expect((await ben.delete(`/people/${people}`)).status).toBe(403)
    const { members, shares } = (await shop.owner.get(`/people/${people}/access`)).body.data
    expect(shares).toHaveLength(1)
    expect(members).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ id: ben.memberId, via: "share", edit: true })]),
    )
    await shop.owner.delete(`/people/${people}/shares/${shares[0].id}`)
    expect((await ben.get(`/people/${people}`)).status).toBe(404)
  })

  it("may be shorter for exporting than for seeing", async () => {
    const exporting = (reach: Reach) =>
      roleFor(shop.owner, "all", (rights: Rights) => {
        rights.entities.people!.export = reach
      })
    await give(await exporting("own"))
    expect((await ben.get("/people")).text).toContain("azure")
    const exported = await ben.get("/export?entity=people&format=csv")
    expect(exported.text).toContain("beryl")
    expect(exported.text).not.toContain("Pat azure")
    await give(await exporting("none"))
    expect((await ben.get("/export?entity=people&format=csv")).status).toBe(403)
  })

  it("is none for areas and entities that are closed", async () => {
    await give(
      await roleFor(shop.owner, "own", (rights: Rights) => {
        rights.entities.companies = {
          ...rights.entities.companies!,
          see: "none",
          create: false,
          edit: "none",
          delete: "none",
          export: "none",
        }
        rights.areas.search = false
        rights.actions["exports:create"] = false
      }),
    )
    for (const path of [
      "/companies",
      `/companies/${shop.ids.companies}`,
      "/search?q=x",
      "/export?entity=people&format=csv",
    ])
      expect((await ben.get(path)).status, path).toBe(403)
    const filter = { related: "companyId", some: { all: [] } }
    expect((await ben.post("/people/query", { filter })).status).toBe(403)
    await give(await asBen("own"))
  })
})

describe("merging", () => {
  const person = async (client: Client, values: object) => {
    const answer = await client.post("/people?allowDuplicate=true", values)
    expect(answer.status, answer.text).toBe(201)
    return answer.body.data.id as string
  }
  it("takes records that one may change and delete, and the rights of the one that stays hold for both", async () => {
    await give(await asBen("own"))
    const [mine, twin] = [await person(ben, { name: "Merle" }), await person(ben, { name: "Merle M" })]
    const theirs = await person(shop.owner, { name: "Merle of the owner" })
    expect((await ben.post("/people/merge", { keep: mine, merge: [theirs] })).status).toBe(404)
    expect((await ben.post("/people/merge/preview", { ids: [mine, theirs] })).status).toBe(404)
    await shop.owner.post(`/people/${theirs}/shares`, { memberId: ben.memberId, access: "edit" })
    // Sharing to edit is no right to delete.
    expect((await ben.post("/people/merge", { keep: mine, merge: [theirs] })).status).toBe(403)
    // A note by another about the twin, which moves along although Ben wrote none of it.
    const about = [{ type: "person", id: twin }]
    const note = (await shop.owner.post("/notes", { text: "moves along", about })).body.data.id
    const merged = await ben.post("/people/merge", { keep: mine, merge: [twin] })
    expect(merged.status, merged.text).toBeLessThan(300)
    expect((await ben.get(`/notes/${note}`)).body.data.about).toEqual([{ type: "person", id: mine }])
    expect((await ben.get(`/people/${twin}`)).body.data.id).toBe(mine)
    await shop.owner.patch(`/people/${mine}`, { ownerId: shop.ownerId })
    for (const id of [mine, twin]) {
      expect((await ben.get(`/people/${id}`)).status).toBe(404)
      expect((await ben.patch(`/people/${id}`, { salutation: "x" })).status).toBe(404)
    }
    // Nor is it his to take apart again.
    const operation = (await ben.get("/operations")).body.data[0]
    await ben.post(`/operations/${operation.id}/undo`)
    await app.drain()
    expect((await shop.owner.get(`/people/${twin}`)).body.data.id).toBe(mine)
  })
  it("brings along with whom the records were shared", async () => {
    const [one, other] = [
      await person(shop.owner, { name: "Shared one" }),
      await person(shop.owner, { name: "Shared two" }),
    ]
    for (const id of [one, other])
      await shop.owner.post(`/people/${id}/shares`, { memberId: ben.memberId, access: "see" })
    const merged = await shop.owner.post("/people/merge", { keep: one, merge: [other] })
    expect((await shop.owner.get(`/people/${one}/access`)).body.data.shares).toHaveLength(1)
    expect((await ben.get(`/people/${other}`)).body.data.id).toBe(one)
    await shop.owner.post(`/operations/${merged.body.data.operationId}/undo`)
    await app.drain()
    for (const id of [one, other]) expect((await ben.get(`/people/${id}`)).body.data.id).toBe(id)
  })
})

describe("fields", () => {
  beforeAll(async () => {
    await give(
      await roleFor(shop.owner, "all", (rights: Rights) => {
        rights.entities.people!.fields = {
          emails: "hidden",
          phones: "hidden",
          description: "hidden",
          jobTitle: "read",
        }
      }),
    )
  })
  it("that are hidden are in no answer, filter, sort, search, export or history", async () => {
    const marks = [`pat@${shop.mark}.example`, "+49301234567", `${shop.mark} description`]
    await shop.owner.patch(`/people/${shop.ids.people}`, { description: `${shop.mark} description` })
    const { people } = shop.ids
    const nameless = await shop.owner.post("/people", { emails: [{ address: "pat@azure.example.org" }] })
    const answers = [
      await ben.get(`/people/${people}`),
      await ben.get("/people"),
      await ben.get(`/people/${people}/timeline`),
      await ben.get(`/people/${people}/history`),
      await ben.get("/search?q=pat"),
      await ben.get(`/search?q=${encodeURIComponent("pat@azure")}&types=people`),
      await ben.get("/today"),
      await ben.get("/export?entity=people&format=csv"),
      await ben.get("/export?entity=people&format=vcard"),
      await ben.post("/people/query", { filter: { search: "description" } }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      for (const mark of marks) expect(answer.text).not.toContain(mark)
    }
    expect(answers[5]!.body.data).toEqual([])
    expect(answers[9]!.body.data).toEqual([])
    for (const filter of [
      { field: "emails", op: "isNotEmpty" },
      { field: "emails.address", op: "contains", value: "azure" },
    ])
      expect((await ben.post("/people/query", { filter })).status).toBe(422)
    const hidden = { field: "description", op: "isNotEmpty" }
    expect((await ben.post("/companies/query", { filter: { related: "people", some: hidden } })).status).toBe(
      422,
    )
    expect((await ben.get("/people?fields=emails")).status).toBe(422)
    expect((await ben.get("/export?entity=people&format=csv&fields=emails")).status).toBe(422)
    await shop.owner.delete(`/people/${nameless.body.data.id}`)
  })
  it("that may not be written are refused by every way of writing", async () => {
    const { people } = shop.ids
    for (const values of [{ emails: [] }, { jobTitle: "Cook" }]) {
      const answers = [
        await ben.patch(`/people/${people}`, values),
        await ben.post("/people", { name: "New", ...values }),
        await ben.post("/people/bulk", { ids: [people], action: "update", input: { values } }),
      ]
      for (const answer of answers) expect(answer.status, answer.text).toBe(422)
      const batch = await ben.post("/people/batch", { rows: [{ name: "New", ...values }] })
      expect(batch.body.data[0].status).toBe("refused")
    }
    expect((await ben.post(`/people/${people}/emails`, { address: "x@y.example" })).status).toBe(422)
    expect((await ben.get("/session")).body.data.limits.people).toMatchObject({
      jobTitle: "read",
      emails: "hidden",
    })
    expect((await ben.patch(`/people/${people}`, { salutation: "Ms" })).status).toBe(200)
  })
  it("of the workspace's own obey as well", async () => {
    const { people } = shop.ids
    for (const key of ["secret", "fixed"]) {
      const field = { entity: "people", key, label: key, type: "text" }
      const made = await shop.owner.post("/fields", field)
      expect(made.status, made.text).toBe(201)
    }
    const custom = { secret: "hush", fixed: "stays" }
    expect((await shop.owner.patch(`/people/${people}`, { custom })).status).toBe(200)
    await give(
      await roleFor(shop.owner, "all", (rights: Rights) => {
        rights.entities.people!.fields = { "custom.secret": "hidden", "custom.fixed": "read" }
      }),
    )
    const paths = [`/people/${people}`, "/people", `/people/${people}/timeline`, "/search?q=hush"]
    for (const path of [...paths, "/export?entity=people&format=csv"]) {
      const answer = await ben.get(path)
      expect(answer.status, path).toBe(200)
      expect(answer.text, path).not.toContain("hush")
    }
    const seen = (await ben.get(`/people/${people}`)).body.data.custom
    expect(seen).toMatchObject({ fixed: "stays" })
    expect(Object.keys(seen)).not.toContain("secret")
    const declared = (await ben.get("/fields")).body.data.map(({ key }: { key: string }) => key)
    expect(declared).toContain("fixed")
    expect(declared).not.toContain("secret")
    for (const own of [{ secret: "x" }, { fixed: "x" }])
      expect((await ben.patch(`/people/${people}`, { custom: own })).status).toBe(422)
    const filter = { field: "custom.secret", op: "is", value: "hush" }
    expect((await ben.post("/people/query", { filter })).status).toBe(422)
    expect((await ben.get("/people?sort=custom.secret")).status).toBe(422)
    expect((await ben.patch(`/people/${people}`, { salutation: "Mx" })).status).toBe(200)
    expect((await shop.owner.get(`/people/${people}`)).body.data.custom).toMatchObject(custom)
  })
})
