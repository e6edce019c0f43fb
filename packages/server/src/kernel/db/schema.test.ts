import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { entityList } from "@regulars/contract/entities.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { cloneDatabase } from "../../../testing/database.ts"
import { columnName, columnType, minorColumn } from "../records/columns.ts"
import { openPools, type Pools } from "./pools.ts"
import { tableTypes } from "./table-types.ts"

let pools: Pools
beforeAll(async () => {
  pools = openPools({ connection: await cloneDatabase() })
})
afterAll(() => pools.close())

it("has the row types of the migrated database committed (npm run generate)", async () => {
  const committed = await readFile(join(import.meta.dirname, "generated/tables.ts"), "utf8")
  expect(await tableTypes(pools.owner)).toBe(committed)
})

it.each(entityList.map((entity) => [entity.name, entity] as const))(
  "has a column of the right type for every field of %s",
  async (name, entity) => {
    const { rows } = await pools.owner.query<{ column: string; type: string }>(
      "select column_name as column, udt_name as type from information_schema.columns where table_schema = 'public' and table_name = $1",
      [name],
    )
    const found = new Map(rows.map((row) => [row.column, row.type]))
    for (const [key, field] of Object.entries(entity.fields))
      expect(found.get(columnName(key)), key).toBe(columnType(field))
    for (const [key, field] of Object.entries(entity.fields))
      if (field.type === "money") expect(found.get(minorColumn(key)), minorColumn(key)).toBe("float8")
  },
)

it("holds every table of a workspace behind row-level security, with the workspace first in its key", async () => {
  const { rows } = await pools.owner.query<{
    name: string
    secured: boolean
    first: string
    policies: number
  }>(`
    select c.relname as name, c.relrowsecurity as secured,
      (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as first,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')`)
  expect(rows.length).toBeGreaterThan(15)
  // Turns of the clock are the worker's own, which is the owner; requests have no right to them at all.
  for (const row of rows.filter(({ name }) => name !== "schedule_turns"))
    expect(row, row.name).toMatchObject({ secured: true, first: "workspace_id" })
  for (const row of rows.filter(({ name }) => name !== "schedule_turns"))
    expect(row.policies, row.name).toBeGreaterThan(0)
})

it("folds text in the database as the contract does", async () => {
  const texts = [
    "Änne MÜLLER",
    "Straße",
    "ŁÓDŹ",
    "Ærø",
    "naïve café",
    "İstanbul ı",
    "ﬁ ﬂ",
    "Ñandú  x",
    "日本 語",
    "привет",
    "Ａｂｃ",
    "e\u0301",
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...texts), fc.string({ unit: fc.constantFrom(..."aÄßøœæŁđ é\tñ Zz9-'") })),
      async (text) => {
        const { rows } = await pools.owner.query<{ folded: string }>("select fold($1) as folded", [text])
        expect(rows[0]?.folded).toBe(fold(text))
      },
    ),
    { numRuns: 200 },
  )
})
