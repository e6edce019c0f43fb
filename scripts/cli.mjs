// npm run -s cli -- <command>: what the command prints is all that is printed on standard output.
import { join } from "node:path"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
const command = startNode24([join(root, "packages/server/src/cli.ts"), ...process.argv.slice(2)])
process.exit(await untilEnd([command]))
