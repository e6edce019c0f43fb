import { createServices } from "../src/app.ts"
import { runImport } from "../src/domains/transfer/run-import.ts"
import { readConfig } from "../src/kernel/config.ts"
import { openPools } from "../src/kernel/db/pools.ts"

/*
 * Goes on with an import in a process of its own, for a test that kills it. Says "ready" before it begins and
 * "done" at the end. Argument: JSON with the database's connection, the data folder, workspace and import.
 */
const { connection, dataDir, workspaceId, importId } = JSON.parse(process.argv[2] ?? "{}")
const quiet = () => undefined
const log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (details: object | string) => console.error(details),
}
const pools = openPools({ connection, appConnections: 4 })
const services = createServices({ config: readConfig({}), pools, log, dataDir, instanceId: "child" })
await pools.app.query("select 1")
console.log("ready")
while (await runImport(services, workspaceId, importId));
console.log("done")
await pools.close()
