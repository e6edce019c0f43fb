import { type ChildProcess, spawn } from "node:child_process"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, inject, it, onTestFinished } from "vitest"
import { folderStore } from "../contents/folder-store.ts"
import { migrate } from "../db/migrate.ts"
import type { Pools } from "../db/pools.ts"
import { verifyArchive } from "./archive-reader.ts"
import { loadBackup } from "./restore-backup.ts"
import { emptyDatabase, makeFolder, now, structureOf } from "./testing.ts"

/** A backup of the sample shop by each released version. */
const folder = join(import.meta.dirname, "../../../testing/releases")
const releases = await readdir(folder)

async function databaseOf(release: string): Promise<Pools> {
  const pools = await emptyDatabase(inject("postgres"))
  await loadBackup({ pools, contents: folderStore(await makeFolder()), now }, join(folder, release))
  return pools
}
async function newest(): Promise<unknown> {
  const pools = await emptyDatabase(inject("postgres"))
  await migrate(pools.owner)
  return structureOf(pools)
}
async function versionOf(pools: Pools): Promise<string> {
  const { rows } = await pools.owner.query("select max(name) as name from kysely_migration")
  return rows[0].name
}

it("there is a database of every released version", () => expect(releases).not.toEqual([]))

describe.each(releases)("the database of %s", (release) => {
  it("comes to the newest version with every row", async () => {
    const { tables } = await verifyArchive(join(folder, release))
    const pools = await databaseOf(release)
    await migrate(pools.owner)
    expect(await structureOf(pools)).toEqual(await newest())
    for (const { schema, name, rows } of tables.filter((table) => !table.name.startsWith("kysely_"))) {
      const { rows: counted } = await pools.owner.query(`select count(*) from ${schema}.${name}`)
      expect([name, counted[0].count]).toEqual([name, rows])
    }
  })

  it("is the old one or the new one when the upgrade is killed, and the next start goes on", async () => {
    const pools = await databaseOf(release)
    const [version, structure] = [await versionOf(pools), await structureOf(pools)]
    // Whoever reads a table keeps a migration from changing it: it is killed while it waits.
    const reader = await pools.owner.connect()
    await reader.query("begin")
    const { rows } = await reader.query(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'auth') and tablename not like 'kysely%'",
    )
    await reader.query(`lock table ${rows.map(({ name }) => name).join(", ")} in access share mode`)
    const upgrade = startUpgrade(pools, await makeFolder())
    await expect.poll(() => waitingForReader(pools), { timeout: 20_000 }).toHaveLength(1)
    const [killed] = await waitingForReader(pools)
    upgrade.kill("SIGKILL")
    await reader.query("rollback")
    reader.release()
    const isAlive = async () => {
      const { rows: found } = await pools.owner.query("select from pg_stat_activity where pid = $1", [killed])
      return found.length > 0
    }
    await expect.poll(isAlive, { timeout: 20_000 }).toBe(false)
    expect(await versionOf(pools)).toBe(version)
    expect(await structureOf(pools)).toEqual(structure)
    await migrate(pools.owner)
    expect(await structureOf(pools)).toEqual(await newest())
  })
})

function startUpgrade({ connection }: Pools, dataDir: string): ChildProcess {
  const { user, password, host, port, database } = connection
  const url = `postgres://${user}:${password ?? ""}@/${database}?host=${encodeURIComponent(host ?? "")}&port=${port}`
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../cli.ts"), "migrate"], {
    env: { ...process.env, DATABASE_URL: url, REGULARS_DATA: dataDir },
    stdio: "inherit",
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  return child
}
/** Process ids of connections that wait for a table. */
async function waitingForReader(pools: Pools): Promise<number[]> {
  const { rows } = await pools.owner.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'relation'",
  )
  return rows.map(({ pid }) => pid)
}
