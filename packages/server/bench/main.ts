import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openPools } from "../src/kernel/db/pools.ts"
import { startPostgres } from "../src/kernel/postgres/index.ts"
import { type Bench, parts, referenceOf } from "./parts.ts"
import { startText, writePart } from "./report.ts"
import { memoryOf, origin, startServer } from "./server.ts"

/*
 * Measures a running server, part by part, and writes each part's table to docs/benchmarks.md; parts that are not
 * measured stay as they are there.
 *   --only own,bulk        these parts alone: imports, rollups, paths, views, palette, duplicates, merges, bulk, own
 *   --rows 1000000         size of the imports (100,000)
 *   --format csv           one kind of file alone
 *   --people 50000         people of the reference workspace (100,000), with ten times as many activities
 *   --quick                tries the benchmark itself on little data
 * Only the reference sizes are written down; others are printed.
 */
const { values: chosen } = parseArgs({
  options: {
    only: { type: "string" },
    rows: { type: "string" },
    format: { type: "string" },
    people: { type: "string" },
    quick: { type: "boolean" },
  },
})
const quick = chosen.quick === true
const people = Number(chosen.people ?? (quick ? 5_000 : 100_000))
const size: Bench["size"] = {
  people,
  activities: people * (quick ? 4 : 10),
  seconds: quick ? 2 : 6,
  formats: (["csv", "xlsx"] as const).filter((format) => (chosen.format ?? format) === format),
  rows: Number(chosen.rows ?? (quick ? 5_000 : 100_000)),
  merges: quick ? 10 : 200,
}

async function main(): Promise<void> {
  const names = chosen.only?.split(",") ?? Object.keys(parts)
  const unknown = names.find((name) => !Object.hasOwn(parts, name))
  if (unknown !== undefined)
    throw new Error(`There is no part "${unknown}". These are: ${Object.keys(parts).join(", ")}.`)
  const dataDir = process.env.BENCH_DATA ?? (await mkdtemp(join(tmpdir(), "regulars-bench-")))
  const environment = {
    ...process.env,
    REGULARS_DATA: dataDir,
    PORT: new URL(origin).port,
    LOG_LEVEL: "warn",
  }
  const cold = await startServer(environment)
  await cold.stop()
  const server = await startServer(environment)
  const idle = memoryOf(server.child)
  const quiet = () => undefined
  const postgres = await startPostgres({ dataDir, log: { info: quiet, warn: quiet, error: quiet } })
  const { connection } = postgres
  const pools = openPools({ connection })
  const memory = () => memoryOf(server.child)
  const bench = { environment, dataDir, connection, pools, size, memory }
  const reference = referenceOf(bench)
  try {
    for (const [name, measure] of Object.entries(parts)) {
      if (!names.includes(name)) continue
      await told(name, await measure({ ...bench, reference }))
      const start = { cold: cold.milliseconds, warm: server.milliseconds, idle }
      if (name === "paths") await told("start", startText({ ...start, busy: memory() }))
    }
  } finally {
    await pools.close()
    await server.stop()
    await postgres.stop()
    if (!process.env.BENCH_DATA) await rm(dataDir, { recursive: true, force: true })
  }
}

async function told(part: string, text: string): Promise<void> {
  if (quick || chosen.people) process.stdout.write(`${text}\n`)
  else await writePart(part, text)
}

await main()
