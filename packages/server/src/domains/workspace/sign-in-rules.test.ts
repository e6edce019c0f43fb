import type { FastifyRequest } from "fastify"
import { Secret, TOTP } from "otpauth"
import { describe, expect, it, vi } from "vitest"
import { createAuthenticator } from "./authenticate.ts"
import { createWorkspace } from "./index.ts"
import { type AuthApp, type Browser, join, password, setUpOwner, startAuthApp, withKey } from "./testing.ts"

const minute = 60_000
const hour = 60 * minute

/** Sets an authenticator app up and answers the code it shows next. */
async function addFactor(app: AuthApp, browser: Browser): Promise<() => string> {
  const { key } = (await browser.post("/auth/authenticator")).body.data
  const code = () => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: app.clock.time })
  const confirmed = await browser.post("/auth/authenticator/confirm", { code: code() })
  if (confirmed.status !== 200) throw new Error(`Confirming failed: ${confirmed.text}`)
  app.clock.advance(30_000)
  return code
}
function signIn(app: AuthApp, email: string, code?: string, browser = app.browser()) {
  return browser.post("/auth/sign-in", { email, password, ...(code !== undefined && { code }) })
}
async function require(owner: Browser, ...secondFactorRoles: string[]): Promise<void> {
  const answer = await owner.patch("/sign-in-rules", { secondFactorRoles })
  if (answer.status !== 200) throw new Error(`Refused: ${answer.text}`)
}

