// npm run generate: what is made from the migrated database and committed.
import { join } from "node:path"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
process.exit(await untilEnd([startNode24([join(root, "packages/server/src/generate.ts")])]))
