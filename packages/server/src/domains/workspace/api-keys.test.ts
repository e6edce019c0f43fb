import { describe, expect, it } from "vitest"
import { join, password, setUpOwner, startAuthApp, withKey } from "./testing.ts"

const day = 24 * 3_600_000

describe("an API key", () => {
  it("is shown once, and acts for its member", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const made = await owner.post("/api-keys", { name: "Shop", scope: "write" })
    expect(made.status).toBe(201)
    const { key, ...shown } = made.body.data
    expect(key).toMatch(/^rg_[\w-]{51}$/)
    expect(shown).toMatchObject({ name: "Shop", scope: "write", expiresAt: null, lastUsedAt: null })
    expect(key.startsWith(shown.prefix)).toBe(true)
    const client = withKey(app, key)
    expect((await client.patch("/workspace", { name: "By key" })).status).toBe(200)
    const listed = await owner.get("/api-keys")
    expect(listed.text).not.toContain(key)
    expect(listed.body.data).toMatchObject([
      { id: shown.id, prefix: shown.prefix, lastUsedAt: new Date(app.clock.time).toISOString() },
    ])
    expect((await client.get("/session")).body.data).toMatchObject({
      user: { email: "ana@example.com" },
      member: { id: owner.session.member.id },
    })
  })
  it("notes its last use at most once a minute", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { key } = (await owner.post("/api-keys", { name: "Shop", scope: "read" })).body.data
    const client = withKey(app, key)
    const lastUse = async () => (await client.get("/api-keys")).body.data[0].lastUsedAt
    const first = await lastUse()
    app.clock.advance(59_000)
    expect(await lastUse()).toBe(first)
    app.clock.advance(2000)
    expect(await lastUse()).not.toBe(first)
  })
  it("that may read only never writes", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { key } = (await owner.post("/api-keys", { name: "Report", scope: "read" })).body.data
    const client = withKey(app, key)
    expect((await client.get("/workspace")).status).toBe(200)
    expect(
      (await client.get("/session")).body.data.permissions.every((name: string) => name.endsWith(":read")),
    ).toBe(true)
    const id = owner.session.member.id
    for (const attempt of [
      client.patch("/workspace", { name: "x" }),
      client.patch(`/members/${id}`, { role: "viewer" }),
      client.post(`/members/${id}/reset-link`),
      client.post("/invitations", { email: "x@example.com", role: "viewer" }),
      client.post("/api-keys", { name: "more", scope: "write" }),
      client.delete(`/api-keys/${id}`),
      client.delete(`/sessions/${owner.session.user.id}`),
      client.post("/auth/password/change", { current: "x", password: "another long sentence" }),
      client.post("/auth/sign-out"),
      client.get("/sessions"),
    ])
      expect((await attempt).status).toBe(403)
    expect((await owner.get("/workspace")).body.data.name).toBe("Corner Bakery")
    expect((await owner.get("/api-keys")).body.data).toHaveLength(1)
  })
  it("never does more than its member may now", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const { key } = (await administrator.post("/api-keys", { name: "Shop", scope: "write" })).body.data
    const client = withKey(app, key)
    expect((await client.patch("/workspace", { name: "One" })).status).toBe(200)
    await owner.patch(`/members/${administrator.session.member.id}`, { role: "viewer" })
    expect((await client.patch("/workspace", { name: "Two" })).status).toBe(403)
    expect((await client.get("/workspace")).status).toBe(200)
  })
  it("expires", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const expiresAt = new Date(app.clock.time + day).toISOString()
    const { key } = (await owner.post("/api-keys", { name: "Shop", scope: "write", expiresAt })).body.data
    expect((await withKey(app, key).get("/workspace")).status).toBe(200)
    app.clock.advance(day)
    expect((await withKey(app, key).get("/workspace")).status).toBe(401)
    await owner.post("/auth/proof", { password })
    const past = await owner.post("/api-keys", { name: "Past", scope: "read", expiresAt })
    expect(past.body.errors).toMatchObject([{ path: "expiresAt", code: "past" }])
  })
  it("makes no key that outlives it", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const at = (days: number) => new Date(app.clock.time + days * day).toISOString()
    const { key } = (await owner.post("/api-keys", { name: "A day", scope: "write", expiresAt: at(1) })).body
      .data
    const client = withKey(app, key)
    for (const expiresAt of [undefined, null, at(9)])
      expect(
        (await client.post("/api-keys", { name: "More", scope: "write", expiresAt })).body.data.expiresAt,
      ).toBe(at(1))
    const shorter = at(0.5)
    expect(
      (await client.post("/api-keys", { name: "Less", scope: "read", expiresAt: shorter })).body.data
        .expiresAt,
    ).toBe(shorter)
  })
  it("is listed and revoked by its member, and by administrators not below them", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const administrator = await join(app, owner, "administrator")
    const one = await join(app, owner, "member", "one@example.com")
    const other = await join(app, owner, "member", "other@example.com")
    const make = async (browser: typeof one) =>
      (await browser.post("/api-keys", { name: "K", scope: "read" })).body.data
    const [ofOwner, ofOne, ofOther] = [await make(owner), await make(one), await make(other)]
    expect((await one.get("/api-keys")).body.data).toMatchObject([{ id: ofOne.id }])
    expect((await administrator.get("/api-keys")).body.data).toHaveLength(3)
    expect((await one.delete(`/api-keys/${ofOther.id}`)).status).toBe(404)
    expect((await administrator.delete(`/api-keys/${ofOwner.id}`)).status).toBe(403)
    expect((await administrator.delete(`/api-keys/${ofOther.id}`)).status).toBe(204)
    expect((await withKey(app, ofOther.key).get("/workspace")).status).toBe(401)
    expect((await one.delete(`/api-keys/${ofOne.id}`)).status).toBe(204)
    expect((await withKey(app, ofOwner.key).get("/workspace")).status).toBe(200)
  })
  it("is not made by a viewer", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const viewer = await join(app, owner, "viewer")
    expect((await viewer.post("/api-keys", { name: "K", scope: "read" })).status).toBe(403)
  })
})

