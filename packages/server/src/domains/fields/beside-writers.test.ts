import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Answer, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { cloneDatabase } from "../../../testing/database.ts"
import { startBridge } from "../../kernel/db/bridge.ts"
import type { Connection } from "../../kernel/db/pools.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { updateRecords } from "../../kernel/records/update.ts"

let connection: Connection
let app: TestApp
/** Another process on the same database; nothing tells it of changes unless a test says so. */
let other: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  connection = await cloneDatabase()
  app = await startTestApp({ connection })
  other = await startTestApp({ connection })
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(async () => {
  await other.close()
  await app.close()
})

const size = { entity: "people", type: "text", label: "Size" }
async function declare(field: object = size): Promise<string> {
  const answer = await shop.owner.post("/fields", field)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
async function person(custom: object): Promise<string> {
  const answer = await shop.owner.post("/people", { name: "Somebody", custom })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const customOf = async (id: string) => (await shop.owner.get(`/people/${id}`)).body.data.custom

/** Until so many transactions wait at a gate. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await app.services.pools.owner.query<{ count: number }>(`
      select count(*)::int as count from pg_locks
      where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
    if (rows[0]?.count === count) return
    await sleep(10)
  }
}
/** What comes first and second while nobody gets through the gate, and then both, in this order. */
async function inOrder(
  first: () => Promise<Answer>,
  ...others: (() => Promise<Answer>)[]
): Promise<Answer[]> {
  const holder = new pg.Client(connection as pg.ClientConfig)
  await holder.connect()
  try {
    await holder.query("begin")
    await holder.query("select pass_gate($1, true, null)", [shop.id])
    const answers = [first()]
    await waiting(1)
    answers.push(...others.map((begin) => begin()))
    await waiting(1 + others.length)
    await holder.query("commit")
    return await Promise.all(answers)
  } finally {
    await holder.end()
  }
}
/** A change of fields that comes while a writer is under way, who writes before it and commits. */
async function afterWriter(id: string, values: Values, change: () => Promise<Answer>): Promise<Answer> {
  const { answer } = await app.inWorkspace(shop, async (ctx) => {
    const answer = change()
    await waiting(1)
    await updateRecords(ctx, ctx.registry.entity("people")!, [{ id, values }])
    return { answer }
  })
  return answer
}

describe("a change of a field's type", () => {
  it("waits for a writer who came before, and converts what they wrote", async () => {
    const fieldId = await declare()
    const id = await person({ size: "41" })
    const changed = await afterWriter(id, { "custom.size": "43" }, () =>
      shop.owner.patch(`/fields/${fieldId}`, { type: "number" }),
    )
    expect(changed.status, changed.text).toBe(200)
    expect(await customOf(id)).toEqual({ size: 43 })
  })
  it.each(["the same process", "another process"])(
    "has a writer in %s who comes later write by the new declaration",
    async (where) => {
      const fieldId = await declare()
      const id = await person({ size: "41" })
      const late = where === "another process" ? other.as(shop.apiKey) : shop.owner
      // Remembered there.
      await late.get("/people")
      const [changed, fitting, refused] = await inOrder(
        () => shop.owner.patch(`/fields/${fieldId}`, { type: "number" }),
        () => late.patch(`/people/${id}`, { jobTitle: "Chef" }),
        () => late.patch(`/people/${id}`, { custom: { size: "large" } }),
      )
      expect(changed?.status, changed?.text).toBe(200)
      expect(fitting?.body.data.custom).toEqual({ size: 41 })
      expect(refused?.status).toBe(422)
      expect(refused?.body.errors).toEqual([expect.objectContaining({ path: "custom.size" })])
      expect(await customOf(id)).toEqual({ size: 41 })
    },
  )
})

describe("a removal", () => {
  it("has a later writer hear that the field is gone, and the value is there when it is restored", async () => {
    const fieldId = await declare()
    const id = await person({ size: "41" })
    const [removed, refused, created] = await inOrder(
      () => shop.owner.delete(`/fields/${fieldId}`),
      () => shop.owner.patch(`/people/${id}`, { custom: { size: "43" } }),
      () => shop.owner.post("/people", { name: "B", custom: { size: "44" } }, { "idempotency-key": "one" }),
    )
    expect(removed?.status).toBe(204)
    for (const answer of [refused, created])
      expect(answer?.body.errors).toEqual([
        expect.objectContaining({ path: "custom.size", code: "unknown_field" }),
      ])
    await shop.owner.post(`/fields/${fieldId}/restore`)
    expect(await customOf(id)).toEqual({ size: "41" })
  })
})

describe("a field that becomes unique", () => {
  it("is refused when a writer who came before made values repeat", async () => {
    const fieldId = await declare()
    await person({ size: "41" })
    const id = await person({ size: "42" })
    const refused = await afterWriter(id, { "custom.size": "41" }, () =>
      shop.owner.patch(`/fields/${fieldId}`, { unique: true }),
    )
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: "unique", code: "not_unique" })])
  })
  it("lets one of two later writers of the same value through", async () => {
    const fieldId = await declare()
    // Remembered without.
    await shop.owner.get("/people")
    const create = () => shop.owner.post("/people", { name: "B", custom: { size: "41" } })
    const [changed, ...created] = await inOrder(
      () => shop.owner.patch(`/fields/${fieldId}`, { unique: true }),
      create,
      create,
    )
    expect(changed?.status, changed?.text).toBe(200)
    expect(created.map(({ status }) => status).sort()).toEqual([201, 422])
  })
})

describe("another process", () => {
  it("works by the new fields in its jobs, whatever it remembers", async () => {
    const id = await person({})
    await other.as(shop.apiKey).get("/people")
    await declare({ entity: "people", type: "number", label: "Cups" })
    await shop.owner.patch(`/people/${id}`, { custom: { cups: 2 } })
    await declare({
      entity: "people",
      type: "formula",
      label: "Double",
      options: { formula: "custom.cups * 2" },
    })
    await other.drain()
    expect(await customOf(id)).toEqual({ cups: 2, double: 4 })
  })
  it("hears of a change with its commit, and of none that was refused", async () => {
    const bridge = await startBridge(other.services)
    const listener = new pg.Client(connection as pg.ClientConfig)
    await listener.connect()
    const heard: string[] = []
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""))
    await listener.query("listen regulars")
    try {
      const there = other.as(shop.apiKey)
      const id = await person({})
      expect((await there.get(`/people/${id}`)).body.data.custom).toEqual({})
      expect((await shop.owner.post("/fields", { ...size, required: "stages" })).status).toBe(422)
      await declare()
      while (!("size" in (await there.get(`/people/${id}`)).body.data.custom)) await sleep(10)
      await listener.query("select")
      expect(heard.filter((text) => text.includes('"fields"'))).toHaveLength(1)
    } finally {
      await listener.end()
      await bridge.stop()
    }
  })
})
