import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fail, hashOf, readIfThere, root, say } from "./project.mjs"

/**
 * Installs what package-lock.json names, unless it is there already. No install script of any package runs:
 * nothing here needs one, and some systems forbid them.
 */
export function ensureInstalled(folder = root) {
  const lockText = readFileSync(join(folder, "package-lock.json"), "utf8")
  const stampFile = join(folder, "node_modules", ".regulars-lock-hash")
  const stamp = hashOf(lockText)
  if (readIfThere(stampFile) === stamp) return
  if (!isInstalled(folder, JSON.parse(lockText))) install(folder)
  writeFileSync(stampFile, stamp)
}

/** Did somebody run `npm ci` or `npm install` by hand, with exactly this result? */
function isInstalled(folder, lock) {
  const noted = readIfThere(join(folder, "node_modules", ".package-lock.json"))
  if (noted === undefined) return false
  const installed = JSON.parse(noted).packages
  const wanted = Object.fromEntries(
    Object.entries(lock.packages).filter(([path]) => path.startsWith("node_modules/")),
  )
  const isAsWanted = ([path, entry]) => {
    const found = installed[path]
    if (!found) return mayBeMissing(entry)
    return (
      found.version === entry.version && found.integrity === entry.integrity && existsSync(join(folder, path))
    )
  }
  const isWanted = (path) => path in wanted || !path.startsWith("node_modules/")
  return Object.entries(wanted).every(isAsWanted) && Object.keys(installed).every(isWanted)
}

/** Optional packages are there for one kind of computer each. */
function mayBeMissing({ optional, os, cpu, libc }) {
  if (!optional) return false
  const isForThisComputer =
    (os || cpu) &&
    [os ?? process.platform].flat().includes(process.platform) &&
    [cpu ?? process.arch].flat().includes(process.arch)
  return !isForThisComputer || Boolean(libc)
}

function install(folder) {
  say("Installing the packages Regulars is made of (a minute or two, once) ...")
  let result = runNpm(folder, "ci")
  // A registry without some optional packages of other systems leaves a lock file that `npm ci` calls incomplete;
  // `npm install` takes what the lock file names all the same.
  if (result.status !== 0 && result.output.includes("EUSAGE")) result = runNpm(folder, "install", "--no-save")
  if (result.status === 0) return
  say(result.output.split("\n").slice(0, 20).join("\n"))
  fail(
    "The packages could not be installed; npm's own words stand above. It needs a way to the npm registry.",
  )
}

function runNpm(folder, ...command) {
  const [program, ...first] = npmCommand()
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
  const { status, error, stdout, stderr } = spawnSync(program, [...first, ...command, ...quietly], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: program === "npm" && process.platform === "win32",
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, output: error?.message ?? `${stdout}${stderr}`.trim() }
}

/** The npm that started us, else the one beside this Node, else whichever the system finds. */
function npmCommand() {
  const beside = dirname(process.execPath)
  const candidates = [
    process.env.npm_execpath,
    join(beside, "../lib/node_modules/npm/bin/npm-cli.js"),
    join(beside, "node_modules/npm/bin/npm-cli.js"),
  ]
  const script = candidates.find((path) => path?.endsWith("npm-cli.js") && existsSync(path))
  return script ? [process.execPath, script] : ["npm"]
}
