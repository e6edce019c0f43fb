import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { deleteExpired } from "../../kernel/backup/backup-folder.ts"
import { runDueSchedules } from "../../kernel/jobs/scheduler.ts"

let app: TestApp
let workspace: TestWorkspace
beforeAll(async () => {
  app = await startTestApp({ environment: { SMTP_URL: "smtp://127.0.0.1:9" } })
  workspace = await app.workspace()
})
afterAll(() => app?.close())

interface Listed {
  file: string
  madeBy: string
  checked: boolean
}
async function listed(): Promise<Listed[]> {
  return (await workspace.owner.get("/backups")).body.data
}
async function hours(count: number): Promise<void> {
  app.clock.advance(count * 3_600_000)
  await runDueSchedules(app.services)
  await app.drain()
}
const daily = async () => (await listed()).filter(({ madeBy }) => madeBy === "schedule")

describe("backups made by themselves", () => {
  it("are one each night from the second day on, however often the clock is looked at", async () => {
    await hours(1)
    expect(await daily()).toEqual([])
    for (let quarter = 0; quarter < 4; quarter++) await hours(8)
    expect(await daily()).toHaveLength(1)
    await hours(24)
    expect(await daily()).toHaveLength(2)
    expect((await daily()).every(({ checked }) => checked)).toBe(true)
  })

  it("are one for all workspaces together", async () => {
    const before = (await daily()).length
    await app.workspace()
    await hours(24)
    expect(await daily()).toHaveLength(before + 1)
    await app.services.pools.owner.query("delete from workspaces where id <> $1", [workspace.id])
  })

  it("go when there are more than the owner keeps, and when they are too old; those of people stay", async () => {
    await workspace.owner.post("/backups")
    await app.drain()
    expect((await workspace.owner.patch("/backups/plan", { keepCount: 2 })).body.data.keepCount).toBe(2)
    await hours(24)
    expect(await daily()).toHaveLength(2)
    await workspace.owner.patch("/backups/plan", { keepDays: 3 })
    await hours(24 * 10)
    expect(await daily()).toHaveLength(1)
    expect((await listed()).filter(({ madeBy }) => madeBy === "person")).toHaveLength(1)
  })

  it("never go when nothing whole would be left", async () => {
    const [newest] = await daily()
    await workspace.owner.patch("/backups/plan", { keepDays: 1, keepCount: 1 })
    for (const { file, madeBy } of await listed())
      if (madeBy === "person") await workspace.owner.delete(`/backups/${file}`)
    const later = new Date(app.clock.now.getTime() + 100 * 86_400_000)
    expect(await deleteExpired(app.services.dataDir, { keepDays: 1, keepCount: 1 }, later)).not.toContain(
      newest?.file,
    )
    expect(await daily()).toHaveLength(1)
  })

  it("are not made when the owner does not want them", async () => {
    await workspace.owner.patch("/backups/plan", { daily: false, keepDays: 30, keepCount: 14 })
    const before = (await daily()).length
    await hours(48)
    expect(await daily()).toHaveLength(before)
    await workspace.owner.patch("/backups/plan", { daily: true })
  })

  it("are planned, downloaded and deleted by the owner, and by nobody where workspaces share the server", async () => {
    const [{ file } = { file: "" }] = await listed()
    const administrator = await app.member(workspace, "administrator")
    expect((await administrator.patch("/backups/plan", { keepDays: 1 })).status).toBe(403)
    expect((await administrator.get(`/backups/${file}/content`)).status).toBe(403)
    expect((await administrator.delete(`/backups/${file}`)).status).toBe(403)
    await app.workspace()
    expect((await workspace.owner.get("/backups")).body.alone).toBe(false)
    expect((await workspace.owner.patch("/backups/plan", { keepDays: 1 })).status).toBe(403)
    expect((await workspace.owner.get(`/backups/${file}/content`)).status).toBe(403)
    expect((await workspace.owner.delete(`/backups/${file}`)).status).toBe(403)
    await app.services.pools.owner.query("delete from workspaces where id <> $1", [workspace.id])
  })
})

describe("a backup on the server", () => {
  let file: string
  let path: string
  beforeEach(async () => {
    app.clock.advance(60_000)
    await workspace.owner.post("/backups")
    await app.drain()
    file = (await listed())[0]!.file
    path = join(app.services.dataDir, "backups", file)
  })
  async function verify() {
    const { id } = (await workspace.owner.post(`/backups/${file}/verify`)).body.data
    await app.drain()
    return (await workspace.owner.get(`/operations/${id}`)).body.data
  }

  it("is verified part by part, and a single changed bit is named", async () => {
    expect(await verify()).toMatchObject({
      kind: "verify",
      status: "done",
      summary: { file, parts: expect.any(Number) },
    })
    const bytes = await readFile(path)
    bytes[2000] = bytes[2000]! ^ 1
    await writeFile(path, bytes)
    expect((await listed())[0]).toMatchObject({ file, checked: true })
    expect(await verify()).toMatchObject({
      status: "failed",
      error: expect.stringMatching(/^The backup is damaged: .+\. Nothing was changed\.$/),
      summary: { file },
    })
  })

  it("is downloaded by nobody with an API key, the owner's included", async () => {
    expect((await workspace.owner.get(`/backups/${file}/content`)).status).toBe(403)
  })

  it("is deleted by its name alone: no other file of the server is reached", async () => {
    for (const name of ["..%2Fsecret", "none.regulars", "..%2Fbackups%2Fx.regulars", "%00.regulars"])
      expect((await workspace.owner.delete(`/backups/${name}`)).status).toBeGreaterThanOrEqual(400)
    expect((await workspace.owner.delete(`/backups/${file}`)).status).toBe(204)
    expect((await listed()).map((backup) => backup.file)).not.toContain(file)
    expect((await workspace.owner.delete(`/backups/${file}`)).status).toBe(404)
  })
})

describe("a restored copy", () => {
  it("says that it sends nothing until the owner resumes", async () => {
    await app.services.pools.owner.query("update installation set sending_paused = true")
    const mail = { to: "ana@example.com", subject: "Hello", text: "Hello" }
    await expect(app.services.sendMail?.(mail)).rejects.toThrow(/paused/)
    expect((await workspace.owner.get("/backups")).body.sendingPaused).toBe(true)
    const administrator = await app.member(workspace, "administrator")
    expect((await administrator.post("/backups/resume-sending")).status).toBe(403)
    expect((await workspace.owner.post("/backups/resume-sending")).status).toBe(204)
    expect((await workspace.owner.get("/backups")).body.sendingPaused).toBe(false)
    await expect(app.services.sendMail?.(mail)).rejects.not.toThrow(/paused/)
  })
})
