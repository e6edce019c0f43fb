import { describe, expect, it } from "vitest"
import { addMember, createWorkspace } from "./index.ts"
import { join, password, setUpOwner, startAuthApp, waiting, withKey } from "./testing.ts"

describe("the workspace", () => {
  it("is read by all and changed by administrators", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const viewer = await join(app, owner, "viewer")
    const changed = await owner.patch("/workspace", {
      name: "Bakery",
      timeZone: "Europe/Madrid",
      currency: "EUR",
    })
    expect(changed.body.data).toMatchObject({
      name: "Bakery",
      timeZone: "Europe/Madrid",
      country: "DE",
      language: "de",
    })
    expect((await viewer.get("/workspace")).body.data).toEqual(changed.body.data)
    expect((await viewer.patch("/workspace", { name: "Mine" })).status).toBe(403)
    expect((await owner.patch("/workspace", { timeZone: "Mars/Olympus" })).status).toBe(422)
  })
})

describe("a member", () => {
  it("sets name, language, zone and theme for themselves", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const viewer = await join(app, owner, "viewer")
    const change = { name: "Vera", language: "es", timeZone: "Atlantic/Canary", theme: "dark" }
    const answer = await viewer.patch("/members/me", change)
    expect(answer.body.data).toMatchObject({ ...change, role: "viewer" })
    expect((await viewer.get("/session")).body.data).toMatchObject({ user: { name: "Vera" }, member: change })
    const back = await viewer.patch("/members/me", { language: null, timeZone: null })
    expect(back.body.data).toMatchObject({ name: "Vera", language: null, timeZone: null, theme: "dark" })
  })
  it("is seen by everyone in the workspace", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const viewer = await join(app, owner, "viewer")
    const { data } = (await viewer.get("/members")).body
    expect(data.map((member: { name: string; role: string }) => [member.name, member.role])).toEqual([
      ["Ana Ruiz", "owner"],
      ["The viewer", "viewer"],
    ])
  })
})

describe("roles", () => {
  it("are changed by administrators, for people not above them, to roles not above theirs", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const manager = await join(app, owner, "manager")
    const id = (browser: { session: { member: { id: string } } }) => `/members/${browser.session.member.id}`
    expect((await manager.patch(id(manager), { role: "administrator" })).status).toBe(403)
    expect((await administrator.patch(id(administrator), { role: "owner" })).status).toBe(403)
    expect((await administrator.patch(id(manager), { role: "owner" })).status).toBe(403)
    expect((await administrator.patch(id(owner), { role: "viewer" })).status).toBe(403)
    expect((await administrator.patch(id(owner), { active: false })).status).toBe(403)
    const promoted = await administrator.patch(id(manager), { role: "administrator" })
    expect(promoted.body.data.role).toBe("administrator")
    expect(
      (await owner.patch("/members/01890000-0000-7000-8000-000000000000", { role: "viewer" })).status,
    ).toBe(404)
    expect((await owner.patch("/members/nobody", { role: "viewer" })).status).toBe(404)
  })
  it("leave the workspace an owner, also when two owners demote each other", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const own = `/members/${owner.session.member.id}`
    expect((await owner.patch(own, { role: "viewer" })).status).toBe(409)
    expect((await owner.patch(own, { active: false })).status).toBe(409)
    const second = await join(app, owner, "owner")
    const lock = await app.pools.owner.connect()
    await lock.query("begin")
    await lock.query("select from members for update")
    const both = [
      owner.patch(`/members/${second.session.member.id}`, { role: "viewer" }),
      second.patch(own, { role: "viewer" }),
    ]
    await waiting(app, 2)
    await lock.query("commit")
    lock.release()
    const answers = await Promise.all(both)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { rows } = await app.pools.owner.query("select from members where role = 'owner' and active")
    expect(rows).toHaveLength(1)
  })
})

describe("a deactivated member", () => {
  it("is out at once, can't come back by themselves, and is let in again by an administrator", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const { key } = (await administrator.post("/api-keys", { name: "Shop", scope: "write" })).body.data
    const own = `/members/${administrator.session.member.id}`
    // Links they made, and one to themselves, to come back by.
    const helper = await administrator.post("/invitations", {
      email: "helper@example.com",
      role: "administrator",
    })
    expect((await owner.patch(own, { active: false })).body.data.active).toBe(false)
    expect((await administrator.patch(own, { active: true })).status).toBe(401)
    expect((await withKey(app, key).patch(own, { active: true })).status).toBe(401)
    const signIn = await app.browser().post("/auth/sign-in", { email: "administrator@example.com", password })
    expect(signIn.status).toBe(403)
    const token = helper.body.data.url.split("#")[1]
    expect((await app.browser().post("/auth/invitations/look", { token })).status).toBe(404)
    expect(
      (await owner.post("/invitations", { email: "administrator@example.com", role: "viewer" })).status,
    ).toBe(409)

    await owner.patch(own, { active: true })
    const back = app.browser()
    expect((await back.post("/auth/sign-in", { email: "administrator@example.com", password })).status).toBe(
      200,
    )
    expect((await withKey(app, key).get("/workspace")).status).toBe(200)
  })
})

