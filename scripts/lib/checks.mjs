import { spawn } from "node:child_process"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { findNode24 } from "./node24.mjs"
import { root } from "./project.mjs"

const tool = (path) => join(root, "node_modules", path)
const own = (name) => join(root, "scripts/checks", name)

const checks = [
  {
    name: "format and lint",
    args: [tool("@biomejs/biome/bin/biome"), "ci", "--colors=off", "--diagnostic-level=error"],
  },
  { name: "types", args: [tool("typescript/bin/tsc"), "--noEmit", "--pretty", "false"] },
  { name: "import directions", args: [own("imports.mjs")] },
  { name: "dead code", args: [tool("knip/bin/knip.js"), "--no-progress", "--no-config-hints"] },
  { name: "sizes", args: [own("sizes.mjs")] },
  { name: "texts", args: [own("locales.mjs")] },
  { name: "environment", args: [own("environment.mjs")] },
]

/**
 * Runs every check, one after the other, and prints a line for each; what a failed one complains of follows.
 * @returns how many held and which did not
 */
export async function runChecks() {
  const failed = []
  let passed = 0
  for (const { name, args } of checks) {
    const started = performance.now()
    const { isFine, output } = await runTool(args)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`  ${isFine ? "ok    " : "FAILED"} ${name} (${seconds} s)`)
    if (isFine) passed += 1
    else failed.push(name)
    if (!isFine) console.log(indent(output))
  }
  return { passed, failed }
}

function runTool(args) {
  return new Promise((resolve) => {
    const child = spawn(findNode24(), args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    const collect = (chunk) => {
      output += chunk
    }
    child.stdout.setEncoding("utf8").on("data", collect)
    child.stderr.setEncoding("utf8").on("data", collect)
    child.on("error", (error) => resolve({ isFine: false, output: error.message }))
    child.on("close", (code) => resolve({ isFine: code === 0, output }))
  })
}

function indent(text) {
  return text.trim().replaceAll(/^/gm, "    ")
}
