import { describe, expect, it, vi } from "vitest"
import { createWorkspace } from "./index.ts"
import { type AuthApp, join, password, setUpOwner, startAuthApp, tokenIn, withKey } from "./testing.ts"

const next = "another long sentence"
const hour = 3_600_000

async function mailedToken(app: AuthApp): Promise<string> {
  await vi.waitFor(() => expect(app.mails).not.toEqual([]))
  const url = /https?:\S+/.exec(app.mails.at(-1)?.text ?? "")?.[0] ?? ""
  return tokenIn(url)
}

async function resetToken(app: AuthApp, email: string): Promise<string> {
  app.mails.splice(0)
  await app.browser().post("/auth/password/forgot", { email })
  return mailedToken(app)
}

/** Connections that wait for a lock. */
async function waiting(app: AuthApp): Promise<number> {
  const { rows } = await app.pools.owner.query(
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return rows[0].count
}

describe("a mailed link", () => {
  it("sets a new password once, ends every session and signs in", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const asked = await app.browser().post("/auth/password/forgot", { email: "ANA@example.com" })
    expect(asked).toMatchObject({ status: 202, body: { data: { mail: true } } })
    const token = await mailedToken(app)
    expect(app.mails[0]).toMatchObject({ to: "ana@example.com", subject: "Neues Passwort für Regulars" })
    expect(app.mails[0]?.text).toContain(`http://localhost:3000/reset#${token}`)
    const browser = app.browser()
    const answer = await browser.post("/auth/password/reset", { token, password: next })
    expect(answer.status).toBe(200)
    expect((await browser.get("/session")).body.data.user.email).toBe("ana@example.com")
    expect((await owner.get("/session")).status).toBe(401)
    const again = await app
      .browser()
      .post("/auth/password/reset", { token, password: "a third long sentence" })
    expect(again.status).toBe(404)
    expect((await app.browser().post("/auth/sign-in", { email: "ana@example.com", password })).status).toBe(
      401,
    )
    expect(
      (await app.browser().post("/auth/sign-in", { email: "ana@example.com", password: next })).status,
    ).toBe(200)
  })
  it("revokes the account's API keys in every workspace, and nobody else's", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const elsewhere = await createWorkspace(app.services, {
      workspace: "Elsewhere",
      email: "ana@example.com",
      password,
    })
    const keyOf = async (browser: typeof owner): Promise<string> =>
      (await browser.post("/api-keys", { name: "Shop", scope: "write" })).body.data.key
    const [own, others] = [await keyOf(owner), await keyOf(member)]
    const ended: unknown[] = []
    app.services.live.subscribe(elsewhere.workspaceId, (message) => ended.push(message))
    for (const key of [own, others, elsewhere.apiKey])
      expect((await withKey(app, key).get("/session")).status).toBe(200)

    const token = await resetToken(app, "ana@example.com")
    expect((await app.browser().post("/auth/password/reset", { token, password: next })).status).toBe(200)
    for (const key of [own, elsewhere.apiKey])
      expect((await withKey(app, key).get("/session")).status).toBe(401)
    expect((await withKey(app, others).get("/session")).status).toBe(200)
    expect(ended).toContainEqual({ type: "ended", sessionId: null, memberId: elsewhere.ownerId })
  })
  it("leaves no key behind that is asked for while it works", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const token = await resetToken(app, "ana@example.com")
    // The reset gets past the keys and waits at the sessions.
    const gate = await app.pools.owner.connect()
    await gate.query("begin; lock table auth.sessions in share mode")
    const reset = app.browser().post("/auth/password/reset", { token, password: next })
    await vi.waitFor(async () => expect(await waiting(app)).toBe(1), 5000)
    let answered = false
    const asked = owner.post("/api-keys", { name: "Thief", scope: "write" }).finally(() => {
      answered = true
    })
    await vi.waitFor(async () => expect(answered || (await waiting(app)) === 2).toBe(true), 5000)
    await gate.query("commit")
    gate.release()
    expect((await reset).status).toBe(200)
    expect((await asked).status).toBe(401)
    const { rows } = await app.pools.owner.query("select name from auth.api_keys")
    expect(rows).toEqual([])
  })
  it("works for one of two who use it at the same moment", async () => {
    const app = await startAuthApp({ mail: true })
    await setUpOwner(app)
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    const token = await mailedToken(app)
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        app.browser().post("/auth/password/reset", { token, password: `${next} ${index}` }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })
  it("expires after an hour", async () => {
    const app = await startAuthApp({ mail: true })
    await setUpOwner(app)
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    const token = await mailedToken(app)
    app.clock.advance(hour + 1000)
    expect((await app.browser().post("/auth/password/reset", { token, password: next })).status).toBe(404)
  })
  it("dies with every other link when the password changes", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    const token = await mailedToken(app)
    await owner.post("/auth/password/change", { current: password, password: next })
    expect((await app.browser().post("/auth/password/reset", { token, password })).status).toBe(404)
  })
  it("dies with every other link when one of them is used", async () => {
    const app = await startAuthApp({ mail: true })
    await setUpOwner(app)
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    await vi.waitFor(() => expect(app.mails).toHaveLength(2))
    const [one, other] = app.mails.map(({ text }) => tokenIn(/https?:\S+/.exec(text)?.[0] ?? ""))
    expect((await app.browser().post("/auth/password/reset", { token: one, password: next })).status).toBe(
      200,
    )
    expect((await app.browser().post("/auth/password/reset", { token: other, password })).status).toBe(404)
  })
  it("survives a weak password, which is refused", async () => {
    const app = await startAuthApp({ mail: true })
    await setUpOwner(app)
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    const token = await mailedToken(app)
    const weak = await app.browser().post("/auth/password/reset", { token, password: "password123" })
    expect(weak.body.errors).toMatchObject([{ path: "password", code: "common_password" }])
    expect((await app.browser().post("/auth/password/reset", { token, password: next })).status).toBe(200)
  })
  it("is asked for with the same answer whether or not there is an account", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    await owner.patch(`/members/${member.session.member.id}`, { active: false })
    app.mails.length = 0
    const ask = (email: string) => app.browser().post("/auth/password/forgot", { email })
    const others = [await ask("nobody@example.com"), await ask("member@example.com")]
    const known = await ask("ana@example.com")
    for (const other of others) {
      expect(other.status).toBe(known.status)
      expect(other.text).toBe(known.text)
      expect(Object.keys(other.headers)).toEqual(Object.keys(known.headers))
    }
    await mailedToken(app)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(app.mails.map(({ to }) => to)).toEqual(["ana@example.com"])
  })
  it("does not begin its work before the answer is given", async () => {
    const app = await startAuthApp({ mail: true })
    await setUpOwner(app)
    app.services.database.onStatement = () => app.lines.push("statement")
    app.lines.length = 0
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    await mailedToken(app)
    const answered = app.lines.findIndex((line) => line.includes('"status":202'))
    expect(answered).toBeGreaterThan(-1)
    expect(app.lines.indexOf("statement")).toBeGreaterThan(answered)
  })
  it("is sent to one address three times an hour at most", async () => {
    const app = await startAuthApp({ mail: true })
    await setUpOwner(app)
    for (let index = 0; index < 6; index++)
      await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    await expect.poll(() => app.mails.length).toBe(3)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(app.mails).toHaveLength(3)
  })
  it("leads to PUBLIC_URL whatever host a request names, and without it nowhere but this machine", async () => {
    const app = await startAuthApp({ mail: true, environment: { PUBLIC_URL: "https://crm.example.com/" } })
    const here = { host: "crm.example.com", headers: { origin: "https://crm.example.com" } }
    const owner = await setUpOwner(app, here)
    const evil = app.browser({
      host: "evil.example",
      headers: { "x-forwarded-host": "evil.example", origin: "https://crm.example.com" },
    })
    await evil.post("/auth/password/forgot", { email: "ana@example.com" })
    await mailedToken(app)
    expect(app.mails[0]?.text).toContain("https://crm.example.com/reset#")
    expect(app.mails[0]?.text).not.toContain("evil")
    const link = await owner.post(
      "/invitations",
      { email: "new@example.com", role: "member" },
      { host: "evil.example" },
    )
    expect(link.body.data.url).toMatch(/^https:\/\/crm\.example\.com\/invitation#/)

    const plain = await startAuthApp({ mail: true })
    await setUpOwner(plain)
    const poisoned = await plain.browser({ host: "evil.example" }).post("/auth/password/forgot", {
      email: "ana@example.com",
    })
    expect(poisoned).toMatchObject({ status: 202, body: { data: { mail: false } } })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(plain.mails).toEqual([])
  })
})

