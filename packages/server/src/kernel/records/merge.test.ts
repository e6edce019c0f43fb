import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { addressesOf, mergingIn } from "../../../testing/merging.ts"
import { tableSums } from "../../../testing/row-differ.ts"
import type { Values } from "./columns.ts"

let app: TestApp
let shop: TestWorkspace
let other: TestWorkspace
let doing: ReturnType<typeof mergingIn>
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  other = await app.workspace()
  doing = mergingIn(app, shop)
})
afterAll(() => app.close())
/** Everything of the workspace's but when its keys were used last. */
async function state(): Promise<unknown> {
  await app.drain()
  return tableSums(app.services.pools.owner, { workspaceId: shop.id, except: ["api_keys"] })
}

describe("merging", () => {
  it("keeps the survivor's values, fills what it lacks, joins lists, tags and maps, and takes what is chosen", async () => {
    const { read, person, merge } = doing
    const keep = await person({
      name: "Anna Meier",
      jobTitle: "Baker",
      emails: [{ address: "anna@example.com", preferred: true }],
      tags: ["Regular"],
      preferences: { milk: "oat" },
      salutation: "Ms",
    })
    const twin = await person({
      name: "Anna Maier",
      jobTitle: "Chef",
      language: "de",
      emails: [{ address: "anna@example.com" }, { address: "a.maier@example.com", preferred: true }],
      phones: [{ raw: "+49 30 1234567" }],
      tags: ["regular", "vip"],
      preferences: { milk: "soy", cup: "large" },
      salutation: "Dr",
    })
    await merge("/people", keep, [twin], { salutation: twin })
    const merged = await read(`/people/${keep}`)
    expect(merged).toMatchObject({
      name: "Anna Meier",
      jobTitle: "Baker",
      language: "de",
      salutation: "Dr",
      tags: ["Regular", "vip"],
      preferences: { milk: "oat", cup: "large" },
    })
    expect(addressesOf(merged)).toEqual(["anna@example.com", "a.maier@example.com"])
    expect((merged.emails as Values[]).filter((email) => email.preferred)).toHaveLength(1)
    expect(merged.phones).toHaveLength(1)
  })

  it("leads the old id to the survivor: in answers, in links of new records, never in a write to it", async () => {
    const { read, person, note, merge } = doing
    const keep = await person({ name: "Survivor" })
    const twin = await person({ name: "Vanishing Twin" })
    const next = await person({ name: "Last" })
    await merge("/people", keep, [twin])
    await merge("/people", next, [keep])
    expect((await read(`/people/${twin}`)).id).toBe(next)
    expect((await shop.owner.get(`/people/${twin}/timeline`)).status).toBe(200)
    const noted = await note("about the old one", twin, next)
    expect((await read(`/notes/${noted}`)).about).toEqual([{ type: "person", id: next }])
    await shop.owner.patch(`/notes/${noted}`, { about: [{ type: "person", id: keep }] })
    expect((await read(`/notes/${noted}`)).about).toEqual([{ type: "person", id: next }])
    const listed = (await shop.owner.post("/people/query", { only: [twin, next], fields: ["name"] })).body
    expect(listed.data).toHaveLength(1)
    expect(listed.merged).toEqual({ [twin]: next })
    for (const answer of [
      await shop.owner.patch(`/people/${twin}`, { name: "x" }),
      await shop.owner.delete(`/people/${twin}`),
      await shop.owner.post(`/people/${twin}/emails`, { address: "x@example.com" }),
      await shop.owner.post(`/people/${twin}/restore`),
    ])
      expect(answer.body, answer.text).toMatchObject({ code: "conflict", details: { mergedInto: next } })
  })

  it("leaves nothing of the others in lists, the bin, search, counts, exports or checks for twins", async () => {
    const { person, merge } = doing
    const keep = await person({ name: "Quux Kept" })
    const twin = await person({ name: "Quuux Gone", emails: [{ address: "quuux@example.com" }] })
    await merge("/people", keep, [twin], { emails: keep })
    const named = { filter: { search: "quuux" }, count: "exact" }
    expect((await shop.owner.post("/people/query", named)).body.count.value).toBe(0)
    expect((await shop.owner.post("/people/query", { ...named, deleted: true })).body.count.value).toBe(0)
    const hits = (await shop.owner.get("/search?q=quuux")).body.data as { id: string }[]
    expect(hits.map(({ id }) => id)).not.toContain(twin)
    expect((await shop.owner.get("/export?entity=people&format=csv")).text).not.toContain("Quuux")
    const again = await shop.owner.post("/people", {
      name: "New",
      emails: [{ address: "quuux@example.com" }],
    })
    expect(again.status).toBe(201)
  })

  it("joins the timelines without doubles, and says who merged what", async () => {
    const { person, note, merge, timeline } = doing
    const keep = await person({ name: "Story" })
    const twin = await person({ name: "Storey" })
    await note("of the one", keep)
    await note("of the other", twin)
    await note("of both", keep, twin)
    await shop.owner.patch(`/people/${twin}`, { jobTitle: "Smith" })
    await merge("/people", keep, [twin])
    const entries = await timeline(`/people/${keep}`)
    expect(entries.filter(({ type }) => type === "note.created")).toHaveLength(3)
    expect(entries.find(({ type }) => type === "person.updated")?.data.changes).toEqual([
      { field: "jobTitle", from: null, to: "Smith" },
    ])
    expect(entries[0]).toMatchObject({
      type: "person.merged",
      data: { names: ["Storey"], operationKind: "merge" },
    })
  })

  it("leaves a note on the timeline of the company where somebody worked", async () => {
    const { person, company, note, merge, timeline } = doing
    const [former, present] = [await company({ name: "Former" }), await company({ name: "Present" })]
    const keep = await person({ name: "Mover", companyId: present })
    const twin = await person({ name: "Movér", companyId: former })
    await note("when she was there", twin)
    await merge("/people", keep, [twin], { employments: keep, companyId: keep })
    const notesOf = async (id: string) =>
      (await timeline(`/companies/${id}`)).filter(({ type }) => type === "note.created").length
    expect([await notesOf(former), await notesOf(present)]).toEqual([1, 0])
  })

  it("moves what points at a company: people, subsidiaries, notes, also of the bin, and filters of views", async () => {
    const { make, read, person, company, merge, undo } = doing
    const keep = await company({ name: "Acme" })
    const twin = await company({ name: "Acme Ltd", parentId: keep })
    const part = await company({ name: "Acme Parts", parentId: twin })
    const worker = await person({ name: "Worker", companyId: twin, jobTitle: "Fitter" })
    const gone = await person({ name: "Gone", employments: [{ companyId: twin }, { companyId: keep }] })
    await shop.owner.delete(`/people/${gone}`)
    const task = await make("/tasks", { title: "Call", about: [{ type: "company", id: twin }] })
    const filter = { field: "companyId", op: "isAnyOf", value: [twin] }
    const view = (await shop.owner.post("/views", { entity: "people", name: "Acme", filter })).body.data
    const operation = await merge("/companies", keep, [twin])
    expect((await read(`/companies/${keep}`)).parentId).toBeNull()
    expect((await read(`/companies/${part}`)).parentId).toBe(keep)
    expect(await read(`/people/${worker}`)).toMatchObject({
      companyId: keep,
      jobTitle: "Fitter",
      employments: [{ companyId: keep, title: "Fitter" }],
    })
    expect((await read(`/tasks/${task}`)).about).toEqual([{ type: "company", id: keep }])
    const views = (await shop.owner.get("/views?entity=people")).body.data as (Values & { id: string })[]
    expect(views.find(({ id }) => id === view.id)?.filter).toMatchObject({ value: [keep] })
    await shop.owner.post(`/people/${gone}/restore`)
    expect((await read(`/people/${gone}`)).employments).toMatchObject([{ companyId: keep }])
    const related = { filter: { related: "people", some: { field: "name", op: "is", value: "Worker" } } }
    const found = (await shop.owner.post("/companies/query", related)).body.data as { id: string }[]
    expect(found.map(({ id }) => id)).toEqual([keep])
    await undo(operation)
    expect(await read(`/people/${worker}`)).toMatchObject({
      companyId: twin,
      employments: [{ companyId: twin }],
    })
    expect((await read(`/people/${gone}`)).employments).toMatchObject([
      { companyId: twin },
      { companyId: keep },
    ])
    expect((await read(`/companies/${twin}`)).parentId).toBe(keep)
  })

  it("refuses a company to stand below itself afterwards", async () => {
    const { company } = doing
    const top = await company({ name: "Top" })
    const middle = await company({ name: "Middle", parentId: top })
    const low = await company({ name: "Low", parentId: middle })
    const before = await state()
    const answer = await shop.owner.post("/companies/merge", { keep: low, merge: [top] })
    expect(answer.body.errors, answer.text).toMatchObject([{ code: "cycle" }])
    expect(await state()).toEqual(before)
  })

  it("never turns a refusal into a consent", async () => {
    const { read, person, merge } = doing
    const consent = { purpose: "newsletter", channel: "email" }
    const keep = await person({ name: "Yes", consents: [{ ...consent, status: "given" }] })
    const twin = await person({ name: "No", consents: [{ ...consent, status: "withdrawn" }] })
    await merge("/people", keep, [twin], { consents: keep })
    expect((await read(`/people/${keep}`)).consents).toMatchObject([{ ...consent, status: "withdrawn" }])
  })

  it("answers bad requests with what is wrong, and changes nothing", async () => {
    const { person, company, merge } = doing
    const keep = await person({ name: "Keep" })
    const twin = await person({ name: "Twin" })
    const merged = await person({ name: "Merged" })
    await merge("/people", keep, [merged])
    const firm = await company({ name: "A firm" })
    const foreign = (await other.owner.post("/people", { name: "Foreign" })).body.data.id
    const nobody = "00000000-0000-7000-8000-000000000000"
    const viewer = await app.member(shop, "viewer")
    const before = await state()
    const ask = (body: object, path = "/people/merge") => shop.owner.post(path, body)
    const full = await ask({ keep, merge: [nobody] })
    expect(full.status).toBe(404)
    const strange = await ask({ keep, merge: [foreign] })
    expect({ ...strange.body, requestId: "" }).toEqual({ ...full.body, requestId: "" })
    for (const [body, status, code] of [
      [{ keep, merge: [firm] }, 404, "not_found"],
      [{ keep: foreign, merge: [twin] }, 404, "not_found"],
      [{ keep, merge: [keep] }, 422, "validation_failed"],
      [{ keep, merge: [twin, twin] }, 422, "validation_failed"],
      [{ keep, merge: [] }, 422, "validation_failed"],
      [{ keep, merge: [merged] }, 409, "conflict"],
      [{ keep: merged, merge: [twin] }, 409, "conflict"],
      [{ keep, merge: [twin], fields: { nonsense: twin } }, 422, "validation_failed"],
      [{ keep, merge: [twin], fields: { lastActivityAt: twin } }, 422, "validation_failed"],
      [{ keep, merge: [twin], fields: { constructor: twin } }, 422, "validation_failed"],
      [{ keep, merge: [twin], fields: { name: merged } }, 422, "validation_failed"],
      [{ keep, merge: Array.from({ length: 20 }, () => twin) }, 422, "validation_failed"],
    ] as const) {
      const answer = await ask(body)
      expect({ status: answer.status, code: answer.body.code }, JSON.stringify(body)).toEqual({
        status,
        code,
      })
    }
    expect((await shop.owner.post("/notes/merge", { keep, merge: [twin] })).status).toBe(404)
    expect((await viewer.post("/people/merge", { keep, merge: [twin] })).status).toBe(403)
    expect(await state()).toEqual(before)
  })

  it("counts what would move", async () => {
    const { make, person, note } = doing
    const keep = await person({ name: "Few" })
    const twin = await person({ name: "Many" })
    await note("one", twin)
    await note("two", twin, keep)
    await make("/tasks", { title: "Call", about: [{ type: "person", id: twin }] })
    const answer = await shop.owner.post("/people/merge/preview", { ids: [keep, twin] })
    expect(answer.body.data).toEqual({ [keep]: { notes: 1 }, [twin]: { notes: 2, tasks: 1 } })
  })
})
