import { Kysely, PostgresDialect } from "kysely"
import { Migrator } from "kysely/migration"
import type pg from "pg"
import { readMigrations } from "./migrate.ts"

/**
 * Brings an empty database to a migration by its name, inside the transaction that `client` is in: with its
 * rollback nothing has happened. Throws when a statement fails.
 */
export async function migrateWithin(client: pg.Client, migration: string): Promise<void> {
  const lent = { query: client.query.bind(client), release: () => undefined }
  const pool = { connect: async () => lent, end: async () => undefined } as unknown as pg.Pool
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error } = await migrator.migrateTo(migration, { disableTransactions: true })
  if (error) throw error
  // The migrator limits how long it waits for locks, for the rest of the transaction.
  await client.query("set local lock_timeout = 0")
}
