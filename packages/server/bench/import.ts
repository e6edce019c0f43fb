import { createWriteStream, openAsBlob } from "node:fs"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { setTimeout as pause } from "node:timers/promises"
import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { from, to } from "pg-copy-streams"
import { writeCsv } from "../src/domains/transfer/formats/write-csv.ts"
import { writeXlsx } from "../src/domains/transfer/formats/write-xlsx.ts"
import type { Pools } from "../src/kernel/db/pools.ts"
import { withBareTable } from "./bare-table.ts"
import { call, undone } from "./client.ts"
import { peopleHeaders, peopleRows } from "./people-file.ts"
import { measured, type Place } from "./work.ts"

export interface ImportFigures {
  format: "csv" | "xlsx"
  rows: number
  megabytes: number
  /** Rows a second of the dry run and of the import itself. */
  checkRate: number
  runRate: number
  /** Most memory of the server process in the first and in the last quarter of the import, in MB. */
  firstQuarter: number
  lastQuarter: number
  counts: Import["counts"]
  operationId: string
}
export interface UndoFigures {
  /** Rows a second taken back, and the most memory of the server meanwhile, in MB. */
  undoRate: number
  undoMemory: number
}
export interface PeopleFile {
  folder: string
  format: "csv" | "xlsx"
  rows: number
  /** Where they work; a tenth as many as there are people when absent. */
  employers?: number
}

/** Uploads a generated file, checks it and imports it, as a person would. */
export async function measureImport(
  { target, memory }: Place,
  { folder, format, rows, employers }: PeopleFile,
): Promise<ImportFigures> {
  const path = join(folder, `people.${format}`)
  const write = format === "xlsx" ? writeXlsx : writeCsv
  await write(createWriteStream(path), peopleHeaders, peopleRows(rows, employers))
  const form = new FormData()
  form.append("entity", "people")
  form.append("file", await openAsBlob(path), `people.${format}`)
  const ask = async (line: string, body?: FormData) => (await call<{ data: Import }>(target, line, body)).data
  const { id } = await ask("POST /imports", form)
  const timed = async (step: "check" | "run", wanted: Import["status"], each: () => void) => {
    const begun = performance.now()
    await ask(`POST /imports/${id}/${step}`)
    for (;;) {
      await pause(100)
      each()
      const { status, error } = await ask(`GET /imports/${id}`)
      if (status === wanted) return (rows * 1000) / (performance.now() - begun)
      if (status === "failed") throw new Error(`The import failed: ${error}`)
    }
  }
  const checkRate = await timed("check", "checked", () => undefined)
  const seen: number[] = []
  const runRate = await timed("run", "done", () => void seen.push(memory()))
  const quarter = Math.ceil(seen.length / 4)
  const { counts, operation } = await ask(`GET /imports/${id}`)
  return {
    format,
    rows,
    megabytes: (await stat(path)).size / 1e6,
    checkRate,
    runRate,
    firstQuarter: Math.max(...seen.slice(0, quarter)),
    lastQuarter: Math.max(...seen.slice(-quarter)),
    counts,
    operationId: operation?.id as string,
  }
}

/** Takes an import back; throws unless nobody is left. */
export async function measureUndo(place: Place, { rows, operationId }: ImportFigures): Promise<UndoFigures> {
  const { seconds, memory } = await measured(place, () => undone(place.target, operationId))
  const { ids } = await call<{ ids: string[] }>(place.target, "POST /people/query", { ids: true })
  if (ids.length > 0) throw new Error(`${ids.length} people are left of an import that was taken back`)
  return { undoRate: rows / seconds, undoMemory: memory }
}

/** Rows a second of `COPY` into an empty table like `people`, with its indexes and nothing else. */
export async function measureCopy(pools: Pools, rows: number): Promise<number> {
  return withBareTable(pools, async (client, list) => {
    const text: Buffer[] = []
    const source = client.query(
      to(`copy (select ${list} from people order by id desc limit ${rows}) to stdout`),
    )
    for await (const chunk of source) text.push(chunk as Buffer)
    const begun = performance.now()
    await pipeline(Readable.from(text), client.query(from(`copy people_bare (${list}) from stdin`)))
    return (rows * 1000) / (performance.now() - begun)
  })
}