describe("a role that needs a second step", () => {
  it("leads whoever has none to setting one up, before anything else, at once", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const manager = await join(app, owner, "manager")
    const member = await join(app, owner, "member")
    expect((await manager.get("/workspace")).status).toBe(200)
    await require(owner, "manager")
    const refused = await manager.get("/workspace")
    expect([refused.status, refused.body.code]).toEqual([403, "second_factor_needed"])
    expect((await manager.patch("/members/me", { name: "X" })).body.code).toBe("second_factor_needed")
    expect((await member.get("/workspace")).status).toBe(200)
    const session = (await manager.get("/session")).body.data
    expect(session).toMatchObject({ factorNeeded: true, permissions: [] })
    const fresh = app.browser()
    const begun = await signIn(app, "manager@example.com", undefined, fresh)
    expect([begun.status, begun.body.data.factorNeeded]).toEqual([200, true])
    expect((await fresh.get("/members")).status).toBe(403)

    const code = await addFactor(app, fresh)
    expect((await fresh.get("/workspace")).status).toBe(200)
    expect((await fresh.get("/session")).body.data).toMatchObject({ factorNeeded: false })
    expect((await signIn(app, "manager@example.com")).body.code).toBe("second_factor_required")
    const again = await signIn(app, "manager@example.com", code())
    expect(again.body.data).toMatchObject({ factorNeeded: false })
    expect(again.body.data.permissions).toContain("workspace:read")
    // Without it, the way ends there again.
    await fresh.delete("/auth/authenticator")
    expect((await fresh.get("/workspace")).body.code).toBe("second_factor_needed")
  })
  it("lets the API keys of whoever has none rest, until there is one", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const { key } = (await member.post("/api-keys", { name: "Till", scope: "write" })).body.data
    await require(owner, "member")
    const refused = await withKey(app, key).get("/workspace")
    expect([refused.status, refused.body.code]).toEqual([403, "second_factor_needed"])
    await addFactor(app, member)
    expect((await withKey(app, key).get("/workspace")).status).toBe(200)
  })
  it("concerns one workspace, and not the user's others", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const next = await createWorkspace(app.services, {
      workspace: "Next door",
      email: "member@example.com",
      password,
    })
    await require(owner, "member")
    const there = await member.post("/session/workspace", { id: next.workspaceId })
    expect(there.body.data).toMatchObject({ factorNeeded: false, workspace: { name: "Next door" } })
    expect((await member.get("/workspace")).status).toBe(200)
    const back = await member.post("/session/workspace", { id: owner.session.workspace.id })
    expect(back.body.data).toMatchObject({ factorNeeded: true, permissions: [] })
  })
  it("is chosen by nobody below it, nor by others than administrators, nor by a key", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const manager = await join(app, owner, "manager")
    const { key } = (await owner.post("/api-keys", { name: "Till", scope: "write" })).body.data
    expect((await withKey(app, key).patch("/sign-in-rules", { secondFactorRoles: [] })).status).toBe(403)
    expect((await administrator.patch("/sign-in-rules", { secondFactorRoles: ["owner"] })).status).toBe(403)
    expect((await manager.patch("/sign-in-rules", { secondFactorRoles: ["viewer"] })).status).toBe(403)
    expect((await manager.get("/sign-in-rules")).status).toBe(403)
    await require(owner, "owner", "manager")
    await addFactor(app, owner)
    // What stays as it was is no decision of theirs.
    expect(
      (await administrator.patch("/sign-in-rules", { secondFactorRoles: ["owner", "viewer"] })).status,
    ).toBe(200)
    expect((await administrator.patch("/sign-in-rules", { secondFactorRoles: ["viewer"] })).status).toBe(403)
    expect((await administrator.get("/sign-in-rules")).body.data.secondFactorRoles).toEqual([
      "owner",
      "viewer",
    ])
    const unknown = "00000000-0000-7000-8000-000000000000"
    const refused = await owner.patch("/sign-in-rules", { secondFactorRoles: [unknown] })
    expect(refused.body.errors).toMatchObject([{ path: "secondFactorRoles", code: "not_found" }])
  })
  it("may be one of the workspace's own", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const { workspace } = owner.session
    const roleId = "0197a000-0000-7000-8000-000000000001"
    await app.pools.owner.query(
      `insert into roles (workspace_id, id, name, base, rights, created_at, updated_at)
       values ($1, $2, 'Till', 'member', '{"entities":{},"areas":{},"actions":{}}', now(), now())`,
      [workspace.id, roleId],
    )
    await require(owner, roleId)
    expect((await member.get("/workspace")).status).toBe(200)
    await owner.patch(`/members/${member.session.member.id}`, { roleId })
    expect((await member.get("/workspace")).body.code).toBe("second_factor_needed")
    await owner.patch(`/members/${member.session.member.id}`, { role: "member" })
    await app.pools.owner.query("delete from roles")
    expect((await owner.get("/sign-in-rules")).body.data.secondFactorRoles).toEqual([])
  })
})

