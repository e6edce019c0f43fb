import { createHash } from "node:crypto"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, expect, inject, it } from "vitest"
import { startTestApp, type TestWorkspace } from "../../../testing/app.ts"
import { type Fault, type S3StandIn, secretAccessKey, startS3StandIn } from "../../../testing/s3-stand-in.ts"
import { checkInstallation } from "../../commands/check-installation.ts"
import { importWorkspace } from "../../commands/import-workspace.ts"
import { restoreBackup } from "../../kernel/backup/restore-backup.ts"
import { emptyDatabase, makeFolder } from "../../kernel/backup/testing.ts"
import { writeBackup } from "../../kernel/backup/write-backup.ts"
import { folderStore } from "../../kernel/contents/folder-store.ts"
import { listed } from "../../kernel/contents/testing.ts"
import { forgetRegistries } from "../../kernel/own-fields/workspace-registry.ts"
import { upload } from "../files/testing.ts"
import { startTransferApp, type TransferApp, upload as uploadList } from "../transfer/testing/transfer-app.ts"
import { exportWorkspace } from "./export-workspace.ts"

let store: S3StandIn
let app: TransferApp
let shop: TestWorkspace
beforeAll(async () => {
  store = await startS3StandIn()
  app = await startTransferApp({ environment: store.environment })
})
beforeEach(async () => {
  // Rows that name what the last test left there.
  await app.services.pools.owner.query("delete from imports; delete from files")
  store.objects.clear()
  store.requests.length = 0
  shop = await app.workspace()
})
afterAll(async () => {
  await app?.close()
  await store.close()
})
const keyOf = (content: string) => {
  const hash = createHash("sha256").update(content).digest("hex")
  return `shop-files/regulars/${hash.slice(0, 2)}/${hash}`
}

it("keeps attachments in the bucket, and gives them to whoever may have them", async () => {
  const { id } = (await upload(shop.owner, "espresso 2.40", "menu.txt")).body.data
  expect([...store.objects.keys()]).toEqual([keyOf("espresso 2.40")])
  expect((await shop.owner.get(`/files/${id}`)).text).toBe("espresso 2.40")
  const stranger = await app.workspace()
  expect((await stranger.owner.get(`/files/${id}`)).status).toBe(404)
  expect((await checkInstallation(app.services)).files).toEqual({ checked: 1, missing: 0 })
})

it("answers in words when the store is away, and tells nobody what opens it", async () => {
  const { id } = (await upload(shop.owner, "espresso 2.40", "menu.txt")).body.data
  store.faults.push("other content")
  const answer = await shop.owner.get(`/files/${id}`)
  expect([answer.status, answer.text.includes("espresso")]).toEqual([503, false])
  store.faults.push(...Array<Fault>(4).fill("500"))
  const refused = await upload(shop.owner, "cappuccino 3.20", "menu.txt")
  expect([refused.status, refused.body.code]).toEqual([503, "unavailable"])
  expect(store.objects.size).toBe(1)
  store.objects.clear()
  expect((await shop.owner.get(`/files/${id}`)).status).toBe(404)
  expect(JSON.stringify([app.logLines, answer.text, refused.text])).not.toContain(secretAccessKey)
})

it("is swept of what no workspace has a file of, once it has lain for a day", async () => {
  for (const content of ["kept", "orphan", "young"]) await upload(shop.owner, content)
  await app.services.pools.owner.query("delete from files where hash = any ($1)", [
    ["orphan", "young"].map((content) => createHash("sha256").update(content).digest("hex")),
  ])
  for (const [key, object] of store.objects)
    object.writtenAt = new Date(app.clock.now.getTime() - (key === keyOf("young") ? 1 : 25) * 3_600_000)
  await app.inWorkspace(shop, async (ctx) => app.services.registry.jobs.get("files.sweep")?.handle(ctx, {}))
  const left = [keyOf("kept"), keyOf("young"), "shop-files/regulars/owner"].sort()
  expect([...store.objects.keys()].sort()).toEqual(left)
})

