import { readdir } from "node:fs/promises"
import { connect, type Socket } from "node:net"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { upload } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
let port: number
const sockets: Socket[] = []
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  port = Number(new URL(await app.server.listen({ port: 0, host: "127.0.0.1" })).port)
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => app.close())

/** More than the connections to the database. */
const many = 10
/** Sends the beginning of a request and reads nothing of the answer. */
function send(head: string, ...further: string[]): Socket {
  const socket = connect({ port, host: "127.0.0.1" })
  const lines = [head, `host: localhost:${port}`, `authorization: Bearer ${shop.apiKey}`, ...further]
  socket.write(`${lines.join("\r\n")}\r\n\r\n`)
  socket.on("error", () => undefined)
  sockets.push(socket)
  return socket
}
/** Resolves when the answer begins; what follows stays in the socket, which fills. */
const begun = (socket: Socket) => new Promise<void>((resolve) => socket.once("readable", () => resolve()))

it("who downloads slowly keeps nobody else waiting", async () => {
  const { id } = (await upload(shop.owner, Buffer.alloc(20 * 1024 * 1024, "x"))).body.data
  await Promise.all(Array.from({ length: many }, () => begun(send(`GET /api/v1/files/${id} HTTP/1.1`))))
  expect((await shop.owner.get("/people")).status).toBe(200)
  expect((await shop.owner.post("/people", { name: "While they read" })).status).toBe(201)
}, 30_000)

it("who uploads slowly keeps nobody else waiting", async () => {
  const part = '--e\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\nName\r\n'
  for (let index = 0; index < many; index++)
    send(
      `POST /api/v1/${index % 2 ? "files" : "imports"} HTTP/1.1`,
      `idempotency-key: slow ${index}`,
      "content-type: multipart/form-data; boundary=e",
      "content-length: 5000",
    ).write(part)
  const incoming = () => readdir(join(app.services.dataDir, "files", "incoming"))
  await expect.poll(incoming).toHaveLength(many)
  expect((await shop.owner.get("/people")).status).toBe(200)
}, 30_000)

it("who downloads exports slowly leaves connections to others, and is cut off when they take nothing", async () => {
  const rows = Array.from({ length: 150 }, (_, index) => ({
    name: `Long ${index}`,
    description: `${index} `.padEnd(20_000, "x"),
  }))
  for (let round = 0; round < 4; round++)
    expect((await shop.owner.post("/people/batch", { rows })).status).toBe(200)
  const { server } = app.server
  expect(server.timeout).toBeGreaterThan(0)
  // Longer than the questions below take on a busy computer.
  server.timeout = 4000
  const exports = Array.from({ length: many }, () => send("GET /api/v1/export?entity=people HTTP/1.1"))
  await Promise.all(exports.map(begun))
  expect((await shop.owner.get("/people")).status).toBe(200)
  const further = await shop.owner.get("/export?entity=people")
  expect([further.status, further.body.code]).toEqual([429, "rate_limited"])
  const again = async () => (await shop.owner.get("/export?entity=people&fields=name")).status
  await expect.poll(again, { timeout: 20_000, interval: 200 }).toBe(200)
}, 40_000)
