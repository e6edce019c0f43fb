import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

async function make(path: string, body: object): Promise<string> {
  const answer = await shop.owner.post(path, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
interface Entry {
  version: number
  kind: string
  actor: { name: string | null }
  operation: { kind: string } | null
  changes: { field: string; from: unknown; to: unknown }[]
}
async function history(
  id: string,
  query = "",
): Promise<{ data: Entry[]; page: { next: string | null }; included: object }> {
  const answer = await shop.owner.get(`/people/${id}/history${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

it("tells who changed what, newest first and down to the creation, and by which operation", async () => {
  const companyId = await make("/companies", { name: "Bakers Ltd" })
  const id = await make("/people", { name: "Hanna History", jobTitle: "Baker" })
  const colleague = await app.member(shop, "member")
  app.clock.advance(60_000)
  await colleague.patch(`/people/${id}`, { jobTitle: "Master baker" })
  await shop.owner.patch(`/people/${id}`, { employments: [{ companyId, current: true }] })
  await shop.owner.post("/people/bulk", { ids: [id], action: "addTags", input: { tags: ["north"] } })
  await app.drain()
  await shop.owner.delete(`/people/${id}`)
  const { data, page, included } = await history(id)
  expect(data.map(({ kind }) => kind)).toEqual(["remove", "update", "update", "update", "create"])
  expect(data.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1])
  expect(data[3]).toMatchObject({
    operation: null,
    changes: [{ field: "jobTitle", from: "Baker", to: "Master baker" }],
  })
  expect(data[1]).toMatchObject({
    operation: { kind: "bulk" },
    changes: [{ field: "tags", from: [], to: ["north"] }],
  })
  expect(data[0]?.changes).toEqual([])
  const names = new Set(data.map(({ actor }) => actor.name))
  expect(names.size).toBe(2)
  expect(page.next).toBeNull()
  expect(included).toMatchObject({ companies: { [companyId]: "Bakers Ltd" } })
})

it("of one field leaves the others out", async () => {
  const id = await make("/people", { name: "Fabian Field" })
  for (const jobTitle of ["Apprentice", "Baker"]) await shop.owner.patch(`/people/${id}`, { jobTitle })
  await shop.owner.patch(`/people/${id}`, { name: "Fabian Feld", jobTitle: "Master" })
  const { data } = await history(id, "?field=jobTitle")
  expect(data.flatMap(({ changes }) => changes.map(({ to }) => to))).toEqual([
    "Master",
    "Baker",
    "Apprentice",
  ])
  expect(data.flatMap(({ changes }) => changes.map(({ field }) => field))).not.toContain("name")
  const wrong = await shop.owner.get(`/people/${id}/history?field=nothing`)
  expect(wrong.body).toMatchObject({ code: "validation_failed", errors: [{ path: "field" }] })
})

it("comes in pages, each change once", async () => {
  const id = await make("/people", { name: "Paula Pages" })
  for (let n = 0; n < 7; n++) await shop.owner.patch(`/people/${id}`, { jobTitle: `Step ${n}` })
  const seen: number[] = []
  let cursor: string | null = ""
  while (cursor !== null) {
    const { data, page } = await history(id, `?limit=3${cursor && `&cursor=${cursor}`}`)
    seen.push(...data.map(({ version }) => version))
    cursor = page.next
  }
  expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
})

it("of another workspace's record is not found", async () => {
  const id = await make("/people", { name: "Oda Ours" })
  const other = await app.workspace()
  expect((await other.owner.get(`/people/${id}/history`)).status).toBe(404)
})
