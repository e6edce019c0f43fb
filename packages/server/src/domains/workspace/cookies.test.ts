import { describe, expect, it } from "vitest"
import { ownerSettings, password, setUpOwner, startAuthApp } from "./testing.ts"

const credentials = { email: "ana@example.com", password }

describe("cookies", () => {
  const signIn = async (environment: Record<string, string>, host: string) => {
    const app = await startAuthApp({ environment })
    await setUpOwner(app)
    const browser = app.browser({ host, headers: { origin: environment.PUBLIC_URL ?? `http://${host}` } })
    return { app, browser, answer: await browser.post("/auth/sign-in", credentials) }
  }
  it.each([
    ["https", { PUBLIC_URL: "https://crm.example.com" }, "crm.example.com"],
    ["localhost", {}, "localhost:3000"],
    ["127.0.0.1", {}, "127.0.0.1:3000"],
  ])("are for this host only and Secure on %s", async (_, environment, host) => {
    const { answer, browser } = await signIn(environment as Record<string, string>, host)
    expect(answer.status).toBe(200)
    for (const cookie of answer.cookies as unknown as Record<string, unknown>[]) {
      expect(cookie.name).toMatch(/^__Host-regulars-(session|device)-test$/)
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", path: "/" })
      expect(cookie).not.toHaveProperty("domain")
    }
    expect((await browser.get("/session")).status).toBe(200)
  })
  it("are refused over plain http from elsewhere, with what to do", async () => {
    const { answer, app } = await signIn({}, "192.168.1.20:3000")
    expect(answer.status).toBe(403)
    expect(answer.body.code).toBe("insecure_connection")
    expect(answer.body.detail).toMatch(/PUBLIC_URL=https.*ALLOW_INSECURE_LAN=true/s)
    expect(answer.cookies).toEqual([])
    const lan = app.browser({ host: "192.168.1.20:3000" })
    const token = "x".repeat(43)
    for (const [path, body] of [
      ["/auth/set-up", ownerSettings],
      ["/auth/password/reset", { token, password }],
      ["/auth/invitations/accept", { token, password }],
    ] as const)
      expect((await lan.post(path, body)).body.code).toBe("insecure_connection")
  })
  it("are plain where the owner allows phones in the shop", async () => {
    const { answer, browser } = await signIn({ ALLOW_INSECURE_LAN: "true" }, "192.168.1.20:3000")
    expect(answer.status).toBe(200)
    const cookie = (answer.cookies as unknown as Record<string, unknown>[])[0]
    expect(cookie).toMatchObject({
      name: "regulars-session-test",
      httpOnly: true,
      sameSite: "Lax",
      path: "/",
    })
    expect(cookie).not.toHaveProperty("secure")
    expect((await browser.get("/session")).status).toBe(200)
  })
  it("without the prefix count for nothing on a secure address", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const cookie = `regulars-session-test=${owner.token()}`
    expect((await app.browser().get("/session", { cookie })).status).toBe(401)
    expect((await app.browser({ host: "192.168.1.20" }).get("/session", { cookie })).status).toBe(401)
  })
})

describe("another site's page", () => {
  const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" }
  it("can't use the session, sign anyone in or out", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const text = { ...foreign, "content-type": "text/plain" }
    const attacks: Record<string, string>[] = [
      foreign,
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
      { origin: "null" },
    ]
    for (const headers of attacks) {
      expect((await owner.post("/auth/sign-out", {}, headers)).status).toBe(403)
      expect((await owner.patch("/workspace", { name: "Taken" }, headers)).status).toBe(403)
      expect((await app.browser().post("/auth/sign-in", credentials, headers)).status).toBe(403)
    }
    expect((await owner.post("/auth/sign-in", JSON.stringify(credentials) as never, text)).status).toBe(403)
    expect((await owner.get("/workspace")).body.data.name).toBe("Corner Bakery")
  })
  it("gets nothing by sending text in place of JSON", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const answer = await owner.post("/api-keys", '{"name":"x","scope":"write"}' as never, {
      "content-type": "text/plain",
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await owner.get("/api-keys")).body.data).toEqual([])
  })
})
