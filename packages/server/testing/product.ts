import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import manifest from "../package.json" with { type: "json" }
import { freePort } from "./free-port.ts"

const main = join(import.meta.dirname, "../src/main.ts")

/** The product as its own process on a data folder of its own, to be killed and started again. */
export interface ServerProcess {
  origin: string
  /** Its data; and in `server.log` what it said, at the level `LOG_LEVEL`, else only what is fatal. */
  dataDir: string
  /** Starts, or starts again; returns the milliseconds to the first good answer. */
  start(): Promise<number>
  kill(signal: NodeJS.Signals): Promise<void>
  databaseProcess(): Promise<number>
  /** Resident memory of the server itself in MB; not a number where the system does not tell. */
  memory(): Promise<number>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>
}

/** Makes one; a test that wants it gone afterwards takes `server-process.ts`. */
export async function openProduct(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), "regulars-process-"))
  await chmod(dataDir, 0o711)
  const port = await freePort()
  const origin = `http://localhost:${port}`
  let child: ChildProcess | undefined
  const server: ServerProcess = {
    origin,
    dataDir,
    async start() {
      const begun = performance.now()
      const env = {
        ...process.env,
        REGULARS_DATA: dataDir,
        PORT: String(port),
        LOG_LEVEL: "fatal",
        ...environment,
      }
      const log = openSync(join(dataDir, "server.log"), "a")
      child = spawn(process.execPath, [...manifest.config.nodeFlags, main], {
        env,
        stdio: ["ignore", log, log],
      })
      closeSync(log)
      for (;;) {
        if (
          await fetch(`${origin}/readyz`).then(
            (answer) => answer.ok,
            () => false,
          )
        )
          return performance.now() - begun
        if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`)
        await sleep(20)
      }
    },
    async kill(signal) {
      const running = child as ChildProcess
      const ended = once(running, "exit")
      running.kill(signal)
      await ended
    },
    async databaseProcess() {
      return Number((await readFile(join(dataDir, "pg/data/postmaster.pid"), "utf8")).split("\n")[0])
    },
    async memory() {
      const status = await readFile(`/proc/${child?.pid}/status`, "utf8").catch(() => "")
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    },
    call: (method, path, body, headers = {}) =>
      fetch(`${origin}/api${path}`, {
        method,
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async close() {
      if (child?.exitCode === null && child.signalCode === null) await server.kill("SIGTERM")
      const left = await server.databaseProcess().catch(() => undefined)
      if (left !== undefined) killIfAlive(left, "SIGQUIT")
      await sleep(200)
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return server
}

/** Makes the workspace and answers the headers of a caller with a key. */
export async function signUp(server: ServerProcess): Promise<Record<string, string>> {
  const made = await server.call("POST", "/auth/set-up", {
    workspace: { name: "Crash", country: "DE", currency: "EUR", timeZone: "Europe/Berlin", language: "en" },
    owner: { name: "Ada", email: "ada@example.com", password: "correct horse battery" },
  })
  if (made.status !== 201) throw new Error(`No workspace: ${made.status} ${await made.text()}`)
  const cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  const key = (await (
    await server.call("POST", "/v1/api-keys", { name: "crash", scope: "write" }, { cookie })
  ).json()) as { data: { key: string } }
  return { authorization: `Bearer ${key.data.key}` }
}

/** Ends a process that may have ended by itself meanwhile. */
export function killIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}
