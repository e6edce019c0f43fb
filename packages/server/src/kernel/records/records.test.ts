import { companies, people } from "@regulars/contract/domains/people.ts"
import { entityList } from "@regulars/contract/entities.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cloneDatabase } from "../../../testing/database.ts"
import { permissionsOf } from "../access/roles.ts"
import type { Context, Services } from "../context.ts"
import { openPools, type Pools } from "../db/pools.ts"
import { transaction } from "../db/transaction.ts"
import { newId } from "../ids.ts"
import { createLiveHub } from "../live.ts"
import { createRegistry } from "../registry.ts"
import { removeRecords, restoreRecords } from "./bin.ts"
import { createRecord } from "./create.ts"
import { listIds, listRecords } from "./list.ts"
import { getRecord } from "./read.ts"
import { updateRecords } from "./update.ts"

let pools: Pools
const workspaceId = newId()
const other = newId()
const registry = createRegistry(entityList, [])
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

beforeAll(async () => {
  pools = openPools({ connection: await cloneDatabase() })
  for (const id of [workspaceId, other])
    await pools.owner.query(
      "insert into workspaces values ($1, 'W', 'DE', 'EUR', 'Europe/Berlin', 'de', now(), now())",
      [id],
    )
})
afterAll(() => pools.close())

function inWorkspace<T>(work: (ctx: Context) => Promise<T>, id = workspaceId): Promise<T> {
  return transaction({ pool: pools.app }, { role: "regulars_app", workspaceId: id }, (tx) =>
    work({
      workspaceId: id,
      actor: { type: "system", memberId: null, userId: null },
      role: "owner",
      permissions: permissionsOf("owner"),
      tx,
      services: { live: createLiveHub() } as Services,
      registry,
      now: () => new Date(),
      language: "de",
      timeZone: "Europe/Berlin",
      workspaceZone: "Europe/Berlin",
      country: "DE",
      currency: "EUR",
      requestId: "test",
      log,
      depth: 0,
    }),
  )
}

