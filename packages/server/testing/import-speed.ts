import { createReadStream, createWriteStream, readdirSync, readFileSync } from "node:fs"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createServices } from "../src/app.ts"
import { checkImport } from "../src/domains/transfer/check-import.ts"
import { writeCsv } from "../src/domains/transfer/formats/write-csv.ts"
import { writeXlsx } from "../src/domains/transfer/formats/write-xlsx.ts"
import { createImport } from "../src/domains/transfer/imports.service.ts"
import { runImport } from "../src/domains/transfer/run-import.ts"
import { startCheck, startRun } from "../src/domains/transfer/start-import.ts"
import { readConfig } from "../src/kernel/config.ts"
import type { Services } from "../src/kernel/context.ts"
import { migrate } from "../src/kernel/db/migrate.ts"
import { openPools } from "../src/kernel/db/pools.ts"
import { newId } from "../src/kernel/ids.ts"
import { asSystem } from "../src/kernel/jobs/run.ts"
import { migrateJobs } from "../src/kernel/jobs/worker.ts"
import { startPostgres } from "../src/kernel/postgres/index.ts"

/*
 * Imports generated people into a database of its own and prints, as JSON, rows a second and the peak memory of
 * this process: node packages/server/testing/import-speed.ts [rows] [csv|xlsx] [check]
 */
const [count = "100000", format = "csv", withCheck] = process.argv.slice(2)
const total = Number(count)
const quiet = () => undefined
const log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (details: object | string) => console.error(details),
}

const headers = [
  "First name",
  "Last name",
  "E-mail",
  "Phone",
  "Street",
  "Postcode",
  "City",
  "Country",
  "Company",
  "Job title",
  "Birthday",
  "Tags",
  "Status",
  "Shoe size",
]
const given =
  "Anna Ben Clara David Eva Finn Greta Hannes Ida Jonas Klara Leon Mia Noah Olga Paul Rosa Simon Tina Uwe Vera Willi Yara Zoe".split(
    " ",
  )
const syllables =
  "ba be bi bo da de di do ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to".split(
    " ",
  )
let seed = 42
/** The same numbers in every run. */
function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return Math.floor((seed / 0x80000000) * below)
}
function word(length: number): string {
  const text = Array.from({ length }, () => syllables[random(syllables.length)]).join("")
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
/** One employer for ten people, as in the reference workspace. */
function employer(number: number): string {
  return `${syllables[number % 40]}${syllables[number % 37]} ${number} GmbH`
}
function* rows(): Generator<string[]> {
  for (let number = 1; number <= total; number++) {
    const [first, last] = [given[random(given.length)] as string, word(3)]
    yield [
      first,
      last,
      `${first}.${last}.${number}@example${number % 97}.com`.toLowerCase(),
      `030 ${1_000_000 + (number % 8_000_000)}`,
      `${word(3)}straße ${random(200)}`,
      String(10_000 + random(80_000)),
      word(3),
      "Germany",
      employer(random(Math.ceil(total / 10))),
      word(2),
      `${1 + random(28)}.${1 + random(12)}.${1950 + random(50)}`,
      `Newsletter, ${syllables[random(10)]}`,
      "Customer",
      String(35 + random(12)),
    ]
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-speed-"))
  const postgres = await startPostgres({ dataDir: folder, log })
  const pools = openPools({ connection: postgres.connection })
  try {
    await migrate(pools.owner)
    await migrateJobs({ pools })
    const services = createServices({
      config: readConfig({}),
      pools,
      log,
      dataDir: folder,
      instanceId: "speed",
    })
    console.log(JSON.stringify(await measure(services, folder)))
  } finally {
    await pools.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(services: Services, folder: string) {
  const workspaceId = newId()
  await services.pools.owner.query(
    "insert into workspaces values ($1, 'Speed', 'DE', 'EUR', 'Europe/Berlin', 'en', now(), now())",
    [workspaceId],
  )
  const path = join(folder, `people.${format}`)
  if (format === "xlsx") await writeXlsx(createWriteStream(path), headers, rows())
  else await writeCsv(createWriteStream(path), headers, rows())
  const { id } = await asSystem(services, workspaceId, 0, (ctx) =>
    createImport(ctx, { stream: createReadStream(path), name: `people.${format}` }, "people"),
  )
  const memory = watchMemory()
  const steps: Record<string, Measured> = {}
  const database = await databaseProcess(services)
  if (withCheck) {
    await asSystem(services, workspaceId, 0, (ctx) => startCheck(ctx, id))
    steps.check = await timed(database, () => checkImport(services, workspaceId, id))
  }
  await asSystem(services, workspaceId, 0, (ctx) => startRun(ctx, id))
  steps.run = await timed(database, async () => {
    while (await runImport(services, workspaceId, id));
  })
  const { rows: result } = await services.pools.owner.query("select counts, status from imports")
  return {
    format,
    fileMegabytes: Math.round((await stat(path)).size / 1e6),
    ...steps,
    memory: memory.stop(),
    ...result[0],
  }
}
interface Measured {
  rowsPerSecond: number
  /** Microseconds of processor time a row, which other work on the machine disturbs less than the clock. */
  cpu: { node: number; database: number | undefined }
}
async function timed(database: number, work: () => Promise<void>): Promise<Measured> {
  const [start, node, postgres] = [performance.now(), process.cpuUsage(), databaseMicroseconds(database)]
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(node)
  const used = databaseMicroseconds(database)
  return {
    rowsPerSecond: Math.round(total / seconds),
    cpu: {
      node: Math.round((user + system) / total),
      database:
        used === undefined || postgres === undefined ? undefined : Math.round((used - postgres) / total),
    },
  }
}
/** Parent of the database's processes. */
async function databaseProcess(services: Services): Promise<number> {
  const { rows: own } = await services.pools.owner.query<{ pid: number }>("select pg_backend_pid() as pid")
  return statOf(own[0]?.pid ?? 0)?.parent ?? 0
}
function databaseMicroseconds(parent: number): number | undefined {
  if (process.platform !== "linux") return undefined
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
  return pids.reduce((sum, pid) => {
    const own = statOf(Number(pid))
    return own?.parent === parent ? sum + own.ticks * 10_000 : sum
  }, 0)
}
function statOf(pid: number): { parent: number; ticks: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined
  }
}
/** Resident memory of this process, in megabytes: at the start, at its peak in the first and in the last quarter. */
function watchMemory() {
  const values: number[] = []
  const timer = setInterval(() => values.push(Math.round(process.memoryUsage.rss() / 1e6)), 200)
  return {
    stop() {
      clearInterval(timer)
      const quarter = Math.ceil(values.length / 4)
      return {
        start: values[0],
        firstQuarter: Math.max(...values.slice(0, quarter)),
        lastQuarter: Math.max(...values.slice(-quarter)),
        peak: Math.max(...values),
      }
    },
  }
}

await main()
