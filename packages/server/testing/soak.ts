import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import { killIfAlive, openProduct, type ServerProcess, signUp } from "./product.ts"

/*
 * The product under a mixed load for SOAK_MINUTES (10; or SOAK_HOURS), while app and database are killed now and
 * then. Tells at the end what was acknowledged and is not there, what the check command finds, how memory went and
 * which errors were answered. Ends with 1 when something acknowledged is missing, something is not in order or the
 * server took more memory than it should.
 */
const minutes = Number(process.env.SOAK_HOURS ?? 0) * 60 || Number(process.env.SOAK_MINUTES ?? 10)
const [readers, writers, watchers] = [4, 4, 5]
const importRows = 2000
const pauseBetweenImports = 10_000
const killEvery = Math.max(20_000, (minutes * 60_000) / 12)
const longestRecovery = 10_000
/** Of the server beside its database. */
const mostMegabytes = 300
const say = (line: string) => process.stderr.write(`${line}\n`)
const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T
const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)

interface Soak {
  server: ServerProcess
  headers: Record<string, string>
  ends: number
  requests: number
  /** Answers other than good ones, by status and code; "no answer" while the app is down. */
  errors: Map<string, number>
  /** By name what was answered with 201; the value last answered with 200, and those sent since, which may stand, too. */
  acknowledged: Map<string, { id: string; value: string | undefined; tried: string[] }>
  /** Names whose writing was refused, or answered by nobody. */
  refused: Set<string>
  imports: { id: string; prefix: string }[]
  messages: number
  kills: Map<string, number>
  recoveries: number[]
  memory: { process: number; megabytes: number }[]
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many endpoints, of which a few values are read
type Json = any

/** One request; its answer, or undefined when it was refused or nobody answered. */
async function ask(soak: Soak, method: string, path: string, body?: unknown): Promise<Json | undefined> {
  soak.requests += 1
  try {
    const answer = await soak.server.call(method, path, body, soak.headers)
    const json = (await answer.json()) as Json
    if (answer.ok) return json
    count(soak.errors, `${answer.status} ${json.code}`)
  } catch {
    count(soak.errors, "no answer")
  }
  await sleep(50)
  return undefined
}
const isOver = (soak: Soak) => Date.now() > soak.ends

async function read(soak: Soak, ids: readonly string[], names: readonly string[]): Promise<void> {
  const customers = { field: "lifecycleStage", op: "is", value: "customer" }
  while (!isOver(soak)) {
    const [method, path, body] = pick<[string, string, unknown?]>([
      ["GET", `/v1/people/${pick(ids)}`],
      ["GET", `/v1/people/${pick(ids)}/timeline`],
      ["POST", "/v1/people/query", { filter: customers, sort: ["name"], limit: 50 }],
      ["GET", `/v1/search?q=${encodeURIComponent(pick(names))}`],
      ["GET", "/v1/today"],
    ])
    await ask(soak, method, path, body)
    await sleep(20)
  }
}

async function write(soak: Soak, writer: number): Promise<void> {
  const own: string[] = []
  for (let turn = 0; !isOver(soak); turn++) {
    const name = `Soak ${writer} ${turn}`
    const made = await ask(soak, "POST", "/v1/companies?allowDuplicate=true", { name })
    if (made) {
      soak.acknowledged.set(name, { id: made.data.id, value: undefined, tried: [] })
      own.push(name)
    } else soak.refused.add(name)
    const changed = own.length > 0 && soak.acknowledged.get(pick(own))
    if (!changed) continue
    const industry = `turn ${turn}`
    changed.tried.push(industry)
    const answer = await ask(soak, "PATCH", `/v1/companies/${changed.id}`, { industry })
    if (answer) Object.assign(changed, { value: industry, tried: [] })
    await sleep(20)
  }
}

async function importAgainAndAgain(soak: Soak): Promise<void> {
  for (let turn = 0; !isOver(soak); turn++) {
    const prefix = `soak${turn}x`
    const rows = Array.from({ length: importRows }, (_, row) => `Guest ${row},${prefix}${row}@example.com`)
    const form = new FormData()
    form.append("entity", "people")
    form.append("file", new Blob([`Name,Email\n${rows.join("\n")}\n`], { type: "text/csv" }), "guests.csv")
    const uploaded = await fetch(`${soak.server.origin}/api/v1/imports`, {
      method: "POST",
      headers: soak.headers,
      body: form,
    }).catch(() => undefined)
    const id = uploaded?.ok ? ((await uploaded.json()) as Json).data.id : undefined
    if (id && (await ask(soak, "POST", `/v1/imports/${id}/run`))) soak.imports.push({ id, prefix })
    await sleep(pauseBetweenImports)
  }
}

async function watch(soak: Soak): Promise<void> {
  while (!isOver(soak)) {
    try {
      const signal = AbortSignal.timeout(Math.max(1, soak.ends - Date.now()))
      const answer = await fetch(`${soak.server.origin}/api/v1/stream`, { headers: soak.headers, signal })
      for await (const part of answer.body ?? [])
        soak.messages += new TextDecoder().decode(part).split("\ndata:").length - 1
    } catch {
      await sleep(200)
    }
  }
}

async function disturb(soak: Soak): Promise<void> {
  for (;;) {
    await sleep(killEvery * (0.5 + Math.random()))
    if (isOver(soak)) return
    const victim = pick(["app", "database"])
    count(soak.kills, victim)
    const begun = performance.now()
    if (victim === "app") {
      await soak.server.kill("SIGKILL")
      await soak.server.start()
    } else {
      killIfAlive(await soak.server.databaseProcess(), "SIGKILL")
      await sleep(50)
    }
    const path = "/v1/companies?limit=1"
    const deadline = Date.now() + 60_000
    while (!(await soak.server.call("GET", path, undefined, soak.headers).catch(() => undefined))?.ok) {
      if (Date.now() > deadline) throw new Error(`No good answer a minute after the ${victim} was killed`)
      await sleep(20)
    }
    soak.recoveries.push(performance.now() - begun)
    say(`killed the ${victim}: good answer again after ${Math.round(soak.recoveries.at(-1) ?? 0)} ms`)
  }
}

async function weigh(soak: Soak): Promise<void> {
  while (!isOver(soak)) {
    await sleep(5000)
    const megabytes = await soak.server.memory()
    if (megabytes > 0) soak.memory.push({ process: soak.kills.get("app") ?? 0, megabytes })
  }
}

/** Imports go on where a killed process left them, which may take until the next look for silent ones. */
async function importsAtRest(soak: Soak): Promise<string[]> {
  const patience = Date.now() + 180_000
  const problems: string[] = []
  for (const { id, prefix } of soak.imports) {
    let status = ""
    while (!["done", "failed"].includes(status) && Date.now() < patience) {
      status = (await ask(soak, "GET", `/v1/imports/${id}`))?.data.status ?? ""
      if (status !== "done") await sleep(500)
    }
    const filter = { field: "emails", op: "contains", value: prefix }
    const found = await ask(soak, "POST", "/v1/people/query", { ids: true, filter })
    if (status !== "done" || found?.ids.length !== importRows)
      problems.push(`import ${prefix}: ${status}, ${found?.ids.length} of ${importRows} people`)
  }
  return problems
}

/** Companies by name, with the value that was written last. */
async function readBack(soak: Soak): Promise<Map<string, string | null>> {
  const present = new Map<string, string | null>()
  let cursor: string | undefined
  do {
    const filter = { field: "name", op: "startsWith", value: "Soak " }
    const body = { fields: ["name", "industry"], filter, limit: 200, ...(cursor && { cursor }) }
    const page = await ask(soak, "POST", "/v1/companies/query", body)
    for (const { name, industry } of page?.data ?? []) present.set(name, industry)
    cursor = page ? page.page.next : cursor
  } while (cursor)
  return present
}

async function report(soak: Soak, importProblems: readonly string[], check: Json): Promise<boolean> {
  const present = await readBack(soak)
  const missing = [...soak.acknowledged].flatMap(([name, { value, tried }]) => {
    if (!present.has(name)) return [name]
    const now = present.get(name)
    const isKept = value === undefined || [value, ...tried].includes(now ?? "")
    return isKept ? [] : [`${name}: ${now}, not ${value}`]
  })
  const doubtful = [...soak.refused].filter((name) => present.has(name)).length
  const list = (counts: Map<string, number>) =>
    [...counts].map(([name, times]) => `${name} × ${times}`).join(", ") || "none"
  const last = soak.memory.filter(({ process }) => process === soak.memory.at(-1)?.process)
  const figure = (value: number | undefined) => `${Math.round(value ?? Number.NaN)} MB`
  const all = soak.memory.map(({ megabytes }) => megabytes)
  const slowest = Math.round(Math.max(0, ...soak.recoveries))
  const facts = [
    `${minutes} minutes, ${soak.requests} requests, ${soak.acknowledged.size} companies, ${soak.imports.length} imports of ${importRows}, ${soak.messages} live messages`,
    `killed: ${list(soak.kills)}; slowest way back to a good answer ${slowest} ms`,
    `acknowledged and missing: ${missing.length}${missing.slice(0, 10).map((line) => `\n  ${line}`)}`,
    `refused or unanswered, and there all the same: ${doubtful} of ${soak.refused.size}`,
    `imports not complete: ${importProblems.length}${importProblems.map((line) => `\n  ${line}`)}`,
    `memory of the server: first ${figure(all[0])}, most ${figure(Math.max(...all))}; last process from ${figure(last[0]?.megabytes)} to ${figure(last.at(-1)?.megabytes)}`,
    `errors: ${list(soak.errors)}`,
    `logged: ${list(await loggedErrors(soak.server))}`,
    `check: ${check.ok ? "in order" : check.problems.join(" ")} ${JSON.stringify(check.jobs)}`,
  ]
  process.stdout.write(`${facts.join("\n")}\n`)
  const isServerError = [...soak.errors.keys()].some((name) => /^5/.test(name) && !name.startsWith("503"))
  return (
    missing.length === 0 &&
    importProblems.length === 0 &&
    check.ok &&
    slowest < longestRecovery &&
    all.every((megabytes) => megabytes <= mostMegabytes) &&
    !isServerError
  )
}

/** What the log says of errors, each kind once. */
async function loggedErrors({ dataDir }: ServerProcess): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const line of (await readFile(join(dataDir, "server.log"), "utf8")).split("\n").filter(Boolean)) {
    const { msg, route, err } = JSON.parse(line) as Json
    count(counts, `${[msg, route, err?.message].filter(Boolean).join(" | ")}`)
    if (err?.stack && counts.size < 20) say(err.stack)
  }
  return counts
}

