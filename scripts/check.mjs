// npm run check: what can be said about the code without running it.
import { runChecks } from "./lib/checks.mjs"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"

checkStarter()
ensureInstalled()
const { failed } = await runChecks()
console.log(failed.length === 0 ? "check ok" : `check failed: ${failed.join(", ")}`)
process.exit(failed.length === 0 ? 0 : 1)
