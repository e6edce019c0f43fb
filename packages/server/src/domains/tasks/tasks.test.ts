import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let person: string
let company: string
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  app.clock.now = new Date("2026-03-18T10:00:00Z")
  shop = await app.workspace()
  await shop.owner.patch("/workspace", { timeZone: "Europe/Berlin" })
  company = (await shop.owner.post("/companies", { name: "Acme" })).body.data.id
  person = (await shop.owner.post("/people", { name: "Anna", companyId: company })).body.data.id
})
afterAll(() => app.close())

async function create(values: object, client: Client = shop.owner) {
  const answer = await client.post("/tasks", { title: "Call back", ...values })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
async function told(client: Client): Promise<{ kind: string; subject: { id: string; title: string } }[]> {
  await app.drain()
  return (await client.get("/notifications")).body.data
}
const runReminders = () =>
  app.inWorkspace(shop, async (ctx) => app.services.registry.jobs.get("tasks.remind")?.handle(ctx, {}))

describe("tasks", () => {
  it("need a title only", async () => {
    expect(await create({})).toMatchObject({
      status: "open",
      priority: "normal",
      assigneeId: shop.ownerId,
      doneAt: null,
      zone: null,
    })
  })

  it("finished stand on the timelines of those they are about, and count as contact", async () => {
    const task = await create({ about: [{ type: "person", id: person }] })
    app.clock.advance(3_600_000)
    const done = (await shop.owner.patch(`/tasks/${task.id}`, { status: "done" })).body.data
    expect(done.doneAt).toBe(app.clock.now.toISOString())
    for (const path of [`/people/${person}`, `/companies/${company}`]) {
      const { data } = (await shop.owner.get(`${path}/timeline?types=task`)).body
      expect(data.map((entry: { type: string }) => entry.type)).toEqual(["task.done", "task.created"])
      expect((await shop.owner.get(path)).body.data.lastActivityAt).toBe(done.doneAt)
    }
    const other = (await shop.owner.post("/people", { name: "Bo" })).body.data.id
    await shop.owner.patch(`/tasks/${task.id}`, { about: [{ type: "person", id: other }] })
    const { data: left } = (await shop.owner.get(`/people/${person}/timeline?types=task`)).body
    const { data: moved } = (await shop.owner.get(`/people/${other}/timeline?types=task`)).body
    expect([left.length, moved.length]).toEqual([0, 2])
  })

  it("finished together can be opened again together", async () => {
    const ids = [await create({}), await create({})].map(({ id }) => id)
    const started = await shop.owner.post("/tasks/bulk", {
      ids,
      action: "update",
      input: { values: { status: "done" } },
    })
    await app.drain()
    const { operationId } = started.body.data
    await shop.owner.post(`/operations/${operationId}/undo`)
    await app.drain()
    for (const id of ids)
      expect((await shop.owner.get(`/tasks/${id}`)).body.data).toMatchObject({ status: "open", doneAt: null })
  })

  it("can't be made or finished by a viewer", async () => {
    const viewer = await app.member(shop, "viewer")
    const { id } = await create({})
    expect((await viewer.post("/tasks", { title: "x" })).status).toBe(403)
    expect((await viewer.patch(`/tasks/${id}`, { status: "done" })).status).toBe(403)
  })
})

describe("assignees", () => {
  it("are told of tasks others gave them, not of their own", async () => {
    const colleague = await app.member(shop, "member")
    const given = await create({ title: "Given", assigneeId: colleague.memberId })
    await create({ title: "Own" }, colleague)
    expect(await told(colleague)).toMatchObject([
      { kind: "assigned", subject: { id: given.id, title: "Given" }, actor: { id: shop.ownerId } },
    ])
    expect(await told(shop.owner)).toEqual([])
  })

  it("are told each time a task comes to them, and of no other change", async () => {
    const colleague = await app.member(shop, "member")
    const { id } = await create({})
    for (const assigneeId of [colleague.memberId, shop.ownerId, colleague.memberId]) {
      await shop.owner.patch(`/tasks/${id}`, { assigneeId })
      await app.drain()
    }
    await shop.owner.patch(`/tasks/${id}`, { title: "Renamed" })
    expect(await told(colleague)).toHaveLength(2)
    // What went to and fro before anyone was told is told as it stands in the end.
    for (const assigneeId of [shop.ownerId, colleague.memberId])
      await shop.owner.patch(`/tasks/${id}`, { assigneeId })
    expect(await told(colleague)).toHaveLength(3)
    const finished = await create({})
    await shop.owner.patch(`/tasks/${finished.id}`, { status: "done", assigneeId: colleague.memberId })
    expect(await told(colleague)).toHaveLength(3)
  })

  it("hear nothing of tasks that were deleted since", async () => {
    const colleague = await app.member(shop, "member")
    const { id } = await create({ assigneeId: colleague.memberId })
    expect(await told(colleague)).toHaveLength(1)
    await shop.owner.delete(`/tasks/${id}`)
    expect((await colleague.get("/notifications")).body).toMatchObject({ data: [], unread: 0 })
  })
})

describe("reminders", () => {
  it("come once for each time a task is due", async () => {
    const task = await create({
      dueDate: "2026-03-18",
      dueTime: "14:00",
      about: [{ type: "person", id: person }],
    })
    await runReminders()
    expect(await told(shop.owner)).toEqual([])
    app.clock.now = new Date("2026-03-18T13:00:00Z")
    for (let turn = 0; turn < 3; turn++) await runReminders()
    expect(await told(shop.owner)).toMatchObject([
      { kind: "due", actor: null, subject: { id: task.id }, about: [{ id: person, name: "Anna" }] },
    ])
    await shop.owner.patch(`/tasks/${task.id}`, { dueDate: "2026-03-20" })
    app.clock.now = new Date("2026-03-20T13:00:00Z")
    for (let turn = 0; turn < 3; turn++) await runReminders()
    expect(await told(shop.owner)).toHaveLength(2)
  })

  it("come in the morning of the assignee's zone", async () => {
    const colleague = await app.member(shop, "member")
    await colleague.patch("/members/me", { timeZone: "Asia/Tokyo" })
    await create({ dueDate: "2026-03-19", assigneeId: shop.ownerId })
    await create({ dueDate: "2026-03-19" }, colleague)
    app.clock.now = new Date("2026-03-19T00:00:00Z")
    await runReminders()
    expect([await told(colleague), await told(shop.owner)].map((list) => list.length)).toEqual([1, 0])
  })

  it("spare those who are done, gone, deleted or long past", async () => {
    const gone = await app.member(shop, "member")
    await create({ dueDate: "2026-03-18" }, gone)
    await shop.owner.patch(`/members/${gone.memberId}`, { active: false })
    await create({ dueDate: "2026-03-17", status: "done" })
    await create({ dueDate: "2026-03-01" })
    await create({ dueDate: "2026-03-17", assigneeId: null })
    const { id } = await create({ dueDate: "2026-03-17" })
    await shop.owner.delete(`/tasks/${id}`)
    await runReminders()
    expect(await told(shop.owner)).toEqual([])
    const { rows } = await app.services.pools.owner.query(
      "select from notifications where workspace_id = $1",
      [shop.id],
    )
    expect(rows).toHaveLength(0)
  })

  it("wake the screens of the member they are for", async () => {
    const messages: unknown[] = []
    const stop = app.services.live.subscribe(shop.id, (message) => messages.push(message))
    await create({ dueDate: "2026-03-18" })
    await runReminders()
    await runReminders()
    stop()
    expect(messages.filter((message) => (message as { type: string }).type === "notification")).toEqual([
      { type: "notification", memberId: shop.ownerId },
    ])
  })
})
