import { existsSync } from "node:fs"
import { mkdir, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import { cloneDatabase } from "../testing/database.ts"
import { type Fault, startS3StandIn } from "../testing/s3-stand-in.ts"
import { createWorkspace } from "./domains/workspace/index.ts"
import { makeFolder } from "./kernel/backup/testing.ts"
import { readConfig } from "./kernel/config.ts"
import { startRegulars } from "./start.ts"

/** Starts all of the product beside what is given, on a database and a folder of its own. */
async function start(dataDir: string, environment: Record<string, string> = {}) {
  const { user, password, host, port, database } = await cloneDatabase()
  const place = `host=${encodeURIComponent(String(host))}&port=${port ?? 5432}`
  const said: string[] = []
  const say = (details: object | string, message?: string) => void said.push(message ?? String(details))
  const config = readConfig({
    DATABASE_URL: `postgres://${user}:${encodeURIComponent(String(password))}@/${database}?${place}`,
    REGULARS_DATA: dataDir,
    PORT: "0",
    ...environment,
  })
  const running = await startRegulars(config, { debug: () => undefined, info: say, warn: say, error: say })
  onTestFinished(() => running.stop())
  return { ...running, said }
}

it("starts beside a store of files that is away, says so, and works once it is back", async () => {
  const store = await startS3StandIn()
  onTestFinished(() => store.close())
  store.faults.push(...Array<Fault>(1000).fill("dropped"))
  const { services, url, said } = await start(await makeFolder(), store.environment)
  expect(said.join("\n")).toMatch(/The store of files does not answer as it should \(.+\)\. Try again/)
  const { apiKey } = await createWorkspace(services, {
    workspace: "Shop",
    email: "ada@example.com",
    password: "a long enough password",
  })
  const headers = { authorization: `Bearer ${apiKey}` }
  const upload = () => {
    const body = new FormData()
    body.set("file", new Blob(["espresso 2.40"]), "menu.txt")
    return fetch(`${url}/api/v1/files`, { method: "POST", headers, body })
  }
  const refused = await upload()
  expect(refused.status).toBe(503)
  expect(refused.headers.get("retry-after")).toBe("5")
  expect(await refused.json()).toMatchObject({
    code: "unavailable",
    detail: expect.stringContaining("The store of files does not answer"),
  })
  const people = await fetch(`${url}/api/v1/people`, { headers })
  expect(people.status).toBe(200)
  store.faults.length = 0
  const taken = await upload()
  expect(taken.status).toBe(201)
  const { data } = (await taken.json()) as { data: { id: string } }
  const kept = await fetch(`${url}/api/v1/files/${data.id}`, { headers })
  expect(await kept.text()).toBe("espresso 2.40")
}, 60_000)

it("deletes at the start what was left beside the store and has had its time", async () => {
  const dataDir = await makeFolder()
  const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000)
  const left: [path: string, writtenAt: Date, isKept: boolean][] = [
    [join(dataDir, "files", "incoming", "broken-off"), days(2), false],
    [join(dataDir, "files", "incoming", "on-its-way"), days(0), true],
    [join(dataDir, "thumbnails", "old-small.webp"), days(8), false],
    [join(dataDir, "thumbnails", "new-small.webp"), days(1), true],
  ]
  for (const folder of ["files/incoming", "thumbnails"])
    await mkdir(join(dataDir, folder), { recursive: true })
  for (const [path, writtenAt] of left) {
    await writeFile(path, "x")
    await utimes(path, writtenAt, writtenAt)
  }
  await start(dataDir)
  await expect.poll(() => left.map(([path]) => existsSync(path))).toEqual(left.map(([, , isKept]) => isKept))
}, 60_000)
