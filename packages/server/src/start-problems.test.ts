import { spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { expect, inject, it, onTestFinished, vi } from "vitest"

// Each starts the product, some of them three times, which takes long on a busy computer.
vi.setConfig({ testTimeout: 90_000 })

/** Starts the product, which is expected not to come up; answers what it said. */
async function refusedStart(environment: Record<string, string>, args: string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-start-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    env: { PATH: process.env.PATH, PORT: "0", REGULARS_DATA: folder, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  })
  let said = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text
  })
  const code = await new Promise((resolve) => child.on("close", resolve))
  expect(code).toBe(1)
  expect(said.trimEnd().split("\n")).toHaveLength(1)
  return said
}

/** The database server of the tests as an address; it listens at a socket. */
function addressOf(parts: { user?: string; password?: string; database?: string } = {}): string {
  const server = { ...inject("postgres"), ...parts }
  const host = `host=${encodeURIComponent(server.host)}&port=${server.port ?? 5432}`
  return `postgres://${server.user}:${encodeURIComponent(server.password)}@/${server.database}?${host}`
}
async function administrate(...statements: string[]) {
  const client = new pg.Client({ ...inject("postgres"), database: "postgres" })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

it.each([
  [
    { DATABASE_URL: "postgres://me:geheim@127.0.0.1:1/shop" },
    /127\.0\.0\.1:1\/shop.*can't be reached.*Does it run/,
  ],
  [{ DATABASE_URL: "mysql://me:geheim@127.0.0.1/shop" }, /DATABASE_URL is not usable.*postgres:\/\//],
  [{ PORT: "many" }, /PORT="many" is not usable: it must be a number from 0 to 65535/],
  [{ HOST: "192.0.2.254", PORT: "0" }, /HOST=192\.0\.2\.254 is not an address of this computer/],
  [{ PUBLIC_URL: "crm.example.com" }, /whole address such as https/],
])("says in one sentence what is wrong with %j, without passwords", async (environment, sentence) => {
  const said = await refusedStart(environment as Record<string, string>)
  expect(said).toMatch(sentence)
  expect(said).not.toContain("geheim")
})

it("says that a port is taken, and names another", async () => {
  const taken = createServer().listen(0, "127.0.0.1")
  onTestFinished(() => void taken.close())
  await new Promise((resolve) => taken.once("listening", resolve))
  const { port } = taken.address() as { port: number }
  expect(await refusedStart({ PORT: String(port) })).toMatch(
    `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
  )
})

it("says why a data folder can't be used", async () => {
  const folder = await mkdtemp(join(tmpdir(), "regulars-start-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, "file")
  await writeFile(file, "")
  expect(await refusedStart({ REGULARS_DATA: file })).toContain("there is a file of that name")
  expect(await refusedStart({ REGULARS_DATA: join(file, "data") })).toContain("a part of the path is a file")
})

it("says what a PostgreSQL of one's own lacks", async () => {
  expect(await refusedStart({ DATABASE_URL: addressOf({ password: "guessed" }) })).toMatch(
    /refuses the user or the password/,
  )
  expect(await refusedStart({ DATABASE_URL: addressOf({ database: "nowhere" }) })).toMatch(
    /no such database.*"nowhere" does not exist.*owned by that user/,
  )
  const login = { user: "clerk", password: "clerk's own", database: "clerks" }
  await administrate(
    `create role clerk login password '${login.password.replace("'", "''")}'`,
    "create database clerks owner clerk",
  )
  // The tests' own server has the roles already, made by somebody else: only an administrator can hand them on.
  const refused = await refusedStart({ DATABASE_URL: addressOf(login) })
  expect(refused).toMatch(/allows its user too little.*create role regulars_app nologin/)
  const [, advice] = /once: (.*)\n/.exec(refused) ?? []
  expect(advice).toContain('to "clerk" with admin option')
})

it("answers an unknown word at the start with what there is", async () => {
  expect(await refusedStart({}, ["--wat"])).toMatch(/Unknown option '--wat'\. What there is: npm start/)
  expect(await refusedStart({}, ["--sample", "tea"])).toMatch(/The sample is called coffee/)
})