describe("how long a session lasts", () => {
  it("is what the workspace says, unused and at most, also for sessions that began before", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    expect((await owner.get("/sign-in-rules")).body.data).toMatchObject({
      idleMinutes: 14 * 24 * 60,
      longestMinutes: 90 * 24 * 60,
    })
    expect((await owner.patch("/sign-in-rules", { idleMinutes: 60, longestMinutes: 480 })).status).toBe(200)
    app.clock.advance(59 * minute)
    expect((await member.get("/session")).status).toBe(200)
    app.clock.advance(61 * minute)
    expect((await member.get("/session")).status).toBe(401)
    const busy = app.browser()
    await signIn(app, "member@example.com", undefined, busy)
    for (let index = 0; index < 9; index++) {
      app.clock.advance(50 * minute)
      expect((await busy.get("/session")).status).toBe(200)
    }
    expect((await busy.get("/sessions")).body.data).toHaveLength(1)
    app.clock.advance(31 * minute)
    expect((await busy.get("/session")).status).toBe(401)
  })
  it("comes for an open page that only listens, which is no use", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    expect((await owner.patch("/sign-in-rules", { idleMinutes: 60 })).status).toBe(200)
    const from = { protocol: "http", host: "localhost:3000", hostname: "localhost", headers: {} }
    const request = { ...from, cookies: Object.fromEntries(owner.cookies) } as unknown as FastifyRequest
    const listening = createAuthenticator(app.services, { isUse: false })
    app.clock.advance(50 * minute)
    expect(await listening(request)).not.toBeNull()
    app.clock.advance(20 * minute)
    expect(await listening(request)).toBeNull()
    expect((await owner.get("/session")).status).toBe(401)
  })
  it("is the shortest of all the user's workspaces, and of those they can still enter", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    await createWorkspace(app.services, { workspace: "Next door", email: "member@example.com", password })
    await app.pools.owner.query(
      "insert into sign_in_rules (workspace_id, idle_minutes) select id, 60 from workspaces where name = 'Next door'",
    )
    app.clock.advance(2 * hour)
    expect((await member.get("/session")).status).toBe(401)
    expect((await owner.get("/session")).status).toBe(200)
    await app.pools.owner.query(
      "update members set active = false from workspaces w where w.id = workspace_id and w.name = 'Next door'",
    )
    const again = app.browser()
    await signIn(app, "member@example.com", undefined, again)
    app.clock.advance(2 * hour)
    expect((await again.get("/session")).status).toBe(200)
  })
  it("stays within bounds", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    for (const change of [
      { idleMinutes: 14 },
      { idleMinutes: 31 * 24 * 60 },
      { longestMinutes: 59 },
      { longestMinutes: 91 * 24 * 60 },
      { idleMinutes: 600, longestMinutes: 480 },
    ])
      expect((await owner.patch("/sign-in-rules", change)).status).toBe(422)
  })
})

describe("taking off a member's second step", () => {
  async function startWithFactors() {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    await addFactor(app, member)
    return { app, owner, member, path: `/members/${member.session.member.id}` }
  }
  it("ends their sessions, lets them in by password, and tells them and the audit log", async () => {
    const { app, owner, member, path } = await startWithFactors()
    expect((await owner.get(`${path}/sign-ins`)).body.secondStep).toBe(true)
    app.clock.advance(16 * minute)
    expect((await owner.delete(`${path}/second-step`)).body.code).toBe("proof_needed")
    await owner.post("/auth/proof", { password })
    app.mails.splice(0)
    expect((await owner.delete(`${path}/second-step`)).status).toBe(204)
    expect((await member.get("/session")).status).toBe(401)
    expect((await signIn(app, "member@example.com")).status).toBe(200)
    expect((await owner.get(`${path}/sign-ins`)).body.secondStep).toBe(false)
    await vi.waitFor(() => expect(app.mails.map(({ to }) => to)).toEqual(["member@example.com"]))
    const { rows } = await app.pools.owner.query(
      "select actor_id, data from events where type = 'security.second_factor_taken_off'",
    )
    expect(rows).toEqual([
      { actor_id: owner.session.member.id, data: { memberId: member.session.member.id } },
    ])
    expect((await owner.delete(`${path}/second-step`)).status).toBe(404)
  })
  it("is not done to an owner by an administrator, to oneself, by a key, or beyond one's reach", async () => {
    const { app, owner, member, path } = await startWithFactors()
    const administrator = await join(app, owner, "administrator")
    await addFactor(app, owner)
    const ownerPath = `/members/${owner.session.member.id}/second-step`
    expect((await administrator.delete(ownerPath)).status).toBe(403)
    expect((await owner.delete(ownerPath)).status).toBe(409)
    expect((await member.delete(ownerPath)).status).toBe(403)
    const { key } = (await owner.post("/api-keys", { name: "Till", scope: "write" })).body.data
    expect((await withKey(app, key).delete(`${path}/second-step`)).status).toBe(403)
    await createWorkspace(app.services, { workspace: "Next door", email: "member@example.com", password })
    expect((await owner.delete(`${path}/second-step`)).status).toBe(403)
    expect((await signIn(app, "member@example.com")).body.code).toBe("second_factor_required")
  })
})
