import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { entities } from "@regulars/contract/entities.ts"
import { afterAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { compile, type Query } from "../db/sql.ts"
import { runDueSchedules } from "../jobs/scheduler.ts"
import { binDays, eraseRecords } from "../records/erase.ts"
import type { Head } from "./chain.ts"
import { readLines, writeLine } from "./chain-file.ts"
import { type ChainPart, readChain } from "./read-chain.ts"
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
      [
        `insert into events (workspace_id, id, type, occurred_at, recorded_at, actor_type, data, pending, salt)
         select workspace_id, gen_random_uuid(), type, now(), recorded_at + interval '1 hour', actor_type, data, false, salt from events where type = 'person.updated' limit 1`,
        "outside",
        { seq: last },
      ],
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
      "update events set pending = false",
      `insert into events (workspace_id, id, type, occurred_at, recorded_at, actor_type, data, pending)
       values ('${shop.id}', gen_random_uuid(), 'person.updated', now(), now(), 'system', '{}', false)`,
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
    expect(found).toEqual(await verdict())
    expect(found.ok).toBe(true)
    await writeFile(file, text.replace("Master baker", "Master thief"))
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ reason: "altered" })
    await writeFile(
      file,
      text.replace("Master baker", "Master thief").replaceAll(/"salt":"[0-9a-f]+"/g, '"salt":null'),
    )
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ reason: "altered" })
    const without = (which: RegExp) => text.split("\n").filter((line) => !which.test(line))
    await writeFile(file, without(/"seq":2,/).join("\n"))
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ reason: "altered" })
    await writeFile(file, without(/Master baker/).join("\n"))
    expect((await verifyChain(readLines(file))).broken).toMatchObject({ reason: "gone" })
    await writeFile(file, `${text}{"seq":`)
    await expect(verifyChain(readLines(file))).rejects.toThrow(/Line \d+ is no part/)
  })

  it("reads files in which the events stand within their blocks", async () => {
    const lines = (await shop.owner.get("/audit/export")).text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    const events = new Map(lines.filter(({ event }) => event).map(({ event, ...said }) => [event, said]))
    const older = lines.flatMap(({ seq, events: own, ...block }) =>
      seq
        ? [{ ...block, seq, events: own.map((one: { id: string }) => ({ ...one, ...events.get(one.id) })) }]
        : [],
    )
    const file = join(app.services.dataDir, "older.jsonl")
    await writeFile(file, older.map((line) => `${JSON.stringify(line)}\n`).join(""))
    expect(await verifyChain(readLines(file))).toEqual(await verdict())
    expect((await verdict()).events).toBe(events.size)
  })

  it("is sound between an erasure and its sealing, and says that it waits", async () => {
    await shop.owner.delete(`/people/${anna}`)
    await app.drain()
    await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, entities.people, [anna]))
    const found = await verdict()
    expect(found).toMatchObject({ ok: true, erased: 4, unsealed: 4 })
    const file = join(app.services.dataDir, "waiting.jsonl")
    await writeFile(file, (await shop.owner.get("/audit/export")).text)
    expect(await verifyChain(readLines(file))).toMatchObject({ ok: true, unsealed: 4 })
    await app.drain()
    expect(await verdict()).toMatchObject({ ok: true, erased: 4, unsealed: 0 })
  })

  it("is read in portions, however much a block tells of", async () => {
    await tamper(
      `insert into events (workspace_id, id, type, occurred_at, recorded_at, actor_type, data)
       select $1, gen_random_uuid(), 'person.updated', now(), now(), 'system', jsonb_build_object('ids',
         (select jsonb_agg(gen_random_uuid()) from generate_series(1, 500) where n > 0)) from generate_series(1, 60) n`,
      [shop.id],
    )
    await app.drain()
    let widest = 0
    const found = await app.inWorkspace(shop, ({ tx, workspaceId }) => {
      const rows = async <T>(query: Query<T>) => {
        const answer = await tx.rows<T>(query)
        widest = Math.max(widest, JSON.stringify(answer).length)
        return answer
      }
      return verifyChain(readChain({ workspaceId, rows }))
    })
    expect(found.ok).toBe(true)
    // The block's events are more than a million characters.
    expect(widest).toBeLessThan(200_000)
  })

  it("writes the same lines as it reads", async () => {
    const parts: ChainPart[] = []
    await app.inWorkspace(shop, async (ctx) => {
      for await (const part of readChain(ctx.tx)) parts.push(part)
    })
    const file = join(app.services.dataDir, "same.jsonl")
    await writeFile(file, parts.map(writeLine).join(""))
    for await (const part of readLines(file)) expect(part).toEqual(parts.shift())
    expect(parts).toEqual([])
  })
})