describe("an identity that is missing, malformed or half", () => {
  it("is nobody", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { key } = (await owner.post("/api-keys", { name: "Shop", scope: "write" })).body.data
    const cookie = `__Host-regulars-session-test=${owner.token()}`
    const attempts: Record<string, string>[] = [
      {},
      { authorization: "" },
      { authorization: key },
      { authorization: "Bearer" },
      { authorization: "Bearer rg_" },
      { authorization: `Bearer ${key.slice(3)}` },
      { authorization: `Bearer ${key.slice(0, -1)}` },
      { authorization: `Bearer ${key}x` },
      { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
      { authorization: `Bearer ${owner.token()}` },
      { "x-api-key": key },
      { cookie: "__Host-regulars-session-test=" },
      { cookie: `__Host-regulars-session-test=${key}` },
      { cookie: `__Host-regulars-session-other=${owner.token()}` },
      // With both, the header speaks, also when it is wrong.
      { cookie, authorization: "Bearer rg_wrong" },
      { cookie, authorization: "Basic x" },
      { "x-workspace-id": owner.session.workspace.id },
    ]
    for (const headers of attempts) {
      const answer = await app.browser().get("/workspace", headers)
      expect([answer.status, answer.body.code], JSON.stringify(headers)).toEqual([401, "unauthenticated"])
    }
    expect((await app.browser().get(`/workspace?key=${key}&token=${owner.token()}`)).status).toBe(401)
    expect((await app.browser().get("/workspace", { authorization: `bearer ${key}` })).status).toBe(200)
  })
  it("is the key's where there is a session, too", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const { key } = (await owner.post("/api-keys", { name: "Shop", scope: "read" })).body.data
    const answer = await owner.patch("/workspace", { name: "x" }, { authorization: `Bearer ${key}` })
    expect(answer.status).toBe(403)
  })
})
