import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { giveUpJobs, loseJobs, nextTurn } from "../../../testing/stranded.ts"
import { type QueuedWork, runQueuedWork } from "./run.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

/** Starts a change of 501 companies, which takes two steps, and does the first. */
async function halfChanged(): Promise<{ ids: string[]; operationId: string }> {
  const rows = Array.from({ length: 501 }, (_, index) => ({ name: `Branch ${index}` }))
  const made = (await shop.owner.post("/companies/batch", { rows })).body.data
  const ids: string[] = made.map(({ id }: { id: string }) => id)
  await app.drain()
  const input = { tags: ["north"] }
  const started = await shop.owner.post("/companies/bulk", { ids, action: "addTags", input })
  expect(started.status, started.text).toBe(202)
  await oneStep()
  await dispatched()
  return { ids, operationId: started.body.data.operationId }
}
/** Runs the one job that waits, once. */
async function oneStep(): Promise<void> {
  const { owner } = app.services.pools
  const { rows } = await owner.query<{ id: string; payload: QueuedWork }>(
    `select done.id, done.payload from graphile_worker.complete_jobs(array(select id from graphile_worker.jobs)) done`,
  )
  expect(rows).toHaveLength(1)
  for (const { payload } of rows) await runQueuedWork(app.services, payload)
}
/** Events of the step have been told of, so that the step after it is all that waits. */
async function dispatched(): Promise<void> {
  await app.services.pools.owner.query("update events set pending = false where pending")
}
async function operation(id: string) {
  return (await shop.owner.get(`/operations/${id}`)).body.data
}
async function tagged(): Promise<number> {
  const filter = { field: "tags", op: "hasAll", value: ["north"] }
  const answer = await shop.owner.post("/companies/query", { filter, ids: true })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.ids.length
}

describe("an operation", () => {
  it("whose job has used up its attempts ends with a sentence, keeps what it did, and can be undone", async () => {
    const { operationId } = await halfChanged()
    await giveUpJobs(app)
    await nextTurn(app)
    const ended = await operation(operationId)
    expect(ended).toMatchObject({ status: "failed", done: 500, canUndo: true })
    expect(ended.finishedAt).not.toBeNull()
    expect(ended.error).toMatch(/several times/)
    expect(await tagged()).toBe(500)
    await nextTurn(app)
    expect(await operation(operationId)).toEqual(ended)

    const undo = (await shop.owner.post(`/operations/${operationId}/undo`)).body.data
    await app.drain()
    expect(await operation(undo.id)).toMatchObject({ status: "done", summary: { restored: 500 } })
    expect(await tagged()).toBe(0)
  })

  it("whose job was lost goes on where it was", async () => {
    const { operationId } = await halfChanged()
    await loseJobs(app)
    await nextTurn(app)
    await nextTurn(app)
    await app.drain()
    expect(await operation(operationId)).toMatchObject({ status: "done", done: 501, error: null })
    expect(await tagged()).toBe(501)
  })

  it("is left alone while its job waits, or is at work for the last time; killed in that, it ends", async () => {
    const { operationId } = await halfChanged()
    await nextTurn(app)
    expect((await operation(operationId)).status).toBe("running")
    const { owner } = app.services.pools
    await owner.query(
      "update graphile_worker._private_jobs set attempts = max_attempts, locked_at = now(), locked_by = 'worker-last'",
    )
    await nextTurn(app)
    expect((await operation(operationId)).status).toBe("running")
    await owner.query("select graphile_worker.force_unlock_workers(array['worker-last'])")
    await nextTurn(app)
    expect((await operation(operationId)).status).toBe("failed")
  })

  it("can be taken back anew after its undo was given up", async () => {
    const { operationId } = await halfChanged()
    await app.drain()
    const first = (await shop.owner.post(`/operations/${operationId}/undo`)).body.data
    await giveUpJobs(app)
    await nextTurn(app)
    expect(await operation(first.id)).toMatchObject({ status: "failed", error: expect.any(String) })
    const second = (await shop.owner.post(`/operations/${operationId}/undo`)).body.data
    await app.drain()
    expect(await operation(second.id)).toMatchObject({ status: "done", summary: { restored: 501 } })
    expect(await tagged()).toBe(0)
  })

  it("that is a backup ends too", async () => {
    const { id } = (await shop.owner.post("/backups")).body.data
    await giveUpJobs(app)
    await nextTurn(app)
    expect(await operation(id)).toMatchObject({ status: "failed", error: expect.any(String) })
  })

  it("says so in the language of the workspace", async () => {
    await shop.owner.patch("/workspace", { language: "de" })
    const { operationId } = await halfChanged()
    await giveUpJobs(app)
    await nextTurn(app)
    expect((await operation(operationId)).error).toMatch(/mehrmals/)
  })
})
