import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let secure: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  secure = await startTestApp({ environment: { PUBLIC_URL: "https://crm.example.com" } })
  shop = await app.workspace()
})
afterAll(() => Promise.all([app.close(), secure.close()]))

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
}

it("protects every response, also of what is refused, missing, broken off or no JSON (AU13)", async () => {
  const answers = [
    await shop.owner.get("/people"),
    await shop.owner.get("/people/not-an-id"),
    await shop.owner.get("/no-such-thing"),
    await shop.owner.post("/people", "{"),
    await shop.owner.get("/export?entity=people&format=csv"),
    await app.anonymous.get("/people"),
    await app.anonymous.get("/openapi.json"),
    await app.anonymous.call({ method: "GET", url: "/healthz" }),
    await app.anonymous.call({ method: "GET", url: "/api/docs" }),
    await app.anonymous.call({ method: "GET", url: "/people" }),
    await app.anonymous.call({ method: "TRACE" as "GET", url: "/api/v1/people" }),
  ]
  expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(3)
  for (const { headers, status } of answers) {
    expect(headers, String(status)).toMatchObject(always)
    const policy = String(headers["content-security-policy"])
    for (const part of [
      "default-src 'self'",
      "script-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(part)
    expect(headers["access-control-allow-origin"]).toBeUndefined()
  }
})

it("asks browsers to stay with https where people reach it by https, and only there", async () => {
  const plain = await app.anonymous.get("/auth/state")
  const encrypted = await secure.anonymous.get("/auth/state")
  expect(plain.headers["strict-transport-security"]).toBeUndefined()
  expect(encrypted.headers["strict-transport-security"]).toMatch(/max-age=\d{8}/)
})
