import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { productVersion } from "../../kernel/backup/manifest.ts"
import { linesOf } from "../../kernel/backup/workspace-tables.ts"
import type { Context, Services } from "../../kernel/context.ts"
import { readMigrations } from "../../kernel/db/migrate.ts"
import { AppError } from "../../kernel/errors.ts"
import { readAsSystem } from "../../kernel/jobs/run.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { openFile } from "../files/index.ts"
import { prepareExport, writeExport } from "../transfer/index.ts"
import { allRecords, countFiles, otherTables, tableLines, tablesOfWorkspaces } from "./export.queries.ts"

const longestName = 200

export interface ExportedWorkspace {
  folder: string
  /** Rows by entity and, for what is beside them, by the name of the file. */
  rows: Record<string, number>
  attachments: number
  /** Ids of files whose content is not in the store any more. */
  missing: string[]
}

/** Told how far the work is: steps done, and how many there are. What it throws ends the work. */
export type OnProgress = (done: number, total: number) => Promise<void>

/**
 * Writes a whole workspace as files anybody can read, in constant memory: for each entity a CSV of the living records, for
 * spreadsheets, and a JSON of all of them; history, members and the like as JSON; attachments; every table as it is,
 * which `importWorkspace` puts back; and a manifest with the checksum of each file. All of it is of one moment.
 * `folder` is made; it must hold nothing.
 */
export async function exportWorkspace(
  services: Services,
  workspaceId: string,
  folder: string,
  onProgress: OnProgress = async () => undefined,
): Promise<ExportedWorkspace> {
  await mkdir(join(folder, "attachments"), { recursive: true, mode: 0o700 })
  return readAsSystem(services, workspaceId, async (ctx) => {
    const tables = (await tablesOfWorkspaces(ctx)).map(({ name }) => name)
    const parts = 2 * ctx.registry.entities.length + Object.keys(otherTables).length + tables.length
    const work = workOf(onProgress, parts + (await countFiles(ctx)))
    const rows = await writeRows(ctx, folder, work)
    await writeTables(ctx, folder, { tables, work })
    const missing = await writeAttachments(ctx, folder, work)
    await writeManifest(ctx, folder, rows)
    return { folder, rows, attachments: (rows.files ?? 0) - missing.length, missing }
  })
}
type Work = ReturnType<typeof workOf>
/** How far an export is; also asked in the middle of a long part, so that it can be stopped there. */
function workOf(onProgress: OnProgress, total: number) {
  let done = 0
  return {
    async pass<T>(part: Promise<T>): Promise<T> {
      const result = await part
      await onProgress(++done, total)
      return result
    },
    async *watched<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
      let count = 0
      for await (const row of rows) {
        if (++count % 1000 === 0) await onProgress(done, total)
        yield row
      }
    },
  }
}

async function writeRows(ctx: Context, folder: string, work: Work): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  const json = (name: string, read: AsyncIterable<Values>) =>
    work.pass(writeJson(join(folder, `${name}.json`), work.watched(read)))
  for (const entity of ctx.registry.entities) {
    if (entity.object) await mkdir(join(folder, "objects"), { recursive: true })
    rows[entity.name] = await json(entity.name, allRecords(ctx, entity))
    const request = { entity: entity.name, format: "csv", header: "keys" } as const
    const prepared = prepareExport(ctx, { ...request, filter: undefined, sort: undefined, fields: undefined })
    await work.pass(writeExport(ctx, prepared, createWriteStream(join(folder, `${entity.name}.csv`))))
  }
  for (const [name, read] of Object.entries(otherTables)) rows[name] = await json(name, read(ctx))
  return rows
}

/** Everything that belongs to the workspace, as the database has it: what an import puts back. */
async function writeTables(
  ctx: Context,
  folder: string,
  { tables, work }: { tables: readonly string[]; work: Work },
): Promise<void> {
  await mkdir(join(folder, "tables"))
  for (const name of tables)
    await work.pass(
      pipeline(work.watched(tableLines(ctx, name)), createWriteStream(join(folder, linesOf(name)))),
    )
}

/** One array, a row on each line; returns how many. */
async function writeJson(path: string, rows: AsyncIterable<Values>): Promise<number> {
  let count = 0
  async function* text() {
    yield "["
    for await (const row of rows) yield `${count++ === 0 ? "" : ","}\n${JSON.stringify(row)}`
    yield "\n]\n"
  }
  await pipeline(text(), createWriteStream(path))
  return count
}

/** Each under its id, which no two share, and its name, which people know. Returns those without content. */
async function writeAttachments(ctx: Context, folder: string, work: Work): Promise<string[]> {
  const missing: string[] = []
  for await (const row of otherTables.files!(ctx)) {
    const id = row.id as string
    const opened = await openFile(ctx, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") return undefined
      throw error
    })
    const path = join(folder, "attachments", `${id}-${shortened(row.name as string)}`)
    if (opened) await work.pass(pipeline(opened.stream, createWriteStream(path)))
    else missing.push(id)
  }
  return missing
}
/** File systems count bytes; the ending is worth more than the beginning. */
function shortened(name: string): string {
  const characters = [...name]
  while (Buffer.byteLength(characters.join("")) > longestName) characters.shift()
  return characters.join("")
}

async function writeManifest(ctx: Context, folder: string, rows: Record<string, number>): Promise<void> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
  const files = []
  for (const path of names.sort()) {
    const hash = createHash("sha256")
    await pipeline(createReadStream(path), hash)
    const name = path.slice(folder.length + 1).replaceAll("\\", "/")
    files.push({ name, sha256: hash.digest("hex") })
  }
  const manifest = {
    format: 1,
    product: `Regulars ${productVersion}`,
    migration: Object.keys(await readMigrations()).at(-1),
    exportedAt: ctx.now().toISOString(),
    workspaceId: ctx.workspaceId,
    rows,
    files,
  }
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`)
}
