import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { onTestFinished } from "vitest"

const main = join(import.meta.dirname, "../src/main.ts")

/** The product as its own process on a data folder of its own, to be killed and started again. */
export interface ServerProcess {
  origin: string
  dataDir: string
  /** Starts, or starts again; returns the milliseconds to the first good answer. */
  start(): Promise<number>
  kill(signal: NodeJS.Signals): Promise<void>
  databaseProcess(): Promise<number>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

export async function makeServerProcess(environment: Record<string, string> = {}): Promise<ServerProcess> {
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
      child = spawn(process.execPath, [main], { env, stdio: "ignore" })
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
    call: (method, path, body, headers = {}) =>
      fetch(`${origin}/api${path}`, {
        method,
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
  onTestFinished(async () => {
    if (child?.exitCode === null && child.signalCode === null) await server.kill("SIGTERM")
    const left = await server.databaseProcess().catch(() => undefined)
    if (left !== undefined) killIfAlive(left, "SIGQUIT")
    await sleep(200)
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  })
  return server
}

/** Ends a process that may have ended by itself meanwhile. */
export function killIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  return typeof address === "object" && address ? address.port : 0
}
