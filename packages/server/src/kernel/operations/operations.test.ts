import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Answer, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { cloneDatabase } from "../../../testing/database.ts"
import type { Connection } from "../db/pools.ts"

let connection: Connection
let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  connection = await cloneDatabase()
  app = await startTestApp({ connection })
  shop = await app.workspace()
})
afterAll(() => app.close())

async function company(name: string, parentId: string | null = null): Promise<string> {
  return (await shop.owner.post("/companies", { name, parentId })).body.data.id
}
/** Lets the jobs of an operation run to their end. */
async function ended(started: Answer): Promise<Operation> {
  expect(started.status, started.text).toBe(202)
  await app.drain()
  const { operationId, id } = started.body.data
  return (await shop.owner.get(`/operations/${operationId ?? id}`)).body.data
}
function setParent(ids: string[], parentId: string | null): Promise<Answer> {
  return shop.owner.post("/companies/bulk", { ids, action: "update", input: { values: { parentId } } })
}

it("leaves alone what a rule refuses, says which and why, and goes on with the others", async () => {
  const mother = await company("Mother")
  const daughter = await company("Daughter", mother)
  const friend = await company("Friend")
  const operation = await ended(await setParent([mother, friend], daughter))
  expect(operation).toMatchObject({
    status: "done",
    done: 2,
    error: null,
    canUndo: true,
    summary: {
      changed: 1,
      refusedCount: 1,
      refused: [{ id: mother, entity: "companies", name: "Mother", fields: ["parentId"], reason: "cycle" }],
    },
  })
  const [above, below] = [
    await shop.owner.get(`/companies/${mother}`),
    await shop.owner.get(`/companies/${friend}`),
  ]
  expect([above.body.data.parentId, above.body.data.version]).toEqual([null, 1])
  expect(below.body.data.parentId).toBe(daughter)

  const restarted = await startTestApp({ connection })
  const again = await restarted.as(shop.apiKey).get(`/operations/${operation.id}`)
  expect(again.body.data).toEqual(operation)
  await restarted.close()
})

it("goes on beyond a step with a refused record, and takes back what was done", async () => {
  const names = Array.from({ length: 501 }, (_, index) => ({
    name: `Branch ${String(index).padStart(3, "0")}`,
  }))
  const made = (await shop.owner.post("/companies/batch", { rows: names })).body.data
  const ids = made.map(({ id }: { id: string }) => id)
  const operation = await ended(await setParent(ids, ids[0]))
  expect(operation).toMatchObject({ status: "done", done: 501, summary: { changed: 500, refusedCount: 1 } })
  const undo = await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  expect(undo).toMatchObject({ status: "done", error: null, summary: { restored: 500, keptCount: 0 } })
  expect((await shop.owner.get(`/companies/${ids[1]}`)).body.data.parentId).toBeNull()
})

it("counts nothing as changed by others that a refused undo has put back already", async () => {
  const head = await company("Trunk")
  const rows = Array.from({ length: 501 }, (_, index) => ({ name: `Twig ${index}`, parentId: head }))
  const made = (await shop.owner.post("/companies/batch", { rows })).body.data
  const ids: string[] = made.map(({ id }: { id: string }) => id).sort()
  const operation = await ended(await setParent(ids, null))
  await shop.owner.patch(`/companies/${head}`, { parentId: ids.at(-1) })
  const refused = await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  const kept = [{ id: ids.at(-1), fields: ["parentId"], reason: "cycle" }]
  expect(refused).toMatchObject({ status: "done", summary: { restored: 500, keptCount: 1, kept } })
  await shop.owner.patch(`/companies/${head}`, { parentId: null })
  const undone = await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  expect(undone).toMatchObject({ status: "done", summary: { restored: 1, keptCount: 0 } })
})

it("keeps what a rule does not let an undo put back, and lets it be tried again once nothing is in its way", async () => {
  const head = await company("Head")
  const shopBelow = await company("Shop", head)
  const operation = await ended(await setParent([shopBelow], null))
  await shop.owner.patch(`/companies/${head}`, { parentId: shopBelow })
  const refused = await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  expect(refused).toMatchObject({ status: "done", summary: { restored: 0, kept: [{ reason: "cycle" }] } })
  expect((await shop.owner.get(`/operations/${operation.id}`)).body.data).toMatchObject({
    status: "done",
    canUndo: true,
  })
  await shop.owner.patch(`/companies/${head}`, { parentId: null })
  const undone = await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  expect(undone).toMatchObject({ status: "done", summary: { restored: 1, keptCount: 0 } })
  expect((await shop.owner.get(`/companies/${shopBelow}`)).body.data.parentId).toBe(head)
})

it("does bulk changes and undos in the name of whoever started them", async () => {
  const anna = await app.member(shop, "member")
  const berta = await app.member(shop, "member")
  const input = { values: { jobTitle: "Baker" } }
  const made = await shop.owner.post("/people", { name: "Nora" })
  const { id } = made.body.data
  const operation = await ended(await anna.post("/people/bulk", { ids: [id], action: "update", input }))
  await ended(await berta.post(`/operations/${operation.id}/undo`))
  const timeline = await shop.owner.get(`/people/${id}/timeline`)
  expect(timeline.body.data.map((entry: { actor: { id: string } }) => entry.actor.id)).toEqual([
    berta.memberId,
    anna.memberId,
    shop.ownerId,
  ])
})

it("ends an undo that was asked to stop, and lets the rest be taken back later", async () => {
  const root = await company("Root")
  const leaves = [await company("Leaf 1", root), await company("Leaf 2", root)]
  const operation = await ended(await setParent(leaves, null))
  const started = await shop.owner.post(`/operations/${operation.id}/undo`)
  expect((await shop.owner.post(`/operations/${started.body.data.id}/cancel`)).status).toBe(200)
  const stopped = await ended(started)
  expect(stopped).toMatchObject({ status: "cancelled", finishedAt: expect.any(String) })
  expect((await shop.owner.get(`/companies/${leaves[0]}`)).body.data.parentId).toBeNull()
  const undone = await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  expect(undone).toMatchObject({ status: "done", summary: { restored: 2, keptCount: 0 } })
})

it("asks for the same permission to stop or take back as to start", async () => {
  const member = await app.member(shop, "member")
  const manager = await app.member(shop, "manager")
  const backup = (await shop.owner.post("/backups")).body.data
  expect((await manager.post(`/operations/${backup.id}/cancel`)).status).toBe(403)
  expect((await shop.owner.post(`/operations/${backup.id}/cancel`)).status).toBe(200)
  const operation = await ended(await setParent([await company("Alone")], await company("Above")))
  expect((await member.post(`/operations/${operation.id}/undo`)).status).toBe(202)
})

it("says on what was taken back which records somebody had changed since and kept", async () => {
  const [mine, theirs] = [await company("Mine"), await company("Theirs")]
  const operation = await ended(
    await shop.owner.post("/companies/bulk", {
      ids: [mine, theirs],
      action: "update",
      input: { values: { lifecycleStage: "lead" } },
    }),
  )
  await shop.owner.patch(`/companies/${theirs}`, { lifecycleStage: "customer" })
  await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
  const undone = (await shop.owner.get(`/operations/${operation.id}`)).body.data
  expect(undone).toMatchObject({ status: "undone", canUndo: false })
  expect(undone.summary).toMatchObject({
    changed: 2,
    undo: {
      restored: 1,
      keptCount: 1,
      kept: [
        {
          ...{ id: theirs, entity: "companies", name: "Theirs" },
          ...{ fields: ["lifecycleStage"], reason: "changed_since" },
        },
      ],
    },
  })
})