describe("records", () => {
  it("creates, reads, changes, removes and restores, keeping history", async () => {
    const made = await inWorkspace((ctx) =>
      createRecord(ctx, people, {
        name: " Änne Müller ",
        emails: [{ address: "Anne@Example.com" }],
        phones: [{ number: "030 1234567" }],
        tags: ["Stammkundin", "stammkundin"],
      }),
    )
    expect(made).toMatchObject({ name: "Änne Müller", version: 1, tags: ["Stammkundin"] })
    expect(made.emails).toMatchObject([{ address: "anne@example.com" }])
    expect(made.phones).toMatchObject([{ number: "+49301234567", raw: "030 1234567" }])
    const [change] = await inWorkspace((ctx) =>
      updateRecords(ctx, people, [{ id: made.id, values: { lifecycleStage: "regular" }, baseVersion: 1 }]),
    )
    expect(change?.after).toMatchObject({ version: 2, lifecycleStage: "regular" })
    await inWorkspace((ctx) => removeRecords(ctx, people, [made.id]))
    await expect(inWorkspace((ctx) => getRecord(ctx, people, made.id))).rejects.toMatchObject({
      code: "not_found",
    })
    await inWorkspace((ctx) => restoreRecords(ctx, people, [made.id]))
    expect(await inWorkspace((ctx) => getRecord(ctx, people, made.id))).toMatchObject({
      version: 4,
      lifecycleStage: "regular",
    })
    const { rows } = await pools.owner.query(
      "select version, kind, before, after from changes where record_id = $1 order by version",
      [made.id],
    )
    expect(rows.map((row) => row.kind)).toEqual(["update", "remove", "restore"])
    expect(rows[0]).toMatchObject({ before: { lifecycleStage: null }, after: { lifecycleStage: "regular" } })
  })

  it("finds a conflict only where the same field was changed", async () => {
    const made = await inWorkspace((ctx) => createRecord(ctx, people, { name: "Conflict" }))
    await inWorkspace((ctx) => updateRecords(ctx, people, [{ id: made.id, values: { jobTitle: "Chef" } }]))
    await inWorkspace((ctx) =>
      updateRecords(ctx, people, [{ id: made.id, values: { language: "de" }, baseVersion: 1 }]),
    )
    await expect(
      inWorkspace((ctx) =>
        updateRecords(ctx, people, [{ id: made.id, values: { jobTitle: "Cook" }, baseVersion: 1 }]),
      ),
    ).rejects.toMatchObject({
      code: "version_conflict",
      info: { details: { fields: [{ field: "jobTitle", theirs: "Chef", yours: "Cook" }] } },
    })
  })

  it("lets one of many creations with the same address through", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        inWorkspace((ctx) =>
          createRecord(ctx, people, { name: "Twin", emails: [{ address: "twin@example.com" }] }),
        ),
      ),
    )
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1)
    for (const result of results)
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({
          code: "duplicate_suspected",
          info: { details: { candidates: [{ name: "Twin", field: "emails" }] } },
        })
  })

  it("pages by keyset through filled and empty values, in both directions", async () => {
    await inWorkspace(async (ctx) => {
      for (const [name, industry] of [
        ["A", "Food"],
        ["B", null],
        ["Ä", "Art"],
        ["c", null],
        ["D", "Zoo"],
      ] as const)
        await createRecord(ctx, companies, { name, industry }, { allowDuplicate: true })
    }, other)
    const walk = (sort: string[]) =>
      inWorkspace(async (ctx) => {
        const names: unknown[] = []
        let cursor: string | undefined
        do {
          const page = await listRecords(ctx, companies, { sort, limit: 2, cursor, fields: ["name"] })
          names.push(...page.data.map((row) => row.name))
          cursor = page.page.next ?? undefined
        } while (cursor)
        return names
      }, other)
    expect(await walk(["name"])).toEqual(["A", "Ä", "B", "c", "D"])
    expect(await walk(["-name"])).toEqual(["D", "c", "B", "Ä", "A"])
    expect((await walk(["industry"])).slice(0, 3)).toEqual(["Ä", "A", "D"])
    expect((await walk(["-industry"])).slice(0, 3)).toEqual(["D", "A", "Ä"])
    expect(await walk(["industry", "-name"])).toEqual(["Ä", "A", "D", "c", "B"])
    expect(await inWorkspace((ctx) => listIds(ctx, companies, { sort: ["name"] }), other)).toHaveLength(5)
  })

  it("shows one workspace nothing of another, even to a query without a predicate", async () => {
    const made = await inWorkspace((ctx) => createRecord(ctx, companies, { name: "Ours" }))
    await expect(inWorkspace((ctx) => getRecord(ctx, companies, made.id), other)).rejects.toMatchObject({
      code: "not_found",
    })
    const { rows } = await pools.owner.query(
      "select count(*)::int as n from companies where workspace_id = $1",
      [other],
    )
    const { sql } = await import("../db/sql.ts")
    const seen = await inWorkspace(
      (ctx) => ctx.tx.row<{ n: number }>(sql`select count(*)::int as n from companies`),
      other,
    )
    expect(seen?.n).toBe(rows[0]?.n)
  })

  it.each([
    [{ field: "name", op: "is", value: "anne muller" }, ["Änne Müller"]],
    [{ field: "name", op: "contains", value: "Mull" }, ["Änne Müller"]],
    [{ field: "name", op: "startsWith", value: "ann" }, ["Änne Müller"]],
    [{ field: "emails", op: "is", value: "ANNE@example.com" }, ["Änne Müller"]],
    [{ field: "phones", op: "startsWith", value: "+4930" }, ["Änne Müller"]],
    [{ field: "tags", op: "isAnyOf", value: ["STAMMKUNDIN"] }, ["Änne Müller"]],
    [{ field: "lifecycleStage", op: "is", value: "regular" }, ["Änne Müller"]],
    [
      { all: [{ field: "lifecycleStage", op: "isNot", value: "regular" }, { search: "confl" }] },
      ["Conflict"],
    ],
    [{ event: "person.updated", count: { atLeast: 2 } }, ["Conflict"]],
    [{ field: "createdAt", op: "during", value: { period: "today" } }, ["Änne Müller", "Conflict", "Twin"]],
    [{ field: "createdAt", op: "before", value: { ago: { n: 1, unit: "day" } } }, []],
  ] as const)("filters %j", async (filter, expected) => {
    const result = await inWorkspace((ctx) =>
      listRecords(ctx, people, { filter: filter as never, sort: ["name"], limit: 50, fields: ["name"] }),
    )
    expect(result.data.map((row) => row.name)).toEqual(expected)
  })
})
