import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  type Answer,
  type Client,
  startTestApp,
  type TestApp,
  type TestWorkspace,
} from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  owner = shop.owner
})
afterAll(() => app.close())

async function people(...names: string[]): Promise<string[]> {
  const answer = await owner.post("/people/batch", { rows: names.map((name) => ({ name })) })
  return answer.body.data.map(({ id }: { id: string }) => id)
}
async function ended(started: Answer): Promise<Operation> {
  expect(started.status, started.text).toBe(202)
  await app.drain()
  const { operationId, id } = started.body.data
  return (await owner.get(`/operations/${operationId ?? id}`)).body.data
}
async function foresee(body: object, caller = owner) {
  const answer = await caller.post("/people/bulk/preview", body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}

describe("the preview of a bulk action", () => {
  it("says for how many what would change, who is so already and who is refused, and changes nothing", async () => {
    const ids = await people("Ada", "Bo", "Cy")
    await owner.patch(`/people/${ids[1]}`, { name: null, emails: [{ address: "bo@example.com" }] })
    await owner.patch(`/people/${ids[2]}`, { emails: [{ address: "cy@example.com" }] })
    // Ada has nothing but her name to be called by.
    const body = { ids, action: "update", input: { values: { name: null } } }
    const foreseen = await foresee(body)
    expect(foreseen).toEqual({
      total: 3,
      changed: 1,
      refusedCount: 1,
      refused: [{ id: ids[0], entity: "people", name: "Ada", fields: ["name"], reason: "required" }],
      isWhole: true,
    })
    expect((await owner.get(`/people/${ids[2]}`)).body.data).toMatchObject({ name: "Cy", version: 2 })
    const { summary } = await ended(await owner.post("/people/bulk", body))
    expect(summary).toMatchObject({ changed: 1, refusedCount: 1, refused: foreseen.refused })
  })
  it("tells by the filter as by ids, and of what lies in the bin for a restore", async () => {
    const ids = await people("Filter One", "Filter Two")
    const filter = { field: "name", op: "startsWith", value: "Filter" }
    expect(await foresee({ filter, action: "delete" })).toMatchObject({ total: 2, changed: 2 })
    await ended(await owner.post("/people/bulk", { ids, action: "delete" }))
    expect(await foresee({ filter, action: "delete" })).toMatchObject({ total: 0, changed: 0 })
    expect(await foresee({ filter, action: "restore" })).toMatchObject({ total: 2, changed: 2 })
  })
  it("refuses what starting would refuse", async () => {
    const [id] = await people("Zed")
    const body = { ids: [id], action: "update", input: { values: { nonsense: 1 } } }
    for (const path of ["/people/bulk", "/people/bulk/preview"]) {
      expect((await owner.post(path, body)).status).toBe(422)
      expect((await owner.post(path, { ...body, action: "vanish" })).status).toBe(422)
    }
    const viewer = await app.member(shop, "viewer")
    expect((await viewer.post("/people/bulk/preview", body)).status).toBe(403)
  })
})

it("what was done can be asked for by its kind and by who began it, page by page", async () => {
  const member = await app.member(shop, "member")
  const ids = await people("Kind")
  for (const [caller, tag] of [
    [owner, "a"],
    [member, "b"],
    [member, "c"],
  ] as const)
    await ended(await caller.post("/people/bulk", { ids, action: "addTags", input: { tags: [tag] } }))
  const [last] = (await owner.get("/operations?kinds=bulk&limit=1")).body.data
  await ended(await owner.post(`/operations/${last.id}/undo`))
  const listed = async (query: string) => (await owner.get(`/operations?${query}`)).body
  const of = async (query: string) =>
    (await listed(query)).data.map(({ kind, createdBy }: Operation) => [kind, createdBy === member.memberId])
  expect(await of(`kinds=bulk&memberId=${member.memberId}`)).toEqual([
    ["bulk", true],
    ["bulk", true],
  ])
  expect(await of("kinds=undo,merge")).toEqual([["undo", false]])
  expect(await of("kinds=nonsense")).toEqual([])
  const first = await listed(`memberId=${member.memberId}&limit=1`)
  const second = await listed(`memberId=${member.memberId}&limit=1&cursor=${first.page.next}`)
  expect([first.data[0].id, second.data[0].id]).toEqual([last.id, expect.not.stringMatching(last.id)])
  expect(second.page.next).toBeNull()
})

describe("assigning tasks", () => {
  const open = { filter: { field: "title", op: "is", value: "Call about the fair" } }
  const input = { title: "Call about the fair", dueDate: "2026-04-01" }
  const tasks = async () => (await owner.post("/tasks/query", open)).body.data

  it("gives each selected record a task of its own, which undo takes back unless somebody worked with it", async () => {
    const ids = await people("Task One", "Task Two", "Task Three")
    const member = await app.member(shop, "member")
    const body = { ids, action: "assignTask", input: { ...input, assigneeId: member.memberId } }
    expect(await foresee(body)).toMatchObject({ total: 3, changed: 3, refusedCount: 0 })
    expect(await tasks()).toEqual([])
    const operation = await ended(await owner.post("/people/bulk", body))
    expect(operation).toMatchObject({ status: "done", summary: { action: "assignTask", changed: 3 } })
    const made = await tasks()
    expect(made.map((task: { about: { id: string }[] }) => task.about[0]?.id).sort()).toEqual(ids.toSorted())
    expect(made[0]).toMatchObject({ dueDate: "2026-04-01", assigneeId: member.memberId, status: "open" })
    const story = (await owner.get(`/people/${ids[0]}/timeline`)).body.data
    expect(story[0].type).toBe("task.created")

    await owner.patch(`/tasks/${made[0].id}`, { status: "done" })
    const undone = await ended(await owner.post(`/operations/${operation.id}/undo`))
    expect(undone.summary).toMatchObject({ removed: 2, keptCount: 1, kept: [{ id: made[0].id }] })
    expect((await tasks()).map(({ id }: { id: string }) => id)).toEqual([made[0].id])
  })
  it("refuses at once a task that can't be", async () => {
    const ids = await people("Nobody's")
    const start = (path: string, given: object) =>
      owner.post(path, { ids, action: "assignTask", input: given })
    for (const wrong of [{}, { ...input, assigneeId: ids[0] }, { ...input, dueTime: "09:00", dueDate: null }])
      for (const path of ["/people/bulk", "/people/bulk/preview"])
        expect((await start(path, wrong)).status, JSON.stringify(wrong)).toBe(422)
    const note = await owner.post("/notes", { text: "n", about: [] })
    const body = { ids: [note.body.data.id], action: "assignTask", input }
    expect((await owner.post("/notes/bulk", body)).body.errors[0].code).toBe("unknown_action")
  })
})
