import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, it, onTestFinished } from "vitest"
import { killIfAlive } from "../../packages/server/testing/product.ts"

const run = join(import.meta.dirname, "run.mjs")
const endless = `console.log(process.pid); setInterval(() => undefined, 1000)`
const script = `
  const { startNode24, untilEnd } = await import(${JSON.stringify(run)})
  process.exit(await untilEnd([startNode24(["-e", ${JSON.stringify(endless)}])]))`

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Starts what npm starts: a shell that waits for Node. Answers the processes from npm down to the server. */
async function startAsNpmDoes() {
  const shell = `"${process.execPath}" --input-type=module -e "$SCRIPT"; true`
  const npm = `
    const shell = require("node:child_process").spawn("sh", ["-c", ${JSON.stringify(shell)}], { stdio: "inherit" })
    console.log(shell.pid)`
  const child = spawn(process.execPath, ["-e", npm], {
    env: { ...process.env, SCRIPT: script, npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const lines = createInterface(child.stdout)
  const pids = [child.pid as number]
  for await (const line of lines) if (pids.push(Number(line)) === 3) break
  const [npmPid = 0, shellPid = 0, serverPid = 0] = pids
  onTestFinished(() => {
    for (const pid of pids) killIfAlive(pid, "SIGKILL")
  })
  return { child, npmPid, shellPid, serverPid }
}

it.skipIf(process.platform === "win32").each(["npm", "the shell below npm"])(
  "ends the server when %s is killed, instead of leaving it to hold the port",
  async (victim) => {
    const { child, npmPid, shellPid, serverPid } = await startAsNpmDoes()
    // Give it the moment to note who started it.
    await sleep(500)
    expect(isAlive(serverPid)).toBe(true)
    process.kill(victim === "npm" ? npmPid : shellPid, "SIGKILL")
    if (victim === "npm") await once(child, "exit")
    for (let tries = 0; isAlive(serverPid) && tries < 100; tries++) await sleep(100)
    expect(isAlive(serverPid)).toBe(false)
  },
)
