import { readFile, stat } from "node:fs/promises"
import { join as joinPath } from "node:path"
import { Secret, TOTP } from "otpauth"
import { describe, expect, it, vi } from "vitest"
import { createWorkspace, removeFactorOf } from "./index.ts"
import { type AuthApp, type Browser, join, password, setUpOwner, startAuthApp, tokenIn } from "./testing.ts"

const email = "ana@example.com"
const step = 30_000
const hour = 3_600_000

/** What the person's phone shows at the app's time. */
function codeOf(app: AuthApp, key: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(key) })
  return totp.generate({ timestamp: app.clock.time + steps * step })
}
async function switchOn(app: AuthApp, browser: Browser): Promise<{ key: string; recoveryCodes: string[] }> {
  const { key } = (await browser.post("/auth/authenticator")).body.data
  const confirmed = await browser.post("/auth/authenticator/confirm", { code: codeOf(app, key) })
  if (confirmed.status !== 200) throw new Error(`Confirming failed: ${confirmed.text}`)
  // So that the code that confirmed is not the one signed in with.
  app.clock.advance(step)
  return { key, recoveryCodes: confirmed.body.data.recoveryCodes }
}
async function startGuarded() {
  const app = await startAuthApp({ mail: true })
  const owner = await setUpOwner(app)
  return { app, owner, ...(await switchOn(app, owner)) }
}
function signIn(app: AuthApp, code?: string, browser: Browser = app.browser()) {
  return browser.post("/auth/sign-in", { email, password, ...(code !== undefined && { code }) })
}

describe("an authenticator app", () => {
  it("asks for nothing until a code of it was shown", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const begun = await owner.post("/auth/authenticator")
    expect(begun.status).toBe(201)
    const { key, url } = begun.body.data
    expect(new URL(url).searchParams.get("secret")).toBe(key)
    expect(url).toContain(encodeURIComponent(email))
    expect((await signIn(app)).status).toBe(200)
    const wrong = await owner.post("/auth/authenticator/confirm", { code: codeOf(app, key, 5) })
    expect(wrong.body.errors).toMatchObject([{ path: "code", code: "wrong_code" }])
    expect((await owner.get("/auth/factors")).body.data).toEqual({ authenticator: null, recoveryCodes: 0 })
  })
  it("once confirmed, is asked for after the right password only", async () => {
    const { app, owner, key } = await startGuarded()
    expect((await owner.get("/auth/factors")).body.data).toMatchObject({ recoveryCodes: 10 })
    const browser = app.browser()
    const asked = await signIn(app, undefined, browser)
    expect([asked.status, asked.body.code]).toEqual([401, "second_factor_required"])
    expect(browser.token()).toBeUndefined()
    const guess = await app.browser().post("/auth/sign-in", { email, password: "not the sentence" })
    expect(guess.body.code).toBe("sign_in_failed")
    const wrong = await signIn(app, codeOf(app, key, 7))
    expect(wrong.body.errors).toMatchObject([{ path: "code", code: "wrong_code" }])
    expect((await signIn(app, codeOf(app, key), browser)).status).toBe(200)
    expect((await browser.get("/session")).status).toBe(200)
  })
  it("takes a code once, also from two who send it at the same moment", async () => {
    const { app, key } = await startGuarded()
    const code = codeOf(app, key)
    const statuses = await Promise.all(
      Array.from({ length: 4 }, async () => (await signIn(app, code)).status),
    )
    expect(statuses.sort()).toEqual([200, 422, 422, 422])
    app.clock.advance(step)
    expect((await signIn(app, code)).status).toBe(422)
    // Nor one from before it, although that would be within the skew of clocks.
    expect((await signIn(app, codeOf(app, key, -1))).status).toBe(422)
    expect((await signIn(app, codeOf(app, key))).status).toBe(200)
  })
  it("may be a step ahead or behind, no more", async () => {
    const { app, key } = await startGuarded()
    app.clock.advance(10 * step)
    for (const [steps, status] of [
      [-2, 422],
      [2, 422],
      [-1, 200],
      [1, 200],
    ] as const)
      expect([steps, (await signIn(app, codeOf(app, key, steps))).status]).toEqual([steps, status])
  })
  it("is locked after ten wrong codes, while a recovery code still lets its owner in", async () => {
    const { app, key, recoveryCodes } = await startGuarded()
    const statuses: number[] = []
    for (let index = 0; index < 12; index++) {
      if (index === 6) app.clock.advance(60_000)
      statuses.push((await signIn(app, codeOf(app, key, 100 + index))).status)
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429])
    app.clock.advance(30 * 60_000)
    expect((await signIn(app, codeOf(app, key))).status).toBe(429)
    expect((await signIn(app, recoveryCodes[0])).status).toBe(200)
    app.clock.advance(31 * 60_000)
    expect((await signIn(app, codeOf(app, key, 50))).status).toBe(422)
    // One more wrong one waits longer.
    app.clock.advance(hour)
    expect((await signIn(app, codeOf(app, key))).status).toBe(429)
    app.clock.advance(hour)
    expect((await signIn(app, codeOf(app, key))).status).toBe(200)
  })
  it("ends the account's other sessions when it comes and when it goes", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const other = app.browser()
    await signIn(app, undefined, other)
    const { key } = await switchOn(app, owner)
    expect((await other.get("/session")).status).toBe(401)
    expect((await owner.get("/session")).status).toBe(200)
    await signIn(app, codeOf(app, key), other)
    expect((await owner.delete("/auth/authenticator")).status).toBe(204)
    expect((await other.get("/session")).status).toBe(401)
    expect((await signIn(app)).status).toBe(200)
    expect((await owner.delete("/auth/authenticator")).status).toBe(404)
  })
  it("is not replaced while one is set up", async () => {
    const { app, owner, key } = await startGuarded()
    expect((await owner.post("/auth/authenticator")).status).toBe(409)
    expect((await signIn(app, codeOf(app, key))).status).toBe(200)
  })
  it("is encrypted under a key that only the data folder holds", async () => {
    const { app, key } = await startGuarded()
    const { rows } = await app.pools.owner.query(
      "select encode(secret, 'escape') as text, secret from auth.authenticators",
    )
    expect(rows[0].text).not.toContain(key)
    expect(rows[0].secret.includes(Buffer.from(key))).toBe(false)
    const file = joinPath(app.services.dataDir, "secret.key")
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    // Another process of the installation, with the same key file, reads it; one with another key says so.
    const environment = { SECRET_FILE: file }
    const second = await startAuthApp({ connection: app.connection, environment })
    second.clock.time = app.clock.time
    expect((await signIn(second, codeOf(app, key))).status).toBe(200)
    const stranger = await startAuthApp({ connection: app.connection })
    stranger.clock.time = app.clock.time + step
    expect((await signIn(stranger, codeOf(stranger, key))).body.code).toBe("unavailable")
    expect(app.lines.join("\n")).not.toContain(key)
    expect(app.lines.join("\n")).not.toContain((await readFile(file, "utf8")).trim())
  })
})

