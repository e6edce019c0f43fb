import { resumeSending } from "../kernel/backup/backup.queries.ts"
import { restoreBackup } from "../kernel/backup/restore-backup.ts"
import { writeBackup } from "../kernel/backup/write-backup.ts"
import { readMigrations } from "../kernel/db/migrate.ts"
import { type Command, pathOf, withDatabase } from "./command.ts"

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
  words: 1,
  async run(given) {
    const file = pathOf(given, "The name of the file to write")
    return withDatabase(async ({ pools, contents }) => ({
      ...(await writeBackup({ pools, contents, now }, file)),
    }))
  },
  text: ({ file, size, rows, missing }) =>
    `Wrote ${String(file)}: ${String(rows)} rows, ${String(size)} bytes.${missing ? ` The store of files lacks ${String(missing)} that should be in it.` : ""}`,
}

export const restore: Command = {
  usage: "restore FILE",
  about: "puts a backup into an empty database; sending stays paused in it",
  options: {},
  words: 1,
  async run(given, report) {
    const file = pathOf(given, "The name of the backup")
    return withDatabase(
      async ({ pools, contents }) => ({
        ...(await restoreBackup({ pools, contents, now, onProgress: report }, file)),
      }),
      { untouched: true },
    )
  },
  text: ({ rows, files }) =>
    `Restored ${String(rows)} rows and ${String(files)} files. Sending is paused until the owner resumes it in Settings, Backup, or by the command resume-sending.`,
}

export const resumeSendingCommand: Command = {
  usage: "resume-sending",
  about: "lets a restored copy send mail again",
  options: {},
  async run() {
    await withDatabase(({ pools }) => resumeSending(pools))
    return {}
  },
  text: () => "Mail is sent again.",
}
