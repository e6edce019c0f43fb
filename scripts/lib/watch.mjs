// Runs a script and starts it again at each change of a file it imports. Node's own watcher does not notice when
// whoever started it was killed; this process does (end-with-parent.mjs), and ends the watcher.
import { spawn } from "node:child_process"
import { untilEnd } from "./run.mjs"

const watcher = spawn(process.execPath, ["--watch", ...process.argv.slice(2)], { stdio: "inherit" })
process.exit(await untilEnd([watcher]))
