import { parseArgs } from "node:util"
import { loadSample } from "./domains/sample/index.ts"
import { readConfig } from "./kernel/config.ts"
import { asSystem } from "./kernel/jobs/run.ts"
import { createLog } from "./kernel/log.ts"
import { startRegulars } from "./start.ts"

/** How long requests and jobs under way may take to end before the process ends anyway. */
const patience = 30_000

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { sample: { type: "string" } } })
  if (values.sample !== undefined && values.sample !== "coffee")
    throw new Error("The sample is called coffee: npm start -- --sample coffee")
  const config = readConfig()
  const log = createLog(config)
  const running = await startRegulars(config, log)
  const { services } = running
  if (values.sample)
    services.afterSetUp = (workspaceId) =>
      asSystem(services, workspaceId, 0, async (ctx) => void (await loadSample(ctx, "coffee")))
  log.info(running.url ? `Regulars is ready: ${running.url}` : "Regulars is ready: working on jobs")
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    log.info("Stopping…")
    setTimeout(() => process.exit(1), patience).unref()
    running.stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, "did not stop cleanly")
        process.exit(1)
      },
    )
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
}

main().catch((error: Error) => {
  process.stderr.write(`Regulars could not start. ${error.message}\n`)
  process.exit(1)
})
