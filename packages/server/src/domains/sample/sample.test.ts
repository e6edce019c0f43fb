import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { tableSums } from "../../../testing/row-differ.ts"
import { runDueSchedules } from "../../kernel/jobs/scheduler.ts"

// Each loads and removes a whole shop: on a busy disk that takes longer than a hung test may.
vi.setConfig({ testTimeout: 120_000 })
let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app?.close())

/** All tables, but for what is kept of everything that happened: that something was erased, and the chain that says so. */
async function sums() {
  const { owner } = app.services.pools
  const { rows } = await owner.query("select distinct type from events where type not like 'security.%'")
  const tables = await tableSums(owner, { except: ["events", "audit_blocks"] })
  return { ...tables, told: rows.map(({ type }) => type).filter((type) => type !== "records.erased") }
}
async function someone(workspace: TestWorkspace): Promise<{ id: string; name: string }> {
  const answer = await workspace.owner.get("/people?limit=1&sort=-lastActivityAt")
  return answer.body.data[0]
}

describe("sample data", () => {
  it("fills an empty workspace, tells so, and goes to the last row", async () => {
    const workspace = await app.workspace()
    expect((await workspace.owner.get("/sample")).body.data).toMatchObject({ loaded: false, counts: {} })
    const before = await sums()
    const loaded = await workspace.owner.post("/sample", { name: "coffee" })
    expect(loaded.status).toBe(201)
    expect(loaded.body.data).toMatchObject({
      loaded: true,
      name: "coffee",
      loadedBy: { id: workspace.ownerId },
      counts: { people: 300, companies: 25, locations: 3 },
    })
    await app.drain()
    expect((await workspace.owner.get("/people?count=exact")).body.count.value).toBe(300)
    expect((await workspace.owner.post("/sample", { name: "coffee" })).status).toBe(409)

    const removed = await workspace.owner.delete("/sample")
    expect(removed.body.data).toMatchObject({ removed: { people: 300 }, kept: [], keptCount: 0 })
    expect(await sums()).toEqual(before)
    expect((await workspace.owner.delete("/sample")).status).toBe(404)
  })

  it("leaves no trace of what people did with it in bulk, in the bin and by reminders", async () => {
    const workspace = await app.workspace()
    await workspace.owner.post("/sample", { name: "coffee" })
    const own = await workspace.owner.post("/people", { name: "Own Person" })
    const person = await someone(workspace)
    await workspace.owner.post("/people/bulk", {
      filter: { field: "name", op: "isNotEmpty" },
      action: "addTags",
      input: { tags: ["spring"] },
    })
    await app.drain()
    await runDueSchedules(app.services)
    const notified = "select count(*)::int as count from notifications where workspace_id = $1"
    const { owner: database } = app.services.pools
    expect((await database.query(notified, [workspace.id])).rows[0].count).toBeGreaterThan(0)
    await workspace.owner.delete(`/people/${person.id}`)
    const removed = await workspace.owner.delete("/sample")
    expect(removed.body.data.keptCount).toBe(0)
    expect((await database.query(notified, [workspace.id])).rows[0].count).toBe(0)
    const { rows } = await database.query(
      `select (select count(*)::int from people where workspace_id = $1) as people,
         (select count(*)::int from changes where workspace_id = $1) as changes,
         (select count(*)::int from search_index where workspace_id = $1) as found,
         (select jsonb_agg(data) from events where workspace_id = $1 and type = 'person.updated') as told`,
      [workspace.id],
    )
    expect(rows[0]).toMatchObject({ people: 1, changes: 1, found: 1, told: [{ ids: [own.body.data.id] }] })
  })

  it("keeps what somebody entered, with all it needs, until they say otherwise", async () => {
    const workspace = await app.workspace()
    const { owner } = workspace
    await owner.post("/sample", { name: "coffee" })
    const at = async (company: string) => {
      const filter = { field: "name", op: "is", value: company }
      const [{ id }] = (await owner.post("/companies/query", { filter })).body.data
      const people = { filter: { field: "companyId", op: "is", value: id }, limit: 1 }
      return (await owner.post("/people/query", people)).body.data[0]
    }
    const [edited, noted] = [await at("Kestrel Insurance"), await at("Lumen Labs")]
    await owner.patch(`/people/${edited.id}`, { jobTitle: "Head of cakes" })
    const note = await owner.post("/notes", { text: "Mine", about: [{ type: "person", id: noted.id }] })
    const result = (await owner.delete("/sample")).body.data
    expect(result.kept).toContainEqual({
      entity: "people",
      id: edited.id,
      name: edited.name,
      reason: "changed",
    })
    expect(result.kept).toContainEqual({ entity: "people", id: noted.id, name: noted.name, reason: "linked" })
    for (const person of [edited, noted]) {
      expect((await owner.get(`/people/${person.id}`)).body.data.companyId).toBe(person.companyId)
      expect((await owner.get(`/companies/${person.companyId}`)).status).toBe(200)
    }
    const { parentId } = (await owner.get(`/companies/${noted.companyId}`)).body.data
    expect((await owner.get(`/companies/${parentId}`)).body.data.name).toBe("Lumen Software")
    expect(edited.lastActivityAt).not.toBeNull()
    expect((await owner.get(`/people/${edited.id}`)).body.data).toMatchObject({
      jobTitle: "Head of cakes",
      lastActivityAt: null,
    })
    const timeline = (await owner.get(`/people/${noted.id}/timeline`)).body.data
    expect(timeline.map((entry: { type: string }) => entry.type).sort()).toEqual([
      "note.created",
      "person.created",
    ])
    expect((await owner.get(`/people/${noted.id}`)).body.data.lastActivityAt).toBe(note.body.data.createdAt)
    expect((await owner.get("/sample")).body.data.counts).toMatchObject({ people: 2 })

    await owner.delete("/sample?changed=true")
    expect((await owner.get(`/people/${edited.id}`)).status).toBe(404)
    expect((await owner.get(`/people/${noted.id}`)).status).toBe(200)
    await owner.delete(`/notes/${note.body.data.id}`)
  })

  it("has what follows in own fields, and keeps what an own field links to", async () => {
    const workspace = await app.workspace()
    const { owner } = workspace
    const declare = async (field: object) => {
      const answer = await owner.post("/fields", { entity: "people", ...field })
      expect(answer.status, answer.text).toBe(201)
    }
    const tasks = { rollup: { from: "tasks.about", of: "count" } }
    await declare({ label: "Tasks", type: "rollup", options: tasks })
    await declare({ label: "Twice", type: "formula", options: { formula: "custom.tasks * 2" } })
    await declare({ label: "Size", type: "text", default: "M" })
    await declare({ label: "Club", type: "text", required: "stages", stages: ["customer"] })
    await declare({ label: "Mentor", type: "link", options: { target: "people" } })
    const loaded = await owner.post("/sample", { name: "coffee" })
    expect(loaded.status, loaded.text).toBe(201)
    await app.drain()
    const { data } = (await owner.post("/people/query", { sort: ["-custom.tasks"], limit: 200 })).body
    const of = (index: number) => data.at(index).custom
    expect(of(0).tasks).toBeGreaterThan(0)
    expect(of(0)).toMatchObject({ twice: of(0).tasks * 2, size: "M", club: null })
    expect(of(-1)).toMatchObject({ tasks: 0, twice: 0 })
    const [{ id: mentor }] = data
    const mine = await owner.post("/people", { name: "Mine", custom: { mentor } })
    expect(mine.status, mine.text).toBe(201)
    const removed = await owner.delete("/sample")
    expect(removed.status, removed.text).toBe(200)
    expect(removed.body.data.kept).toContainEqual(
      expect.objectContaining({ entity: "people", id: mentor, reason: "linked" }),
    )
    expect((await owner.get(`/people/${mine.body.data.id}`)).body.data.custom.mentor).toBe(mentor)
    await app.drain()
    expect((await owner.get(`/people/${mentor}`)).body.data.custom.tasks).toBe(0)
  })

  it("stays out of reach of other workspaces and of members", async () => {
    const [one, other] = [await app.workspace(), await app.workspace()]
    await one.owner.post("/sample", { name: "coffee" })
    expect((await other.owner.get("/sample")).body.data.loaded).toBe(false)
    expect((await other.owner.delete("/sample")).status).toBe(404)
    const member = await app.member(one, "manager")
    expect((await member.delete("/sample")).status).toBe(403)
    expect((await one.owner.get("/people?count=exact")).body.count.value).toBe(300)
  })
})
