import { finished } from "node:stream/promises"
import type pg from "pg"
import { from } from "pg-copy-streams"
import { columnList, quoted, type Table } from "./backup.queries.ts"
import type { Manifest } from "./manifest.ts"
import { BackupProblem } from "./problem.ts"

const schemas = "('public', 'auth')"
const notOfAnExtension = (catalogue: string, alias: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${alias}.oid and d.deptype = 'e')`
const ownTables = `
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ${schemas} and c.relkind = 'r' and ${notOfAnExtension("pg_class", "c")}`
/** As much of an installation's id as is used outside the database. */
const shortId = "left(instance_id::text, 8) as id"

/**
 * Makes room in a database that nobody has used: without tables, or set up by Regulars and still without rows.
 * Throws when it holds anything. Returns the id of the installation it was set up for.
 */
export async function clearUnused(client: pg.Client): Promise<string | undefined> {
  const { rows: tables } = await client.query<{ schema: string; name: string }>(ownTables)
  if (tables.length === 0) return undefined
  const isOurs = tables.some(({ name }) => name === "kysely_migration")
  // One row of its own, made by the first migration, and the record of migrations, say nothing.
  const telling = tables.filter(({ name }) => !/^(installation|kysely_migration(_lock)?)$/.test(name))
  for (const table of isOurs ? telling : tables) {
    const { rowCount } = await client.query(`select from ${quoted(table)} limit 1`)
    if (rowCount || !isOurs)
      throw new BackupProblem(
        `The database is not empty (${quoted(table)} is there). A backup is restored into an empty database only: choose another REGULARS_DATA or DATABASE_URL.`,
      )
  }
  const { rows: installations } = await client.query<{ id: string }>(`select ${shortId} from installation`)
  for (const table of tables) await client.query(`drop table ${quoted(table)} cascade`)
  const { rows: routines } = await client.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and ${notOfAnExtension("pg_proc", "p")}`,
  )
  for (const { name } of routines) await client.query(`drop routine if exists ${name} cascade`)
  await client.query("drop schema if exists auth cascade")
  return installations[0]?.id
}

/** Refuses a backup that does not fit the tables its own migration made: then neither can be trusted. */
export function refuseStrangers(manifest: Manifest, tables: readonly Table[]): void {
  const known = new Map(tables.map((table) => [quoted(table), new Set(table.columns)]))
  for (const table of manifest.tables) {
    const columns = known.get(quoted(table))
    const stranger = columns && table.columns.find((column) => !columns.has(column))
    if (!columns || stranger)
      throw new BackupProblem(
        `The backup holds ${stranger ? `a column "${stranger}" of ` : "a table "}${quoted(table)}, which ${manifest.migration} does not know. Nothing was changed.`,
      )
  }
}

/** Takes rows, foreign keys and plain indexes away for the load; the result puts the latter two back. */
export async function stripForLoad(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select con.conrelid::regclass::text as table, quote_ident(con.conname) as name, pg_get_constraintdef(con.oid) as definition
     from pg_constraint con join pg_namespace n on n.oid = con.connamespace
     where n.nspname in ${schemas} and con.contype = 'f'`,
  )
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ${schemas} and c.relkind = 'r' and not exists (select from pg_constraint con where con.conindid = i.indexrelid)`,
  )
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  // Migrations may have put rows in; those of the backup take their place.
  const { rows: tables } = await client.query<{ schema: string; name: string }>(ownTables)
  const filled = tables.filter(({ name }) => !name.startsWith("kysely_"))
  await client.query(`truncate ${filled.map(quoted).join(", ")}`)
  return async () => {
    for (const { definition } of indexes) await client.query(definition)
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  }
}

/** Puts COPY text into a table; returns the number of rows. */
export async function copyIn(
  client: pg.Client,
  table: Manifest["tables"][number],
  text: AsyncIterable<Buffer>,
): Promise<number> {
  const stream = client.query(from(`copy ${quoted(table)} (${columnList(table)}) from stdin`))
  const ended = finished(stream)
  // A refused row ends the stream while we are still writing; it is reported below.
  ended.catch(() => undefined)
  try {
    for await (const chunk of text)
      if (!stream.write(chunk)) await Promise.race([new Promise((go) => stream.once("drain", go)), ended])
  } catch (error) {
    stream.destroy(error as Error)
    throw error
  }
  stream.end()
  await ended
  return stream.rowCount
}

export async function setSequences(client: pg.Client, sequences: Manifest["sequences"]): Promise<void> {
  for (const sequence of sequences)
    await client.query("select setval($1::regclass, $2::bigint, $3)", [
      quoted(sequence),
      sequence.value,
      sequence.called,
    ])
}

/**
 * A restored copy is an installation of its own, and sends nothing by itself; work that was under way when it was made
 * has ended with it. Returns the id of the installation, as long as it is used.
 */
export async function settle(client: pg.Client, now: string): Promise<string> {
  const { rows: installations } = await client.query<{ id: string }>(
    `update installation set sending_paused = true, instance_id = gen_random_uuid() returning ${shortId}`,
  )
  await client.query(
    "update operations set status = 'failed', finished_at = $1, updated_at = $1 where status in ('queued', 'running')",
    [now],
  )
  const { rows } = await client.query("select to_regclass('imports') is not null as known")
  const { id } = installations[0]!
  if (!rows[0].known) return id
  // Their jobs are not part of a backup; one of an early version has no imports yet.
  await client.query(
    `update imports set status = 'failed', job_token = null, updated_at = $1,
       error = 'The backup was made while this was under way. What was done before stays and can be undone.'
     where status in ('checking', 'running')`,
    [now],
  )
  return id
}