describe("where no mail is set up", () => {
  it("says so", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const answer = await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    expect(answer).toMatchObject({ status: 202, body: { data: { mail: false } } })
  })
  it("an administrator hands a link over, which works once within a day", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const member = await join(app, owner, "member")
    const path = `/members/${member.session.member.id}/reset-link`
    const made = await administrator.post(path)
    expect(made.status).toBe(201)
    expect(made.body.data.expiresAt).toBe(new Date(app.clock.time + 24 * hour).toISOString())
    const token = tokenIn(made.body.data.url)
    expect((await app.browser().post("/auth/password/reset", { token, password: next })).status).toBe(200)
    expect((await member.get("/session")).status).toBe(401)
    expect((await app.browser().post("/auth/password/reset", { token, password: next })).status).toBe(404)

    const late = tokenIn((await administrator.post(path)).body.data.url)
    app.clock.advance(24 * hour + 1000)
    expect((await app.browser().post("/auth/password/reset", { token: late, password: next })).status).toBe(
      404,
    )
  })
  it("such a link needs an administrator, and someone not above them", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const manager = await join(app, owner, "manager")
    const own = `/members/${owner.session.member.id}/reset-link`
    expect((await manager.post(own)).status).toBe(403)
    expect((await administrator.post(own)).status).toBe(403)
    expect((await owner.post("/members/01890000-0000-7000-8000-000000000000/reset-link")).status).toBe(404)
  })
  it("such a link does not open an account that reaches into others' workspaces", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    await createWorkspace(app.services, { workspace: "Elsewhere", email: "member@example.com", password })
    const answer = await owner.post(`/members/${member.session.member.id}/reset-link`)
    expect(answer.status).toBe(403)
    const { rows } = await app.pools.owner.query("select from auth.password_resets")
    expect(rows).toHaveLength(0)
  })
  it("such a link is not for API keys, which act in one workspace only", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { key } = (await owner.post("/api-keys", { name: "Shop", scope: "write" })).body.data
    const answer = await withKey(app, key).post(`/members/${owner.session.member.id}/reset-link`)
    expect(answer.status).toBe(403)
  })
})
