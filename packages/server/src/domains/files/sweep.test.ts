import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { rm, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { contentKey } from "../../kernel/contents/content-store.ts"
import { sweepContents } from "../../kernel/contents/sweep-contents.ts"
import { runDueSchedules } from "../../kernel/jobs/scheduler.ts"
import { resumeSweep, storeStream } from "./index.ts"
import { upload } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

const hashOf = (content: string) => createHash("sha256").update(content).digest("hex")
const whereIs = (content: string) => join(app.services.dataDir, "files", contentKey(hashOf(content)))
/** Runs the sweep at its next turn. */
async function sweep(): Promise<void> {
  app.clock.advance(13 * 60 * 60 * 1000)
  await app.inWorkspace(shop, async (ctx) => app.services.registry.jobs.get("files.sweep")?.handle(ctx, {}))
}
/** Until somebody waits for a lock on content. */
async function someoneWaits(): Promise<void> {
  const waiting = `select from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`
  await expect.poll(async () => (await app.services.pools.owner.query(waiting)).rowCount).toBeGreaterThan(0)
}

it.each<[string, "shared" | "alone"]>([
  ["an upload that comes while its content is swept away is refused, to be sent again", "alone"],
  ["content that is being given to a file is not swept away", "shared"],
])("loses nothing: %s", async (_, held) => {
  const content = `${held} by another`
  const [hash, old] = [hashOf(content), new Date(app.clock.now.getTime() - 25 * 60 * 60 * 1000)]
  const { id } = (await upload(shop.owner, content)).body.data
  const { owner } = app.services.pools
  const client = await owner.connect()
  try {
    await client.query("begin")
    const lock = held === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock"
    await client.query(`select ${lock}(hashtextextended('content ' || $1, 0))`, [hash])
    if (held === "alone") {
      const sent = upload(shop.owner, content)
      await someoneWaits()
      await rm(whereIs(content))
      await client.query("commit")
      expect((await sent).status).toBe(503)
    } else {
      await owner.query("delete from files where id = $1", [id])
      await client.query(
        `insert into files (workspace_id, id, hash, name, media_type, size, created_at)
         values ($1, $2, $3, 'a.txt', 'text/plain', $4, now())`,
        [shop.id, id, hash, content.length],
      )
      await utimes(whereIs(content), old, old)
      const swept = sweep()
      await someoneWaits()
      await client.query("commit")
      await swept
      expect(existsSync(whereIs(content))).toBe(true)
    }
  } finally {
    client.release()
  }
})

it("the store is swept of what no workspace has a file of, once it has lain for a day", async () => {
  const other = await app.workspace()
  for (const [client, content] of [
    [shop.owner, "kept"],
    [other.owner, "theirs"],
    [shop.owner, "young"],
  ] as const)
    await upload(client, content)
  const orphan = hashOf("orphan")
  await app.inWorkspace(shop, (ctx) =>
    storeStream(ctx, Readable.from([Buffer.from("orphan")]), "x", { limit: 9 }),
  )
  await app.services.pools.owner.query("delete from files where hash = any ($1)", [[orphan, hashOf("young")]])
  const stale = join(app.services.dataDir, "files", "incoming", "left-over")
  await writeFile(stale, "x")
  const old = new Date(app.clock.now.getTime() - 25 * 60 * 60 * 1000)
  for (const path of [whereIs("kept"), whereIs("theirs"), whereIs("orphan"), stale])
    await utimes(path, old, old)
  await utimes(whereIs("young"), app.clock.now, app.clock.now)

  await sweep()
  expect(["kept", "theirs", "young", "orphan"].map((content) => existsSync(whereIs(content)))).toEqual([
    true,
    true,
    true,
    false,
  ])
  expect(existsSync(stale)).toBe(false)
})

it("a sweep that ended with its process is done again at the next start, and not once a day later", async () => {
  const { services, clock } = app
  await app.inWorkspace(shop, (ctx) =>
    storeStream(ctx, Readable.from([Buffer.from("cut short")]), "x", { limit: 9 }),
  )
  await services.pools.owner.query("delete from files where hash = $1", [hashOf("cut short")])
  const old = new Date(clock.now.getTime() - 25 * 60 * 60 * 1000)
  await utimes(whereIs("cut short"), old, old)
  clock.advance(13 * 60 * 60 * 1000)
  const begun = Promise.withResolvers<void>()
  void sweepContents({
    contents: services.contents,
    now: clock.now,
    isOurs: () => {
      begun.resolve()
      // What a killed process does from then on.
      return new Promise<never>(() => undefined)
    },
    inUse: async () => new Set(),
    whileUnused: async () => undefined,
    forget: async () => undefined,
  })
  await begun.promise
  // The day's turn counts as taken.
  await runDueSchedules(services)
  expect(existsSync(whereIs("cut short"))).toBe(true)
  await resumeSweep(services)
  await runDueSchedules(services)
  expect(existsSync(whereIs("cut short"))).toBe(false)
  await writeFile(whereIs("cut short"), "cut short")
  await utimes(whereIs("cut short"), old, old)
  // One that has ended is not done again.
  await resumeSweep(services)
  await runDueSchedules(services)
  expect(existsSync(whereIs("cut short"))).toBe(true)
})
