import { spawn } from "node:child_process"
import { readdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client, DatabaseError, escapeIdentifier } from "pg"
import type { Binaries } from "./binaries.ts"
import { ownerRole, readPassword, settingsFile } from "./cluster.ts"
import { processOptions, run } from "./commands.ts"
import { createFile, replaceFile } from "./files.ts"
import type { Log } from "./log.ts"
import type { Place } from "./placement.ts"
import { PostgresProblem } from "./problem.ts"
import { findServerProcesses, isServerProcess, readPostmaster } from "./processes.ts"
import { type Listening, renderSettings } from "./settings.ts"

/** What `pg` needs to connect. `host` is the folder of a socket, or an address. */
export type Connection = { host: string; port: number; user: string; password: string; database: string }

export type Server = { connection: Connection; pid: number; version: string }

const databaseName = "regulars"
const patienceInSeconds = 60

/**
 * Returns the server that runs on this data folder, starting one when none does. Ready means that a connection
 * succeeded; a server in recovery is waited for as long as it takes. Call it under the lock.
 */
export async function ensureServer(
  place: Place,
  binaries: Binaries,
  listening: Listening,
  log: Log,
): Promise<Server> {
  let launched: Launched | undefined
  let lastSign = Date.now()
  for (;;) {
    const answer = await askServer(place.data)
    if (typeof answer === "object") return answer
    if (answer === "starting") lastSign = Date.now()
    if (launched?.complaint) {
      throw new PostgresProblem(
        `The database did not start: ${launched.complaint}\n${await lastWords(place)}`,
      )
    }
    // Two servers on one folder would destroy it: nobody listens and nobody lives there, or we wait.
    if (!launched && answer === "absent" && (await findServerProcesses(place.data)).length === 0) {
      await removeDeadNotes(place.data, log)
      launched = await launch(place, binaries, listening)
      log.info(`Started the database (PostgreSQL ${binaries.version}).`)
    }
    if (Date.now() - lastSign > patienceInSeconds * 1000) throw await silence(place.data)
    await sleep(15)
  }
}

/** A dead server leaves its process id in two notes; PostgreSQL refuses to start while such a process exists. */
async function removeDeadNotes(data: string, log: Log): Promise<void> {
  const postmaster = await readPostmaster(data)
  if (!postmaster) return
  log.warn("The database was not shut down in order; it puts itself right now.")
  await rm(join(postmaster.host, `.s.PGSQL.${postmaster.port}.lock`), { force: true })
  await rm(join(data, "postmaster.pid"))
}

async function silence(data: string): Promise<PostgresProblem> {
  const pids = await findServerProcesses(data)
  return new PostgresProblem(
    `The server of the database in ${data} has not answered for ${patienceInSeconds} seconds (process ${pids.join(", ") || "unknown"}). End it, then start again.`,
  )
}

type Launched = { complaint?: string }

/** Spawned detached, so that Ctrl-C in a terminal reaches Node alone, which then stops the server in order. */
async function launch(place: Place, binaries: Binaries, listening: Listening): Promise<Launched> {
  const { data, home, user } = place
  await replaceFile(join(data, settingsFile), renderSettings(listening, join(home, "log")), user)
  await rm(join(home, "log", "start.log"), { force: true })
  const output = await createFile(join(home, "log", "start.log"), user)
  // pg_ctl sheds an administrator's rights, with which PostgreSQL refuses to run on Windows.
  const isWindows = process.platform === "win32"
  const program = binaries.program(isWindows ? "pg_ctl" : "postgres")
  const child = spawn(program, isWindows ? ["start", "-W", "-D", data] : ["-D", data], {
    ...processOptions({ user, folder: home }),
    detached: true,
    stdio: ["ignore", output.fd, output.fd],
  })
  const launched: Launched = {}
  child.on("error", (error) => {
    launched.complaint = error.message
  })
  child.on("exit", (code, signal) => {
    if (code !== 0 || !isWindows) launched.complaint = `it ended with ${signal ?? `code ${code}`}.`
  })
  child.unref()
  await output.close()
  return launched
}

/** "starting": it asks for patience. "hung": somebody listens and says nothing. "absent": nobody listens. */
async function askServer(data: string): Promise<Server | "starting" | "hung" | "absent"> {
  const postmaster = await readPostmaster(data)
  if (!postmaster?.port) return "absent"
  const { host, port, pid } = postmaster
  const connection = { host, port, user: ownerRole, password: await readPassword(data) }
  const client = new Client({
    ...connection,
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: 5000,
  })
  client.on("error", () => {})
  try {
    await client.connect()
    await ensureDatabase(client)
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    )
    return { connection: { ...connection, database: databaseName }, pid, version: rows[0]!.version }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ""
    if (["ENOENT", "ECONNREFUSED"].includes(code)) return "absent"
    if (!(error instanceof DatabaseError)) return "hung"
    // Starting up or shutting down, or all connections are taken.
    if (code.startsWith("57P0") || code === "53300") return "starting"
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [databaseName])
  if (!rowCount) await client.query(`CREATE DATABASE ${escapeIdentifier(databaseName)}`)
}

/**
 * Stops the server: fast (open transactions are rolled back), and after a minute at once, which costs the next
 * start a recovery but no data. Never by SIGKILL. Call it under the lock.
 */
export async function stopServer(place: Place, binaries: Binaries, log: Log): Promise<void> {
  const postmaster = await readPostmaster(place.data)
  if (!postmaster) return
  if (process.platform === "win32") {
    await run(binaries.program("pg_ctl"), ["stop", "-m", "fast", "-w", "-t", "60", "-D", place.data])
    return
  }
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!(await isServerProcess(place.data, postmaster.pid))) return
    if (signal === "SIGQUIT") log.warn("The database does not stop; it is made to stop at once.")
    process.kill(postmaster.pid, signal)
    if (await hasEnded(place.data)) return
  }
  log.error(`The database (process ${postmaster.pid}) still runs; it is left to itself.`)
}

/** Ended means with all its processes: a child that lives on would block the next start. */
async function hasEnded(data: string): Promise<boolean> {
  const deadline = Date.now() + patienceInSeconds * 1000
  while (Date.now() < deadline) {
    if ((await findServerProcesses(data)).length === 0) return true
    await sleep(20)
  }
  return false
}

/** What the server said before and after it opened its log. */
async function lastWords({ home }: Place): Promise<string> {
  const files = await readdir(join(home, "log"))
  const texts = files.map((name) => readFile(join(home, "log", name), "utf8"))
  const lines = (await Promise.all(texts)).flatMap((text) => text.split("\n"))
  return lines.filter(Boolean).sort().slice(-5).join("\n")
}
