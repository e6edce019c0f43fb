import { chmod, chown, cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises"
import { homedir } from "node:os"
import { basename, dirname, join } from "node:path"
import { beforeEach, describe, expect, it, onTestFinished } from "vitest"
import { findShippedBinaries } from "./binaries.ts"
import { run } from "./commands.ts"
import { collectLog, holdElsewhere, isRoot, kill, makeDataDir, query, start } from "./testing.ts"

/** An ordinary user of this computer, who has nothing to do with Regulars. */
const nobody = 65534

describe("a folder that everybody may pass through", () => {
  it("holds the database below it, for its owner alone", async () => {
    const dataDir = await makeDataDir()
    const { connection } = await start(dataDir)
    const home = await stat(join(dataDir, "pg"))
    expect(home.mode & 0o777).toBe(0o700)
    expect(home.uid === 0).toBe(false)
    expect(dirname(connection.host)).toBe(join(dataDir, "pg"))
    expect((await readdir(join(dataDir, "pg"))).filter((name) => name.startsWith("bin"))).toEqual([])
    const password = await stat(join(dataDir, "pg", "data", "regulars.password"))
    expect(password.mode & 0o777).toBe(0o600)
  })

  it("may have blanks, quotes and letters of any language in its name", async () => {
    const dataDir = await makeDataDir(undefined, `Anna's "Café", Straße 1\\2`)
    const { connection } = await start(dataDir)
    expect(await query(connection, "SELECT current_setting('data_directory') AS path")).toEqual([
      { path: join(dataDir, "pg", "data") },
    ])
  })

  it("may have a name that is too long for a socket", async () => {
    const dataDir = await makeDataDir(undefined, join("x".repeat(60), "y".repeat(60)))
    const { connection, stop } = await start(dataDir)
    onTestFinished(() => rm(connection.host, { recursive: true, force: true }))
    expect(connection.host).toMatch(/^\/tmp\/regulars-[0-9a-f]+$/)
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700)
    expect(await query(connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    await stop()
  })
})

describe("root, with a folder that the database's user can't reach", () => {
  beforeEach(({ skip }) => skip(!isRoot, "needs root, who alone can run the database as another user"))

  it("has the database below /var/lib/regulars, says so, and finds it again", async () => {
    const rootMode = (await stat(homedir())).mode
    const dataDir = await makeHiddenDataDir()
    const log = collectLog()
    const first = await startHidden(dataDir, { log })
    expect(first.dataDir).toMatch(/^\/var\/lib\/regulars\/[0-9a-f]+\/data$/)
    expect(log.lines.join("\n")).toContain(`The database lies in ${dirname(first.dataDir)}, because`)
    await query(first.connection, "CREATE TABLE visits AS SELECT 1 AS id")
    await first.stop()
    const later = collectLog()
    const second = await start(dataDir, { log: later })
    expect(await query(second.connection, "SELECT * FROM visits")).toEqual([{ id: 1 }])
    expect(later.lines[0]).toBe(`The database lies in ${dirname(first.dataDir)}.`)
    expect((await stat(homedir())).mode).toBe(rootMode)
  })

  it("finds it again after the folder was moved, but not from a copy of the folder", async () => {
    const dataDir = await makeHiddenDataDir()
    const first = await startHidden(dataDir)
    await query(first.connection, "CREATE TABLE visits AS SELECT 1 AS id")
    await first.stop()
    const moved = `${dataDir}-moved`
    await rename(dataDir, moved)
    const second = await start(moved)
    expect(await query(second.connection, "SELECT * FROM visits")).toEqual([{ id: 1 }])
    const copy = `${dataDir}-copy`
    await cp(moved, copy, { recursive: true })
    const log = collectLog()
    const third = await startHidden(copy, { log })
    expect(third.dataDir === second.dataDir).toBe(false)
    expect(log.lines[0]).toContain("is a copy of")
    await second.stop()
  })

  it("refuses to start with an empty database when the one it had is gone", async () => {
    const dataDir = await makeHiddenDataDir()
    const first = await startHidden(dataDir)
    await first.stop()
    await rm(dirname(first.dataDir), { recursive: true })
    await expect(start(dataDir)).rejects.toThrow("nothing is there")
  })

  it("refuses to start with an empty database when the way to it was closed later", async () => {
    const dataDir = await makeDataDir()
    const first = await start(dataDir)
    await first.stop()
    await chmod(dataDir, 0o700)
    await expect(start(dataDir)).rejects.toThrow("chmod o+x")
  })

  it("runs a copy of the programs where those can't be reached either", async () => {
    const native = await copyPrograms(await makeHiddenDataDir())
    const dataDir = await makeDataDir()
    const { connection } = await start(dataDir, { binaries: native })
    expect(await query(connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    expect((await readdir(join(dataDir, "pg"))).join()).toMatch(/bin-18\.\d/)
  })
})

describe("an ordinary user", () => {
  beforeEach(async ({ skip }) => {
    skip(!isRoot, "needs root to become another user; every other test here runs as an ordinary one then")
    const canRead = await run("test", ["-r", import.meta.filename], { user: user(nobody) }).then(
      () => true,
      () => false,
    )
    skip(!canRead, "another user can't read this folder")
  })

  it("has the database in the folder; root may start it as well, and both keep its rows", async () => {
    const dataDir = await makeDataDirOf(nobody)
    const theirs = await holdElsewhere(dataDir, { uid: nobody })
    expect(theirs.dataDir).toBe(join(dataDir, "pg", "data"))
    await query(theirs.connection, "CREATE TABLE visits AS SELECT 1 AS id")
    theirs.child.stdin!.end()
    await new Promise((resolve) => theirs.child.once("exit", resolve))
    const ours = await start(dataDir)
    expect(await query(ours.connection, "SELECT * FROM visits")).toEqual([{ id: 1 }])
    await ours.stop()
    const again = await holdElsewhere(dataDir, { uid: nobody })
    expect(again.failed).toBeUndefined()
    await kill(again.child, "SIGKILL")
  })

  it("is told whose database it is when root made it", async () => {
    const dataDir = await makeDataDirOf(nobody)
    await mkdir(join(dataDir, "pg"))
    const ours = await start(dataDir)
    await ours.stop()
    const theirs = await holdElsewhere(dataDir, { uid: nobody })
    expect(theirs.failed).toContain("belongs to another user of this computer")
  })

  it("runs programs that root installed without npm's install scripts", async () => {
    const folder = await makeDataDir()
    const native = await copyPrograms(folder)
    await run("find", [native, "-type", "l", "-delete"])
    const theirs = await holdElsewhere(await makeDataDirOf(nobody), { uid: nobody, binaries: native })
    expect(theirs.failed).toBeUndefined()
    expect(await query(theirs.connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
  })

  async function makeDataDirOf(uid: number): Promise<string> {
    const dataDir = await makeDataDir()
    await mkdir(dataDir)
    await chown(dataDir, uid, uid)
    return dataDir
  }
})

describe("a folder that came back from a backup with root as its owner", () => {
  it("is not opened, and the way to repair it is named", async ({ skip }) => {
    skip(!isRoot, "needs root to give files away")
    const dataDir = await makeDataDir()
    const first = await start(dataDir)
    await first.stop()
    await run("chown", ["-R", "0:0", join(dataDir, "pg")])
    const refusal: Error = await start(dataDir).then(
      () => expect.fail("it started"),
      (error) => error,
    )
    const [, command] = /As root: (chown -R .*)$/.exec(refusal.message) ?? []
    await run("sh", ["-c", command!])
    expect(await query((await start(dataDir)).connection, "SELECT 1 AS one")).toEqual([{ one: 1 }])
  })
})

const user = (uid: number) => ({ name: "nobody", uid, gid: uid })

/** A data folder in root's own home, closed to everybody else. */
async function makeHiddenDataDir(): Promise<string> {
  const folder = await mkdtemp(join(homedir(), "regulars test "))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const dataDir = join(folder, ".data")
  await mkdir(dataDir)
  await writeFile(join(dataDir, "keep"), "")
  return dataDir
}

async function copyPrograms(folder: string): Promise<string> {
  const original = findShippedBinaries()
  await cp(original, join(folder, "native"), { recursive: true, verbatimSymlinks: true })
  await cp(join(original, "..", "package.json"), join(folder, "package.json"))
  return join(folder, "native")
}

/** As `start`, and clears away what lies below /var/lib/regulars for it. */
async function startHidden(dataDir: string, options: Parameters<typeof start>[1] = {}) {
  const running = await start(dataDir, options)
  const home = dirname(running.dataDir)
  if (basename(dirname(home)) === "regulars") {
    onTestFinished(async () => {
      await running.stop()
      await rm(home, { recursive: true, force: true })
    })
  }
  return running
}