async function sweep(): Promise<void> {
  app.clock.advance(13 * 3_600_000)
  await app.inWorkspace(shop, async (ctx) => app.services.registry.jobs.get("files.sweep")?.handle(ctx, {}))
}
function leaveOrphan(): string {
  const key = keyOf("orphan")
  store.objects.set(key, { content: Buffer.from("orphan"), writtenAt: new Date(0) })
  return key
}

it("loses nothing to the sweep of another installation, which says so", async () => {
  const orphan = leaveOrphan()
  await app.services.contents.setOwner("original")
  await sweep()
  expect(store.objects.has(orphan)).toBe(true)
  expect(JSON.stringify(app.logLines)).toContain("belongs to another installation")
})

it("is swept again soon when the sweep failed", async () => {
  const orphan = leaveOrphan()
  await app.services.contents.setOwner("test")
  const failing = (async () => {
    store.faults.push("503")
    await sweep()
  })()
  await expect(failing).rejects.toMatchObject({ code: "unavailable" })
  expect(store.objects.has(orphan)).toBe(true)
  await app.inWorkspace(shop, async (ctx) => app.services.registry.jobs.get("files.sweep")?.handle(ctx, {}))
  expect(store.objects.has(orphan)).toBe(false)
})

it("is in the backup, from where it comes back into a folder or a bucket", async () => {
  await upload(shop.owner, "espresso 2.40", "menu.txt")
  const file = join(await makeFolder(), "all.regulars")
  const { pools, contents, now } = app.services
  expect(await writeBackup({ pools, contents, now }, file)).toMatchObject({ files: 1 })
  store.objects.clear()
  const folder = folderStore(await makeFolder())
  for (const place of [folder, contents])
    await restoreBackup({ pools: await emptyDatabase(inject("postgres")), contents: place, now }, file)
  expect(store.objects.get(keyOf("espresso 2.40"))?.content.toString()).toBe("espresso 2.40")
  expect(await listed(folder)).toMatchObject([{ size: 13 }])
})

it("moves with its workspace from a bucket to a folder and back", async () => {
  await upload(shop.owner, "espresso 2.40", "menu.txt")
  const folder = join(await makeFolder(), "export")
  expect(await exportWorkspace(app.services, shop.id, folder)).toMatchObject({ attachments: 1, missing: [] })
  const other = await startTestApp()
  const { rows } = await app.services.pools.owner.query("select email from members where id = $1", [
    shop.ownerId,
  ])
  await importWorkspace(other.services, folder, { email: rows[0].email, password: "a long enough password" })
  const back = join(await makeFolder(), "export")
  await exportWorkspace(other.services, shop.id, back)
  await other.close()
  store.objects.clear()
  await importWorkspace(app.services, back, { replace: true })
  expect(store.objects.get(keyOf("espresso 2.40"))?.content.toString()).toBe("espresso 2.40")
  expect((await checkInstallation(app.services)).files).toMatchObject({ missing: 0 })
})

it("serves imports, which read their file again and again, from a copy on the server", async () => {
  const { result } = await app.importFile(shop, "Name,E-mail\nEdda Espresso,edda@example.com\n")
  expect(result).toMatchObject({ status: "done" })
  expect((await shop.owner.get("/people")).body.data).toMatchObject([{ name: "Edda Espresso" }])
  // Nor is it fetched at first, while the import is being written down.
  expect(store.requests.filter((request) => request.startsWith("GET "))).toEqual([])
})

it("keeps no transaction open while a server fetches its copy of a list", async () => {
  const { id } = (await uploadList(shop.owner, "Name,E-mail\nEdda Espresso,edda@example.com\n")).body.data
  await rm(join(app.services.dataDir, "files", "copies"), { recursive: true })
  // As a server that has just started.
  forgetRegistries(app.services)
  const gate = Promise.withResolvers<void>()
  store.held = gate.promise
  const changed = shop.owner.patch(`/imports/${id}`, { headerless: true })
  await expect.poll(() => store.requests.some((request) => request.startsWith("GET "))).toBe(true)
  const open = await app.services.pools.owner.query(
    "select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  )
  expect(open.rowCount).toBe(0)
  gate.resolve()
  store.held = undefined
  expect((await changed).body.data).toMatchObject({ headerless: true })
})
