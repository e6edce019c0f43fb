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
import type { Target } from "./load.ts"
import { peopleHeaders, peopleRows } from "./people-file.ts"

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
}

/** Uploads a generated file, checks it and imports it, as a person would; `memory` reads the server's, in MB. */
export async function measureImport(
  { origin, headers }: Target,
  { folder, format, rows }: { folder: string; format: "csv" | "xlsx"; rows: number },
  memory: () => number,
): Promise<ImportFigures> {
  const path = join(folder, `people.${format}`)
  const write = format === "xlsx" ? writeXlsx : writeCsv
  await write(createWriteStream(path), peopleHeaders, peopleRows(rows))
  const call = async (method: string, part: string, body?: FormData): Promise<Import> => {
    const answer = await fetch(`${origin}/api/v1/imports${part}`, { method, headers, ...(body && { body }) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} /imports${part}: ${text}`)
    return (JSON.parse(text) as { data: Import }).data
  }
  const form = new FormData()
  form.append("entity", "people")
  form.append("file", await openAsBlob(path), `people.${format}`)
  const { id } = await call("POST", "", form)
  const timed = async (step: "check" | "run", wanted: Import["status"], each: () => void) => {
    const begun = performance.now()
    await call("POST", `/${id}/${step}`)
    for (;;) {
      await pause(100)
      each()
      const { status, error } = await call("GET", `/${id}`)
      if (status === wanted) return (rows * 1000) / (performance.now() - begun)
      if (status === "failed") throw new Error(`The import failed: ${error}`)
    }
  }
  const checkRate = await timed("check", "checked", () => undefined)
  const seen: number[] = []
  const runRate = await timed("run", "done", () => void seen.push(memory()))
  const quarter = Math.ceil(seen.length / 4)
  return {
    format,
    rows,
    megabytes: (await stat(path)).size / 1e6,
    checkRate,
    runRate,
    firstQuarter: Math.max(...seen.slice(0, quarter)),
    lastQuarter: Math.max(...seen.slice(-quarter)),
    counts: (await call("GET", `/${id}`)).counts,
  }
}

/** Rows a second of `COPY` into an empty table like `people`, with its indexes and nothing else. */
export async function measureCopy({ owner }: Pools, rows: number): Promise<number> {
  const client = await owner.connect()
  try {
    const { rows: columns } = await client.query<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ') as list from pg_attribute
       where attrelid = 'people'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
    const list = columns[0]?.list
    await client.query("create table people_copy (like people including all)")
    const text: Buffer[] = []
    const source = client.query(
      to(`copy (select ${list} from people order by id desc limit ${rows}) to stdout`),
    )
    for await (const chunk of source) text.push(chunk as Buffer)
    const begun = performance.now()
    await pipeline(Readable.from(text), client.query(from(`copy people_copy (${list}) from stdin`)))
    return (rows * 1000) / (performance.now() - begun)
  } finally {
    await client.query("drop table if exists people_copy")
    client.release()
  }
}
