import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { tableSums } from "../testing/row-differ.ts"
import { readManifest } from "./kernel/backup/archive-reader.ts"
import { readMigrations } from "./kernel/db/migrate.ts"
import { migrateWithin } from "./kernel/db/migrate-within.ts"
import { openPools, type Pools } from "./kernel/db/pools.ts"
import { type RunningPostgres, startPostgres } from "./kernel/postgres/index.ts"

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
let folder: string
let dataDir: string
let postgres: RunningPostgres
let pools: Pools
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-cli-"))
  // As root the database runs as a user of its own, who has to get there.
  await chmod(folder, 0o711)
  dataDir = join(folder, "one")
  // Held by this process, as a running server holds it: the commands join in.
  postgres = await startPostgres({ dataDir, log: quiet })
  pools = openPools({ connection: postgres.connection })
})
afterAll(async () => {
  await pools.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Answer {
  code: number | null
  // biome-ignore lint/suspicious/noExplicitAny: each command answers in its own shape
  json: any
  stdout: string
  stderr: string
}
async function cli(words: string[], data = dataDir): Promise<Answer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "cli.ts"), ...words], {
    env: { PATH: process.env.PATH, REGULARS_DATA: data },
  })
  let [stdout, stderr] = ["", ""]
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
  const isJson = words.includes("--json")
  if (isJson) expect(stdout.trimEnd().split("\n")).toHaveLength(1)
  return { code, stdout, stderr, json: isJson ? JSON.parse(stdout) : undefined }
}
const account = ["--email", "owner@example.com", "--password", "a long enough password"]

