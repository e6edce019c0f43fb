import { describe, expect, it } from "vitest"
import { hashPassword } from "./passwords.ts"
import { join, ownerSettings, password, setUpOwner, startAuthApp, waiting, withKey } from "./testing.ts"

const credentials = { email: "ana@example.com", password }
const day = 24 * 3_600_000

describe("set-up", () => {
  it("makes the workspace and its owner, who is then signed in", async () => {
    const app = await startAuthApp()
    const browser = app.browser()
    expect((await browser.get("/auth/state")).body.data).toEqual({
      setUp: false,
      mail: false,
      languages: ["en", "de", "es"],
      provider: null,
    })
    const made = await browser.post("/auth/set-up", {
      ...ownerSettings,
      owner: { ...ownerSettings.owner, email: "  Ana@Example.COM " },
    })
    expect(made.status).toBe(201)
    expect(made.body.data).toMatchObject({
      user: { name: "Ana Ruiz", email: "ana@example.com" },
      workspace: ownerSettings.workspace,
      member: { role: "owner", active: true },
      workspaces: [{ name: "Corner Bakery", role: "owner" }],
    })
    expect(made.body.data.permissions).toContain("backups:create")
    expect((await browser.get("/session")).body.data.user).toEqual(made.body.data.user)
    expect((await browser.get("/auth/state")).body.data.setUp).toBe(true)
  })
  it("is closed once somebody has set up, also to those who try at the same moment", async () => {
    const app = await startAuthApp()
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        app.browser().post("/auth/set-up", {
          ...ownerSettings,
          owner: { ...ownerSettings.owner, email: `owner${index}@example.com` },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    const late = await app.browser().post("/auth/set-up", ownerSettings)
    expect(late.body.code).toBe("already_set_up")
  })
  it("refuses a password that is tried first", async () => {
    const app = await startAuthApp()
    const owner = { ...ownerSettings.owner, password: "password123" }
    const answer = await app.browser().post("/auth/set-up", { ...ownerSettings, owner })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toMatchObject([{ path: "owner.password", code: "common_password" }])
    expect((await app.browser().get("/auth/state")).body.data.setUp).toBe(false)
  })
})

describe("sign-in", () => {
  it("answers as the session does, whatever the case of the address", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const browser = app.browser()
    const answer = await browser.post("/auth/sign-in", { email: "ANA@example.com", password })
    expect(answer.status).toBe(200)
    expect((await browser.get("/session")).body.data.member.id).toBe(answer.body.data.member.id)
  })
  it("gives the same answer for a wrong password and an unknown address", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const wrong = await app.browser().post("/auth/sign-in", { ...credentials, password: "not the sentence" })
    const unknown = await app.browser().post("/auth/sign-in", { email: "who@example.com", password })
    expect(wrong.status).toBe(401)
    expect(wrong.body.code).toBe("sign_in_failed")
    const { requestId: _, ...wrongBody } = wrong.body
    const { requestId: __, ...unknownBody } = unknown.body
    expect(unknownBody).toEqual(wrongBody)
    expect(Object.keys(unknown.headers)).toEqual(Object.keys(wrong.headers))
  })
  it("takes the same time for an address that is unknown", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    for (let index = 0; index < 20; index++)
      await app.pools.owner.query(
        "insert into auth.users select gen_random_uuid(), $1, name, password_hash, now(), now() from auth.users where id = $2",
        [`known${index}@example.com`, owner.session.user.id],
      )
    const time = async (email: string) => {
      const browser = app.browser()
      const started = performance.now()
      await browser.post("/auth/sign-in", { email, password: "not the sentence" })
      return performance.now() - started
    }
    const known: number[] = []
    const unknown: number[] = []
    await time("warm@example.com")
    for (let index = 0; index < 20; index++) {
      known.push(await time(`known${index}@example.com`))
      unknown.push(await time(`unknown${index}@example.com`))
    }
    const gap = Math.abs(median(known) - median(unknown))
    // Comparing a password takes some 30 ms: without it the gap would be as large.
    expect(gap).toBeLessThan(Math.max(5, 0.3 * median(known)))
  })
  it("begins under a token nobody knew before, and ends the session this browser had", async () => {
    const app = await startAuthApp()
    const browser = await setUpOwner(app)
    const before = browser.token()
    await browser.post("/auth/sign-in", credentials)
    expect(browser.token()).not.toBe(before)
    const thief = app.browser()
    thief.cookies.set("__Host-regulars-session-test", before as string)
    expect((await thief.get("/session")).status).toBe(401)
    // A token that somebody planted is not taken up.
    const victim = app.browser()
    victim.cookies.set("__Host-regulars-session-test", "A".repeat(43))
    await victim.post("/auth/sign-in", credentials)
    expect(victim.token()).not.toBe("A".repeat(43))
    expect(
      (await app.browser().get("/session", { cookie: `__Host-regulars-session-test=${"A".repeat(43)}` }))
        .status,
    ).toBe(401)
  })
  it("does not begin by a password that is changed at that moment", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const change = await app.pools.owner.connect()
    await change.query("begin")
    await change.query("update auth.users set password_hash = $1", [
      await hashPassword("another long sentence"),
    ])
    const browser = app.browser()
    const signingIn = browser.post("/auth/sign-in", credentials)
    const changing = owner.post("/auth/password/change", {
      current: password,
      password: "a third long sentence",
    })
    await waiting(app, 2)
    await change.query("commit")
    change.release()
    expect((await signingIn).status).toBe(401)
    expect((await changing).status).toBe(401)
    expect(browser.token()).toBeUndefined()
  })
  it("refuses whoever has no access to any workspace now, after the right password only", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    await owner.patch(`/members/${member.session.member.id}`, { active: false })
    const wrong = await app
      .browser()
      .post("/auth/sign-in", { email: "member@example.com", password: "not it at all" })
    expect(wrong.status).toBe(401)
    const right = await app.browser().post("/auth/sign-in", { email: "member@example.com", password })
    expect(right.status).toBe(403)
    expect(right.cookies).toEqual([])
  })
})

