import { afterAll, beforeAll, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { startTransferApp, type TransferApp } from "./testing/transfer-app.ts"

/** Uploads over a real connection: who sends a large file must get to see why it is refused. */
let app: TransferApp
let shop: TestWorkspace
let origin: string
beforeAll(async () => {
  app = await startTransferApp()
  shop = await app.workspace()
  origin = await app.server.listen({ port: 0, host: "127.0.0.1" })
})
afterAll(() => app.close())

/** Far more than fits into the buffers between sender and server. */
const many = 20 * 1024 * 1024
async function send(key: string | undefined, content: Buffer, entity?: string) {
  const body = new FormData()
  if (entity) body.set("entity", entity)
  body.set("file", new Blob([new Uint8Array(content)]), "list.csv")
  const answer = await fetch(`${origin}/api/v1/imports`, {
    method: "POST",
    headers: new Headers(key === undefined ? [] : [["authorization", `Bearer ${key}`]]),
    body,
    signal: AbortSignal.timeout(10_000),
  })
  expect(answer.headers.get("content-type")).toContain("application/problem+json")
  return { status: answer.status, code: (await answer.json()).code }
}

it("is refused for what can't be imported while it is still being sent", async () => {
  expect(await send(shop.apiKey, Buffer.alloc(many, "a,b\n"), "secrets")).toEqual({
    status: 422,
    code: "validation_failed",
  })
})
it("is refused when its content is of no known format", async () => {
  const picture = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(many)])
  expect(await send(shop.apiKey, picture)).toEqual({ status: 415, code: "unsupported_format" })
})
it("is refused to whoever may not import, or is not known", async () => {
  expect(await send(undefined, Buffer.alloc(many))).toEqual({ status: 401, code: "unauthenticated" })
  expect(await send("rg_wrong", Buffer.alloc(many))).toEqual({ status: 401, code: "unauthenticated" })
})
it("leaves the server ready for the next one", async () => {
  const body = new FormData()
  body.set("file", new Blob(["name,email\nIda,ida@example.com\n"]), "list.csv")
  const headers = { authorization: `Bearer ${shop.apiKey}` }
  expect((await fetch(`${origin}/api/v1/imports`, { method: "POST", headers, body })).status).toBe(201)
})
