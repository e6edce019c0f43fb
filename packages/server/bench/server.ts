import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { join } from "node:path"
import manifest from "../package.json" with { type: "json" }

export const project = join(import.meta.dirname, "../../..")
const { config } = manifest
export const origin = "http://127.0.0.1:3999"
export const say = (line: string) => process.stderr.write(`${line}\n`)

export interface Started {
  child: ChildProcess
  milliseconds: number
  stop(): Promise<void>
}
export async function startServer(environment: NodeJS.ProcessEnv): Promise<Started> {
  const begun = performance.now()
  const child = spawn(process.execPath, [...config.nodeFlags, join(project, "packages/server/src/main.ts")], {
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  })
  for (;;) {
    const ready = await fetch(`${origin}/readyz`).then(
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

/** Runs a command of the product; returns what it printed as JSON. */
export function cli(environment: NodeJS.ProcessEnv, ...words: string[]): unknown {
  const printed = execFileSync(
    process.execPath,
    [join(project, "packages/server/src/cli.ts"), ...words, "--json"],
    { env: environment, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1e8 },
  )
  return printed.trim() === "" ? undefined : JSON.parse(printed)
}
/** Makes a workspace, with an API key of its owner. */
export function makeWorkspace(
  environment: NodeJS.ProcessEnv,
  name: string,
): { workspaceId: string; apiKey: string } {
  const email = `${name.toLowerCase()}${Date.now()}@example.com`
  const made = cli(
    environment,
    "setup",
    "--workspace",
    name,
    "--email",
    email,
    "--password",
    "a long enough password",
  )
  return made as { workspaceId: string; apiKey: string }
}

/** Resident memory of the server process itself, in MB; the database's is its own. */
export function memoryOf(child: ChildProcess): number {
  if (process.platform !== "linux") return Number.NaN
  const status = execFileSync("cat", [`/proc/${child.pid}/status`], { encoding: "utf8" })
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}
