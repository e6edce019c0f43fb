import { describe, expect, it, vi } from "vitest"
import { createWorkspace } from "./index.ts"
import { join, password, setUpOwner, startAuthApp, tokenIn, waiting } from "./testing.ts"

const day = 24 * 3_600_000

describe("an invitation", () => {
  it("is looked at and accepted once, by making an account", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const made = await owner.post("/invitations", { email: "New@Example.com", role: "manager" })
    expect(made.status).toBe(201)
    expect(made.body.data).toMatchObject({
      email: "new@example.com",
      role: "manager",
      invitedBy: owner.session.member.id,
      expiresAt: new Date(app.clock.time + 7 * day).toISOString(),
    })
    const token = tokenIn(made.body.data.url)
    const browser = app.browser()
    expect((await browser.post("/auth/invitations/look", { token })).body.data).toEqual({
      workspace: "Corner Bakery",
      email: "new@example.com",
      role: "manager",
      roleName: null,
      hasAccount: false,
      provider: null,
    })
    const accepted = await browser.post("/auth/invitations/accept", { token, name: "Neil", password })
    expect(accepted.body.data).toMatchObject({
      user: { name: "Neil", email: "new@example.com" },
      member: { role: "manager" },
      workspace: { name: "Corner Bakery" },
    })
    expect((await browser.get("/members")).body.data).toHaveLength(2)
    expect((await app.browser().post("/auth/invitations/look", { token })).status).toBe(404)
    const again = await app.browser().post("/auth/invitations/accept", { token, name: "Eve", password })
    expect(again.status).toBe(404)
    expect((await owner.get("/invitations")).body.data).toEqual([])
  })
  it("may give a role of the workspace's own, and goes with it", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const roleId = "0197a000-0000-7000-8000-000000000001"
    await app.pools.owner.query(
      `insert into roles (workspace_id, id, name, base, rights, created_at, updated_at)
       values ($1, $2, 'Till', 'member', '{"entities":{},"areas":{},"actions":{}}', now(), now())`,
      [owner.session.workspace.id, roleId],
    )
    const to = async (email: string) => {
      const { status, body } = await owner.post("/invitations", { email, roleId })
      expect([status, body.data]).toMatchObject([201, { role: "member", roleId }])
      return tokenIn(body.data.url)
    }
    const [token, late] = [await to("till@example.com"), await to("late@example.com")]
    const browser = app.browser()
    expect((await browser.post("/auth/invitations/look", { token })).body.data).toMatchObject({
      role: "member",
      roleName: "Till",
    })
    const accepted = await browser.post("/auth/invitations/accept", { token, name: "Tim", password })
    expect(accepted.body.data.member).toMatchObject({ role: "member", roleId })
    expect(accepted.body.data.permissions).not.toContain("people:read")
    for (const body of [{}, { role: "member", roleId }, { roleId: "0197a000-0000-7000-8000-000000000002" }])
      expect((await owner.post("/invitations", { email: "x@example.com", ...body })).status).toBe(422)
    await owner.patch(`/members/${accepted.body.data.member.id}`, { role: "viewer" })
    await app.pools.owner.query("delete from roles")
    expect((await app.browser().post("/auth/invitations/look", { token: late })).status).toBe(404)
  })
  it("is accepted by one of those who try at the same moment", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { url } = (await owner.post("/invitations", { email: "new@example.com", role: "member" })).body.data
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        app.browser().post("/auth/invitations/accept", { token: tokenIn(url), name: `N${index}`, password }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404])
  })
  it("needs a name and a good password for a new account, and stays good meanwhile", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { url } = (await owner.post("/invitations", { email: "new@example.com", role: "member" })).body.data
    const accept = (body: object) =>
      app.browser().post("/auth/invitations/accept", { token: tokenIn(url), ...body })
    expect((await accept({ password })).body.errors).toMatchObject([{ path: "name", code: "required" }])
    expect((await accept({ name: "N", password: "short" })).body.errors).toMatchObject([
      { path: "password", code: "too_small" },
    ])
    expect((await accept({ name: "N", password: "new@example.com" })).body.errors).toMatchObject([
      { path: "password", code: "email_password" },
    ])
    expect((await accept({ name: "N", password })).status).toBe(200)
  })
  it("to an existing account takes its password, not a new one", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const theirs = "the password they have"
    await createWorkspace(app.services, {
      workspace: "Own shop",
      email: "bea@example.com",
      password: theirs,
      name: "Bea",
    })
    const { url } = (await owner.post("/invitations", { email: "bea@example.com", role: "viewer" })).body.data
    const token = tokenIn(url)
    expect((await app.browser().post("/auth/invitations/look", { token })).body.data.hasAccount).toBe(true)
    const wrong = await app.browser().post("/auth/invitations/accept", { token, name: "Bea", password })
    expect(wrong.status).toBe(401)
    const browser = app.browser()
    const right = await browser.post("/auth/invitations/accept", { token, password: theirs })
    expect(right.body.data).toMatchObject({ user: { name: "Bea" }, workspace: { name: "Corner Bakery" } })
    expect(right.body.data.workspaces).toHaveLength(2)
    expect((await app.browser().post("/auth/sign-in", { email: "bea@example.com", password })).status).toBe(
      401,
    )
  })
  it("is not accepted by a password that is changed at that moment", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    await createWorkspace(app.services, { workspace: "Own", email: "bea@example.com", password })
    const { url } = (await owner.post("/invitations", { email: "bea@example.com", role: "viewer" })).body.data
    const change = await app.pools.owner.connect()
    await change.query("begin")
    await change.query("update auth.users set password_hash = 'another' where email = 'bea@example.com'")
    const accepting = app.browser().post("/auth/invitations/accept", { token: tokenIn(url), password })
    await waiting(app, 1)
    await change.query("commit")
    change.release()
    expect((await accepting).status).toBe(401)
    expect((await owner.get("/members")).body.data).toHaveLength(1)
  })
  it("is made once, though the request is sent again", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const send = () =>
      owner.post("/invitations", { email: "new@example.com", role: "viewer" }, { "idempotency-key": "once" })
    const answers = [await send(), await send()]
    expect(answers.map(({ status }) => status)).toEqual([201, 409])
    expect(answers[1]?.text).not.toContain(tokenIn(answers[0]?.body.data.url))
    expect((await owner.get("/invitations")).body.data).toMatchObject([{ id: answers[0]?.body.data.id }])
  })
  it("gives guesses at a password no more tries than the sign-in does", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    await createWorkspace(app.services, { workspace: "Own", email: "bea@example.com", password })
    const { url } = (await owner.post("/invitations", { email: "bea@example.com", role: "viewer" })).body.data
    const statuses: number[] = []
    const eve = app.browser()
    for (let index = 0; index < 16; index++) {
      if (index === 9) app.clock.advance(60_000)
      const path = index % 2 ? "/auth/sign-in" : "/auth/invitations/accept"
      const body = index % 2 ? { email: "bea@example.com" } : { token: tokenIn(url) }
      statuses.push((await eve.post(path, { ...body, password: `guess ${index}` })).status)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
  })
  it("expires after 7 days, and ends when withdrawn or made anew", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const invite = async () =>
      (await owner.post("/invitations", { email: "new@example.com", role: "member" })).body.data
    const look = async (url: string) =>
      (await app.browser().post("/auth/invitations/look", { token: tokenIn(url) })).status
    const first = await invite()
    const second = await invite()
    expect([await look(first.url), await look(second.url)]).toEqual([404, 200])
    expect((await owner.get("/invitations")).body.data).toHaveLength(1)
    expect((await owner.delete(`/invitations/${second.id}`)).status).toBe(204)
    expect((await owner.delete(`/invitations/${second.id}`)).status).toBe(404)
    expect(await look(second.url)).toBe(404)
    const third = await invite()
    app.clock.advance(7 * day + 1000)
    expect(await look(third.url)).toBe(404)
    await owner.post("/auth/sign-in", { email: "ana@example.com", password })
    expect((await owner.get("/invitations")).body.data).toEqual([])
  })
  it("is an administrator's to give, to no role above their own", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const manager = await join(app, owner, "manager")
    const body = { email: "new@example.com", role: "viewer" }
    expect((await manager.post("/invitations", body)).status).toBe(403)
    expect((await manager.get("/invitations")).status).toBe(403)
    expect((await administrator.post("/invitations", { ...body, role: "owner" })).status).toBe(403)
    expect((await administrator.post("/invitations", body)).status).toBe(201)
    expect((await administrator.post("/invitations", { ...body, email: "ana@example.com" })).status).toBe(409)
  })
  it("ends when who made it may no longer give that role", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const { url } = (
      await administrator.post("/invitations", { email: "new@example.com", role: "administrator" })
    ).body.data
    await owner.patch(`/members/${administrator.session.member.id}`, { role: "viewer" })
    const token = tokenIn(url)
    expect(
      (await app.browser().post("/auth/invitations/accept", { token, name: "N", password })).status,
    ).toBe(404)
  })
  it("is mailed where mail is set up, in the language of the workspace", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const { url } = (await owner.post("/invitations", { email: "new@example.com", role: "member" })).body.data
    await vi.waitFor(() => expect(app.mails).toHaveLength(1))
    expect(app.mails[0]).toMatchObject({
      to: "new@example.com",
      subject: "Ana Ruiz lädt zu Corner Bakery ein",
    })
    expect(app.mails[0]?.text).toContain(url)
  })
})
