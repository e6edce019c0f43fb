// npm test: everything that continuous integration runs. The last line says how many tests passed and failed.
import { spawn, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { ensureWebBuilt } from "./lib/build-web.mjs"
import { runChecks } from "./lib/checks.mjs"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter, findNode24 } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"

const total = { passed: 0, failed: 0 }
const reports = mkdtempSync(join(tmpdir(), "regulars-reports-"))

checkStarter()
await step("Installed packages", () => ensureInstalled())
const chromium = await step("Chromium for the browser tests", findOrInstallChromium)
await step("Checks", async () => {
  const { passed, failed } = await runChecks()
  count(passed, failed.length)
})
const isBuilt = await step("Web app", () => {
  const built = ensureWebBuilt()
  if (!built) count(0, 1)
  return built
})
await step("Rules and API", () => runVitest("server"))
await step("Browser journeys", () => {
  if (chromium && isBuilt) return runVitest("e2e", { CHROMIUM_PATH: chromium })
  console.log("Not run: they need Chromium and the built web app, see above.")
})
rmSync(reports, { recursive: true })
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

async function step(name, work) {
  console.log(`\n== ${name}`)
  const started = performance.now()
  const result = await work()
  console.log(`== ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return result
}

function count(passed, failed) {
  total.passed += passed
  total.failed += failed
}

function findOrInstallChromium() {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Chromium is not installed; apt-get installs it now.")
    const options = {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }
    spawnSync("apt-get", ["update", "-q"], options)
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options)
  }
  const installed = findChromium()
  if (installed) return installed
  count(0, 1)
  console.log(
    "Install Chromium, for instance with: sudo apt-get install chromium; or set CHROMIUM_PATH to yours.",
  )
}

function findChromium() {
  return [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((path) => path && existsSync(path))
}

/** Runs one project of vitest.config.ts and adds up its tests; a file that could not be loaded counts as one. */
async function runVitest(project, env = {}) {
  const report = join(reports, `${project}.json`)
  const vitest = join(root, "node_modules/vitest/vitest.mjs")
  const args = [vitest, "run", "--project", project, "--reporter=default", "--reporter=json"]
  const code = await new Promise((resolve) => {
    const child = spawn(findNode24(), [...args, `--outputFile.json=${report}`], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env, ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }) },
    })
    child.on("error", () => resolve(1))
    child.on("exit", (exitCode) => resolve(exitCode ?? 1))
  })
  const { passed, failed } = existsSync(report) ? readReport(report) : { passed: 0, failed: 0 }
  // Vitest also fails for what no single test is to blame for, such as an error after the last one.
  count(passed, code !== 0 && failed === 0 ? 1 : failed)
}

function readReport(report) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"))
  const notLoaded = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + notLoaded.length }
}