describe("recovery codes", () => {
  it("work once each, however they are written", async () => {
    const { app, recoveryCodes } = await startGuarded()
    expect(new Set(recoveryCodes).size).toBe(10)
    const [first = "", second = ""] = recoveryCodes
    expect((await signIn(app, ` ${first.toUpperCase().replace("-", " ")} `)).status).toBe(200)
    expect((await signIn(app, first)).status).toBe(422)
    const browser = app.browser()
    expect((await signIn(app, second, browser)).status).toBe(200)
    expect((await browser.get("/auth/factors")).body.data.recoveryCodes).toBe(8)
    const dump = JSON.stringify((await app.pools.owner.query("select * from auth.recovery_codes")).rows)
    for (const code of recoveryCodes) expect(dump).not.toContain(code)
    await vi.waitFor(() => expect(app.mails.length).toBe(3))
    expect(app.mails.map(({ to }) => to)).toEqual([email, email, email])
  })
  it("are renewed as a whole", async () => {
    const { app, owner, recoveryCodes } = await startGuarded()
    const renewed = await owner.post("/auth/recovery-codes")
    expect(renewed.body.data.recoveryCodes).toHaveLength(10)
    expect((await signIn(app, recoveryCodes[0])).status).toBe(422)
    expect((await signIn(app, renewed.body.data.recoveryCodes[0])).status).toBe(200)
  })
  it("are guessed at ten times, then no more", async () => {
    const { app, recoveryCodes } = await startGuarded()
    const statuses: number[] = []
    for (let index = 0; index < 11; index++) statuses.push((await signIn(app, `aaaaa-aaaa${index}`)).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429])
    expect((await signIn(app, recoveryCodes[0])).status).toBe(429)
  })
  it("belong to accounts with a second step", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    expect((await owner.post("/auth/recovery-codes")).status).toBe(404)
  })
})

