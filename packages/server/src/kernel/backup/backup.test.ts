import { execFileSync } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { freePort } from "../../../testing/free-port.ts"
import { tableSums } from "../../../testing/row-differ.ts"
import { folderStore } from "../contents/folder-store.ts"
import { putContent } from "../contents/write-content.ts"
import { migrate } from "../db/migrate.ts"
import { migrateWithin } from "../db/migrate-within.ts"
import type { Pools } from "../db/pools.ts"
import { findNativeFolder } from "../postgres/binaries.ts"
import { makeDataDir, start } from "../postgres/testing.ts"
import { openClient } from "./backup.queries.ts"
import { backupNow, deleteExpired, listBackups } from "./backup-folder.ts"
import { restoreBackup } from "./restore-backup.ts"
import { emptyDatabase, makeFolder, now, opened, structureOf } from "./testing.ts"
import { writeBackup } from "./write-backup.ts"

let app: TestApp
let workspace: TestWorkspace
const content = randomBytes(300_000)
const hash = createHash("sha256").update(content).digest("hex")
beforeAll(async () => {
  app = await startTestApp()
  workspace = await app.workspace("Backed up")
  await workspace.owner.post("/sample", { name: "coffee" })
  await workspace.owner.post("/notes", { text: 'Tab\t, line\nbreak, "quotes", back\\slash, \\N and 日本語' })
  await nameContent(hash)
  await mkdir(join(app.services.dataDir, "files", hash.slice(0, 2)), { recursive: true })
  await mkdir(join(app.services.dataDir, "files", "incoming"))
  await writeFile(join(app.services.dataDir, "files", hash.slice(0, 2), hash), content)
  await writeFile(join(app.services.dataDir, "files", "incoming", "half"), "half an upload")
})
afterAll(() => app?.close())

/** A file whose content has this hash. */
async function nameContent(hash: string): Promise<void> {
  await app.services.pools.owner.query(
    `insert into files (workspace_id, id, hash, name, media_type, size, created_at)
     values ($1, gen_random_uuid(), $2, 'menu.bin', 'application/octet-stream', $3, now())`,
    [workspace.id, hash, content.length],
  )
}
const source = () => ({ pools: app.services.pools, contents: app.services.contents, now })
/** Sums of all tables but those that a restore writes to on purpose. */
const sums = (pools: Pools) =>
  tableSums(pools.owner, { except: ["installation", "kysely_migration", "kysely_migration_lock"] })

async function backUp(): Promise<string> {
  const file = join(await makeFolder(), "everything.regulars")
  await writeBackup(source(), file)
  return file
}

