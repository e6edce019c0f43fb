import { readConfig } from "./kernel/config.ts"
import { createLog } from "./kernel/log.ts"
import { startRegulars } from "./start.ts"

/** How long requests and jobs under way may take to end before the process ends anyway. */
const patience = 30_000

async function main(): Promise<void> {
  const config = readConfig()
  const log = createLog(config)
  const running = await startRegulars(config, log)
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
