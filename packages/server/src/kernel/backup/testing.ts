import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { onTestFinished } from "vitest"
import { type Connection, openPools, type Pools } from "../db/pools.ts"

export const now = () => new Date("2026-03-18T10:00:00Z")

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-backup-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
/** A database with nothing in it, on the server of `connection`. */
export async function emptyDatabase(connection: Connection): Promise<Pools> {
  const database = `test_${randomBytes(6).toString("hex")}`
  const admin = new pg.Client({ ...connection, database: "postgres" })
  await admin.connect()
  await admin.query(`create database ${database}`)
  await admin.end()
  return opened({ ...connection, database })
}
export function opened(connection: Connection): Pools {
  const pools = openPools({ connection })
  onTestFinished(() => pools.close())
  return pools
}

/** Everything about tables that a restore takes apart and has to put together again. */
export async function structureOf(pools: Pools): Promise<unknown> {
  const { rows } = await pools.owner.query(
    `select tablename as "table", indexdef as definition from pg_indexes where schemaname in ('public', 'auth')
     union all
     select conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(c.oid) from pg_constraint c
       join pg_namespace n on n.oid = c.connamespace where n.nspname in ('public', 'auth') and c.contype <> 'n'
     union all
     select tablename, policyname || coalesce(qual, '') from pg_policies
     union all
     select c.relname, c.relrowsecurity::text || coalesce(c.relacl::text, '') from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'auth') and c.relkind = 'r'
     union all
     select p.proname, coalesce(p.proacl::text, '') from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     order by 1, 2`,
  )
  return rows
}