describe("a backup", () => {
  it("comes back equal into an empty database: rows, structure, files", async () => {
    const file = await backUp()
    const [pools, dataDir] = [await emptyDatabase(inject("postgres")), await makeFolder()]
    const restored = await restoreBackup({ pools, contents: folderStore(dataDir), now }, file)
    expect(restored).toMatchObject({ files: 1, migration: (await readdirMigrations()).at(-1) })
    expect(await sums(pools)).toEqual(await sums(app.services.pools))
    expect(await structureOf(pools)).toEqual(await structureOf(app.services.pools))
    expect(await readFile(join(dataDir, "files", hash.slice(0, 2), hash))).toEqual(content)
    expect(await readdir(join(dataDir, "files", "incoming"))).toEqual([])
  })

  it("sends nothing by itself once restored, and what was under way has ended", async () => {
    const { owner } = app.services.pools
    await owner.query("update operations set status = 'running', finished_at = null")
    await owner.query(
      `insert into imports (workspace_id, id, entity, status, format, file_name, details, columns, created_at, updated_at)
       values ($1, gen_random_uuid(), 'people', 'running', 'csv', 'list.csv', '{}', '[]', now(), now())`,
      [workspace.id],
    )
    const file = await backUp()
    await owner.query("update operations set status = 'done', finished_at = now()")
    await owner.query("delete from imports")
    const pools = await emptyDatabase(inject("postgres"))
    await restoreBackup({ pools, contents: folderStore(await makeFolder()), now }, file)
    const { rows } = await pools.owner.query("select sending_paused, status from installation, operations")
    expect(rows).toEqual([{ sending_paused: true, status: "failed" }])
    const { rows: imports } = await pools.owner.query("select status, error from imports")
    expect(imports).toEqual([{ status: "failed", error: expect.stringContaining("backup") }])
  })

  it("takes one moment while others write", async () => {
    let writing = true
    let written = 0
    const writer = async () => {
      while (writing) {
        await workspace.owner.post("/people?allowDuplicate=true", { name: `Busy ${written}` })
        written += 1
      }
    }
    const writers = [writer(), writer()]
    const file = await backUp()
    writing = false
    await Promise.all(writers)
    expect(written).toBeGreaterThan(0)
    const pools = await emptyDatabase(inject("postgres"))
    await restoreBackup({ pools, contents: folderStore(await makeFolder()), now }, file)
    const { rows } = await pools.owner.query(
      `select (select count(*)::int from people) as people,
         (select count(*)::int from search_index where entity = 'people') as found,
         (select count(*)::int from event_subjects where event_type = 'person.created' and subject_type = 'person') as told`,
    )
    expect(rows[0].found).toBe(rows[0].people)
    expect(rows[0].told).toBe(rows[0].people)
  })

  it("goes into a database that was set up and never used, and into no other", async () => {
    const file = await backUp()
    const unused = await emptyDatabase(inject("postgres"))
    await migrate(unused.owner)
    await restoreBackup({ pools: unused, contents: folderStore(await makeFolder()), now }, file)
    const after = await sums(unused)
    expect(after).toEqual(await sums(app.services.pools))

    const dataDir = await makeFolder()
    await expect(restoreBackup({ pools: unused, contents: folderStore(dataDir), now }, file)).rejects.toThrow(
      /not empty/,
    )
    expect(await sums(unused)).toEqual(after)
    const foreign = await emptyDatabase(inject("postgres"))
    await foreign.owner.query("create table customers (name text)")
    await expect(
      restoreBackup({ pools: foreign, contents: folderStore(dataDir), now }, file),
    ).rejects.toThrow(/not empty/)
    expect(await readdir(dataDir)).toEqual([])
  })

  it("keeps out of the place of another installation, whatever it is made from", async () => {
    const file = await backUp()
    const contents = { ...app.services.contents, isShared: true }
    await contents.setOwner("original")
    onTestFinished(() => contents.setOwner(undefined))
    const pools = await emptyDatabase(inject("postgres"))
    await expect(restoreBackup({ pools, contents, now }, file)).rejects.toThrow(/belongs to another/)
    expect((await contents.look(hash))?.size).toBe(content.length)
    // The folder of data whose database was lost, say.
    const copy = folderStore(await makeFolder())
    await copy.setOwner("original")
    await restoreBackup({ pools, contents: copy, now }, file)
    const { rows } = await pools.owner.query("select instance_id::text as id from installation")
    expect(rows[0].id.startsWith(await copy.owner())).toBe(true)
    const { rows: original } = await app.services.pools.owner.query(
      "select instance_id::text as id from installation",
    )
    expect(rows[0].id).not.toBe(original[0].id)
  })

  it("holds the files of this installation, and says which of them it lacks", async () => {
    const dataDir = await makeFolder()
    const contents = folderStore(dataDir)
    await putContent(contents, Readable.from([content]))
    await putContent(contents, Readable.from([Buffer.from("somebody else's")]))
    const parts = { ...source(), contents, dataDir }
    expect(await backupNow(parts, "schedule")).toMatchObject({ files: 1, missing: 0 })
    await contents.remove(hash)
    const later = (hours: number) => () => new Date(now().getTime() + hours * 3_600_000)
    expect(await backupNow({ ...parts, now: later(24) }, "schedule")).toMatchObject({ files: 0, missing: 1 })
    await backupNow({ ...parts, now: later(48) }, "schedule")
    expect((await listBackups(dataDir)).map(({ missing }) => missing)).toEqual([1, 1, 0])
    // The newest stays, and the newest that is whole.
    await deleteExpired(dataDir, { keepDays: 1, keepCount: 1 }, later(1000)())
    expect((await listBackups(dataDir)).map(({ missing }) => missing)).toEqual([1, 0])
  })

  it("made by an earlier version is brought to the newest", async () => {
    const earlier = await emptyDatabase(inject("postgres"))
    const [first, , , fourth] = await readdirMigrations()
    expect(first).toMatch(/^0001/)
    const client = await openClient(earlier, "test")
    await client.query("begin")
    await migrateWithin(client, fourth as string)
    await client.query("commit")
    await client.query(
      "insert into workspaces values (gen_random_uuid(), 'Early', 'DE', 'EUR', 'UTC', 'de', now(), now())",
    )
    await client.end()
    const file = join(await makeFolder(), "early.regulars")
    await writeBackup({ pools: earlier, contents: folderStore(await makeFolder()), now }, file)
    const pools = await emptyDatabase(inject("postgres"))
    expect(
      (await restoreBackup({ pools, contents: folderStore(await makeFolder()), now }, file)).migration,
    ).toBe(fourth)
    const { rows } = await pools.owner.query(
      "select name, to_regclass('imports') is not null as head from workspaces",
    )
    expect(rows).toEqual([{ name: "Early", head: true }])
    expect(await structureOf(pools)).toEqual(await structureOf(app.services.pools))
  })

  it("opens with any tar program, its tables with any gunzip", async ({ skip }) => {
    const file = await backUp()
    const folder = await makeFolder()
    try {
      execFileSync("tar", ["-xf", file, "-C", folder])
    } catch (error) {
      skip((error as NodeJS.ErrnoException).code === "ENOENT", "no tar program here")
      throw error
    }
    const text = gunzipSync(await readFile(join(folder, "tables/public.workspaces/00001.gz"))).toString()
    expect(text).toContain("\tBacked up\t")
    expect(await readFile(join(folder, "files", hash.slice(0, 2), hash))).toEqual(content)
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))
    expect(manifest.tables.map(({ name }: { name: string }) => name)).not.toContain("jobs")
  })

  it("leaves no half file behind, and writes over none", async () => {
    const folder = await makeFolder()
    const file = join(folder, "there.regulars")
    await writeFile(file, "precious")
    await expect(writeBackup(source(), file)).rejects.toThrow(/there already/)
    expect(await readFile(file, "utf8")).toBe("precious")
    const nothing = await emptyDatabase(inject("postgres"))
    await expect(
      writeBackup({ pools: nothing, contents: folderStore(folder), now }, join(folder, "none.regulars")),
    ).rejects.toThrow(/nothing to back up/)
    expect(await readdir(folder)).toEqual(["there.regulars"])
  })

  it("made in the folder of backups is listed there, and shows when its end is missing", async () => {
    const dataDir = await makeFolder()
    const made = await backupNow({ ...source(), dataDir }, "person")
    const [listed] = await listBackups(dataDir)
    expect(listed).toMatchObject({ size: (await stat(made.file)).size, checked: true, madeBy: "person" })
    expect(listed?.rows).toBe(made.rows)
    await writeFile(made.file, (await readFile(made.file)).subarray(0, -1))
    expect(await listBackups(dataDir)).toMatchObject([{ checked: false }])
  })
})

