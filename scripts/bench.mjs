// npm run bench: speed beside the bare limit. `-- --quick` tries it on a small workspace, `-- --only own,bulk` measures parts.
import { join } from "node:path"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
const run = startNode24([join(root, "packages/server/bench/main.ts"), ...process.argv.slice(2)])
process.exit(await untilEnd([run]))
