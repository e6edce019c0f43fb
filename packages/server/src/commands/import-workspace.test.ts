import { createHash } from "node:crypto"
import { appendFile, cp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { type Client, startTestApp, type TestApp } from "../../testing/app.ts"
import { makeTwins, type Twin } from "../../testing/twins.ts"
import { exportWorkspace } from "../domains/moving/index.ts"
import { loadSample } from "../domains/sample/index.ts"
import { storeApiKey } from "../domains/workspace/api-keys.ts"
import { inAuth } from "../domains/workspace/auth.queries.ts"
import { makeFolder } from "../kernel/backup/testing.ts"
import { type WorkspaceTable, workspaceTablesQuery } from "../kernel/backup/workspace-tables.ts"
import { type ImportOptions, importWorkspace } from "./import-workspace.ts"

let app: TestApp
let ours: Twin
let theirs: Twin
beforeAll(async () => {
  app = await startTestApp()
  ;[ours, theirs] = await makeTwins(app)
  await app.inWorkspace(ours, (ctx) => loadSample(ctx, "coffee"))
  await app.drain()
  const twin = await ours.owner.post("/people", {
    name: "Pat azure",
    emails: [{ address: "p@azure.example" }],
  })
  const merged = await ours.owner.post("/people/merge", { keep: ours.ids.people, merge: [twin.body.data.id] })
  expect(merged.status, merged.text).toBeLessThan(300)
  await ours.owner.patch(`/people/${ours.ids.people}`, {
    description: "changed – twice, “quoted” \\ \n line",
  })
  await ours.owner.delete(`/notes/${ours.ids.notes}`)
  for (const { owner } of [ours, theirs]) await attach(owner)
  await app.member(ours, "manager")
  await app.drain()
})
afterAll(() => app?.close())

async function attach(owner: Client): Promise<void> {
  const upload = await owner.call({
    method: "POST",
    url: "/api/v1/files",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    payload:
      '--x\r\ncontent-disposition: form-data; name="file"; filename="menu.txt"\r\n\r\nespresso 2.40\r\n--x--\r\n',
  })
  expect(upload.status, upload.text).toBeLessThan(300)
}

async function entry(workspace: Twin): Promise<ImportOptions> {
  const { rows } = await app.services.pools.owner.query("select email from members where id = $1", [
    workspace.ownerId,
  ])
  return { email: rows[0].email, password: "a rather long sentence" }
}
async function exported(workspace: Twin): Promise<string> {
  const folder = join(await makeFolder(), "export")
  await exportWorkspace(app.services, workspace.id, folder)
  return folder
}
async function fresh(): Promise<TestApp> {
  const other = await startTestApp()
  onTestFinished(() => other.close())
  return other
}
/** Every row of a workspace in every table, accounts left out: they are the installation's. */
async function allOf({ services }: TestApp, workspaceId: string): Promise<Record<string, string[]>> {
  const { owner } = services.pools
  const { rows: tables } = await owner.query<WorkspaceTable>(workspaceTablesQuery)
  const all: Record<string, string[]> = {}
  for (const { name } of tables) {
    const key = name === "workspaces" ? "id" : "workspace_id"
    const { rows } = await owner.query<{ row: string }>(
      `select (to_jsonb(t) - 'user_id')::text as row from ${name} t where ${key} = $1 order by 1`,
      [workspaceId],
    )
    all[name] = rows.map(({ row }) => row)
  }
  return all
}
/** The checksum of a changed file put right: what somebody does who means it. */
async function reseal(folder: string, name: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))
  const sum = createHash("sha256")
    .update(await readFile(join(folder, name)))
    .digest("hex")
  manifest.files.find((file: { name: string }) => file.name === name).sha256 = sum
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest))
}

