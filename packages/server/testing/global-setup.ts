import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { TestProject } from "vitest/node"
import { migrate } from "../src/kernel/db/migrate.ts"
import { openPools } from "../src/kernel/db/pools.ts"
import { migrateJobs } from "../src/kernel/jobs/worker.ts"
import { startPostgres } from "../src/kernel/postgres/index.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The test run's database server; each test file has a database of its own on it. */
    postgres: { host: string; port?: number; user: string; password: string; database: string }
  }
}
export const templateDatabase = "template_regulars"

/** One embedded PostgreSQL for the run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-tests-"))
  // The database runs as a user of its own when this is root, and must get here.
  await chmod(folder, 0o711)
  const quiet = () => undefined
  const postgres = await startPostgres({ dataDir: folder, log: { info: quiet, warn: quiet, error: quiet } })
  const admin = new pg.Client(postgres.connection)
  await admin.connect()
  await admin.query(`create database ${templateDatabase}`)
  await admin.end()
  const pools = openPools({ connection: { ...postgres.connection, database: templateDatabase } })
  await migrate(pools.owner)
  await migrateJobs({ pools })
  await pools.close()
  project.provide("postgres", postgres.connection as never)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
