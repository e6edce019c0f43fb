import { afterAll, beforeAll, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { giveUpJobs, loseJobs, nextTurn } from "../../../testing/stranded.ts"
import { runImport } from "./run-import.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

const count = 2500
async function uploaded(): Promise<{ workspace: TestWorkspace; id: string; path: string }> {
  const workspace = await app.workspace()
  const names = Array.from({ length: count }, (_, n) => `P ${n},p${n}@example.com`)
  const { id } = (await upload(workspace.owner, ["Name,E-mail", ...names].join("\n"))).body.data
  return { workspace, id, path: `/imports/${id}` }
}
/** An import whose first turn has written a part of the file, and whose next waits. */
async function halfRun() {
  const given = await uploaded()
  const { workspace, id, path } = given
  expect((await workspace.owner.post(`${path}/run`)).status).toBe(202)
  expect(await runImport(app.services, workspace.id, id, { milliseconds: 0 })).toBe(true)
  return given
}
async function statusOf(id: string): Promise<{ status: string; job_token: string | null }> {
  const { rows } = await app.services.pools.owner.query(
    "select status, job_token from imports where id = $1",
    [id],
  )
  return rows[0]
}

it("an import that was given up fails with its operation, keeps what it imported, and can be undone", async () => {
  const { workspace, id, path } = await halfRun()
  const imported = (await workspace.owner.get(path)).body.data.counts.created
  expect(imported).toBeGreaterThan(0)
  expect(imported).toBeLessThan(count)
  await giveUpJobs(app)
  await nextTurn(app)
  const ended = (await workspace.owner.get(path)).body.data
  expect(ended).toMatchObject({ status: "failed", error: expect.stringMatching(/several times/) })
  expect(ended.operation).toMatchObject({ status: "failed", error: ended.error, canUndo: true })
  expect(await statusOf(id)).toEqual({ status: "failed", job_token: null })
  expect(await app.records(workspace, "people")).toHaveLength(imported)

  expect((await workspace.owner.post(`${path}/undo`)).status).toBe(202)
  await app.drain()
  expect((await workspace.owner.get(path)).body.data.status).toBe("undone")
  expect(await app.records(workspace, "people")).toEqual([])
})

it("an import whose job was lost goes on to its end", async () => {
  const { workspace, id, path } = await halfRun()
  await loseJobs(app)
  await nextTurn(app)
  await app.drain()
  expect((await workspace.owner.get(path)).body.data).toMatchObject({
    status: "done",
    counts: { rows: count, created: count },
  })
  expect((await statusOf(id)).status).toBe("done")
})

it("a check that was given up fails and can be begun again; one that was lost goes on", async () => {
  const { workspace, path } = await uploaded()
  const view = async () => (await workspace.owner.get(path)).body.data
  expect((await workspace.owner.post(`${path}/check`)).status).toBe(202)
  await giveUpJobs(app)
  await nextTurn(app)
  expect(await view()).toMatchObject({ status: "failed", error: expect.any(String), operation: null })
  expect((await workspace.owner.post(`${path}/check`)).status).toBe(202)
  await loseJobs(app)
  await nextTurn(app)
  await app.drain()
  expect(await view()).toMatchObject({ status: "checked", error: null, counts: { rows: count } })
})

it("a check that could not go on fails nothing but a check", async () => {
  const { workspace, id, path } = await halfRun()
  const check = app.services.registry.jobs.get("imports.check")?.undertaking
  await app.inWorkspace(workspace, async (ctx) => check?.fail(ctx, id, "from before"))
  expect((await workspace.owner.get(path)).body.data).toMatchObject({ status: "running", error: null })
  await app.drain()
  expect((await statusOf(id)).status).toBe("done")
})