describe("a workspace that leaves and comes back", () => {
  it("is the same in every table of a fresh installation, and works there", async () => {
    const folder = await exported(ours)
    const other = await fresh()
    const { workspaceId, rows, invite } = await importWorkspace(other.services, folder, await entry(ours))
    expect(workspaceId).toBe(ours.id)
    const [before, after] = [await allOf(app, ours.id), await allOf(other, ours.id)]
    expect(after).toEqual(before)
    expect(rows).toBe(Object.values(before).flat().length)
    for (const table of [
      "people",
      "changes",
      "events",
      "views",
      "own_fields",
      "object_types",
      "own_records",
      "files",
      "merged_records",
      "audit_blocks",
    ])
      expect(after[table]?.length, table).toBeGreaterThan(0)
    expect(invite).toHaveLength(1)

    const { rows: keys } = await other.services.pools.owner.query("select from auth.api_keys")
    expect(keys).toEqual([])
    const { key } = await inAuth(other.services, (tx) =>
      storeApiKey(other.services, tx, {
        workspaceId,
        memberId: ours.ownerId,
        name: "test",
        scope: "write",
        expiresAt: null,
      }),
    )
    const owner = other.as(key)
    expect((await owner.get(`/people/${ours.ids.people}`)).body.data.description).toContain("twice")
    expect((await owner.patch(`/people/${ours.ids.people}`, { tags: ["moved"] })).status).toBe(200)
    expect((await owner.get("/search?q=azure")).body.data.length).toBeGreaterThan(0)
    await other.drain()
    expect((await owner.post("/audit/verify", {})).body.data).toMatchObject({ ok: true })
    const [file] = (await allOf(other, ours.id)).files!.map((row) => JSON.parse(row))
    const path = join(other.services.dataDir, "files", file.hash.slice(0, 2), file.hash)
    expect(await readFile(path, "utf8")).toBe("espresso 2.40")
  })

  it("is put back alone beside others, which are untouched (BU04)", async () => {
    const folder = await exported(ours)
    const before = await allOf(app, ours.id)
    const beside = await allOf(app, theirs.id)
    await expect(importWorkspace(app.services, folder, await entry(ours))).rejects.toThrow(/here already/)
    await ours.owner.post("/people", { name: "Came after the export" })
    expect(await allOf(app, ours.id)).not.toEqual(before)
    const { invite } = await importWorkspace(app.services, folder, { replace: true })
    expect(invite).toEqual([])
    expect(await allOf(app, ours.id)).toEqual(before)
    expect(await allOf(app, theirs.id)).toEqual(beside)
  })

  it("holds no passwords, keys or sessions", async () => {
    const folder = await exported(theirs)
    const names = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of names.filter((one) => one.isFile()))
      expect(await readFile(join(entry.parentPath, entry.name), "utf8")).not.toMatch(
        /\$argon2|password_hash|token_hash|key_hash/,
      )
  })

  const damages: [string, (folder: string) => Promise<unknown>, RegExp][] = [
    [
      "with a changed row",
      (folder) => appendFile(join(folder, "tables/people.jsonl"), "{}\n"),
      /was changed/,
    ],
    ["without a file", (folder) => rm(join(folder, "tables/people.jsonl")), /people\.jsonl is missing/],
    [
      "with a row of another workspace",
      async (folder) => {
        const path = join(folder, "tables/sources.jsonl")
        await writeFile(path, (await readFile(path, "utf8")).replaceAll(theirs.id, ours.id))
        await reseal(folder, "tables/sources.jsonl")
      },
      /row of another workspace/,
    ],
    [
      "with a file whose content is another one",
      async (folder) => {
        const [name = ""] = await readdir(join(folder, "attachments"))
        await writeFile(join(folder, "attachments", name), "something else")
        await reseal(folder, `attachments/${name}`)
      },
      /content of the file .+ is another one/,
    ],
    [
      "from another version",
      async (folder) => {
        const path = join(folder, "manifest.json")
        await writeFile(
          path,
          (await readFile(path, "utf8")).replace(/"migration": "[^"]+"/, '"migration": "9999-x"'),
        )
      },
      /another version/,
    ],
  ]
  it("is refused when damaged, and nothing is changed", async () => {
    const whole = await exported(theirs)
    const other = await fresh()
    const before = await allOf(other, theirs.id)
    for (const [what, damage, sentence] of damages) {
      const folder = join(await makeFolder(), "damaged")
      await cp(whole, folder, { recursive: true })
      await damage(folder)
      await expect(importWorkspace(other.services, folder, await entry(theirs)), what).rejects.toThrow(
        sentence,
      )
      expect(await allOf(other, theirs.id), what).toEqual(before)
    }
    await expect(importWorkspace(other.services, whole)).rejects.toThrow(/--email and --password/)
    const { rows } = await other.services.pools.owner.query("select from auth.users")
    expect(rows).toEqual([])
    await importWorkspace(other.services, whole, await entry(theirs))
  })
})
