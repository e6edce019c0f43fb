// npm run dev: the server, started again at each change, and the web app with hot reload. Ctrl-C ends both.
import { join } from "node:path"
import { ensureInstalled } from "./lib/install.mjs"
import { checkStarter } from "./lib/node24.mjs"
import { root, say } from "./lib/project.mjs"
import { startNode24, untilEnd } from "./lib/run.mjs"

checkStarter()
ensureInstalled()
const watch = join(root, "scripts/lib/watch.mjs")
const server = startNode24([watch, join(root, "packages/server/src/main.ts"), ...process.argv.slice(2)], {
  env: { REGULARS_DEV: "1" },
})
const web = startNode24([join(root, "node_modules/vite/bin/vite.js")], { folder: join(root, "packages/web") })
const address = `http://localhost:${process.env.PORT ?? 3000}`
say(`Server on ${address}, web app with hot reload on http://localhost:5173. Ctrl-C ends both.`)
process.exit(await untilEnd([server, web]))
