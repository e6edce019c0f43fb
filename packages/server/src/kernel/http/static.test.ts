import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Fastify, { type FastifyInstance } from "fastify"
import { afterAll, beforeAll, expect, it } from "vitest"
import { serveWebApp } from "./static.ts"

let folder: string
let server: FastifyInstance
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-static-"))
  await writeFile(join(folder, "index.html"), "the page")
  await writeFile(join(folder, "logo.svg"), "<svg/>")
  server = Fastify()
  await serveWebApp(server, folder, (_, reply) => Promise.resolve(reply.status(404).send("nothing")))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

it.each([
  "/people",
  "/people?q=anna@bakery.com",
  "/objects/machines?l=board:custom.state",
  "/people?next=/api/v1/people",
])("the page answers at its own addresses, whatever stands behind them: %s", async (url) => {
  const answer = await server.inject({ url })
  expect([answer.statusCode, answer.body]).toEqual([200, "the page"])
})
it.each(["/assets/gone.js", "/gone.css?v=1", "/api/v1/nothing", "/api?x=/people", "//people"])(
  "files that are gone, and the API, are not the page: %s",
  async (url) => {
    expect((await server.inject({ url })).statusCode).toBe(404)
  },
)
it("a file answers by its name", async () => {
  expect((await server.inject({ url: "/logo.svg" })).body).toBe("<svg/>")
})
