import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../kernel/context.ts"
import type { Pools } from "../kernel/db/pools.ts"
import { sql } from "../kernel/db/sql.ts"
import { allKeys, type StoredRecord, selection, table } from "../kernel/records/columns.ts"

export interface DatabaseFacts {
  postgres: string
  /** Newest migration; null in a database that Regulars has never used. */
  migration: string | null
}
export async function readFacts({ owner }: Pools): Promise<DatabaseFacts> {
  const { rows } = await owner.query<{ postgres: string; known: boolean }>(
    "select current_setting('server_version') as postgres, to_regclass('public.kysely_migration') is not null as known",
  )
  const { postgres, known } = rows[0]!
  if (!known) return { postgres, migration: null }
  const newest = await owner.query<{ name: string }>("select max(name) as name from kysely_migration")
  return { postgres, migration: newest.rows[0]?.name ?? null }
}

export interface Work {
  /** Jobs that were given up after too many attempts. */
  failedJobs: number
  waitingJobs: number
  /** Events that nobody has handed out yet. */
  pendingEvents: number
  lastBackup: { file: string; createdAt: string } | null
}
export async function readWork({ owner }: Pools): Promise<Work> {
  const { rows } = await owner.query<Work>(
    // A job that another with its key took the place of has no attempts left either, but no error.
    `select (select count(*) from graphile_worker.jobs
         where attempts >= max_attempts and last_error is not null and locked_at is null) as "failedJobs",
       (select count(*) from graphile_worker.jobs where attempts < max_attempts) as "waitingJobs",
       (select count(*) from events where pending) as "pendingEvents",
       (select last_backup from installation) as "lastBackup"`,
  )
  return rows[0]!
}
export async function workspaceIds({ owner }: Pools): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>("select id from workspaces order by id")
  return rows.map(({ id }) => id)
}

/** The records of an entity that came last: where a fault of the present would show first. */
export function latestRecords(
  ctx: Context,
  entity: EntityDeclaration,
  limit: number,
): Promise<StoredRecord[]> {
  return ctx.tx.rows<StoredRecord>(sql`
    select ${selection(entity, allKeys(entity))} from ${table(entity)}
    where workspace_id = ${ctx.workspaceId} and deleted_at is null order by created_at desc, id desc limit ${limit}`)
}
export interface Indexed {
  values: { recordId: string; field: string; value: string }[]
  search: { recordId: string; title: string; subtitle: string | null; body: string }[]
}
/** What the look-up and search indexes hold of some records. */
export async function indexedValues(ctx: Context, ids: readonly string[]): Promise<Indexed> {
  const [values, search] = await Promise.all([
    ctx.tx.rows<Indexed["values"][number]>(sql`
      select record_id as "recordId", field, value from record_values
      where workspace_id = ${ctx.workspaceId} and record_id = any (${ids}::uuid[])`),
    ctx.tx.rows<Indexed["search"][number]>(sql`
      select record_id as "recordId", title, subtitle, body from search_index
      where workspace_id = ${ctx.workspaceId} and record_id = any (${ids}::uuid[])`),
  ])
  return { values, search }
}

export interface FileFact {
  hash: string
  size: number
}
/** Each content once, however many files have it, by pages of hashes. */
export async function contentsAfter({ owner }: Pools, hash: string, limit: number): Promise<FileFact[]> {
  const { rows } = await owner.query<FileFact>(
    "select hash, max(size) as size from files where hash > $1 group by hash order by hash limit $2",
    [hash, limit],
  )
  return rows
}
