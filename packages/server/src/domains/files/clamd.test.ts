import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { readdir, writeFile } from "node:fs/promises"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import { startTestApp } from "../../../testing/app.ts"
import { makeFolder } from "../../kernel/backup/testing.ts"
import { listed } from "../../kernel/contents/testing.ts"
import { isInfected } from "./clamd.ts"
import { upload } from "./testing.ts"

/** What every scanner takes for a virus, and which is none; put together so that no scanner takes this file for it. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!", "$H+H*"].join("")

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(await makeFolder(), "content")
  await writeFile(path, content)
  return path
}
/** A server that hears what clamd hears, and answers as the test says. Returns its address. */
async function startServer(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined)
    onConnection(socket)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
/** Reads a whole INSTREAM, then answers by its content. */
function speaks(verdict: (content: Buffer) => string) {
  return (socket: Socket) => {
    let heard = Buffer.alloc(0)
    socket.on("data", (chunk) => {
      heard = Buffer.concat([heard, chunk])
      const content = contentOf(heard)
      if (content) socket.end(verdict(content))
    })
  }
}
function contentOf(heard: Buffer): Buffer | undefined {
  const command = "zINSTREAM\0"
  if (heard.length < command.length || heard.toString("latin1", 0, command.length) !== command)
    return undefined
  const parts: Buffer[] = []
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(heard.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

it("sends the whole content and hears the verdict", async () => {
  const address = await startServer(
    speaks((content) =>
      content.includes("EICAR") ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0",
    ),
  )
  expect(await isInfected(address, await fileOf("an ordinary note"), 5000)).toBe(false)
  expect(await isInfected(address, await fileOf(""), 5000)).toBe(false)
  const large = Buffer.alloc(3_000_000, "x")
  expect(await isInfected(address, await fileOf(large), 5000)).toBe(false)
  expect(await isInfected(address, await fileOf(Buffer.concat([large, Buffer.from(eicar)])), 5000)).toBe(true)
})

it.each<[string, (socket: Socket) => void]>([
  ["goes away", (socket) => socket.destroy()],
  ["goes away in the middle", (socket) => socket.once("data", () => socket.destroy())],
  ["is silent", () => undefined],
  ["speaks another language", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  [
    "never ends",
    (socket) => void setInterval(() => socket.destroyed || socket.write("x".repeat(1000)), 1).unref(),
  ],
  ["breaks off its answer", speaks(() => "stream: OK")],
  ["answers for something else", speaks(() => "other: OK\0")],
])("gives no verdict when clamd %s", async (_, onConnection) => {
  const address = await startServer(onConnection)
  expect(await isInfected(address, await fileOf(Buffer.alloc(1_000_000)), 500)).toBeUndefined()
})
it("says so when clamd takes no file as large", async () => {
  const address = await startServer(speaks(() => "INSTREAM size limit exceeded. ERROR\0"))
  await expect(isInfected(address, await fileOf("x".repeat(1000)), 5000)).rejects.toMatchObject({
    code: "payload_too_large",
  })
})
it("gives no verdict when nobody is there", async () => {
  expect(await isInfected("127.0.0.1:1", await fileOf("x"), 5000)).toBeUndefined()
  expect(await isInfected(join(await makeFolder(), "none.ctl"), await fileOf("x"), 5000)).toBeUndefined()
})

it("keeps out of the store what clamd finds something in, and everything while it gives no verdict", async () => {
  const answers = ["stream: OK\0", "stream: Eicar-Test-Signature FOUND\0", "what?\0"]
  const address = await startServer(speaks(() => answers.shift() ?? ""))
  const app = await startTestApp({ environment: { SCAN_CLAMD: address } })
  onTestFinished(() => app.close())
  const { owner } = await app.workspace()
  expect((await upload(owner, "a note")).status).toBe(201)
  expect((await upload(owner, eicar)).body.errors).toMatchObject([{ path: "file", code: "infected" }])
  expect((await upload(owner, "another note")).status).toBe(503)
  expect(await listed(app.services.contents)).toHaveLength(1)
  expect(await readdir(app.services.contents.waitingRoom)).toEqual([])
})

const program = "/usr/sbin/clamd"
it("is understood by a real clamd", async ({ skip }) => {
  skip(!existsSync(program), "needs clamd (Debian's clamav-daemon)")
  const folder = await makeFolder()
  const socket = join(folder, "clamd.ctl")
  const signature = `Eicar-Test:0:*:${Buffer.from(eicar).toString("hex")}\n`
  await writeFile(join(folder, "test.ndb"), signature)
  await writeFile(
    join(folder, "clamd.conf"),
    `LocalSocket ${socket}\nDatabaseDirectory ${folder}\nForeground yes\nTemporaryDirectory ${folder}\n`,
  )
  const clamd: ChildProcess = spawn(program, ["--config-file", join(folder, "clamd.conf")], {
    stdio: "ignore",
  })
  onTestFinished(() => void clamd.kill())
  await expect.poll(() => existsSync(socket), { timeout: 60_000 }).toBe(true)
  expect(await isInfected(socket, await fileOf("an ordinary note"), 30_000)).toBe(false)
  expect(await isInfected(socket, await fileOf(eicar), 30_000)).toBe(true)
}, 120_000)
