import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { compile, type Query } from "../db/sql.ts"
import { runDueSchedules } from "../jobs/scheduler.ts"
import { binDays } from "../records/erase.ts"
import type { Head } from "./chain.ts"
import { readLines, writeLine } from "./chain-file.ts"
import { type ReadBlock, readChain } from "./read-chain.ts"
import { type Verdict, verifyChain } from "./verify.ts"

let app: TestApp
let shop: TestWorkspace
let anna: string
beforeEach(async () => {
  await app?.close()
  app = await startTestApp()
  shop = await app.workspace()
  anna = await make("Anna Auditova")
  await make("Berta Begleiterin")
  await shop.owner.patch(`/people/${anna}`, { jobTitle: "Baker" })
  await app.drain()
  await shop.owner.patch(`/people/${anna}`, { jobTitle: "Master baker" })
  await app.drain()
})
afterAll(() => app.close())

const day = 86_400_000
async function make(name: string): Promise<string> {
  const answer = await shop.owner.post("/people", { name })
  expect(answer.status, answer.text).toBe(201)
  await app.drain()
  return answer.body.data.id
}
function verdict(head?: Head): Promise<Verdict> {
  return app.inWorkspace(shop, (ctx) => verifyChain(readChain(ctx.tx), head))
}
async function head(): Promise<Head> {
  return (await shop.owner.get("/audit/head")).body.data
}
/** What somebody with the keys to the database does behind everyone's back. */
async function tamper(text: string, values: unknown[] = []): Promise<void> {
  const { rowCount } = await app.services.pools.owner.query(text, values)
  expect(rowCount).toBeGreaterThan(0)
}

