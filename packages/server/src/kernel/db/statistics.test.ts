import { expect, it } from "vitest"
import { startTestApp } from "../../../testing/app.ts"
import { analyzeGrown } from "./statistics.ts"

it("looks at tables that have grown since they were last looked at, and at no others", async () => {
  const app = await startTestApp()
  try {
    const { pools } = app.services
    const shop = await app.workspace()
    await analyzeGrown(pools)
    // A crash leaves the counters at nothing, which is what a table has that autovacuum leaves alone.
    await pools.owner.query("alter table companies set (autovacuum_enabled = off)")
    await pools.owner.query(
      `insert into companies (workspace_id, id, created_at, updated_at, name)
       select $1, gen_random_uuid(), now(), now(), 'Company ' || n from generate_series(1, 5000) n`,
      [shop.id],
    )
    expect(await analyzeGrown(pools)).toContain("companies")
    const { rows } = await pools.owner.query(
      "select reltuples from pg_class where oid = 'companies'::regclass",
    )
    expect(rows).toEqual([{ reltuples: 5000 }])
    expect(await analyzeGrown(pools)).not.toContain("companies")

    // The owner of a database of one's own is no superuser, and reads less of the catalogue.
    const client = await pools.owner.connect()
    await client.query("set role regulars_app")
    const plain = { owner: client as unknown as typeof pools.owner }
    expect(await analyzeGrown(plain).finally(() => client.release(true))).toEqual([])
  } finally {
    await app.close()
  }
})

it("looks at what an operation on many records has written, before anybody previews its undo", async () => {
  const app = await startTestApp()
  try {
    const { owner } = await app.workspace()
    await app.services.pools.owner.query("alter table changes set (autovacuum_enabled = off)")
    const rows = Array.from({ length: 1000 }, (_, index) => ({ name: `Person ${index}` }))
    const { body } = await owner.post("/people/batch", { rows })
    const ids = body.data.map(({ id }: { id: string }) => id)
    const known = async () => {
      const sql = "select reltuples from pg_class where oid = 'changes'::regclass"
      return (await app.services.pools.owner.query(sql)).rows[0].reltuples
    }
    expect(await known()).toBeLessThan(1000)
    await owner.post("/people/bulk", { ids, action: "update", input: { values: { jobTitle: "Baker" } } })
    await app.drain()
    await expect.poll(known, { timeout: 10_000 }).toBeGreaterThanOrEqual(1000)
  } finally {
    await app.close()
  }
})
