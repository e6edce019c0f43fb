import { Secret, TOTP } from "otpauth"
import { describe, expect, it } from "vitest"
import { createWorkspace } from "../index.ts"
import { type Browser, password, waiting, withKey } from "../testing.ts"
import { comeIn, finish, type ProviderShop, settings, startShop } from "./testing.ts"

const email = "member@example.com"
/** A shop whose member has connected their account to its provider, and owns a workspace next door. */
async function startTwo() {
  const shop = await startShop()
  const { app, member, id, provider } = shop
  await connect(shop, member, id)
  const { workspaceId } = await createWorkspace(app.services, { workspace: "Next door", email, password })
  const browser = app.browser()
  expect(await comeIn(shop, browser)).toBe("/")
  return { ...shop, browser, next: workspaceId, provider }
}
async function connect({ provider }: Pick<ProviderShop, "provider">, browser: Browser, id: string) {
  const { url } = (await browser.post(`/auth/identities/${id}/connect`)).body.data
  expect(await finish(browser, await provider.follow(url))).toBe("/settings/security")
}
async function addFactor({ app }: ProviderShop, browser: Browser): Promise<() => string> {
  const { key } = (await browser.post("/auth/authenticator")).body.data
  const code = () => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: app.clock.time })
  await browser.post("/auth/authenticator/confirm", { code: code() })
  app.clock.advance(30_000)
  return code
}
async function setDoors(member: Browser, issuer: string): Promise<string> {
  return (await member.put("/sign-in-provider", { ...settings(issuer), name: "Doors" })).body.data.id
}
const enter = (browser: Browser, id: string) => browser.post("/session/workspace", { id })

describe("a session that a provider opened", () => {
  it("enters its workspace, and others once their owner has proved who they are", async () => {
    const { app, browser, next, owner } = await startTwo()
    const session = (await browser.get("/session")).body.data
    expect(session.workspaces).toMatchObject([{ id: owner.session.workspace.id }])
    expect(session.moreWorkspaces).toBe(true)
    expect((await browser.get("/workspace")).status).toBe(200)
    const unknown = "00000000-0000-7000-8000-000000000000"
    for (const id of [next, unknown]) {
      const refused = await enter(browser, id)
      expect([refused.status, refused.body.code]).toEqual([403, "proof_needed"])
    }
    expect((await enter(browser, session.workspace.id)).status).toBe(200)
    const { rows } = await app.pools.owner.query(
      "select workspace_id from auth.sessions where vouched_in = $1",
      [session.workspace.id],
    )
    expect(rows).toEqual([{ workspace_id: session.workspace.id }])

    expect((await browser.post("/auth/proof", { password })).status).toBe(204)
    const whole = (await browser.get("/session")).body.data
    expect([whole.workspaces.length, whole.moreWorkspaces]).toEqual([2, false])
    expect((await enter(browser, next)).body.data.workspace.name).toBe("Next door")
    expect((await browser.get("/workspace")).body.data.name).toBe("Next door")
  })
  it("learns nothing of the account's others, and ends none of their sessions", async () => {
    const { app, browser, member, next, provider } = await startTwo()
    await enter(member, next)
    const foreign = (await member.get("/sessions")).body.data.find((one: { current: boolean }) => one.current)
    const door = app.browser()
    await door.post("/auth/sign-in", { email, password })
    await setDoors(member, provider.issuer)
    const texts = await Promise.all(
      ["/session", "/sessions", "/auth/sign-ins", "/auth/identities"].map(
        async (path) => (await browser.get(path)).text,
      ),
    )
    for (const text of texts) expect(text).not.toMatch(/Next door|Doors/)
    expect(texts[1]).not.toContain(foreign.id)
    expect((await browser.delete(`/sessions/${foreign.id}`)).status).toBe(404)
    expect((await member.get("/workspace")).status).toBe(200)
    expect((await member.get("/sessions")).body.data.length).toBeGreaterThan(2)
  })
  it("is as narrow when the account's own code was asked beside the provider", async () => {
    const shop = await startTwo()
    const { app, member, next } = shop
    const code = await addFactor(shop, member)
    const browser = app.browser()
    expect(await comeIn(shop, browser)).toMatch(/step=code/)
    expect((await browser.post("/auth/provider/finish", { code: code() })).status).toBe(200)
    expect((await enter(browser, next)).body.code).toBe("proof_needed")
    expect((await browser.post("/auth/authenticator")).body.code).toBe("proof_needed")
    app.clock.advance(30_000)
    expect((await browser.post("/auth/proof", { password })).body.code).toBe("second_factor_required")
    expect((await browser.post("/auth/proof", { password, code: code() })).status).toBe(204)
    expect((await enter(browser, next)).status).toBe(200)
  })
  it("enters the other workspace by that one's own provider, and that one only", async () => {
    const shop = await startTwo()
    const { app, member, next, owner, provider } = shop
    await enter(member, next)
    const id = await setDoors(member, provider.issuer)
    await connect(shop, member, id)
    const browser = app.browser()
    expect(await comeIn({ ...shop, start: `/auth/provider/${id}/start` }, browser)).toBe("/")
    expect((await browser.get("/workspace")).body.data.name).toBe("Next door")
    expect((await enter(browser, owner.session.workspace.id)).body.code).toBe("proof_needed")
  })
  it("has proved no more than its provider may say, once the account belongs elsewhere too", async () => {
    const shop = await startShop()
    const { app, provider } = shop
    provider.faults.claims = (truth) => ({ ...truth, auth_time: Math.floor(app.clock.time / 1000) - 60 })
    const browser = app.browser()
    await comeIn(shop, browser)
    expect((await browser.get("/auth/proof")).status).toBe(204)
    await createWorkspace(app.services, { workspace: "Next door", email, password })
    app.clock.advance(1000)
    expect((await browser.post("/auth/authenticator")).body.code).toBe("proof_needed")
  })
})

