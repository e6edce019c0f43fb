// npm start: installs and builds what is missing, then runs the server. Arguments go to the server.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ensureWebBuilt } from "./lib/build-web.mjs"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
if (!ensureWebBuilt()) process.exit(1)
// Without them the heap grows with the computer: two gigabytes of garbage before anybody looks.
const { nodeFlags } = JSON.parse(readFileSync(join(root, "packages/server/package.json"), "utf8")).config
const main = join(root, "packages/server/src/main.ts")
const server = startNode24([...nodeFlags, main, ...process.argv.slice(2)])
process.exit(await untilEnd([server]))
