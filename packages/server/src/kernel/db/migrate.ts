import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { Kysely, PostgresDialect, sql } from "kysely"
import { type Migration, Migrator } from "kysely/migration"
import type pg from "pg"

const folder = join(import.meta.dirname, "../../../migrations")

/** The numbered files, forward only: a file that has landed is never edited. */
export async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort()
  const migrations: Record<string, Migration> = {}
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8")
    migrations[name.replace(/\.sql$/, "")] = { up: async (db) => void (await sql.raw(text).execute(db)) }
  }
  return migrations
}

export interface MigrationResult {
  applied: string[]
  version: string
}

/**
 * Brings the database to the newest version. `beforeFirst` runs once when something is to be applied to a
 * database that already holds data: the automatic backup. Throws with the failing migration's name.
 */
export async function migrate(
  pool: pg.Pool,
  beforeFirst?: (pending: string[]) => Promise<void>,
): Promise<MigrationResult> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const known = await migrator.getMigrations()
  const pending = known.filter((migration) => !migration.executedAt).map((migration) => migration.name)
  if (pending.length > 0 && pending.length < known.length) await beforeFirst?.(pending)
  const { error, results } = await migrator.migrateToLatest()
  const failed = results?.find((result) => result.status === "Error")
  if (error)
    throw new Error(
      `The database could not be brought to the newest version${failed ? ` (${failed.migrationName})` : ""}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  return {
    applied: (results ?? []).map((result) => result.migrationName),
    version: known.at(-1)?.name ?? "none",
  }
}
