import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { cpus, tmpdir, totalmem } from "node:os"
import { join } from "node:path"
import { createApp, createServices } from "../src/app.ts"
import { readConfig } from "../src/kernel/config.ts"
import { openPools } from "../src/kernel/db/pools.ts"
import { startPostgres } from "../src/kernel/postgres/index.ts"
import type { LimitPlan } from "./limit-server.ts"
import { type Figures, load, type Shot } from "./load.ts"
import { type Facts, type Scenario, scenarios } from "./scenarios.ts"

/**
 * Measures the hot paths of a running server on the reference workspace, each beside its limit in the same run,
 * and writes the table to docs/benchmarks.md. `--quick` is for trying the benchmark itself.
 */
const quick = process.argv.includes("--quick")
const people = quick ? 5_000 : 100_000
const activities = quick ? 20_000 : 1_000_000
const seconds = quick ? 2 : 6
const project = join(import.meta.dirname, "../../..")
const say = (line: string) => process.stderr.write(`${line}\n`)

interface Row {
  scenario: Scenario
  connections: number
  ours: Figures
  limit: Figures
}

async function main(): Promise<void> {
  const dataDir = process.env.BENCH_DATA ?? (await mkdtemp(join(tmpdir(), "regulars-bench-")))
  const environment = { ...process.env, REGULARS_DATA: dataDir, PORT: "3999", LOG_LEVEL: "warn" }
  const cold = await startServer(environment)
  await cold.stop()
  const apiKey = prepare(environment)
  const warm = await startServer(environment)
  const quiet = () => undefined
  const postgres = await startPostgres({ dataDir, log: { info: quiet, warn: quiet, error: quiet } })
  const pools = openPools({ connection: postgres.connection })
  await pools.owner.query("vacuum analyze")
  const target = { origin: "http://127.0.0.1:3999", headers: { authorization: `Bearer ${apiKey}` } }
  const idle = memoryOf(warm.child)
  const facts = await collectFacts(target)
  const rows: Row[] = []
  const limit = await startLimit(postgres.connection)
  const capture = await openCapture(pools, dataDir, apiKey)
  for (const scenario of scenarios) {
    const plan = await capture.plan(scenario, facts)
    await limit.use(plan)
    for (const connections of [1, 16]) {
      // A little of each before it counts: prepared statements and caches are warm on both sides.
      await load(target, shots(scenario, facts), connections, 1)
      const ours = await load(target, shots(scenario, facts), connections, seconds)
      await load({ origin: limit.origin, headers: {} }, () => ({ method: "GET", path: "/" }), connections, 1)
      const bare = await load(
        { origin: limit.origin, headers: {} },
        () => ({ method: "GET", path: "/" }),
        connections,
        seconds,
      )
      rows.push({ scenario, connections, ours, limit: bare })
      say(
        `${scenario.name}, ${connections}: ${Math.round(ours.rate)}/s p50 ${ours.p50.toFixed(2)} ms (limit ${Math.round(bare.rate)}/s p50 ${bare.p50.toFixed(2)} ms) errors ${ours.errors}/${bare.errors}`,
      )
    }
  }
  const busy = memoryOf(warm.child)
  await capture.close()
  limit.stop()
  await pools.close()
  await warm.stop()
  await postgres.stop()
  await report(rows, { cold: cold.milliseconds, warm: warm.milliseconds, idle, busy })
  if (!process.env.BENCH_DATA) await rm(dataDir, { recursive: true, force: true })
}

interface Started {
  child: ChildProcess
  milliseconds: number
  stop(): Promise<void>
}
async function startServer(environment: NodeJS.ProcessEnv): Promise<Started> {
  const begun = performance.now()
  const child = spawn(process.execPath, [join(project, "packages/server/src/main.ts")], {
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  })
  for (;;) {
    const ready = await fetch("http://127.0.0.1:3999/readyz").then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) break
    if (child.exitCode !== null) throw new Error("The server did not start")
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const milliseconds = performance.now() - begun
  return {
    child,
    milliseconds,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve())
        child.kill("SIGTERM")
      }),
  }
}

/** Makes the workspace and fills it, through the command line as anyone could. */
function prepare(environment: NodeJS.ProcessEnv): string {
  const cli = (...words: string[]) =>
    execFileSync(process.execPath, [join(project, "packages/server/src/cli.ts"), ...words, "--json"], {
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1e8,
    })
  const made = JSON.parse(
    cli(
      "setup",
      "--workspace",
      "Bench",
      "--email",
      `bench${Date.now()}@example.com`,
      "--password",
      "a long enough password",
    ),
  ) as { apiKey: string }
  say(`filling with ${people} people and ${activities} activities…`)
  cli("seed", "--workspace", "Bench", "--people", String(people), "--activities", String(activities))
  return made.apiKey
}

