import { randomBytes } from "node:crypto"
import pg from "pg"
import { inject } from "vitest"
import type { Connection } from "../src/kernel/db/pools.ts"
import { templateDatabase } from "./global-setup.ts"

/** A fresh migrated database of this test file's own; dropped with the server at the end of the run. */
export async function cloneDatabase(): Promise<Connection & { database: string }> {
  const server = inject("postgres")
  const database = `test_${randomBytes(6).toString("hex")}`
  const admin = new pg.Client({ ...server, database: "postgres" })
  await admin.connect()
  await admin.query(`create database ${database} template ${templateDatabase}`)
  await admin.end()
  return { ...server, database }
}
