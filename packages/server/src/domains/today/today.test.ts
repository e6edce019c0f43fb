import { people } from "@regulars/contract/domains/people.ts"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { reportProgress, startOperation } from "../../kernel/operations/operations.ts"
import { insertRecords } from "../../kernel/records/insert.ts"
import { touch } from "../people/index.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  // A Wednesday.
  app.clock.now = new Date("2026-03-18T10:00:00Z")
  shop = await app.workspace()
  await shop.owner.patch("/workspace", { timeZone: "Europe/Berlin" })
})
afterAll(() => app.close())

async function create(entity: string, values: object): Promise<string> {
  const answer = await shop.owner.post(`/${entity}?allowDuplicate=true`, values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
async function today(client = shop.owner) {
  const answer = await client.get("/today")
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}
const days = (count: number) => count * 24 * 60 * 60 * 1000

describe("tasks of today", () => {
  it("are one's own open ones, by when they are due, with whom they are about", async () => {
    const person = await create("people", { name: "Anna" })
    const about = [{ type: "person", id: person }]
    const due: [string, string | undefined][] = [
      ["overdue", "2026-03-17"],
      ["today", "2026-03-18"],
      ["tomorrow", "2026-03-19"],
      ["sunday", "2026-03-22"],
      ["monday", "2026-03-23"],
      ["whenever", undefined],
    ]
    for (const [title, dueDate] of due) await create("tasks", { title, about, ...(dueDate && { dueDate }) })
    await create("tasks", { title: "later today", dueDate: "2026-03-18", dueTime: "16:00" })
    await create("tasks", { title: "done", dueDate: "2026-03-18", status: "done" })
    await create("tasks", { title: "nobody's", dueDate: "2026-03-18", assigneeId: null })
    await shop.owner.delete(`/tasks/${await create("tasks", { title: "gone", dueDate: "2026-03-18" })}`)
    const { tasks } = await today()
    const titles = (section: { lines: { title: string }[] }) => section.lines.map(({ title }) => title)
    expect(titles(tasks.overdue)).toEqual(["overdue"])
    expect(titles(tasks.today)).toEqual(["later today", "today"])
    expect(titles(tasks.thisWeek)).toEqual(["tomorrow", "sunday"])
    expect(titles(tasks.later)).toEqual(["monday", "whenever"])
    expect(tasks.overdue.lines[0]).toMatchObject({
      version: 1,
      about: [{ type: "person", id: person, name: "Anna" }],
    })
    expect([tasks.today.count, tasks.later.count]).toEqual([2, 2])
  })

  it("follow the day it is for the member", async () => {
    await create("tasks", { title: "call", dueDate: "2026-03-19" })
    await shop.owner.patch("/members/me", { timeZone: "Pacific/Kiritimati" })
    const data = await today()
    expect(data.day).toBe("2026-03-19")
    expect(data.tasks.today.count).toBe(1)
  })

  it("are counted beyond those shown", async () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({ title: `Task ${index}`, dueDate: "2026-03-01" }))
    await shop.owner.post("/tasks/batch", { rows })
    const { tasks } = await today()
    expect([tasks.overdue.count, tasks.overdue.lines.length]).toEqual([60, 50])
  })
})

describe("people lately added", () => {
  it("stand one by one, batches and imports as one line", async () => {
    app.clock.advance(-days(8))
    await create("people", { name: "Long ago" })
    app.clock.advance(days(8))
    const one = await create("people", { name: "One" })
    app.clock.advance(1000)
    await shop.owner.post("/people/batch", { rows: ["A", "B", "C", "D"].map((name) => ({ name })) })
    app.clock.advance(1000)
    const operationId = await app.inWorkspace(shop, async (ctx) => {
      const id = await startOperation(ctx, { kind: "import", entity: "people" })
      const inputs = Array.from({ length: 40 }, (_, index) => ({ values: { name: `Imported ${index}` } }))
      await insertRecords(ctx, people, inputs, { operationId: id })
      await reportProgress(ctx, id, { status: "done", done: 41, summary: { created: 40 } })
      return id
    })
    const { additions } = await today()
    expect(additions).toMatchObject({
      more: false,
      lines: [
        { operationId, count: 40, actor: null, people: [{ name: "Imported 0" }, {}, { name: "Imported 2" }] },
        { operationId: null, count: 4, people: [{ name: "A" }, { name: "B" }, { name: "C" }] },
        { operationId: null, count: 1, actor: { id: shop.ownerId }, people: [{ id: one, name: "One" }] },
      ],
    })
    await shop.owner.delete(`/people/${one}`)
    await app.inWorkspace(shop, (ctx) => reportProgress(ctx, operationId, { status: "undone" }))
    expect((await today()).additions.lines.map(({ count }: { count: number }) => count)).toEqual([4])
  })
})