async function collectFacts({
  origin,
  headers,
}: {
  origin: string
  headers: Record<string, string>
}): Promise<Facts> {
  const query = async (body: object) => {
    const answer = await fetch(`${origin}/api/v1/people/query`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as {
      data: { id: string; name: string }[]
      page: { next: string }
      ids: string[]
    }
  }
  const { ids } = await query({ ids: true })
  const personIds = Array.from(
    { length: 1000 },
    (_, index) => ids[Math.floor((index / 1000) * ids.length)] as string,
  )
  const { data } = await query({ only: personIds.slice(0, 200), fields: ["name"] })
  const names = data
    .map((row) => row.name.split(" ").at(-1) ?? "")
    .filter((name) => name.length >= 4 && /^\p{L}+$/u.test(name))
  let cursor = ""
  for (let page = 0; page < 10; page++) {
    const next = await query({
      filter: { field: "lifecycleStage", op: "is", value: "customer" },
      sort: ["name"],
      limit: 50,
      ...(cursor && { cursor }),
    })
    cursor = next.page.next ?? cursor
  }
  return { personIds, names, cursor }
}

let count = 0
function shots(scenario: Scenario, facts: Facts): () => Shot {
  const pick = <T>(values: readonly T[]) => values[Math.floor(Math.random() * values.length)] as T
  return () => scenario.shot(facts, pick, ++count)
}

interface Capture {
  plan(scenario: Scenario, facts: Facts): Promise<LimitPlan>
  close(): Promise<void>
}
/** Runs one request of a scenario in this process and notes the statements it sends. */
async function openCapture(
  pools: ReturnType<typeof openPools>,
  dataDir: string,
  apiKey: string,
): Promise<Capture> {
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const services = createServices({ config: readConfig({}), pools, log, dataDir, instanceId: "bench" })
  const app = await createApp(services)
  const { rows } = await pools.owner.query<{ id: string }>(
    "select id from workspaces where name = 'Bench' order by created_at desc limit 1",
  )
  return {
    async plan(scenario, facts) {
      const shot = shots(scenario, facts)()
      const seen: LimitPlan["statements"] = []
      const request = () =>
        app.inject({
          method: shot.method,
          url: shot.path,
          headers: { authorization: `Bearer ${apiKey}` },
          ...(shot.body !== undefined && { payload: shot.body as object }),
        })
      // The first call signs in and fills caches; its statements do not count.
      if (shot.method === "GET") await request()
      services.database.onStatement = (text, values) => void seen.push({ text, values: [...values] })
      const answer = await request()
      services.database.onStatement = undefined
      if (answer.statusCode >= 400) throw new Error(`${scenario.name}: ${answer.body}`)
      const statements = scenario.limit ? seen.filter(({ text }) => scenario.limit!(text)) : seen
      const text = JSON.stringify(statements)
      const used = facts.personIds.find((id) => text.includes(id))
      const name = facts.names.find((candidate) => text.includes(candidate.toLowerCase()))
      const created =
        shot.method === "POST" && scenario.limit
          ? [
              ...new Set(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? []),
            ].filter((id) => id !== rows[0]?.id && text.includes(`\\"id\\":\\"${id}`))
          : []
      return {
        workspaceId: rows[0]?.id as string,
        statements,
        vary: [
          ...(used ? [{ from: used, to: facts.personIds }] : []),
          ...(name
            ? [{ from: name.toLowerCase(), to: facts.names.map((other) => other.toLowerCase()) }]
            : []),
        ],
        fresh: created,
      }
    },
    close: () => app.close(),
  }
}

async function startLimit(connection: object) {
  const child = fork(join(import.meta.dirname, "limit-server.ts"), [JSON.stringify(connection)])
  const said = () => new Promise<{ port?: number }>((resolve) => child.once("message", resolve as never))
  const { port } = await said()
  return {
    origin: `http://127.0.0.1:${port}`,
    async use(plan: LimitPlan) {
      const ready = said()
      child.send(plan)
      await ready
    },
    stop: () => child.disconnect(),
  }
}

/** Resident memory of the server process itself, in MB; the database's is its own. */
function memoryOf(child: ChildProcess): number {
  if (process.platform !== "linux") return Number.NaN
  const status = execFileSync("cat", [`/proc/${child.pid}/status`], { encoding: "utf8" })
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

async function report(
  rows: Row[],
  system: { cold: number; warm: number; idle: number; busy: number },
): Promise<void> {
  const number = (value: number, digits = 2) => value.toFixed(digits)
  const lines = rows.map(({ scenario, connections, ours, limit }) => {
    const ratio = ours.p50 / limit.p50
    const goal =
      scenario.goal === undefined ? "" : `${ratio <= scenario.goal ? "≤" : "**>**"} ${scenario.goal}`
    return `| ${scenario.name} | ${connections} | ${Math.round(ours.rate)} | ${number(ours.p50)} | ${number(ours.p95)} | ${number(ours.p99)} | ${ours.errors} | ${Math.round(limit.rate)} | ${number(limit.p50)} | ${number(ratio)} | ${goal} |`
  })
  const text = [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, embedded PostgreSQL; ${people.toLocaleString("en")} people, ${activities.toLocaleString("en")} activities; load generator, server and database on the same machine, ${seconds} s each.`,
    "",
    "| path | connections | requests/s | p50 ms | p95 ms | p99 ms | errors | limit requests/s | limit p50 ms | ratio of p50 | goal |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ...lines,
    "",
    `Start to first good answer: ${Math.round(system.cold)} ms cold (makes the database), ${Math.round(system.warm)} ms warm. Memory of the server process: ${Math.round(system.idle)} MB idle, ${Math.round(system.busy)} MB after the run.`,
  ].join("\n")
  process.stdout.write(`${text}\n`)
  if (quick) return
  const file = join(project, "docs/benchmarks.md")
  const page = await readFile(file, "utf8")
  await writeFile(
    file,
    page.replace(
      /<!-- measured -->[\s\S]*<!-- \/measured -->/,
      `<!-- measured -->\n${text}\n<!-- /measured -->`,
    ),
  )
}

await main()
