import { access, constants, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createApp, createServices } from "./app.ts"
import { keepFilesTidy, resumeSweep } from "./domains/files/index.ts"
import { backupNow } from "./kernel/backup/backup-folder.ts"
import type { Config } from "./kernel/config.ts"
import type { ContentStore } from "./kernel/contents/content-store.ts"
import { openContents } from "./kernel/contents/open-contents.ts"
import { claimContents, foreignPlace } from "./kernel/contents/ownership.ts"
import type { Log, Services } from "./kernel/context.ts"
import { type Bridge, startBridge } from "./kernel/db/bridge.ts"
import { migrate } from "./kernel/db/migrate.ts"
import { type Connection, openPools, type Pools } from "./kernel/db/pools.ts"
import { analyzeSoon } from "./kernel/db/statistics.ts"
import { AppError } from "./kernel/errors.ts"
import { migrateJobs, startWorker, type Worker } from "./kernel/jobs/worker.ts"
import { startPostgres } from "./kernel/postgres/index.ts"
import { checkReferenceRules } from "./kernel/records/reference-rules.ts"
import { type DatabaseSetting, databaseProblem, folderProblem, listenProblem } from "./start-problems.ts"

const projectFolder = join(import.meta.dirname, "../../..")

export interface OpenDatabase {
  pools: Pools
  dataDir: string
  contents: ContentStore
  instanceId: string
  close(): Promise<void>
}

/**
 * Opens the database, embedded or by `DATABASE_URL`, and brings it to the newest version; a backup is taken first
 * where there is something to lose. `untouched` leaves it as it is, for a restore into an empty one.
 */
export async function openDatabase(
  config: Config,
  log: Log,
  options: { untouched?: boolean } = {},
): Promise<OpenDatabase> {
  const dataDir = config.dataDir ?? join(projectFolder, ".data")
  await prepareFolder(dataDir)
  const contents = openContents(config, dataDir)
  const checked = checkContents(contents, log)
  // Beside it: a store that is away holds nobody up. What is wrong is said below.
  checked.catch(() => undefined)
  const embedded = config.databaseUrl ? undefined : await startPostgres({ dataDir, log })
  const answers = await checked.catch(async (error: Error) => {
    await embedded?.stop()
    throw error
  })
  const connection: Connection = embedded
    ? embedded.connection
    : { connectionString: config.databaseUrl as string }
  const pools: Pools = openPools({
    connection,
    ...(config.databaseDirectUrl && { direct: { connectionString: config.databaseDirectUrl } }),
    onLost: ({ message }) =>
      log.warn(`Connections to the database were lost (${message}); they are opened again.`),
    onBack: () => {
      log.info("The database answers again.")
      analyzeSoon(pools, log)
    },
  })
  const close = async () => {
    await pools.close()
    await embedded?.stop()
  }
  let setting: DatabaseSetting = "DATABASE_URL"
  try {
    // Both addresses are tried, so that a wrong one is known now and not at the first request.
    await pools.app.query("select")
    if (config.databaseDirectUrl) setting = "DATABASE_DIRECT_URL"
    await refuseOldServer(pools)
    if (options.untouched) return { pools, dataDir, contents, instanceId: "", close }
    const { applied } = await migrate(pools.owner, async () => {
      const { file } = await backupNow({ pools, dataDir, contents, now: () => new Date() }, "upgrade")
      log.info(`Made a backup before the upgrade: ${file}`)
    })
    if (applied.length > 0) log.info(`Brought the database to ${applied.at(-1)}.`)
    await migrateJobs({ pools })
    const { rows } = await pools.owner.query<{ instance_id: string }>("select instance_id from installation")
    const instanceId = (rows[0]?.instance_id ?? "").slice(0, 8)
    if (answers) await noteOwner(contents, instanceId, log)
    return { pools, dataDir, contents, instanceId, close }
  } catch (error) {
    await close()
    throw embedded ? error : databaseProblem(config, setting, error)
  }
}

/** Attachments are nobody else's business on a computer with several users. */
async function prepareFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    await mkdir(join(dataDir, "files"), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw folderProblem(dataDir, error)
  }
}

/** A wrong setting is known now and not at the first file; a store that is away for a moment keeps nobody from working. */
async function checkContents(contents: ContentStore, log: Log): Promise<boolean> {
  return contents.check().then(
    () => true,
    (error: Error) => {
      if (!(error instanceof AppError)) throw error
      log.warn(error.message)
      return false
    },
  )
}
async function noteOwner(contents: ContentStore, instanceId: string, log: Log): Promise<void> {
  const isOurs = await claimContents(contents, instanceId).catch((error: Error) => {
    // The sweep asks again before it deletes anything.
    log.warn(error.message)
    return true
  })
  if (!isOurs) log.warn(foreignPlace)
}

const oldestServer = 16
async function refuseOldServer(pools: Pools): Promise<void> {
  const { rows } = await pools.owner.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  )
  const major = Math.floor(Number(rows[0]?.version) / 10_000)
  if (major < oldestServer)
    throw new Error(
      `Regulars needs PostgreSQL ${oldestServer} or newer; DATABASE_URL points to version ${major}.`,
    )
}

export interface Running {
  services: Services
  /** Address to open in a browser; undefined for a worker. */
  url: string | undefined
  stop(): Promise<void>
}

/** Starts what `ROLE` asks for: web, worker or both. Throws with one sentence when a part can't start. */
export async function startRegulars(config: Config, log: Log): Promise<Running> {
  const database = await openDatabase(config, log)
  const parts: { stop(): Promise<unknown> }[] = [{ stop: database.close }]
  const stop = async () => {
    for (const part of parts.reverse().splice(0)) await part.stop()
  }
  try {
    const services = createServices({
      config,
      log,
      pools: database.pools,
      dataDir: database.dataDir,
      contents: database.contents,
      instanceId: database.instanceId,
    })
    await checkReferenceRules(services.pools, services.registry)
    analyzeSoon(services.pools, log)
    const bridge: Bridge = await startBridge(services)
    parts.push(bridge, keepFilesTidy(services))
    if (config.role !== "web") {
      await resumeSweep(services)
      const worker: Worker = await startWorker(services)
      parts.push(worker)
    }
    const url = config.role === "worker" ? undefined : await listen(services, parts)
    return { services, url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function listen(services: Services, parts: { stop(): Promise<unknown> }[]): Promise<string> {
  const { host, port, publicUrl } = services.config
  const server = await createApp(services)
  parts.push({ stop: () => server.close() })
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw listenProblem(services.config, error)
  }
  const address = server.server.address()
  const actual = typeof address === "object" && address ? address.port : port
  const shown = ["127.0.0.1", "0.0.0.0", "::1", "::"].includes(host) ? "localhost" : host
  return publicUrl ?? `http://${shown}:${actual}`
}