describe("birthdays", () => {
  it("of the next 14 days come in the order of the days, with age and ways to call", async () => {
    const emails = [{ address: "second@example.com" }, { address: "first@example.com", preferred: true }]
    const phones = [{ number: "+49 30 1234567" }]
    const anna = await create("people", {
      name: "Anna",
      birthday: { month: 3, day: 20, year: 1980 },
      emails,
      phones,
    })
    const bo = await create("people", { name: "Bo", birthday: { month: 3, day: 18 } })
    await create("people", { name: "Over", birthday: { month: 4, day: 1 } })
    await create("people", { name: "Past", birthday: { month: 3, day: 17 } })
    const gone = await create("people", { name: "Gone", birthday: { month: 3, day: 18 } })
    await shop.owner.delete(`/people/${gone}`)
    expect((await today()).birthdays).toEqual({
      more: false,
      lines: [
        {
          person: { id: bo, name: "Bo", email: null, phone: null },
          on: "2026-03-18",
          reason: { days: 0, age: null },
        },
        {
          person: { id: anna, name: "Anna", email: "first@example.com", phone: "+49301234567" },
          on: "2026-03-20",
          reason: { days: 2, age: 46 },
        },
      ],
    })
  })
})

describe("people nobody was in touch with", () => {
  it("are customers, key customers first, then by how long it has been", async () => {
    const seen = async (values: object, daysAgo: number | null) => {
      const id = await create("people", values)
      const at = new Date(app.clock.now.getTime() - days(daysAgo ?? 0)).toISOString()
      if (daysAgo !== null) await app.inWorkspace(shop, (ctx) => touch(ctx, [{ type: "person", id }], at))
    }
    await seen({ name: "Regular 90", lifecycleStage: "regular" }, 90)
    await seen({ name: "Customer never", lifecycleStage: "customer" }, null)
    await seen({ name: "Qualified 200", lifecycleStage: "qualified" }, 200)
    await seen({ name: "High 61", keyCustomer: "high" }, 61)
    await seen({ name: "Vip never", keyCustomer: "vip", lifecycleStage: "lost" }, null)
    await seen({ name: "Vip 70", keyCustomer: "vip" }, 70)
    await seen({ name: "Vip yesterday", keyCustomer: "vip" }, 1)
    await seen({ name: "Lead 100", lifecycleStage: "lead" }, 100)
    await seen({ name: "Low 100", keyCustomer: "low" }, 100)
    const { quiet } = await today()
    expect(
      quiet.lines.map(({ person, reason }: { person: { name: string }; reason: object }) => [
        person.name,
        reason,
      ]),
    ).toEqual([
      ["Vip 70", { days: 70, mark: "vip", stage: null }],
      ["Vip never", { days: null, mark: "vip", stage: "lost" }],
      ["High 61", { days: 61, mark: "high", stage: null }],
      ["Qualified 200", { days: 200, mark: null, stage: "qualified" }],
      ["Regular 90", { days: 90, mark: null, stage: "regular" }],
      ["Customer never", { days: null, mark: null, stage: "customer" }],
    ])
  })

  it("are shown up to fifty, and said to be more", async () => {
    const rows = Array.from({ length: 55 }, (_, index) => ({
      name: `C ${index}`,
      lifecycleStage: "customer",
    }))
    await shop.owner.post("/people/batch", { rows })
    const { quiet } = await today()
    expect([quiet.lines.length, quiet.more]).toEqual([50, true])
  })
})

it("a viewer sees today too, of their own workspace only", async () => {
  await create("people", { name: "Hidden", lifecycleStage: "customer", birthday: { month: 3, day: 18 } })
  await create("tasks", { title: "Hidden", dueDate: "2026-03-18" })
  const stranger = await app.workspace()
  expect(JSON.stringify(await today(stranger.owner))).not.toContain("Hidden")
  const viewer = await app.member(shop, "viewer")
  const data = await today(viewer)
  expect(data.tasks.today.count).toBe(0)
  expect(data.birthdays.lines).toHaveLength(1)
})

it("takes the same few statements, however much there is to do", async () => {
  await today()
  app.statements.length = 0
  await today()
  const few = app.statements.length
  const person = await create("people", {
    name: "Anna",
    lifecycleStage: "customer",
    birthday: { month: 3, day: 18 },
  })
  const about = [{ type: "person", id: person }]
  await shop.owner.post("/tasks/batch", {
    rows: Array.from({ length: 80 }, (_, index) => ({ title: `T ${index}`, about, dueDate: "2026-03-18" })),
  })
  app.statements.length = 0
  await today()
  expect(app.statements.length).toBeLessThanOrEqual(few + 3)
  expect(app.statements.length).toBeLessThanOrEqual(8)
})
