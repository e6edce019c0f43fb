import { isDeepStrictEqual } from "node:util"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { productVersion } from "../kernel/backup/manifest.ts"
import type { Context, Services } from "../kernel/context.ts"
import { readMigrations } from "../kernel/db/migrate.ts"
import { asSystem } from "../kernel/jobs/run.ts"
import type { StoredRecord } from "../kernel/records/columns.ts"
import { lookUpValues, searchEntry } from "../kernel/records/lookups.ts"
import {
  contentsAfter,
  indexedValues,
  latestRecords,
  readFacts,
  readWork,
  workspaceIds,
} from "./check.queries.ts"

export interface Checked {
  ok: boolean
  /** What is not in order, a sentence each. */
  problems: string[]
  versions: { regulars: string; node: string; postgres: string }
  migration: { database: string | null; newest: string }
  records?: { checked: number; wrong: number }
  files?: { checked: number; missing: number }
  jobs?: { waiting: number; failed: number; pendingEvents: number }
  lastBackup?: { file: string; createdAt: string } | null
}
/** Records looked at, of each entity and workspace. */
const sampleSize = 200
const filesAtOnce = 50

/** Looks whether everything is in order; changes nothing. */
export async function checkInstallation(services: Services): Promise<Checked> {
  const { pools } = services
  const { postgres, migration } = await readFacts(pools)
  const newest = Object.keys(await readMigrations()).at(-1) ?? ""
  const versions = { regulars: productVersion, node: process.version, postgres }
  const place = { versions, migration: { database: migration, newest } }
  if (migration !== newest) {
    const problem = `The database is at ${migration ?? "nothing"}, not at ${newest}: start Regulars, or run migrate.`
    return { ok: false, problems: [problem], ...place }
  }
  const records = await checkIndexes(services)
  const files = await checkFiles(services)
  const { failedJobs, waitingJobs, pendingEvents, lastBackup } = await readWork(pools)
  const problems = [
    ...(records.wrong > 0 ? [`${records.wrong} records are not found as they should be.`] : []),
    ...(files.missing > 0
      ? [`${files.missing} files are missing from the store, or are not as long as they were.`]
      : []),
    ...(failedJobs > 0 ? [`${failedJobs} jobs were given up.`] : []),
  ]
  const jobs = { waiting: waitingJobs, failed: failedJobs, pendingEvents }
  return { ok: problems.length === 0, problems, ...place, records, files, jobs, lastBackup }
}

async function checkIndexes(services: Services): Promise<{ checked: number; wrong: number }> {
  const total = { checked: 0, wrong: 0 }
  for (const workspaceId of await workspaceIds(services.pools))
    await asSystem(services, workspaceId, 0, async (ctx) => {
      for (const entity of ctx.registry.entities) {
        const records = await latestRecords(ctx, entity, sampleSize)
        total.checked += records.length
        total.wrong += await countWrong(ctx, entity, records)
      }
    })
  return total
}
/** How many are indexed otherwise than their values say. */
async function countWrong(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
): Promise<number> {
  const { values, search } = await indexedValues(
    ctx,
    records.map(({ id }) => id),
  )
  const valuesOf = Map.groupBy(values, ({ recordId }) => recordId)
  const searchOf = new Map(search.map(({ recordId, ...entry }) => [recordId, entry]))
  const text = (pairs: { field: string; value: string }[]) =>
    pairs.map(({ field, value }) => `${field}\n${value}`).sort()
  return records.filter(
    (record) =>
      !isDeepStrictEqual(text(valuesOf.get(record.id) ?? []), text(lookUpValues(entity, record))) ||
      !isDeepStrictEqual(comparable(searchOf.get(record.id)), comparable(searchEntry(entity, record))),
  ).length
}
/** The database keeps the entries of a map in an order of its own, so that only the words can be compared. */
function comparable(entry: { title: string; subtitle: string | null; body: string } | undefined) {
  return entry && { ...entry, body: entry.body.split(" ").sort() }
}

async function checkFiles(services: Services): Promise<{ checked: number; missing: number }> {
  const total = { checked: 0, missing: 0 }
  let last = ""
  for (;;) {
    const contents = await contentsAfter(services.pools, last, filesAtOnce)
    if (contents.length === 0) return total
    const found = await Promise.all(contents.map(({ hash }) => services.contents.look(hash)))
    total.checked += contents.length
    total.missing += contents.filter(({ size }, index) => found[index]?.size !== size).length
    last = contents.at(-1)!.hash
  }
}