describe("the session", () => {
  it("ends after 14 days without use, and after 90 days with it", async () => {
    const app = await startAuthApp()
    const idle = await setUpOwner(app)
    app.clock.advance(13.9 * day)
    expect((await idle.get("/session")).status).toBe(200)
    app.clock.advance(14 * day)
    expect((await idle.get("/session")).status).toBe(401)
    const busy = app.browser()
    await busy.post("/auth/sign-in", credentials)
    for (let days = 0; days < 88; days += 8) {
      app.clock.advance(8 * day)
      expect((await busy.get("/session")).status).toBe(200)
    }
    app.clock.advance(2 * day)
    expect((await busy.get("/session")).status).toBe(401)
  })
  it("notes its last use, at most once a minute", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const begun = (await owner.get("/sessions")).body.data[0].lastSeenAt
    app.clock.advance(30_000)
    expect((await owner.get("/sessions")).body.data[0].lastSeenAt).toBe(begun)
    app.clock.advance(31_000)
    await owner.get("/session")
    expect((await owner.get("/sessions")).body.data[0].lastSeenAt).not.toBe(begun)
    expect((await owner.get("/members")).body.data[0].lastSeenAt).toBe(new Date(app.clock.time).toISOString())
  })
  it("ends by signing out, with its cookie", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const token = owner.token() as string
    const answer = await owner.post("/auth/sign-out")
    expect(answer.status).toBe(204)
    expect(owner.token()).toBeUndefined()
    const again = await app.browser().get("/session", { cookie: `__Host-regulars-session-test=${token}` })
    expect(again.status).toBe(401)
  })
  it("is listed with the others of its user, who may end each, and nobody else's", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app, { headers: { "user-agent": "Laptop" } })
    const phone = app.browser({ headers: { "user-agent": "Phone" } })
    await phone.post("/auth/sign-in", credentials)
    const stranger = await join(app, owner, "administrator")
    const { data } = (await phone.get("/sessions")).body
    expect(data).toHaveLength(2)
    expect(data.find((session: { current: boolean }) => session.current).userAgent).toBe("Phone")
    const laptop = data.find((session: { userAgent: string }) => session.userAgent === "Laptop")
    expect((await stranger.delete(`/sessions/${laptop.id}`)).status).toBe(404)
    expect((await owner.get("/session")).status).toBe(200)
    expect((await phone.delete(`/sessions/${laptop.id}`)).status).toBe(204)
    expect((await owner.get("/session")).status).toBe(401)
    expect((await phone.delete(`/sessions/${laptop.id}`)).status).toBe(404)
  })
})

describe("changing the password", () => {
  it("ends every other session, gives this one a new token, and keeps API keys", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { key } = (await owner.post("/api-keys", { name: "Till", scope: "read" })).body.data
    const phone = app.browser()
    await phone.post("/auth/sign-in", credentials)
    const before = owner.token()
    const next = "another long sentence"
    expect((await owner.post("/auth/password/change", { current: password, password: next })).status).toBe(
      204,
    )
    expect(owner.token()).not.toBe(before)
    expect((await owner.get("/session")).status).toBe(200)
    expect((await phone.get("/session")).status).toBe(401)
    expect((await withKey(app, key).get("/session")).status).toBe(200)
    expect((await app.browser().post("/auth/sign-in", credentials)).status).toBe(401)
    expect((await app.browser().post("/auth/sign-in", { ...credentials, password: next })).status).toBe(200)
  })
  it("needs the present password and a good new one", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const wrong = await owner.post("/auth/password/change", {
      current: "not it",
      password: "another long sentence",
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors).toMatchObject([{ path: "current", code: "wrong_password" }])
    const weak = await owner.post("/auth/password/change", { current: password, password: "ana@example.com" })
    expect(weak.body.errors).toMatchObject([{ path: "password", code: "email_password" }])
    expect((await owner.get("/session")).status).toBe(200)
  })
})

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] as number
}
