import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { cloneDatabase } from "../../../testing/database.ts"
import type { Connection } from "../../kernel/db/pools.ts"
import { startLiveness } from "../../kernel/jobs/liveness.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

/** Kills at this many random moments; the long form is REGULARS_CRASH_POINTS=20. */
const points = Number(process.env.REGULARS_CRASH_POINTS ?? 3)
const rows = 1200 + points * 1500

let connection: Connection
let app: TransferApp
beforeAll(async () => {
  connection = await cloneDatabase()
  app = await startTransferApp({ connection })
})
afterAll(() => app.close())

/** New people, known ones to fill, twins near and far, refused rows, employers, notes. */
function file(): string {
  const line = (n: number) => {
    if (n % 50 === 0) return `Twin ${n},p${n - 25}@example.com,,Firm ${n % 7},,note ${n}`
    if (n % 97 === 0) return `Bad ${n},no address,,,,`
    return `P ${n},p${n}@example.com,+49 30 ${1_000_000 + n},Firm ${n % 40},Job ${n % 9},${n % 30 === 0 ? `note ${n}` : ""}`
  }
  return [
    "Name,E-mail,Phone,Company,Job title,Notes",
    ...Array.from({ length: rows }, (_, n) => line(n + 1)),
  ].join("\n")
}
async function startedImport(): Promise<{ workspace: TestWorkspace; importId: string }> {
  const workspace = await app.workspace()
  const known = Array.from({ length: 200 }, (_, n) => ({
    name: `P ${n * 11}`,
    emails: [{ address: `p${n * 11}@example.com` }],
  }))
  expect((await workspace.owner.post("/people/batch", { rows: known })).status).toBe(200)
  const made = await upload(workspace.owner, file())
  const importId = made.body.data.id
  await workspace.owner.patch(`/imports/${importId}`, { columns: [{ index: 5, target: { field: "note" } }] })
  expect((await workspace.owner.post(`/imports/${importId}/run`)).status).toBe(202)
  // The job is done by a process of its own.
  await app.services.pools.owner.query(
    "select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs",
  )
  return { workspace, importId }
}
/** Starts a process that goes on with the import; resolves when it is about to begin. */
async function startProcess(workspaceId: string, importId: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, "../../../testing/import-process.ts")
  const { dataDir } = app.services
  const child = spawn(
    process.execPath,
    ["--no-warnings", script, JSON.stringify({ connection, dataDir, workspaceId, importId })],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  const said = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  await Promise.race([once(said, "line"), once(child, "exit")])
  return child
}

async function positionOf(importId: string): Promise<number> {
  const query = "select position::int as position from imports where id = $1"
  const { rows: found } = await app.services.pools.owner.query<{ position: number }>(query, [importId])
  return found[0]?.position ?? 0
}

const tables = [
  "people",
  "companies",
  "notes",
  "changes",
  "events",
  "event_subjects",
  "record_values",
  "search_index",
  "import_rejects",
]
/** What each table of a workspace holds, ids and times aside, and whom the records are linked to. */
async function fingerprints(workspaceId: string): Promise<Record<string, unknown>> {
  const { owner } = app.services.pools
  const found: Record<string, unknown> = {}
  for (const table of tables) {
    const { rows: lines } = await owner.query(
      `select count(*)::int as count, md5(string_agg(line, E'\\n' order by line)) as digest from (
         select regexp_replace(regexp_replace(to_jsonb(t)::text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '#', 'g'),
           '\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+]00:00)', '@', 'g') as line
         from ${table} t where workspace_id = $1) lines`,
      [workspaceId],
    )
    found[table] = lines[0]
  }
  const { rows: links } = await owner.query(
    `select count(*)::int as count, md5(string_agg(p.name || ' at ' || coalesce(c.name, '-'), E'\\n' order by p.name, c.name)) as digest
     from people p left join companies c on c.workspace_id = p.workspace_id and c.id = p.company_id where p.workspace_id = $1`,
    [workspaceId],
  )
  return { ...found, links: links[0] }
}

describe("an import whose process is killed", () => {
  it(`${points} times ends as if nothing had happened`, { timeout: 60_000 + points * 30_000 }, async () => {
    const unbroken = await startedImport()
    const whole = await startProcess(unbroken.workspace.id, unbroken.importId)
    const begun = performance.now()
    await once(whole, "exit")
    const chunkMilliseconds = ((performance.now() - begun) / rows) * 1000

    const broken = await startedImport()
    const positions: number[] = []
    for (let point = 0; point < points; point++) {
      const child = await startProcess(broken.workspace.id, broken.importId)
      const past = (rows * (point + Math.random() * 0.8)) / (points + 1)
      while (child.exitCode === null && (await positionOf(broken.importId)) < past) await pause(20)
      await pause(Math.random() * chunkMilliseconds)
      child.kill("SIGKILL")
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
      positions.push(await positionOf(broken.importId))
    }
    const last = await startProcess(broken.workspace.id, broken.importId)
    await once(last, "exit")
    console.log(`killed at row ${positions.join(", ")} of ${rows}`)

    const [one, other] = await Promise.all(
      [unbroken, broken].map(
        async ({ workspace, importId }) => (await workspace.owner.get(`/imports/${importId}`)).body.data,
      ),
    )
    expect(other).toMatchObject({ status: "done", counts: one.counts, progress: { done: rows, total: rows } })
    expect(one.counts).toMatchObject({ rows, refused: expect.any(Number) })
    expect(await fingerprints(broken.workspace.id)).toEqual(await fingerprints(unbroken.workspace.id))
  })

  it("is taken up again by itself, and by one process only", async () => {
    const workspace = await app.workspace()
    const names = Array.from({ length: 2500 }, (_, n) => `P ${n},p${n}@example.com`)
    const made = await upload(workspace.owner, ["Name,E-mail", ...names].join("\n"))
    const path = `/imports/${made.body.data.id}`
    await workspace.owner.post(`${path}/run`)
    const { owner } = app.services.pools
    await owner.query(
      "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-killed'",
    )
    const liveness = await startLiveness(app.services)
    await expect
      .poll(async () => {
        await liveness.freeJobs()
        return (await owner.query("select task_identifier, locked_by from graphile_worker.jobs")).rows
      })
      .toEqual([{ task_identifier: "regulars", locked_by: null }])
    await liveness.stop()
    // Two processes that were thought dead go on at the same time, beside the one that has taken over.
    const { runImport } = await import("./run-import.ts")
    const late = Array.from({ length: 2 }, () => runImport(app.services, workspace.id, made.body.data.id))
    await Promise.all([app.drain(), ...late])
    await app.drain()
    expect((await workspace.owner.get(path)).body.data).toMatchObject({
      status: "done",
      counts: { rows: 2500, created: 2500, merged: 0, duplicates: 0 },
    })
    expect(await app.records(workspace, "people")).toHaveLength(2500)
  })
})