async function commandLine(server: ServerProcess, ...words: string[]): Promise<Json> {
  const cli = join(import.meta.dirname, "../src/cli.ts")
  const env = { ...process.env, REGULARS_DATA: server.dataDir }
  // A check that finds something ends with 1 and says what on the same stream.
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words, "--json"], { env }).catch(
    (error: { stdout: string }) => error,
  )
  return JSON.parse(stdout)
}

async function main(): Promise<boolean> {
  const server = await openProduct({ LOG_LEVEL: "error" })
  try {
    await server.start()
    const headers = await signUp(server)
    await commandLine(server, "seed", "--workspace", "Crash", "--people", "5000", "--activities", "20000")
    const soak: Soak = {
      server,
      headers,
      ends: Date.now() + minutes * 60_000,
      requests: 0,
      errors: new Map(),
      acknowledged: new Map(),
      refused: new Set(),
      imports: [],
      messages: 0,
      kills: new Map(),
      recoveries: [],
      memory: [],
    }
    const people = await ask(soak, "POST", "/v1/people/query", { fields: ["name"], limit: 200 })
    const ids = people.data.map(({ id }: Json) => id)
    const names = people.data.map(({ name }: Json) => name.split(" ").at(-1))
    const many = (times: number, work: (turn: number) => Promise<void>) =>
      Array.from({ length: times }, (_, turn) => work(turn))
    await Promise.all([
      ...many(readers, () => read(soak, ids, names)),
      ...many(writers, (writer) => write(soak, writer)),
      ...many(watchers, () => watch(soak)),
      importAgainAndAgain(soak),
      disturb(soak),
      weigh(soak),
    ])
    say("The load is over; waiting for the imports to end.")
    const importProblems = await importsAtRest(soak)
    return await report(soak, importProblems, await commandLine(server, "check"))
  } finally {
    await server.close()
  }
}

process.exitCode = (await main()) ? 0 : 1