describe.each([16, 17])("PostgreSQL %i of somebody else", (major) => {
  it("takes a backup in and gives one back", async ({ skip }) => {
    const binaries = findNativeFolder(`postgres-${major}-linux-x64`)
    skip(!binaries, `the package postgres-${major}-linux-x64 is not installed here`)
    const server = await start(await makeDataDir(), { binaries: binaries!, tcpPort: await freePort() })
    expect(server.version).toMatch(new RegExp(`^${major}\\.`))
    const { user, password, host, port, database } = server.connection
    const external = opened({
      connectionString: `postgres://${user}:${password}@${host}:${port}/${database}`,
    })
    await restoreBackup({ pools: external, contents: folderStore(await makeFolder()), now }, await backUp())
    expect(await sums(external)).toEqual(await sums(app.services.pools))

    const file = join(await makeFolder(), "back.regulars")
    await writeBackup({ pools: external, contents: folderStore(await makeFolder()), now }, file)
    const embedded = await emptyDatabase(inject("postgres"))
    await restoreBackup({ pools: embedded, contents: folderStore(await makeFolder()), now }, file)
    expect(await sums(embedded)).toEqual(await sums(app.services.pools))
  })
})

async function readdirMigrations(): Promise<string[]> {
  const names = await readdir(join(import.meta.dirname, "../../../migrations"))
  return names.map((name) => name.replace(/\.sql$/, "")).sort()
}
