import { entityList } from "@regulars/contract/entities.ts"
import { defineEntity } from "@regulars/contract/kernel/entity.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { cloneDatabase } from "../../../testing/database.ts"
import { productRegistry } from "../../app.ts"
import { openPools, type Pools } from "../db/pools.ts"
import { checkReferenceRules } from "./reference-rules.ts"

let pools: Pools
beforeAll(async () => {
  pools = openPools({ connection: await cloneDatabase() })
})
afterAll(() => pools.close())
const check = () => checkReferenceRules(pools, productRegistry())

it("knows what becomes of everything that points at people and companies", async () => {
  await expect(check()).resolves.toBeUndefined()
})

it.each([
  [
    "a foreign key",
    `person uuid not null, foreign key (workspace_id, person) references people (workspace_id, id)`,
    "loans.person",
  ],
  [
    "the id of any record beside its kind",
    `entity text not null, record_id uuid not null`,
    "loans.record_id",
  ],
  ["two ids beside a kind", `entity text, one_id uuid, other_id uuid`, "loans.one_id"],
  ["a subject", `subject_type text not null, subject_id uuid not null`, "loans.subject_id"],
  ["an id that says whose it is", `company_id uuid`, "loans.company_id"],
  ["several ids", `person_ids uuid[]`, "loans.person_ids"],
])(
  "does not start with a table that points by %s and says nothing of merging",
  async (_, columns, reference) => {
    await pools.owner.query(`create table loans (workspace_id uuid not null, id uuid not null, ${columns})`)
    const message = `"${reference}"`
    await expect(check()).rejects.toThrow(message)
    await expect(check()).rejects.toThrow('"loans"')
    await pools.owner.query("drop table loans")
    await expect(check()).resolves.toBeUndefined()
  },
)

it("does not start with a field of links that no index finds", async () => {
  const loans = defineEntity({
    name: "loans",
    singular: "loan",
    title: "name",
    defaultSort: "name",
    fields: {
      name: { type: "text" },
      lines: {
        type: "list",
        key: "text",
        item: { text: { type: "text" }, personId: { type: "link", target: "people" } },
      },
    },
  })
  const registry = productRegistry([...entityList, loans])
  await expect(checkReferenceRules(pools, registry)).rejects.toThrow("loans.lines")
})
