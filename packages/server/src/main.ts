import { networkInterfaces } from "node:os"
import { parseArgs } from "node:util"
import { loadSample } from "./domains/sample/index.ts"
import { isSetUp } from "./domains/workspace/index.ts"
import { type Config, readConfig } from "./kernel/config.ts"
import type { Log, Services } from "./kernel/context.ts"
import { isDatabaseAway } from "./kernel/db/away.ts"
import { asSystem } from "./kernel/jobs/run.ts"
import { createLog } from "./kernel/log.ts"
import { startRegulars } from "./start.ts"
import { firstSentence } from "./start-problems.ts"

/** How long requests and jobs under way may take to end before the process ends anyway. */
const patience = 30_000

async function main(): Promise<void> {
  const isSampleWanted = readArguments()
  const config = readConfig()
  const log = createLog(config)
  // The job library leaves a promise to nobody when the database dies while it notes a failed job.
  process.on("unhandledRejection", (error) => {
    if (!isDatabaseAway(error)) throw error
    log.warn("Work in the background lost the database; it is tried again.")
  })
  const running = await startRegulars(config, log)
  const { services } = running
  if (isSampleWanted) await promiseSample(services, log)
  log.info(running.url ? `Regulars is ready: ${running.url}` : "Regulars is ready: working on jobs")
  for (const address of running.url ? otherAddresses(config) : []) log.info(`In this network: ${address}`)
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

/** Whether the sample is asked for; throws a sentence on anything else than that. */
function readArguments(): boolean {
  const known = "npm start -- --sample coffee"
  try {
    const { values } = parseArgs({ options: { sample: { type: "string" } } })
    if (values.sample === undefined || values.sample === "coffee") return values.sample !== undefined
  } catch (error) {
    throw new Error(`${firstSentence(error)}. What there is: ${known}`)
  }
  throw new Error(`The sample is called coffee: ${known}`)
}

/** The sample comes with the workspace, so it has to wait for somebody to make one. */
async function promiseSample(services: Services, log: Log): Promise<void> {
  if (await isSetUp(services)) {
    log.warn("There is a workspace already, and it is left as it is. Its page Today offers the sample.")
    return
  }
  services.afterSetUp = (workspaceId) =>
    asSystem(services, workspaceId, 0, async (ctx) => void (await loadSample(ctx, "coffee")))
  log.info("The sample shop will be there once you have made your account.")
}

/** Where telephones and other computers find us, when we answer the whole network. */
function otherAddresses({ host, port, publicUrl }: Config): string[] {
  if (publicUrl || !["0.0.0.0", "::"].includes(host)) return []
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => `http://${address}:${port}`)
}

main().catch((error: Error) => {
  process.stderr.write(`Regulars could not start. ${error.message}\n`)
  process.exit(1)
})
