import { accessSync, chmodSync, constants, existsSync } from "node:fs"
import { join } from "node:path"
import { fail, root } from "./project.mjs"

const needed = 24
// Older ones can't run the tools that build the web app, and npm then leaves parts of them out.
const oldestStarter = [20, 19]

/** Ends with a sentence when this Node is too old even to install Regulars. */
export function checkStarter() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  const [oldestMajor, oldestMinor] = oldestStarter
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  fail(
    `Regulars needs Node.js ${oldestStarter.join(".")} or newer to start; this is ${process.versions.node}. See https://nodejs.org`,
  )
}

/** Path of a Node that runs TypeScript as it is: this one, else the one that npm installed beside Regulars. */
export function findNode24() {
  if (Number(process.versions.node.split(".")[0]) >= needed) return process.execPath
  const isWindows = process.platform === "win32"
  const name = `node-${isWindows ? "win" : process.platform}-${process.arch}`
  const file = join(root, "node_modules", name, "bin", isWindows ? "node.exe" : "node")
  if (!existsSync(file)) {
    fail(
      `Regulars runs on Node.js ${needed}, which it brings along for Linux, macOS and Windows, but not for ${process.platform} on ${process.arch}. Install Node.js ${needed} or newer from https://nodejs.org, then start again.`,
    )
  }
  makeExecutable(file)
  return file
}

function makeExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
}
