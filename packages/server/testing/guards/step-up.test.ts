import { endpoints } from "@regulars/contract/endpoints.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../app.ts"

/** Written by hand: what gives somebody access, takes data out whole, or changes how one signs in. */
const dangerous = [
  "DELETE /auth/authenticator",
  "DELETE /auth/identities/:id",
  "DELETE /auth/passkeys/:id",
  "DELETE /backups/:file",
  "DELETE /members/:id/second-step",
  "DELETE /roles/:id",
  "DELETE /sign-in-provider",
  "GET /auth/proof",
  "GET /backups/:file/content",
  "PATCH /members/:id",
  "PATCH /roles/:id",
  "PATCH /sign-in-rules",
  "POST /api-keys",
  "POST /auth/authenticator",
  "POST /auth/authenticator/confirm",
  "POST /auth/identities/:id/connect",
  "POST /auth/passkeys",
  "POST /auth/passkeys/options",
  "POST /auth/recovery-codes",
  "POST /invitations",
  "POST /members/:id/reset-link",
  "POST /roles",
  "POST /whole-exports",
  "POST /whole-exports/:id/link",
  "PUT /sign-in-provider",
]
const credentials = { email: "owner@example.com", password: "a long enough password" }
const quarter = 15 * 60_000

let app: TestApp
let shop: TestWorkspace
let cookie = ""
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  const { rows } = await app.services.pools.owner.query("select email from auth.users")
  credentials.email = rows[0].email
})
afterAll(() => app.close())

async function send(key: string, payload: object = {}): Promise<{ status: number; code?: string }> {
  const [method, path = ""] = key.split(" ") as ["GET", string]
  const answer = await app.anonymous.call({
    method,
    url: urlOf(path),
    headers: { origin: "http://localhost:3000", "sec-fetch-site": "same-origin", cookie },
    ...(method !== "GET" && method !== "DELETE" && { payload }),
  })
  const set = [answer.headers["set-cookie"] ?? []].flat().map((text) => String(text).split(";")[0])
  if (set.length > 0) cookie = set.join("; ")
  return { status: answer.status, code: answer.body?.code }
}
function urlOf(path: string): string {
  const named = path.replace(":file", "none.regulars").replace(":id", "00000000-0000-7000-8000-000000000000")
  return `/api${path.startsWith("/auth") ? "" : "/v1"}${named}`
}

describe("what is dangerous (AU09)", () => {
  it("is what asks for a proof, and nothing besides", () => {
    const asking = Object.entries(endpoints).filter(([, { proof }]) => proof)
    expect(asking.map(([key]) => key).sort()).toEqual(dangerous)
  })
  it("takes a proof of the last quarter of an hour", async () => {
    expect((await send("POST /auth/sign-in", credentials)).status).toBe(200)
    app.clock.advance(quarter)
    for (const key of dangerous) expect([key, (await send(key)).code]).not.toEqual([key, "proof_needed"])
    app.clock.advance(1000)
    for (const key of dangerous)
      expect([key, await send(key)]).toEqual([key, { status: 403, code: "proof_needed" }])
    expect((await send("POST /auth/proof", { password: credentials.password })).status).toBe(204)
    for (const key of dangerous) expect([key, (await send(key)).code]).not.toEqual([key, "proof_needed"])
  })
  it("is not asked of an API key, which nobody sits at", async () => {
    app.clock.advance(quarter * 2)
    expect((await shop.owner.post("/api/v1/api-keys", { name: "Shop", scope: "read" })).status).toBe(201)
  })
})
