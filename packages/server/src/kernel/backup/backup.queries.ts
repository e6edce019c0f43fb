import pg from "pg"
import { to } from "pg-copy-streams"
import type { Pools } from "../db/pools.ts"

/** A client of its own: no pipelining, which COPY does not go with, and no pooler in between. */
export async function openClient(pools: Pools, name: string): Promise<pg.Client> {
  const client = new pg.Client({ ...pools.direct, application_name: `regulars ${name}`, keepAlive: true })
  // A connection that breaks makes the running query fail; it must not end the process as well.
  client.on("error", () => undefined)
  await client.connect()
  // Text of values that every server reads alike, and no limit of time.
  await client.query(
    "set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set timezone = 'UTC'; set bytea_output = 'hex'; set extra_float_digits = 1; set client_encoding = 'UTF8'; set search_path = public; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0",
  )
  return client
}

export interface Table {
  schema: string
  name: string
  /** Stored columns; generated ones follow from them. */
  columns: string[]
  /** As the planner guesses. */
  estimate: number
}
/** Tables of the product, sign-in included; not the job queue and not the record of migrations. */
const productTables = `
  select n.nspname as schema, c.relname as name, greatest(c.reltuples, 0)::float8 as estimate,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'auth') and c.relkind = 'r' and c.relname not in ('kysely_migration', 'kysely_migration_lock')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by n.nspname, c.relname`
export async function listTables(client: pg.Client): Promise<Table[]> {
  return (await client.query<Table>(productTables)).rows
}

export interface Sequence {
  schema: string
  name: string
  value: string
  called: boolean
}
export async function listSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    "select schemaname as schema, sequencename as name from pg_sequences where schemaname in ('public', 'auth') order by 1, 2",
  )
  const sequences: Sequence[] = []
  for (const { schema, name } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted({ schema, name })}`,
    )
    sequences.push({ schema, name, ...state.rows[0]! })
  }
  return sequences
}

export interface DatabaseState {
  /** Name of the newest migration; null where there has been none. */
  migration: string | null
  postgres: string
}
export async function readState(client: pg.Client): Promise<DatabaseState> {
  const { rows } = await client.query<{ known: boolean; postgres: string }>(
    "select to_regclass('public.kysely_migration') is not null as known, current_setting('server_version') as postgres",
  )
  const { known, postgres } = rows[0]!
  if (!known) return { migration: null, postgres }
  const newest = await client.query<{ name: string }>(
    "select name from kysely_migration order by name desc limit 1",
  )
  return { migration: newest.rows[0]?.name ?? null, postgres }
}

/** The contents that files are rows of; none in a database of a version that knew no files. */
export async function contentsNamed(client: pg.Client): Promise<Set<string>> {
  const known = await client.query<{ known: boolean }>(
    "select to_regclass('public.files') is not null as known",
  )
  if (!known.rows[0]!.known) return new Set()
  const { rows } = await client.query<[string]>({ text: "select distinct hash from files", rowMode: "array" })
  return new Set(rows.map(([hash]) => hash))
}

/** The rows of a table as COPY writes them, seen as they were when the transaction began. */
export function copyOut(client: pg.Client, table: Table): AsyncIterable<Buffer> {
  return client.query(to(`copy ${quoted(table)} (${columnList(table)}) to stdout`))
}

export function quoted({ schema, name }: { schema: string; name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
}
export function columnList({ columns }: { columns: readonly string[] }): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(", ")
}
export async function noteBackup(pools: Pools, backup: object): Promise<void> {
  await pools.owner.query("update installation set last_backup = $1", [JSON.stringify(backup)])
}

export interface BackupPlan {
  daily: boolean
  keepDays: number
  keepCount: number
}
export interface InstallationState {
  plan: BackupPlan
  sendingPaused: boolean
  workspaces: number
}
/** What the installation, not one workspace, says about backups and sending. */
export async function readInstallation(pools: Pools): Promise<InstallationState> {
  const { rows } = await pools.owner.query<BackupPlan & Omit<InstallationState, "plan">>(
    `select backup_daily as daily, backup_keep_days as "keepDays", backup_keep_count as "keepCount",
       sending_paused as "sendingPaused", (select count(*)::integer from workspaces) as workspaces from installation`,
  )
  const { sendingPaused, workspaces, ...plan } = rows[0]!
  return { plan, sendingPaused, workspaces }
}
/** Changes what is given, beside others who change something else; answers what then holds. */
export async function changePlan(pools: Pools, changes: Partial<BackupPlan>): Promise<BackupPlan> {
  const { daily = null, keepDays = null, keepCount = null } = changes
  const { rows } = await pools.owner.query<BackupPlan>(
    `update installation set backup_daily = coalesce($1, backup_daily), backup_keep_days = coalesce($2, backup_keep_days),
       backup_keep_count = coalesce($3, backup_keep_count)
     returning backup_daily as daily, backup_keep_days as "keepDays", backup_keep_count as "keepCount"`,
    [daily, keepDays, keepCount],
  )
  return rows[0]!
}
export async function resumeSending(pools: Pools): Promise<void> {
  await pools.owner.query("update installation set sending_paused = false")
}
