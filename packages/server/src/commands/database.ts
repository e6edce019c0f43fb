import { createApp } from "../app.ts"
import { restoreBackup } from "../kernel/backup/restore-backup.ts"
import { writeBackup } from "../kernel/backup/write-backup.ts"
import { readMigrations } from "../kernel/db/migrate.ts"
import { type Command, withDatabase, withServices, wordOf } from "./command.ts"

const now = () => new Date()

export const migrate: Command = {
  usage: "migrate",
  about: "brings the database to the newest version, with a backup before",
  options: {},
  run: () => withDatabase(async () => ({ version: Object.keys(await readMigrations()).at(-1) })),
  text: ({ version }) => `The database is at ${String(version)}.`,
}

export const backup: Command = {
  usage: "backup FILE",
  about: "writes everything into one file, while people work",
  options: {},
  run: (given) =>
    withDatabase(async ({ pools, dataDir }) => ({
      ...(await writeBackup({ pools, dataDir, now }, wordOf(given, "The name of the file to write"))),
    })),
  text: ({ file, size, rows }) => `Wrote ${String(file)}: ${String(rows)} rows, ${String(size)} bytes.`,
}

export const restore: Command = {
  usage: "restore FILE",
  about: "puts a backup into an empty database; sending stays paused in it",
  options: {},
  run: (given) =>
    withDatabase(
      async ({ pools, dataDir }) => ({
        ...(await restoreBackup({ pools, dataDir, now }, wordOf(given, "The name of the backup"))),
      }),
      { untouched: true },
    ),
  text: ({ rows, files }) =>
    `Restored ${String(rows)} rows and ${String(files)} files. Sending is paused until an administrator says otherwise.`,
}

export const check: Command = {
  usage: "check",
  about: "looks whether database, files and jobs are in order",
  options: {},
  run: () =>
    withServices(async (services) => {
      const { owner } = services.pools
      // Building the server checks every declaration against the others.
      await (await createApp(services)).close()
      const { rows } = await owner.query<{
        version: string
        people: number
        unindexed: number
        pending: number
        failing: number
      }>(
        `select current_setting('server_version') as version,
           (select count(*)::int from people where deleted_at is null) as people,
           (select count(*)::int from people p where deleted_at is null and not exists (
              select from search_index s where s.workspace_id = p.workspace_id and s.record_id = p.id)) as unindexed,
           (select count(*)::int from events where pending) as pending,
           (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as failing`,
      )
      const state = rows[0] as (typeof rows)[0]
      return {
        ok: state.unindexed === 0 && state.failing === 0,
        ...state,
        migration: Object.keys(await readMigrations()).at(-1),
        node: process.version,
      }
    }),
  text: (answer) =>
    Object.entries(answer)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join("\n"),
}
