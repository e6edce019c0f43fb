import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let workspace: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  workspace = await app.workspace()
})
afterAll(() => app?.close())

describe("backups on request", () => {
  it("are made in the background and listed, newest first", async () => {
    expect((await workspace.owner.get("/backups")).body).toMatchObject({ data: [] })
    const started = await workspace.owner.post("/backups")
    expect(started.status).toBe(202)
    expect(started.body.data).toMatchObject({ kind: "backup", status: "queued" })
    await app.drain()
    const operation = (await workspace.owner.get(`/operations/${started.body.data.id}`)).body.data
    expect(operation).toMatchObject({ status: "done", canUndo: false })
    expect(operation.total).toBeGreaterThan(0)
    app.clock.advance(60_000)
    await workspace.owner.post("/backups")
    await app.drain()
    const { data, folder } = (await workspace.owner.get("/backups")).body
    expect(data).toHaveLength(2)
    expect(data[0]).toMatchObject({ createdAt: app.clock.now.toISOString(), checked: true, madeBy: "person" })
    expect(await readdir(folder)).toContain(data[0].file)
  })

  it("tell when they could not be made, and leave nothing half", async () => {
    const { folder } = (await workspace.owner.get("/backups")).body
    const before = await readdir(folder)
    const taken = `backup-${app.clock.now.toISOString().slice(0, 23).replaceAll(/[:.]/g, "-")}.regulars`
    if (!before.includes(taken)) await writeFile(join(folder, taken), "in the way")
    const { id } = (await workspace.owner.post("/backups")).body.data
    await app.drain()
    expect((await workspace.owner.get(`/operations/${id}`)).body.data).toMatchObject({
      status: "failed",
      summary: { error: expect.stringContaining("there already") },
    })
    expect(await readdir(folder)).toEqual(expect.arrayContaining(before))
    expect((await readdir(folder)).some((name) => name.endsWith(".partial"))).toBe(false)
  })

  it("stop when somebody asks for it", async () => {
    const count = (await workspace.owner.get("/backups")).body.data.length
    app.clock.advance(60_000)
    const { id } = (await workspace.owner.post("/backups")).body.data
    await workspace.owner.post(`/operations/${id}/cancel`)
    await app.drain()
    expect((await workspace.owner.get(`/operations/${id}`)).body.data.status).toBe("cancelled")
    expect((await workspace.owner.get("/backups")).body.data).toHaveLength(count)
  })

  it("are the administrators' affair", async () => {
    const manager = await app.member(workspace, "manager")
    expect((await manager.get("/backups")).status).toBe(403)
    expect((await manager.post("/backups")).status).toBe(403)
  })
})