describe("the second step", () => {
  it("is not gone around by a link for a new password", async () => {
    const { app, key } = await startGuarded()
    await app.browser().post("/auth/password/forgot", { email })
    const link = () => app.mails.map(({ text }) => /https?:\S+#\S+/.exec(text)?.[0]).find(Boolean)
    await vi.waitFor(() => expect(link()).toBeDefined())
    const token = tokenIn(link() ?? "")
    const body = { token, password: "another long sentence" }
    const browser = app.browser()
    expect((await browser.post("/auth/password/reset", body)).body.code).toBe("second_factor_required")
    expect((await signIn(app)).body.code).toBe("second_factor_required")
    const done = await browser.post("/auth/password/reset", { ...body, code: codeOf(app, key) })
    expect(done.status).toBe(200)
  })
  it("is not gone around by an invitation", async () => {
    const { app, key } = await startGuarded()
    await createWorkspace(app.services, {
      workspace: "Next door",
      email: "bo@example.com",
      password,
    })
    const neighbour = app.browser()
    await neighbour.post("/auth/sign-in", { email: "bo@example.com", password })
    const invited = await neighbour.post("/invitations", { email, role: "member" })
    const body = { token: tokenIn(invited.body.data.url), password }
    const browser = app.browser()
    expect((await browser.post("/auth/invitations/accept", body)).body.code).toBe("second_factor_required")
    const accepted = await browser.post("/auth/invitations/accept", { ...body, code: codeOf(app, key) })
    expect(accepted.status).toBe(200)
  })
  it("is not gone around by changing the password", async () => {
    const { app, owner, key } = await startGuarded()
    const body = { current: password, password: "another long sentence" }
    expect((await owner.post("/auth/password/change", body)).body.code).toBe("second_factor_required")
    const done = await owner.post("/auth/password/change", { ...body, code: codeOf(app, key) })
    expect(done.status).toBe(204)
  })
  it("is taken off by whoever runs the installation, who thereby ends all sessions", async () => {
    const { app, owner } = await startGuarded()
    await removeFactorOf(app.services, email)
    expect((await owner.get("/session")).status).toBe(401)
    expect((await signIn(app)).status).toBe(200)
    await expect(removeFactorOf(app.services, email)).rejects.toMatchObject({ code: "not_found" })
  })
  it("leaves a trace, and none of a secret", async () => {
    const { app, owner, key, recoveryCodes } = await startGuarded()
    await signIn(app, codeOf(app, key, 9))
    await signIn(app, recoveryCodes[0])
    await owner.post("/auth/recovery-codes")
    await owner.delete("/auth/authenticator")
    const log = app.lines.join("\n")
    for (const event of [
      "second_factor_added",
      "second_factor_failed",
      "recovery_code_used",
      "recovery_codes_renewed",
      "second_factor_removed",
    ])
      expect(log).toContain(event)
    for (const secret of [key, ...recoveryCodes]) expect(log).not.toContain(secret)
  })
})

describe("the proof of who has the session", () => {
  it("is asked for when the last one is old, takes all factors, and renews the token", async () => {
    const { app, owner, key } = await startGuarded()
    app.clock.advance(16 * 60_000)
    const refused = await owner.delete("/auth/authenticator")
    expect([refused.status, refused.body.code]).toEqual([403, "proof_needed"])
    const wrong = await owner.post("/auth/proof", { password: "not it at all" })
    expect(wrong.body.errors).toMatchObject([{ path: "password", code: "wrong_password" }])
    expect((await owner.post("/auth/proof", { password })).body.code).toBe("second_factor_required")
    expect((await owner.delete("/auth/authenticator")).status).toBe(403)
    const thief = app.browser()
    thief.cookies.set("__Host-regulars-session-test", owner.token() as string)
    const proved = await owner.post("/auth/proof", { password, code: codeOf(app, key) })
    expect(proved.status).toBe(204)
    expect((await thief.get("/session")).status).toBe(401)
    expect((await owner.delete("/auth/authenticator")).status).toBe(204)
  })
})

describe("the history of sign-ins", () => {
  it("is one's own, and says how", async () => {
    const { app, owner, key, recoveryCodes } = await startGuarded()
    const member = await join(app, owner, "member")
    await signIn(
      app,
      codeOf(app, key),
      app.browser({ ip: "203.0.113.9", headers: { "user-agent": "Phone" } }),
    )
    app.clock.advance(1000)
    await signIn(app, recoveryCodes[0])
    const { data } = (await owner.get("/auth/sign-ins")).body
    expect(data.map(({ how }: { how: string }) => how)).toEqual([
      "recovery_code",
      "authenticator",
      "password",
    ])
    expect(data[1]).toMatchObject({ ip: "203.0.113.9", userAgent: "Phone" })
    expect((await member.get("/auth/sign-ins")).body.data).toHaveLength(1)
  })
  it("of a member is shown to administrators, as far as it concerns their workspace", async () => {
    const { app, owner } = await startGuarded()
    const member = await join(app, owner, "member")
    await createWorkspace(app.services, { workspace: "Next door", email: "member@example.com", password })
    const path = `/members/${member.session.member.id}/sign-ins`
    await app.browser().post("/auth/sign-in", { email: "member@example.com", password })
    expect((await owner.get(path)).body.data).toHaveLength(2)
    await app.pools.owner.query(
      "update auth.sign_ins set workspace_id = (select id from workspaces where name = 'Next door') where user_id = $1",
      [member.session.user.id],
    )
    expect((await owner.get(path)).body.data).toEqual([])
    expect((await member.get("/auth/sign-ins")).body.data).toHaveLength(2)
    expect((await member.get(path)).status).toBe(403)
  })
})
