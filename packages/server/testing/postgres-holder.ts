import { type Log, startPostgres } from "../src/kernel/postgres/index.ts"

/**
 * A process of its own that uses the embedded database, for tests that kill one.
 * Arguments: the data folder, and where needed a folder of other programs. Prints one JSON object per line; stops in order when its input ends.
 */
const print = (line: object) => console.log(JSON.stringify(line))
const write = (level: string) => (details: object | string, message?: string) =>
  print({ level, message: message ?? String(details) })
const log: Log = { info: write("info"), warn: write("warn"), error: write("error") }

try {
  const [, , dataDir, binaries] = process.argv
  const postgres = await startPostgres({ dataDir: dataDir!, log, ...(binaries ? { binaries } : {}) })
  print({ ready: { connection: postgres.connection, dataDir: postgres.dataDir } })
  process.stdin.resume().on("end", async () => {
    await postgres.stop()
    print({ stopped: true })
    process.exit(0)
  })
} catch (error) {
  print({ failed: (error as Error).message })
  process.exit(1)
}