describe("several workspaces", () => {
  it("of one person are switched between, and kept apart", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const made = await createWorkspace(app.services, {
      workspace: "Second shop",
      email: "ANA@example.com",
      password,
      name: "Ana (second)",
      timeZone: "Europe/Madrid",
    })
    const stranger = await createWorkspace(app.services, {
      workspace: "Other",
      email: "other@example.com",
      password,
    })
    const session = (await owner.get("/session")).body.data
    expect(session.workspaces.map(({ name }: { name: string }) => name)).toEqual([
      "Corner Bakery",
      "Second shop",
    ])
    const first = session.workspace.id

    app.clock.advance(1000)
    const switched = await owner.post("/session/workspace", { id: made.workspaceId })
    expect(switched.body.data).toMatchObject({
      user: { name: "Ana (second)", email: "ana@example.com" },
      workspace: { name: "Second shop", timeZone: "Europe/Madrid" },
      member: { id: made.ownerId },
    })
    expect((await owner.get("/members")).body.data).toHaveLength(1)
    expect((await owner.get("/workspace")).body.data.name).toBe("Second shop")
    // Signing in leads to where one was last.
    const other = app.browser()
    const signedIn = await other.post("/auth/sign-in", { email: "ana@example.com", password })
    expect(signedIn.body.data.workspace.id).toBe(made.workspaceId)
    expect((await owner.post("/session/workspace", { id: stranger.workspaceId })).status).toBe(404)
    expect((await owner.patch(`/members/${stranger.ownerId}`, { role: "viewer" })).status).toBe(404)
    expect((await owner.post("/session/workspace", { id: first })).status).toBe(200)
    expect((await owner.get("/workspace")).body.data.name).toBe("Corner Bakery")
  })
  it("are seen by a key one at a time", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const made = await createWorkspace(app.services, {
      workspace: "Second",
      email: "ana@example.com",
      password,
    })
    const key = withKey(app, made.apiKey)
    const { data } = (await key.get("/session")).body
    expect(data.workspaces).toEqual([{ id: made.workspaceId, name: "Second", role: "owner" }])
    expect((await key.post("/session/workspace", { id: made.workspaceId })).status).toBe(403)
  })
})

describe("for the command line", () => {
  it("a workspace is made without any sign-in, and closes the set-up", async () => {
    const app = await startAuthApp()
    const made = await createWorkspace(app.services, {
      workspace: "Café",
      email: "Bea@Example.com",
      password,
    })
    const key = withKey(app, made.apiKey)
    expect((await key.get("/workspace")).body.data).toMatchObject({ id: made.workspaceId, name: "Café" })
    expect((await key.get("/members")).body.data).toMatchObject([
      { id: made.ownerId, email: "bea@example.com", name: "Bea", role: "owner" },
    ])
    expect((await app.browser().get("/auth/state")).body.data.setUp).toBe(true)
    expect((await app.browser().post("/auth/sign-in", { email: "bea@example.com", password })).status).toBe(
      200,
    )
  })
  it("bad values and the wrong password of an account are refused", async () => {
    const app = await startAuthApp()
    const bea = { workspace: "Café", email: "bea@example.com", password }
    await createWorkspace(app.services, bea)
    await expect(createWorkspace(app.services, { ...bea, password: "not it at all" })).rejects.toMatchObject({
      code: "validation_failed",
    })
    await expect(createWorkspace(app.services, { ...bea, email: "bea" })).rejects.toMatchObject({
      code: "validation_failed",
    })
    const { rows } = await app.pools.owner.query("select from workspaces")
    expect(rows).toHaveLength(1)
  })
  it("a member is added who acts by key", async () => {
    const app = await startAuthApp()
    const { workspaceId } = await createWorkspace(app.services, {
      workspace: "Café",
      email: "b@example.com",
      password,
    })
    const viewer = { name: "Vera", email: "vera@example.com", role: "viewer" } as const
    const made = await addMember(app.services, workspaceId, viewer)
    const key = withKey(app, made.apiKey)
    expect((await key.get("/workspace")).status).toBe(200)
    expect((await key.patch("/workspace", { name: "Mine" })).status).toBe(403)
    expect(
      (await app.browser().post("/auth/sign-in", { email: "vera@example.com", password: "" })).status,
    ).toBe(401)
    await expect(addMember(app.services, workspaceId, viewer)).rejects.toMatchObject({ code: "conflict" })
  })
})
