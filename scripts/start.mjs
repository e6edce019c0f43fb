// npm start: installs and builds what is missing, then runs the server. Arguments go to the server.
import { join } from "node:path"
import { ensureWebBuilt } from "./lib/build-web.mjs"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
if (!ensureWebBuilt()) process.exit(1)
const server = startNode24([join(root, "packages/server/src/main.ts"), ...process.argv.slice(2)])
process.exit(await untilEnd([server]))
