import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Client } from "pg"
import { onTestFinished } from "vitest"
import { killIfAlive } from "../../../testing/product.ts"
import type { Connection, Log, PostgresOptions, RunningPostgres } from "./index.ts"
import { startPostgres } from "./index.ts"
import { findServerProcesses, readPostmaster } from "./processes.ts"

export const isRoot = process.getuid?.() === 0

/** A log that keeps its lines, to see what a person would read. */
export function collectLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const write = (details: object | string, message?: string) => lines.push(message ?? String(details))
  return { lines, info: write, warn: write, error: write }
}

/** A data folder that is gone after the test, with whatever still runs on it. */
export async function makeDataDir(parent = tmpdir(), name = ".data"): Promise<string> {
  const folder = await mkdtemp(join(parent, "regulars-test-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  // As root: the database's user has to get there.
  await chmod(folder, 0o711)
  return join(folder, name)
}

/** Starts the database, and sees to it that it ends with the test. */
export async function start(
  dataDir: string,
  options: Partial<PostgresOptions> = {},
): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir, log: collectLog(), ...options })
  onTestFinished(async () => {
    await postgres.stop()
    await endServer(postgres.dataDir)
  })
  return postgres
}

export async function query(connection: Connection, text: string, values: unknown[] = []) {
  const client = new Client(connection)
  // A server killed under this connection is what some tests are about.
  client.on("error", () => {})
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

/** The first process of the server on this data folder. */
export async function serverProcess(data: string): Promise<number> {
  const postmaster = await readPostmaster(data)
  if (!postmaster) throw new Error(`No server is noted in ${data}`)
  return postmaster.pid
}

export type Holder = {
  child: ChildProcess
  lines: string[]
  connection: Connection
  dataDir: string
  /** what it said instead of becoming ready */
  failed: string | undefined
}

/** Starts the database from a process of its own; returns when it is ready, has failed or said `until`. */
export async function holdElsewhere(
  dataDir: string,
  { uid, until, binaries = "" }: { uid?: number; until?: RegExp; binaries?: string } = {},
): Promise<Holder> {
  const script = join(import.meta.dirname, "../../../testing/postgres-holder.ts")
  const child = spawn(process.execPath, [script, dataDir, binaries], {
    stdio: ["pipe", "pipe", "inherit"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const lines: string[] = []
  onTestFinished(async () => {
    child.kill("SIGKILL")
    await endServer(join(dataDir, "pg", "data"))
  })
  for await (const line of createInterface(child.stdout!)) {
    const said = JSON.parse(line)
    lines.push(said.message ?? line)
    if (said.ready) return { child, lines, failed: undefined, ...said.ready }
    if (said.failed || until?.test(line)) return { child, lines, failed: said.failed } as Holder
  }
  throw new Error(`The process ended without a word (${child.exitCode}).`)
}

export async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit")
  child.kill(signal)
  await ended
}

/** What a failed test may leave running; nothing else than servers on this folder. */
async function endServer(data: string): Promise<void> {
  const pids = await findServerProcesses(data).catch(() => [])
  for (const pid of pids) killIfAlive(pid, "SIGKILL")
}
