import { describe, expect, it } from "vitest"
import type { LiveMessage } from "../../kernel/live.ts"
import { type AuthApp, type Browser, join, password, setUpOwner, startAuthApp, withKey } from "./testing.ts"

/** Two processes of one installation, and what the second one says to the same browser or key. */
async function startPair() {
  const app = await startAuthApp()
  return { app, other: await startAuthApp({ connection: app.connection }) }
}
function elsewhere(other: AuthApp, browser: Browser): Browser {
  const same = other.browser()
  for (const [name, value] of browser.cookies) same.cookies.set(name, value)
  return same
}
/** Milliseconds until the answer is no longer 200, asked all the time. */
async function deadAfter(browser: Browser): Promise<number> {
  const started = performance.now()
  while (performance.now() - started < 3000) {
    if ((await browser.get("/workspace")).status !== 200) return performance.now() - started
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return Number.POSITIVE_INFINITY
}

// The promise is a time, so these tests measure it: a second on all processes.
describe("within a second, on every process, ends", () => {
  it("a session that was signed out", async () => {
    const { app, other } = await startPair()
    const owner = await setUpOwner(app)
    const there = elsewhere(other, owner)
    expect((await there.get("/workspace")).status).toBe(200)
    await owner.post("/auth/sign-out")
    expect(await deadAfter(there)).toBeLessThan(1000)
  })
  it("each other session when the password changes", async () => {
    const { app, other } = await startPair()
    const owner = await setUpOwner(app)
    const phone = other.browser()
    await phone.post("/auth/sign-in", { email: "ana@example.com", password })
    expect((await phone.get("/workspace")).status).toBe(200)
    await owner.post("/auth/password/change", { current: password, password: "another long sentence" })
    expect(await deadAfter(phone)).toBeLessThan(1000)
  })
  it("a key that was revoked", async () => {
    const { app, other } = await startPair()
    const owner = await setUpOwner(app)
    const { id, key } = (await owner.post("/api-keys", { name: "Shop", scope: "read" })).body.data
    const there = withKey(other, key)
    expect((await there.get("/workspace")).status).toBe(200)
    expect((await withKey(app, key).get("/workspace")).status).toBe(200)
    await owner.delete(`/api-keys/${id}`)
    expect((await withKey(app, key).get("/workspace")).status).toBe(401)
    expect(await deadAfter(there)).toBeLessThan(1000)
  })
  it("sessions and keys of a member who was deactivated", async () => {
    const { app, other } = await startPair()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const { key } = (await member.post("/api-keys", { name: "Shop", scope: "read" })).body.data
    const [session, client] = [elsewhere(other, member), withKey(other, key)]
    expect([(await session.get("/workspace")).status, (await client.get("/workspace")).status]).toEqual([
      200, 200,
    ])
    await owner.patch(`/members/${member.session.member.id}`, { active: false })
    const times = await Promise.all([deadAfter(session), deadAfter(client)])
    expect(Math.max(...times)).toBeLessThan(1000)
    expect((await member.get("/workspace")).status).toBe(401)
  })
  it("what a role that was taken away allowed", async () => {
    const { app, other } = await startPair()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const there = elsewhere(other, administrator)
    expect((await there.get("/invitations")).status).toBe(200)
    await owner.patch(`/members/${administrator.session.member.id}`, { role: "member" })
    await new Promise((resolve) => setTimeout(resolve, 900))
    expect((await there.get("/invitations")).status).toBe(403)
    expect((await there.get("/workspace")).status).toBe(200)
  })
})

describe("open streams", () => {
  it("are told of the end of their session, member or key", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const ended: LiveMessage[] = []
    app.services.live.subscribe(owner.session.workspace.id, (message) => {
      if (message.type === "ended") ended.push(message)
    })
    const { id } = (await member.post("/api-keys", { name: "Shop", scope: "read" })).body.data
    const sessionId = (await member.get("/sessions")).body.data[0].id
    const memberId = member.session.member.id
    await member.delete(`/api-keys/${id}`)
    expect(ended.splice(0)).toEqual([{ type: "ended", sessionId: null, memberId }])
    await owner.patch(`/members/${memberId}`, { role: "viewer" })
    expect(ended.splice(0)).toEqual([{ type: "ended", sessionId: null, memberId }])
    await member.post("/auth/sign-out")
    expect(ended.splice(0)).toEqual([{ type: "ended", sessionId, memberId: null }])
  })
})

describe("a hot reader", () => {
  it("is looked up once for many requests at a time", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    app.clock.advance(1000)
    const statements: string[] = []
    app.services.database.onStatement = (text) => statements.push(text)
    await Promise.all(Array.from({ length: 20 }, () => owner.get("/workspace")))
    expect(statements.filter((text) => text.includes("auth.sessions"))).toHaveLength(1)
  })
})