describe("the command line", () => {
  it("sets up a first workspace with the sample, and a second one for the same owner", async () => {
    const first = await cli(["setup", "--workspace", "First", ...account, "--sample", "coffee", "--json"])
    expect(first).toMatchObject({ code: 0, stderr: "" })
    expect(Object.keys(first.json).sort()).toEqual(["apiKey", "ownerId", "workspaceId"])
    expect(first.json.apiKey).toMatch(/^rg_/)
    const second = await cli(["setup", "--workspace", "Second", ...account, "--json"])
    expect(second.json.workspaceId).not.toBe(first.json.workspaceId)
    const { rows } = await pools.owner.query(
      `select w.name, (select count(*)::int from people p where p.workspace_id = w.id) as people,
         (select count(*)::int from tasks t where t.workspace_id = w.id and t.status = 'open' and t.assignee_id = $1) as tasks
       from workspaces w order by w.name`,
      [first.json.ownerId],
    )
    expect(rows).toMatchObject([
      { name: "First", people: 300 },
      { name: "Second", people: 0, tasks: 0 },
    ])
    expect(rows[0].tasks).toBeGreaterThan(20)
  }, 60_000)

  it("seeds, telling how far it is on the other stream, and finds everything in order", async () => {
    const size = ["--people", "50", "--activities", "300"]
    const seeded = await cli(["seed", "--workspace", "Second", ...size, "--json"])
    expect(seeded).toMatchObject({ code: 0, json: { people: 50, activities: 300, companies: 5 } })
    expect(seeded.stderr).toContain("activities: 300")
    const checked = await cli(["check", "--json"])
    expect(checked).toMatchObject({ code: 0, json: { ok: true, problems: [], records: { wrong: 0 } } })
    expect(checked.json.records.checked).toBeGreaterThan(500)
  }, 60_000)

  it("says what is not in order, and ends with 1", async () => {
    await pools.owner.query(
      "update search_index set body = 'else' where entity = 'companies' and title like 'Lumen%'",
    )
    await pools.owner.query(
      `insert into files (workspace_id, id, hash, name, media_type, size, created_at)
       select id, gen_random_uuid(), $1, 'lost.txt', 'text/plain', 3, now() from workspaces where name = 'First'`,
      ["0".repeat(64)],
    )
    const { code, json } = await cli(["check", "--json"])
    expect(code).toBe(1)
    expect(json).toMatchObject({ ok: false, records: { wrong: 2 }, files: { checked: 1, missing: 1 } })
    expect(json.problems).toHaveLength(2)
    await pools.owner.query("delete from files")
    await pools.owner.query(
      `update search_index s set body = 'lumen' from companies c where c.id = s.record_id and s.title like 'Lumen%'`,
    )
  }, 60_000)

  it("exports a workspace as files that say the same as the database", async () => {
    const content = Buffer.from("what was attached")
    const hash = createHash("sha256").update(content).digest("hex")
    await mkdir(join(dataDir, "files", hash.slice(0, 2)), { recursive: true })
    await writeFile(join(dataDir, "files", hash.slice(0, 2), hash), content)
    const fileId = "00000000-0000-7000-8000-000000000001"
    await pools.owner.query(
      `insert into files (workspace_id, id, hash, name, media_type, size, created_at)
       select id, $1, $2, 'menu.txt', 'text/plain', $3, now() from workspaces where name = 'First'`,
      [fileId, hash, content.length],
    )
    const target = join(folder, "export")
    const { code, json } = await cli(["export", "--workspace", "First", target, "--json"])
    expect(code).toBe(0)
    expect(json).toMatchObject({
      rows: { people: 300, companies: 25, members: 1 },
      attachments: 1,
      missing: [],
    })
    const read = async (name: string) => JSON.parse(await readFile(join(target, name), "utf8"))
    const people = await read("people.json")
    expect(people).toHaveLength(300)
    expect(people[0]).toHaveProperty("givenName")
    expect(JSON.stringify(await read("members.json"))).not.toMatch(/hash|password/i)
    const table = await readFile(join(target, "people.csv"), "utf8")
    for (const { name } of people.slice(0, 20)) expect(table).toContain(name)
    expect(table.trimEnd().split("\r\n").length).toBeGreaterThanOrEqual(301)
    expect(await readFile(join(target, "attachments", `${fileId}-menu.txt`))).toEqual(content)
    for (const { name, sha256 } of (await read("manifest.json")).files)
      expect(
        createHash("sha256")
          .update(await readFile(join(target, name)))
          .digest("hex"),
      ).toBe(sha256)
    const again = await cli(["export", "--workspace", "First", target, "--json"])
    expect(again).toMatchObject({ code: 1, json: { error: expect.stringContaining("not empty") } })
  }, 60_000)

  it("backs up, and restores into another folder all that there was", async () => {
    const file = join(folder, "all.regulars")
    expect((await cli(["backup", file, "--json"])).json).toMatchObject({ file, files: 1 })
    const other = join(folder, "two")
    const restored = await cli(["restore", file, "--json"], other)
    expect(restored).toMatchObject({ code: 0, json: { files: 1 } })
    const server = await startPostgres({ dataDir: other, log: quiet })
    const copy = openPools({ connection: server.connection })
    const except = ["installation", "kysely_migration"]
    expect(await tableSums(copy.owner, { except })).toEqual(await tableSums(pools.owner, { except }))
    await copy.close()
    await server.stop()
    const refused = await cli(["restore", file, "--json"], other)
    expect(refused).toMatchObject({ code: 1, json: { error: expect.stringContaining("not empty") } })
  }, 120_000)

  it("takes a backup by itself before it upgrades a database with something in it", async () => {
    const old = join(folder, "old")
    const names = Object.keys(await readMigrations())
    const server = await startPostgres({ dataDir: old, log: quiet })
    const client = new pg.Client(server.connection)
    await client.connect()
    await client.query("begin")
    await migrateWithin(client, names.at(-2) as string)
    await client.query(
      "insert into workspaces values (gen_random_uuid(), 'Old', 'DE', 'EUR', 'UTC', 'de', now(), now())",
    )
    await client.query("commit")
    await client.end()
    const migration = { database: names.at(-2), newest: names.at(-1) }
    expect(await cli(["check", "--json"], old)).toMatchObject({ code: 1, json: { migration } })
    expect((await cli(["migrate", "--json"], old)).json.version).toBe(names.at(-1))
    const backups = await readdir(join(old, "backups"))
    expect(backups).toEqual([expect.stringMatching(/^before-.+\.regulars$/)])
    expect(await readManifest(join(old, "backups", backups[0] as string))).toMatchObject({
      migration: names.at(-2),
    })
    expect((await cli(["check", "--json"], old)).code).toBe(0)
    await server.stop()
  }, 60_000)

  it.each([
    [["setup", "--workspace", "Third", "--email", "owner@example.com"], /--password is needed/],
    [["setup", "--workspace", "Third", ...account.slice(0, 3), "another long password"], /password/],
    [["seed", "--workspace", "Nobody's", "--people", "1", "--activities", "1"], /no workspace/],
    [["seed", "--workspace", "First", "--people", "-3", "--activities", "1"], /whole number|people/],
    [["restore", "/nowhere/at/all.regulars"], /no file/],
    [["backup"], /name of the file/],
    [["dance"], /no command "dance"/],
    [["check", "--loudly"], /^Unknown option '--loudly'\.$/],
    [["backup", "one", "two"], /"two" is one word too many/],
    [["migrate", "now"], /"now" is one word too many/],
    [
      ["setup", "--workspace", "Third", "--email", "x", "--password", "a long enough one"],
      /^--email is not an/,
    ],
    [["export", "--workspace", "First", "/dev/null"], /\/dev\/null can't be written/],
    [["import", "/dev"], /\/dev holds no export/],
  ])("refuses %j in one sentence", async (words, reason) => {
    const { code, json, stderr } = await cli([...words, "--json"])
    expect(code).toBe(1)
    expect(json).toEqual({ error: expect.stringMatching(reason) })
    expect(stderr.trimEnd().split("\n")).toEqual([json.error])
  })

  it("explains itself", async () => {
    const refused = await cli(["dance"])
    expect(refused).toMatchObject({ code: 1, stdout: "" })
    const { code, stdout } = await cli(["--help"])
    expect(code).toBe(0)
    for (const name of ["setup", "migrate", "backup", "restore", "check", "export", "import", "seed"])
      expect(stdout).toContain(`\n  ${name}`)
    const one = await cli(["backup", "--help"])
    expect(one.stdout).toContain("backup FILE")
    expect(one.stdout).not.toContain("restore")
  })
})
