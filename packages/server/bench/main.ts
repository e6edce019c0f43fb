import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openPools, type Pools } from "../src/kernel/db/pools.ts"
import { startPostgres } from "../src/kernel/postgres/index.ts"
import { type ImportFigures, measureCopy, measureImport } from "./import.ts"
import { measurePaths } from "./paths.ts"
import { importTable, type Part, pathTable, startText, writePart } from "./report.ts"
import { cli, makeWorkspace, memoryOf, origin, type Started, say, startServer } from "./server.ts"

/*
 * Measures the hot paths of a running server on the reference workspace, each beside its limit in the same run,
 * start and memory, and imports beside COPY; writes the tables to docs/benchmarks.md.
 *   --only paths|imports   a part alone
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
const activities = people * (quick ? 4 : 10)
const seconds = quick ? 2 : 6
const formats = (["csv", "xlsx"] as const).filter((format) => (chosen.format ?? format) === format)
const rows = Number(chosen.rows ?? (quick ? 5_000 : 100_000))

interface Bench {
  server: Started
  environment: NodeJS.ProcessEnv
  dataDir: string
  connection: object
  pools: Pools
}
async function main(): Promise<void> {
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
  const pools = openPools({ connection: postgres.connection })
  const bench: Bench = { server, environment, dataDir, connection: postgres.connection, pools }
  // Imports first: a database that the load has filled would make them slower.
  if (chosen.only !== "paths") await imports(bench)
  if (chosen.only !== "imports") {
    await paths(bench)
    const figures = { cold: cold.milliseconds, warm: server.milliseconds, idle, busy: memoryOf(server.child) }
    await told("start", startText(figures))
  }
  await pools.close()
  await server.stop()
  await postgres.stop()
  if (!process.env.BENCH_DATA) await rm(dataDir, { recursive: true, force: true })
}

async function imports({ server, environment, dataDir, pools }: Bench): Promise<void> {
  const figures: ImportFigures[] = []
  for (const format of formats) {
    const headers = { authorization: `Bearer ${makeWorkspace(environment, format)}` }
    say(`importing ${rows} rows of ${format}…`)
    const file = { folder: dataDir, format, rows }
    figures.push(await measureImport({ origin, headers }, file, () => memoryOf(server.child)))
  }
  await told("imports", importTable(figures, await measureCopy(pools, rows)))
}

async function paths({ environment, dataDir, connection, pools }: Bench): Promise<void> {
  const apiKey = makeWorkspace(environment, "Bench")
  say(`filling with ${people} people and ${activities} activities…`)
  cli(
    environment,
    "seed",
    "--workspace",
    "Bench",
    "--people",
    String(people),
    "--activities",
    String(activities),
  )
  await pools.owner.query("vacuum analyze")
  const target = { origin, headers: { authorization: `Bearer ${apiKey}` } }
  const figures = await measurePaths({ pools, dataDir, apiKey, target }, connection, seconds)
  const data = `${people.toLocaleString("en")} people, ${activities.toLocaleString("en")} activities`
  await told("paths", pathTable(figures, data, seconds))
}

async function told(part: Part, text: string): Promise<void> {
  if (quick || chosen.people) process.stdout.write(`${text}\n`)
  else await writePart(part, text)
}

await main()
