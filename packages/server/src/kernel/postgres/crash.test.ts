import { spawn } from "node:child_process"
import { once } from "node:events"
import { stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { describe, expect, it, onTestFinished } from "vitest"
import type { Connection } from "./index.ts"
import {
  collectLog,
  holdElsewhere,
  isRoot,
  kill,
  makeDataDir,
  query,
  serverProcess,
  start,
} from "./testing.ts"

describe("kill -9 of Node", () => {
  it("leaves the server running; the next start takes it over, and stops it in the end", async () => {
    const dataDir = await makeDataDir()
    const first = await holdElsewhere(dataDir)
    const pid = await serverProcess(first.dataDir)
    await kill(first.child, "SIGKILL")
    const second = await start(dataDir)
    expect(await serverProcess(second.dataDir)).toBe(pid)
    expect(second.connection).toEqual(first.connection)
    await second.stop()
    await expect(query(second.connection, "SELECT 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  })
})

describe("kill -9 of PostgreSQL", () => {
  it("costs no acknowledged row: it is back by itself at the same address", async () => {
    const log = collectLog()
    const { connection, dataDir } = await start(await makeDataDir(), { log })
    await query(connection, "CREATE TABLE visits (id int)")
    const acknowledged: number[] = []
    for (let round = 0; round < 3; round++) {
      const writing = writeUntilItFails(connection, acknowledged)
      await sleep(100)
      process.kill(await serverProcess(dataDir), "SIGKILL")
      await writing
      await untilItAnswers(connection)
    }
    const kept = (await query(connection, "SELECT id FROM visits")).map((row) => row.id)
    expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(3)
    expect(log.lines).toContain("The database was not shut down in order; it puts itself right now.")
  })

  it("is repaired once when several processes use it", async () => {
    const dataDir = await makeDataDir()
    const ours = await start(dataDir)
    const other = await holdElsewhere(dataDir)
    process.kill(await serverProcess(ours.dataDir), "SIGKILL")
    await untilItAnswers(other.connection)
    const pid = await serverProcess(ours.dataDir)
    await sleep(700)
    expect(await serverProcess(ours.dataDir)).toBe(pid)
    await ours.stop()
    expect(await query(other.connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
  })
})

describe("a note of a dead server", () => {
  it("is not taken for a living one when its process id went to another program", async () => {
    const dataDir = await deadDatabase()
    const stranger = spawn("sleep", ["60"], await asOwnerOf(dataDir))
    onTestFinished(() => void stranger.kill())
    await note(dataDir, stranger.pid!)
    await expectStart(dataDir)
  })

  it("is not taken for a living one when its process is a zombie", async ({ skip }) => {
    skip(process.platform !== "linux", "needs a shell that leaves a zombie")
    const dataDir = await deadDatabase()
    // The shell is replaced by a program that never collects its ended child.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], await asOwnerOf(dataDir))
    onTestFinished(() => void parent.kill())
    const [printed] = await once(parent.stdout, "data")
    await sleep(50)
    await note(dataDir, Number(String(printed)))
    await expectStart(dataDir)
  })

  it("is not taken for a living one when its parent sleeps", async () => {
    const dataDir = await makeDataDir()
    const first = await holdElsewhere(dataDir)
    first.child.kill("SIGSTOP")
    process.kill(await serverProcess(first.dataDir), "SIGKILL")
    await expectStart(dataDir)
  })

  async function deadDatabase(): Promise<string> {
    const dataDir = await makeDataDir()
    const postgres = await start(dataDir)
    await query(postgres.connection, "CREATE TABLE visits AS SELECT 1 AS id")
    await postgres.stop()
    return dataDir
  }

  /** Processes of other users do not deceive PostgreSQL. */
  async function asOwnerOf(dataDir: string) {
    const { uid, gid } = await stat(join(dataDir, "pg", "data"))
    return isRoot ? { uid, gid } : {}
  }

  async function note(dataDir: string, pid: number): Promise<void> {
    const data = join(dataDir, "pg", "data")
    const lines = [pid, data, 1760000000, 5432, join(dataDir, "pg", "socket"), "", "   123   456", "ready   "]
    await writeFile(join(data, "postmaster.pid"), `${lines.join("\n")}\n`)
    await writeFile(join(dataDir, "pg", "socket", ".s.PGSQL.5432.lock"), `${lines.slice(0, 5).join("\n")}\n`)
  }

  async function expectStart(dataDir: string): Promise<void> {
    const { connection } = await start(dataDir)
    expect(await query(connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
  }
})

async function writeUntilItFails(connection: Connection, acknowledged: number[]): Promise<void> {
  try {
    for (;;) {
      const id = acknowledged.length
      await query(connection, "INSERT INTO visits VALUES ($1)", [id])
      acknowledged.push(id)
    }
  } catch {
    // The server died under us, which is what the caller wanted.
  }
}

async function untilItAnswers(connection: Connection): Promise<void> {
  for (;;) {
    const answered = await query(connection, "SELECT 1").then(
      () => true,
      () => false,
    )
    if (answered) return
    await sleep(20)
  }
}