describe("the audit chain", () => {
  it("holds what happened, block after block, and grows with it", async () => {
    const before = await verdict()
    expect(before).toMatchObject({ ok: true, erased: 0, broken: null })
    expect(before.events).toBeGreaterThanOrEqual(4)
    await make("Clara Chain")
    const after = await verdict(before.head as Head)
    expect(after).toMatchObject({ ok: true, events: before.events + 1 })
    expect(after.head?.seq).toBe((before.head as Head).seq + 1)
    expect((await shop.owner.post("/audit/verify", { head: before.head })).body.data).toEqual(after)
  })

  it("names the first fault, whatever was done to it", async () => {
    const kept = await head()
    const last = kept.seq
    const cases: [string, string, Partial<Verdict["broken"] & object>][] = [
      [
        "update audit_blocks set sealed_at = sealed_at + interval '1 hour' where seq = 2",
        "changed",
        { seq: 2 },
      ],
      ["delete from audit_blocks where seq = 2", "missing", { seq: 2 }],
      [`delete from audit_blocks where seq = ${last}`, "end", { seq: last }],
      [
        "update audit_blocks set seq = case seq when 2 then -3 else -2 end where seq in (2, 3); update audit_blocks set seq = -seq where seq < 0",
        "changed",
        { seq: 2 },
      ],
      ['update changes set after = \'{"jobTitle": "Thief"}\' where version = 2', "altered", {}],
      ["update events set actor_id = gen_random_uuid() where type = 'person.updated'", "altered", {}],
      ["delete from events where type = 'person.created'", "gone", {}],
    ]
    for (const [statement, reason, where] of cases) {
      const client = await app.services.pools.owner.connect()
      try {
        await client.query("begin")
        await client.query(statement)
        await client.query("select set_config('app.workspace', $1, true)", [shop.id])
        const rows = async <T>(query: Query<T>) => {
          const { text, values } = compile(query)
          return (await client.query(text, [...values])).rows as T[]
        }
        const found = await verifyChain(readChain({ workspaceId: shop.id, rows }), kept)
        expect(found.broken, statement).toMatchObject({ reason, ...where })
      } finally {
        await client.query("rollback")
        client.release()
      }
    }
    expect((await verdict(kept)).ok).toBe(true)
  })

  it("does not pass for another workspace's", async () => {
    const other = await app.workspace()
    await other.owner.post("/people", { name: "Otto Other" })
    await app.drain()
    await tamper("delete from audit_blocks where workspace_id = $1", [other.id])
    await tamper("update audit_blocks set workspace_id = $1 where workspace_id = $2", [other.id, shop.id])
    const found = await app.inWorkspace(other, (ctx) => verifyChain(readChain(ctx.tx)))
    expect(found.broken).toMatchObject({ seq: 1, reason: "changed" })
  })

  it("can be read but not changed by the role that serves requests", async () => {
    const client = await app.services.pools.owner.connect()
    const attempts = [
      "update audit_blocks set hash = '' where seq = 1",
      "delete from audit_blocks",
      "truncate audit_blocks",
      `insert into audit_blocks (workspace_id, seq, sealed_at, event_ids, leaves, previous, hash) values ('${shop.id}', 99, now(), '{}', '', '', '')`,
    ]
    try {
      for (const attempt of attempts) {
        await client.query("begin")
        await client.query(
          "select set_config('role', 'regulars_app', true), set_config('app.workspace', $1, true)",
          [shop.id],
        )
        const { rows } = await client.query("select count(*)::int as count from audit_blocks")
        expect(rows[0].count).toBeGreaterThan(0)
        await expect(client.query(attempt), attempt).rejects.toThrow(/permission denied/)
        await client.query("rollback")
      }
    } finally {
      client.release()
    }
  })

  it("stays sound after an erasure, which takes what was said and leaves the hashes", async () => {
    const filter = { field: "name", op: "isNotEmpty" }
    await shop.owner.post("/people/bulk", { filter, action: "addTags", input: { tags: ["both"] } })
    await app.drain()
    const kept = await head()
    await shop.owner.delete(`/people/${anna}`)
    await app.drain()
    app.clock.advance((binDays + 1) * day)
    await runDueSchedules(app.services)
    await app.drain()
    expect((await shop.owner.get(`/people/${anna}/history`)).status).toBe(404)
    const found = await verdict(kept)
    expect(found).toMatchObject({ ok: true, broken: null })
    // Her creation, two changes, the removal; the change to both, of which the other's part stays.
    expect(found.erased).toBe(5)
    // Without the fact of the erasure, what it erased is missing.
    await tamper("delete from events where type = 'records.erased'")
    expect((await verdict()).broken).toMatchObject({ reason: "gone" })
  })

  it("is verified from a file, without the database", async () => {
    const text = (await shop.owner.get("/audit/export")).text
    const file = join(app.services.dataDir, "chain.jsonl")
    await writeFile(file, text)
    const found = await verifyChain(readLines(file))
    expect(found).toMatchObject({ ok: true, blocks: text.trim().split("\n").length })
    await writeFile(file, text.replace("Master baker", "Master thief"))
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ reason: "altered" })
    await writeFile(
      file,
      text.replace("Master baker", "Master thief").replaceAll(/"salt":"[0-9a-f]+"/g, '"salt":null'),
    )
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ reason: "altered" })
    await writeFile(file, text.split("\n").toSpliced(1, 1).join("\n"))
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ seq: 2, reason: "missing" })
    await writeFile(file, `${text}{"seq":`)
    await expect(verifyChain(readLines(file))).rejects.toThrow(/Line \d+ is no block/)
  })

  it("writes the same lines as it reads", async () => {
    const blocks: ReadBlock[] = []
    await app.inWorkspace(shop, async (ctx) => {
      for await (const block of readChain(ctx.tx)) blocks.push(block)
    })
    const file = join(app.services.dataDir, "same.jsonl")
    await writeFile(file, blocks.map(writeLine).join(""))
    for await (const block of readLines(file)) expect(block).toEqual(blocks.shift())
    expect(blocks).toEqual([])
  })
})
