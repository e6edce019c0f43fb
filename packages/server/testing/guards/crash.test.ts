import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, expect, it } from "vitest"
import { type ServerProcess, signUp } from "../product.ts"
import { makeServerProcess } from "../server-process.ts"

const rounds = Number(process.env.CRASH_ROUNDS ?? 3)
const writers = 20
const patience = 60_000 + rounds * 20_000

/** What was answered with 500: whoever writes while the database is gone is told to come again, nothing else. */
const unexpected: string[] = []
afterEach(() => expect(unexpected.splice(0)).toEqual([]))

/** Writes without pause until stopped; answers what was acknowledged. */
function startWriters(server: ServerProcess, headers: Record<string, string>, acknowledged: Set<string>) {
  let stopped = false
  const write = async (writer: number) => {
    for (let count = 0; !stopped; count++) {
      const name = `Company ${writer} ${count} ${acknowledged.size}`
      const answer = await server
        .call("POST", "/v1/companies?allowDuplicate=true", { name, tags: ["crash"] }, headers)
        .catch(() => undefined)
      if (answer && answer.status >= 500 && answer.status !== 503) unexpected.push(await answer.text())
      else if (answer?.status === 201)
        acknowledged.add(((await answer.json()) as { data: { id: string } }).data.id)
      else await sleep(20)
    }
  }
  const running = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  return async () => {
    stopped = true
    await running
  }
}

/** Everything acknowledged is there, with its event, its search text and its tag: no half writes. */
async function expectAll(
  server: ServerProcess,
  headers: Record<string, string>,
  acknowledged: ReadonlySet<string>,
): Promise<void> {
  const query = async (body: object): Promise<string[]> => {
    // A connection that died with the database answers 503 once; within ten seconds there is a good answer.
    const deadline = Date.now() + 10_000
    for (;;) {
      const answer = await server.call("POST", "/v1/companies/query", body, headers)
      if (answer.ok) return ((await answer.json()) as { ids: string[] }).ids
      if (answer.status !== 503 || Date.now() > deadline)
        throw new Error(`${answer.status} ${await answer.text()}`)
      console.log(`answered 503 while the database came back: ${(await answer.text()).slice(0, 200)}`)
      await sleep(100)
    }
  }
  const present = new Set(await query({ ids: true }))
  expect([...acknowledged].filter((id) => !present.has(id))).toEqual([])
  expect(await query({ ids: true, filter: { search: "company" } })).toHaveLength(present.size)
  expect(await query({ ids: true, filter: { field: "tags", op: "isAnyOf", value: ["crash"] } })).toHaveLength(
    present.size,
  )
  expect(await query({ ids: true, filter: { event: "company.created" } })).toHaveLength(present.size)
}

it(
  `loses nothing acknowledged when the app is killed ${rounds} times (CR01)`,
  async () => {
    const server = await makeServerProcess()
    await server.start()
    const headers = await signUp(server)
    const acknowledged = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const stop = startWriters(server, headers, acknowledged)
      await sleep(400 + Math.random() * 600)
      await server.kill("SIGKILL")
      const milliseconds = await server.start()
      await stop()
      // The one figure with a promise: ten seconds from a crash to a good answer.
      expect(milliseconds).toBeLessThan(10_000)
      await expectAll(server, headers, acknowledged)
    }
    expect(acknowledged.size).toBeGreaterThan(50)
  },
  patience,
)

it(
  `loses nothing acknowledged when the database is killed ${rounds} times, and comes back alone (CR02)`,
  async () => {
    const server = await makeServerProcess()
    await server.start()
    const headers = await signUp(server)
    const acknowledged = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const stop = startWriters(server, headers, acknowledged)
      await sleep(400 + Math.random() * 600)
      process.kill(await server.databaseProcess(), "SIGKILL")
      const before = acknowledged.size
      const deadline = Date.now() + 30_000
      while (acknowledged.size <= before + writers && Date.now() < deadline) await sleep(50)
      await stop()
      await expectAll(server, headers, acknowledged)
      expect(acknowledged.size).toBeGreaterThan(before)
    }
  },
  patience,
)

it("ends cleanly on SIGTERM under load, and starts again on what it left", async () => {
  const server = await makeServerProcess()
  await server.start()
  const headers = await signUp(server)
  const acknowledged = new Set<string>()
  const stop = startWriters(server, headers, acknowledged)
  await sleep(500)
  await server.kill("SIGTERM")
  await stop()
  await server.start()
  await expectAll(server, headers, acknowledged)
}, 60_000)
