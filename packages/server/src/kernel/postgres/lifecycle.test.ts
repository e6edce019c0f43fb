import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { describe, expect, it } from "vitest"
import { freePort } from "../../../testing/free-port.ts"
import { findNativeFolder } from "./binaries.ts"
import { collectLog, holdElsewhere, kill, makeDataDir, query, start } from "./testing.ts"

describe("the first start", () => {
  it("makes a database that keeps what it acknowledged and lets nobody in without the password", async () => {
    const { connection, dataDir, version } = await start(await makeDataDir())
    expect(version).toMatch(/^18\./)
    const [settings] = await query(
      connection,
      `SELECT current_user AS user, current_database() AS database, current_setting('data_checksums') AS checksums,
        current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
        current_setting('synchronous_commit') AS synchronous_commit, current_setting('jit') AS jit,
        current_setting('listen_addresses') AS addresses, current_setting('max_connections') AS max_connections`,
    )
    expect(settings).toEqual({
      user: "regulars_owner",
      database: "regulars",
      checksums: "on",
      fsync: "on",
      full_page_writes: "on",
      synchronous_commit: "on",
      jit: "off",
      addresses: "",
      max_connections: "60",
    })
    await expect(query({ ...connection, password: "guessed" }, "SELECT 1")).rejects.toThrow("authentication")
    expect((await readdir(dataDir)).includes("PG_VERSION")).toBe(true)
  })

  it("knows the letters of every language, and sorts the same on every system", async () => {
    const { connection } = await start(await makeDataDir())
    const [row] = await query(
      connection,
      `SELECT lower('ÄΛЯ') AS lower, datlocprovider AS provider, datlocale AS locale
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(row).toEqual({ lower: "äλя", provider: "b", locale: "C.UTF-8" })
    await query(connection, "CREATE EXTENSION pg_trgm")
    const [alike] = await query(
      connection,
      "SELECT similarity('Яна', 'Яна') AS same, show_trgm('яна') AS trigrams",
    )
    expect(alike.same).toBe(1)
    expect(alike.trigrams).toHaveLength(4)
  })

  it("starts over when an earlier start died while it made the database", async () => {
    const dataDir = await makeDataDir()
    const first = await holdElsewhere(dataDir, { until: /Making the database/ })
    await untilHalfMade(join(dataDir, "pg"))
    await kill(first.child, "SIGKILL")
    const { connection } = await start(dataDir)
    expect(await query(connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    expect((await readdir(join(dataDir, "pg"))).filter((name) => name.startsWith("data"))).toEqual(["data"])
  })

  it("touches nothing in a folder that is no database", async () => {
    const dataDir = await makeDataDir()
    const data = join(dataDir, "pg", "data")
    await mkdir(data, { recursive: true })
    await writeFile(join(data, "letter.txt"), "dear")
    await expect(start(dataDir)).rejects.toThrow("is no database")
    expect(await readdir(data)).toEqual(["letter.txt"])
  })
})

describe("several users of one database", () => {
  it("share it within a process; the last one to leave stops it", async () => {
    const dataDir = await makeDataDir()
    const first = await start(dataDir)
    const second = await start(dataDir)
    expect(second.connection).toEqual(first.connection)
    await Promise.all([first.stop(), first.stop()])
    expect(await query(second.connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    await second.stop()
    await expect(query(first.connection, "SELECT 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  })

  it("share it between processes, whoever started it", async () => {
    const dataDir = await makeDataDir()
    const other = await holdElsewhere(dataDir)
    const ours = await start(dataDir)
    other.child.stdin!.end()
    await new Promise((resolve) => other.child.once("exit", resolve))
    expect(await query(ours.connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    await ours.stop()
    await expect(query(ours.connection, "SELECT 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  })

  it("may start at the same moment on an empty folder", async () => {
    const dataDir = await makeDataDir()
    const [ours, other] = await Promise.all([start(dataDir), holdElsewhere(dataDir)])
    expect(other.failed).toBeUndefined()
    const startTime = "SELECT pg_postmaster_start_time()::text AS time"
    expect(await query(ours.connection, startTime)).toEqual(await query(other.connection, startTime))
  })
})

describe("stopping", () => {
  it("rolls back what is open, ends connections and leaves nothing to recover", async () => {
    const dataDir = await makeDataDir()
    const first = await start(dataDir)
    await query(first.connection, "CREATE TABLE visits (note text)")
    const open = new Client(first.connection)
    open.on("error", () => {})
    await open.connect()
    await open.query("BEGIN")
    await open.query("INSERT INTO visits VALUES ('half done')")
    await first.stop()
    const log = collectLog()
    const second = await start(dataDir, { log })
    expect(await query(second.connection, "SELECT * FROM visits")).toEqual([])
    expect(log.lines).toEqual([expect.stringMatching(/^Started the database/)])
    expect(await readLogs(second.dataDir)).not.toContain("recovery")
  })
})

describe("another major version", () => {
  const older = findNativeFolder("postgres-16-linux-x64")

  it("is refused with the way to move over, and stays as it was", async ({ skip }) => {
    skip(!older, "the package postgres-16-linux-x64 is not installed here")
    const dataDir = await makeDataDir()
    const old = await start(dataDir, { binaries: older! })
    await query(old.connection, "CREATE TABLE visits AS SELECT 'kept' AS note")
    await old.stop()
    await expect(start(dataDir)).rejects.toThrow(
      /made by PostgreSQL 16.*brings 18.*backup FILE.*restore FILE/s,
    )
    const again = await start(dataDir, { binaries: older! })
    expect(await query(again.connection, "SELECT * FROM visits")).toEqual([{ note: "kept" }])
  })

  it.for(["16", "17"])("%s can stand in for a server of the user's own", async (major, { skip }) => {
    const binaries = findNativeFolder(`postgres-${major}-linux-x64`)
    skip(!binaries, `the package postgres-${major}-linux-x64 is not installed here`)
    const tcpPort = await freePort()
    const server = await start(await makeDataDir(), { binaries: binaries!, tcpPort })
    expect(server.connection).toMatchObject({ host: "127.0.0.1", port: tcpPort })
    expect(server.version.startsWith(`${major}.`)).toBe(true)
    expect(await query(server.connection, "SELECT lower('Ä') AS lower")).toEqual([{ lower: "ä" }])
  })
})

describe("the log of the server", () => {
  it("holds no values of rows", async () => {
    const { connection, dataDir } = await start(await makeDataDir())
    await query(connection, "CREATE TABLE people (email text UNIQUE)")
    const add = () => query(connection, "INSERT INTO people VALUES ($1)", ["anna@example.org"])
    await add()
    await expect(add()).rejects.toThrow("duplicate key")
    // The server's log has a process of its own, which may lag behind.
    await expect.poll(() => readLogs(dataDir), { timeout: 20_000 }).toContain("duplicate key")
    expect(await readLogs(dataDir)).not.toContain("anna@example.org")
  })
})

async function untilHalfMade(home: string): Promise<void> {
  const isHalfMade = async () => {
    const names = await readdir(home, { recursive: true }).catch(() => [])
    return names.some((name) => name.endsWith("PG_VERSION"))
  }
  while (!(await isHalfMade())) await sleep(5)
}

async function readLogs(data: string): Promise<string> {
  const folder = join(data, "..", "log")
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8"))
  return (await Promise.all(texts)).join("\n")
}
