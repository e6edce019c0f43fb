import { createServer } from "node:net"
import { resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Binaries, findShippedBinaries, prepareBinaries } from "./binaries.ts"
import { ensureCluster } from "./cluster.ts"
import { type Lease, takeLease, withLock } from "./leases.ts"
import type { Log } from "./log.ts"
import { choosePlace, makeSocketFolder, type Place } from "./placement.ts"
import { PostgresProblem } from "./problem.ts"
import { isServerProcess } from "./processes.ts"
import { type Connection, ensureServer, type Server, stopServer } from "./server.ts"
import type { Listening } from "./settings.ts"

export type PostgresOptions = {
  /** Regulars' data folder; made when missing */
  dataDir: string
  log: Log
  /** folder with `bin` and `lib` of another PostgreSQL than the shipped one */
  binaries?: string
  /** also listen on 127.0.0.1 at this port */
  tcpPort?: number
}

export type RunningPostgres = {
  /** as superuser; `host` is the folder of the socket, on Windows and with `tcpPort` 127.0.0.1 */
  connection: Connection
  /** where PostgreSQL keeps its files; not always below the `dataDir` asked for */
  dataDir: string
  /** "18.4" */
  version: string
  /** Stops the server when nobody else uses it. Close your connections first. May be called again. */
  stop: () => Promise<void>
}

/**
 * Starts the embedded PostgreSQL on this data folder, or joins the one that already runs there. From then on it is
 * kept running: a server that dies is started again, at the same address.
 * @throws PostgresProblem with a message for whoever starts Regulars
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log } = options
  const place = await choosePlace(resolve(options.dataDir), log)
  const { binaries, lease, listening, server } = await withLock(place, () => open(place, options))
  const watch = keepRunning(place, server, log, () =>
    withLock(place, () => ensureServer(place, binaries, listening, log)),
  )
  let stopping: Promise<void> | undefined
  return {
    connection: withAddress(server.connection, options.tcpPort),
    dataDir: place.data,
    version: server.version,
    stop() {
      stopping ??= watch.end().then(() => close(place, binaries, lease, log))
      return stopping
    },
  }
}

async function open(place: Place, options: PostgresOptions) {
  const { log, tcpPort } = options
  const binaries = await prepareBinaries(options.binaries ?? findShippedBinaries(), place, log)
  await ensureCluster(place, binaries, log)
  const lease = await takeLease(place)
  try {
    const listening = await chooseListening(place, tcpPort)
    const server = await ensureServer(place, binaries, listening, log)
    // Started again by whichever process notices first, it has to come back at the address all of them know.
    return { binaries, lease, server, listening: { ...listening, port: server.connection.port } }
  } catch (error) {
    await lease.release()
    throw error
  }
}

function close(place: Place, binaries: Binaries, lease: Lease, log: Log): Promise<void> {
  return withLock(place, async () => {
    if (await lease.release()) await stopServer(place, binaries, log)
    else log.info("The database keeps running: another process of Regulars uses it.")
  })
}

/** Looks after the server until `end`; every process that uses the database does, and the lock lets one act. */
function keepRunning(place: Place, server: Server, log: Log, restart: () => Promise<Server>) {
  const ending = new AbortController()
  const watching = (async () => {
    let { pid } = server
    let pause = 250
    for (;;) {
      await sleep(pause, undefined, { signal: ending.signal, ref: false }).catch(() => {})
      if (ending.signal.aborted) return
      if (await isServerProcess(place.data, pid)) continue
      try {
        pid = (await restart()).pid
        pause = 250
      } catch (error) {
        log.error(error as Error, "The database could not be started again; the next attempt follows.")
        pause = Math.min(pause * 2, 30_000)
      }
    }
  })()
  return {
    end() {
      ending.abort()
      return watching
    },
  }
}

async function chooseListening(place: Place, tcpPort: number | undefined): Promise<Listening> {
  if (process.platform === "win32") {
    return { socketFolder: undefined, tcp: true, port: tcpPort ?? (await findFreePort()) }
  }
  const socketFolder = await makeSocketFolder(place)
  return { socketFolder, tcp: tcpPort !== undefined, port: tcpPort ?? 5432 }
}

function withAddress(connection: Connection, tcpPort: number | undefined): Connection {
  return tcpPort === undefined ? connection : { ...connection, host: "127.0.0.1" }
}

function findFreePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      const port = typeof address === "object" && address ? address.port : undefined
      probe.close(() => (port ? found(port) : failed(new PostgresProblem("No free TCP port was found."))))
    })
  })
}
