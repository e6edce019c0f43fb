import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { constants } from "node:os"
import { findNode24 } from "./node24.mjs"
import { fail } from "./project.mjs"

const endWithParent = new URL("end-with-parent.mjs", import.meta.url).href

/**
 * Starts a script under Node 24. It gets its own process group, so that Ctrl-C in a terminal reaches this process
 * alone and is passed on once; and a channel whose end tells it that this process was killed.
 */
export function startNode24(args, { env = {}, folder } = {}) {
  return spawn(findNode24(), ["--import", endWithParent, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
  })
}

/**
 * Waits until the first of these processes has ended, ends the others, and returns the exit code of the first.
 * A signal to this process is passed on, once; the end of the npm that started us counts as one.
 */
export async function untilEnd(children) {
  let isEnding = false
  const endAll = (signal) => {
    if (isEnding) return
    isEnding = true
    for (const child of children) child.kill(signal)
  }
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => endAll(signal))
  process.on("SIGHUP", () => endAll("SIGTERM"))
  const watching = whenNpmIsGone(() => endAll("SIGTERM"))
  const ends = children.map(endOf)
  const code = await Promise.race(ends)
  endAll("SIGTERM")
  await Promise.all(ends)
  clearInterval(watching)
  return code
}

const npmLookEvery = 500

/**
 * A signal to npm ends npm and the shell below it, but never gets here. Whoever started npm and ends it means us
 * as well, so we look whether those two are still there.
 */
function whenNpmIsGone(act) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return undefined
  const before = starters()
  return setInterval(() => {
    if (starters() !== before) act()
  }, npmLookEvery)
}

/** Our parent, and npm above it where the parent is npm's shell and the system tells. */
function starters() {
  const parent = process.ppid
  try {
    const [, name, npm] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, "utf8"))
    return name === "sh" ? `${parent} ${npm}` : `${parent}`
  } catch {
    return `${parent}`
  }
}

function endOf(child) {
  return new Promise((resolve) => {
    child.on("error", (error) => fail(`Node.js could not be started: ${error.message}`))
    // By convention a program that a signal ended has 128 and the signal's number as its code.
    child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}
