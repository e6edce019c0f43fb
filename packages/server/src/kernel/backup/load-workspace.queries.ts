import { createReadStream } from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import pg from "pg"
import { from } from "pg-copy-streams"
import { closeGate } from "../db/gate.ts"
import type { Pools } from "../db/pools.ts"
import { newId } from "../ids.ts"
import { openClient } from "./backup.queries.ts"
import { BackupProblem } from "./problem.ts"
import { linesOf, parentsFirst, type WorkspaceTable, workspaceTablesQuery } from "./workspace-tables.ts"

export interface LoadParts {
  pools: Pools
  now: () => Date
  folder: string
  workspaceId: string
  /** Names of the tables that are there. */
  tables: readonly string[]
  /** Takes the place of the workspace where it is there already; refused otherwise. */
  replace: boolean
  /** For the account of this address, if it is made here. */
  owner?: { email: string; passwordHash: string } | undefined
  /** Puts the content of files into the store; called before anything is committed. */
  putFiles: (files: LoadedFile[]) => Promise<void>
}
export interface LoadedFile {
  id: string
  hash: string
}
export interface LoadedWorkspace {
  name: string
  rows: number
  /** Addresses for which an account was made that has no password yet. */
  invite: string[]
}

/**
 * Puts the rows of an exported workspace into an installation, beside those it has, with their ids: all of them or
 * none. Members get the account of their address, or a new one without a password. Throws BackupProblem.
 */
export async function loadWorkspace(parts: LoadParts): Promise<LoadedWorkspace> {
  const { pools, workspaceId } = parts
  const client = await openClient(pools, "import")
  try {
    await client.query("begin")
    await client.query("create temp table incoming (place bigserial, line jsonb) on commit drop")
    const { rows: known } = await client.query<WorkspaceTable>(workspaceTablesQuery)
    const stranger = parts.tables.find((name) => !known.some((table) => table.name === name))
    if (stranger) throw new BackupProblem(`The export holds a table "${stranger}", which nobody knows.`)
    await (parts.replace ? clear(client, workspaceId, known) : refuseTwin(client, workspaceId))
    let rows = 0
    let invite: string[] = []
    for (const table of parentsFirst(known).filter(({ name }) => parts.tables.includes(name))) {
      await takeIn(client, parts, table)
      if (table.name === "members") invite = await giveAccounts(client, parts)
      rows += await putAway(client, table)
    }
    await settleWorkspace(client, parts)
    const files = await client.query<LoadedFile>("select id, hash from files where workspace_id = $1", [
      workspaceId,
    ])
    await parts.putFiles(files.rows)
    const { rows: found } = await client.query<{ name: string }>(
      "select name from workspaces where id = $1",
      [workspaceId],
    )
    if (!found[0]) throw new BackupProblem("The export lacks the workspace itself. Nothing was changed.")
    await client.query("commit")
    return { name: found[0].name, rows, invite }
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function refuseTwin(client: pg.Client, workspaceId: string): Promise<void> {
  const { rowCount } = await client.query("select from workspaces where id = $1", [workspaceId])
  if (rowCount)
    throw new BackupProblem(
      "This workspace is here already. Nothing was changed. Say --replace to put it back as it was.",
    )
}
async function clear(client: pg.Client, workspaceId: string, tables: WorkspaceTable[]): Promise<void> {
  await closeGate(client, workspaceId)
  for (const { name } of parentsFirst(tables).reverse())
    await client.query(
      `delete from public.${pg.escapeIdentifier(name)} where ${name === "workspaces" ? "id" : "workspace_id"} = $1`,
      [workspaceId],
    )
}

/** Reads the lines of a table into the waiting room; refuses any that belong to another workspace. */
async function takeIn(client: pg.Client, { folder, workspaceId }: LoadParts, { name }: WorkspaceTable) {
  await client.query("truncate incoming restart identity")
  // JSON escapes control characters, so these two stand in no line.
  const copy = client.query(
    from(String.raw`copy incoming (line) from stdin (format csv, quote e'\x01', delimiter e'\x02')`),
  )
  await pipeline(createReadStream(join(folder, linesOf(name))), copy)
  const { rowCount } = await client.query(
    `select from incoming where line ->> $1 is distinct from $2 limit 1`,
    [name === "workspaces" ? "id" : "workspace_id", workspaceId],
  )
  if (rowCount)
    throw new BackupProblem(`The export holds a row of another workspace (${name}). Nothing was changed.`)
}
async function putAway(client: pg.Client, { name, columns, counted }: WorkspaceTable): Promise<number> {
  const names = columns.map((column) => pg.escapeIdentifier(column))
  const table = `public.${pg.escapeIdentifier(name)}`
  // One statement: rows may point at each other, which is looked at when it ends.
  const { rowCount } = await client.query(
    `insert into ${table} (${names.join(", ")}) overriding system value
     select ${names.map((column) => `r.${column}`).join(", ")}
     from incoming i cross join lateral jsonb_populate_record(null::${table}, i.line) r order by i.place`,
  )
  for (const column of counted)
    await client.query(
      `select setval(s, greatest(nextval(s), (select max(${pg.escapeIdentifier(column)}) from ${table})))
       from pg_get_serial_sequence($1, $2) s`,
      [table, column],
    )
  return rowCount ?? 0
}

/** Accounts of the members, by their addresses. */
async function giveAccounts(client: pg.Client, { owner, now }: LoadParts): Promise<string[]> {
  const { rows: members } = await client.query<{ email: string; name: string }>(
    "select lower(line ->> 'email') as email, line ->> 'name' as name from incoming order by place",
  )
  const invite: string[] = []
  for (const { email, name } of members) {
    const passwordHash = owner?.email.toLowerCase() === email ? owner.passwordHash : null
    const { rowCount } = await client.query(
      `insert into auth.users (id, email, name, password_hash, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $5) on conflict (email) do nothing`,
      [newId(), email, name, passwordHash, now().toISOString()],
    )
    if (rowCount && !passwordHash) invite.push(email)
  }
  await client.query(
    `update incoming set line = jsonb_set(line, '{user_id}', to_jsonb(u.id))
     from auth.users u where u.email = lower(line ->> 'email')`,
  )
  await refuseLockedOut(client)
  return invite
}
async function refuseLockedOut(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `select from incoming i join auth.users u on u.id = (i.line ->> 'user_id')::uuid
     where i.line ->> 'role' = 'owner' and (i.line ->> 'active')::boolean and u.password_hash is not null limit 1`,
  )
  if (!rowCount)
    throw new BackupProblem(
      "No owner of this workspace has an account with a password here. Say --email and --password of one of them.",
    )
}

/** Work that was under way when the export was made has ended with it. */
async function settleWorkspace(client: pg.Client, { workspaceId, now }: LoadParts): Promise<void> {
  const values = [workspaceId, now().toISOString()]
  await client.query(
    `update operations set status = 'failed', finished_at = $2, updated_at = $2
     where workspace_id = $1 and status in ('queued', 'running')`,
    values,
  )
  await client.query(
    `update imports set status = 'failed', job_token = null, updated_at = $2,
       error = 'The export was made while this was under way. What was done before stays and can be undone.'
     where workspace_id = $1 and status in ('checking', 'running')`,
    values,
  )
}
