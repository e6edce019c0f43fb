import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { entityList } from "@regulars/contract/entities.ts"
import { defineEntity } from "@regulars/contract/kernel/entity.ts"
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest"
import { cloneDatabase } from "../../../testing/database.ts"
import { productRegistry } from "../../app.ts"
import { startRegulars } from "../../start.ts"
import { readConfig } from "../config.ts"
import { openPools, type Pools } from "../db/pools.ts"
import { createLog } from "../log.ts"
import { checkReferenceRules } from "./reference-rules.ts"

let connection: Awaited<ReturnType<typeof cloneDatabase>>
let pools: Pools
beforeAll(async () => {
  connection = await cloneDatabase()
  pools = openPools({ connection })
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

it("ends the start of the product with that sentence", async () => {
  const { host, port, user, password, database } = connection
  await pools.owner.query("create table loans (workspace_id uuid, id uuid, entity text, record_id uuid)")
  const dataDir = await mkdtemp(join(tmpdir(), "regulars-start-"))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const config = readConfig({
    DATABASE_URL: `postgresql://${user}:${password ?? ""}@${encodeURIComponent(String(host))}:${port}/${database}`,
    REGULARS_DATA: dataDir,
    ROLE: "worker",
    LOG_LEVEL: "silent",
  })
  await expect(startRegulars(config, createLog(config))).rejects.toThrow("nothing says what becomes of that")
  await pools.owner.query("drop table loans")
})

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
