// npm run soak: ten minutes of mixed load with killed processes (SOAK_MINUTES, or SOAK_HOURS), and what was found.
import { join } from "node:path"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
process.exit(await untilEnd([startNode24([join(root, "packages/server/testing/soak.ts")])]))