describe("a connection that ends", () => {
  it("ends what began by it, but for the browser that ended it", async () => {
    const { browser, id, member } = await startTwo()
    expect((await member.delete(`/auth/identities/${id}`)).status).toBe(204)
    expect((await browser.get("/session")).status).toBe(401)
    expect((await member.get("/session")).status).toBe(200)
  })
  it("lets nobody in who was on the way", async () => {
    const shop = await startTwo()
    const { app } = shop
    const held = await app.pools.owner.connect()
    await held.query("begin")
    await held.query("select from auth.users where email = $1 for update", [email])
    const browser = app.browser()
    const arriving = comeIn(shop, browser)
    await waiting(app, 1)
    await held.query("delete from auth.identities")
    await held.query("commit")
    held.release()
    expect(await arriving).toBe("/sign-in?problem=unknown")
    expect(browser.token()).toBeUndefined()
  })
  it("lets nobody in whose code was still missing", async () => {
    const shop = await startTwo()
    const { app, id, member } = shop
    const code = await addFactor(shop, member)
    const browser = app.browser()
    expect(await comeIn(shop, browser)).toMatch(/step=code/)
    await member.delete(`/auth/identities/${id}`)
    expect((await browser.post("/auth/provider/finish", { code: code() })).body.code).toBe("sign_in_failed")
  })
})

describe("an API key of somebody whose second step is the provider's", () => {
  async function startWithKeys() {
    const shop = await startShop()
    const { app, member, owner, provider, id } = shop
    await connect(shop, member, id)
    const keyOf = async (browser: Browser) =>
      (await browser.post("/api-keys", { name: "Till", scope: "write" })).body.data
    const before = await keyOf(member)
    await owner.patch("/sign-in-rules", { secondFactorRoles: ["member"] })
    const time = () => Math.floor(app.clock.time / 1000)
    provider.faults.claims = (truth) => ({ ...truth, amr: ["mfa"], auth_time: time() })
    const browser = app.browser()
    await comeIn(shop, browser)
    return { ...shop, browser, before, made: await keyOf(browser), keyOf }
  }
  const resting = async (browser: Browser) =>
    Object.fromEntries(
      (await browser.get("/api-keys")).body.data.map((key: { id: string; resting: boolean }) => [
        key.id,
        key.resting,
      ]),
    )

  it("works when it was made signed in by it, as one made with it does; others rest and are shown so", async () => {
    const { app, browser, before, keyOf, made } = await startWithKeys()
    expect((await withKey(app, made.key).get("/workspace")).status).toBe(200)
    const refused = await withKey(app, before.key).get("/workspace")
    expect([refused.status, refused.body.code]).toEqual([403, "second_factor_needed"])
    expect(refused.body.detail).toMatch(/Settings, Security/)
    const second = await keyOf(withKey(app, made.key))
    expect((await withKey(app, second.key).get("/workspace")).status).toBe(200)
    expect(await resting(browser)).toEqual({ [before.id]: true, [made.id]: false, [second.id]: false })
  })
  it.each<[string, (shop: Awaited<ReturnType<typeof startWithKeys>>) => Promise<{ status: number }>]>([
    ["the person", ({ browser, id }) => browser.delete(`/auth/identities/${id}`)],
    ["the owner", ({ owner }) => owner.delete("/sign-in-provider")],
  ])("rests once %s has ended the connection", async (_, end) => {
    const shop = await startWithKeys()
    expect((await end(shop)).status).toBe(204)
    expect((await withKey(shop.app, shop.made.key).get("/workspace")).body.code).toBe("second_factor_needed")
  })
})
