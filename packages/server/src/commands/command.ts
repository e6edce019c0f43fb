import { resolve } from "node:path"
import { createServices } from "../app.ts"
import { callersFolder, readConfig } from "../kernel/config.ts"
import type { Log, Services } from "../kernel/context.ts"
import { createLog } from "../kernel/log.ts"
import { type OpenDatabase, openDatabase } from "../start.ts"

/** Words after the command, and options by name: text, or true where none follows. */
export interface Given {
  words: string[]
  options: Record<string, string | boolean | undefined>
}
export interface Command {
  /** How it is called, after `npm run -s cli --`. */
  usage: string
  about: string
  /** Options it takes beside `--json`; `flag` ones take no text. */
  options: Record<string, "text" | "flag">
  /** How many words it takes beside its options; none when absent. */
  words?: number
  /** What it answers is printed: as JSON with `--json`, else `text` of it. */
  run(given: Given, report: (line: string) => void): Promise<Record<string, unknown>>
  text(answer: Record<string, unknown>): string
}

/** A mistake of whoever typed the command: told in one sentence. */
export class UsageProblem extends Error {}

export function textOption(given: Given, name: string): string {
  const value = given.options[name]
  if (typeof value !== "string" || value === "") throw new UsageProblem(`--${name} is needed.`)
  return value
}
export function numberOption(given: Given, name: string, initial?: number): number {
  if (given.options[name] === undefined && initial !== undefined) return initial
  const value = Number(textOption(given, name))
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageProblem(`--${name} must be a whole number.`)
  return value
}
/** A file or folder, from where the person stands. */
export function pathOf(given: Given, what: string): string {
  const [word] = given.words
  if (!word) throw new UsageProblem(`${what} is needed.`)
  return resolve(callersFolder(), word)
}

/** Opens the database for a command, beside a running server or alone, and closes it again. */
export async function withDatabase<T>(
  work: (database: OpenDatabase, log: Log) => Promise<T>,
  options: { untouched?: boolean } = {},
): Promise<T> {
  const config = readConfig()
  const log = createLog({ logLevel: config.logLevel === "info" ? "warn" : config.logLevel }, "stderr")
  const database = await openDatabase(config, log, options)
  try {
    return await work(database, log)
  } finally {
    await database.close()
  }
}
export async function withServices<T>(
  work: (services: Services) => Promise<T>,
  options: { untouched?: boolean } = {},
): Promise<T> {
  return withDatabase(
    (database, log) =>
      work(
        createServices({
          config: readConfig(),
          log,
          pools: database.pools,
          dataDir: database.dataDir,
          contents: database.contents,
          instanceId: database.instanceId,
        }),
      ),
    options,
  )
}

/** The workspace of a name, or of an id. */
export async function findWorkspace(services: Services, wanted: string): Promise<string> {
  const { rows } = await services.pools.owner.query<{ id: string }>(
    "select id from workspaces where name = $1 or id::text = $1 order by created_at desc",
    [wanted],
  )
  const [found] = rows
  if (!found) throw new UsageProblem(`There is no workspace "${wanted}".`)
  return found.id
}
