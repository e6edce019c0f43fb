import { Secret, TOTP } from "otpauth"
import { describe, expect, it, vi } from "vitest"
import { createWorkspace } from "../index.ts"
import { type AuthApp, type Browser, password, withKey } from "../testing.ts"
import { client, comeIn, finish, memberAt, type Person, type ProviderShop, startShop } from "./testing.ts"

async function addFactor(app: AuthApp, browser: Browser): Promise<() => string> {
  const { key } = (await browser.post("/auth/authenticator")).body.data
  const code = () => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: app.clock.time })
  await browser.post("/auth/authenticator/confirm", { code: code() })
  app.clock.advance(30_000)
  return code
}
async function problemsNoted({ app }: ProviderShop): Promise<unknown[]> {
  const { rows } = await app.pools.owner.query(
    "select data ->> 'problem' as problem from events where type = 'security.provider_failed' order by id",
  )
  return rows.map(({ problem }) => problem)
}

describe("signing in by a provider", () => {
  it("opens the account of a verified address, tells its owner once, and knows it by its name from then on", async () => {
    const shop = await startShop()
    const { app, provider } = shop
    const browser = app.browser()
    app.mails.splice(0)
    expect(await comeIn(shop, browser, "/people?q=1")).toBe("/people?q=1")
    expect((await browser.get("/session")).body.data.user.email).toBe("member@example.com")
    await vi.waitFor(() => expect(app.mails.map(({ to }) => to)).toEqual(["member@example.com"]))
    provider.faults.claims = (truth) => ({ ...truth, email: "new@example.com", email_verified: false })
    expect(await comeIn(shop, app.browser())).toBe("/")
    expect((await browser.get("/auth/sign-ins")).body.data[0].how).toBe("provider")
    expect(app.mails).toHaveLength(1)
    expect((await app.browser().get("/auth/state")).body.data.provider).toEqual({
      id: shop.id,
      name: "Works",
    })
  })
  it("leads to no other site and no other use", async () => {
    const shop = await startShop()
    for (const next of [
      ...["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:1"],
      ...["/%2F/evil.example/..", "/api/v1/session", "/sign-in", "/./\\evil.example", "@evil.example"],
    ]) {
      const where = await comeIn(shop, shop.app.browser(), next)
      expect([next, new URL(where, "http://localhost:3000").origin]).toEqual([next, "http://localhost:3000"])
      expect(where).not.toMatch(/^\/(\/|\\|api|sign-in)/)
    }
  })
  it.each<[string, (shop: ProviderShop) => void]>([
    ["another nonce", ({ provider }) => (provider.faults.claims = (truth) => ({ ...truth, nonce: "other" }))],
    ["no nonce", ({ provider }) => (provider.faults.claims = ({ nonce: _, ...truth }) => truth)],
    [
      "another audience",
      ({ provider }) => (provider.faults.claims = (truth) => ({ ...truth, aud: "other" })),
    ],
    [
      "another party beside it",
      ({ provider }) => (provider.faults.claims = (truth) => ({ ...truth, aud: [client.id, "x"], azp: "x" })),
    ],
    [
      "another issuer",
      ({ provider }) => (provider.faults.claims = (truth) => ({ ...truth, iss: "https://x.example" })),
    ],
    [
      "an end in the past",
      ({ provider }) => (provider.faults.claims = (truth) => ({ ...truth, exp: 1_700_000_000 })),
    ],
    ["no subject", ({ provider }) => (provider.faults.claims = ({ sub: _, ...truth }) => truth)],
    ["no signature", ({ provider }) => (provider.faults.signature = "none")],
    ["a foreign key", ({ provider }) => (provider.faults.signature = "other key")],
    ["the public key as a password", ({ provider }) => (provider.faults.signature = "shared secret")],
  ])("believes no token with %s (AU07)", async (_, misbehave) => {
    const shop = await startShop()
    misbehave(shop)
    const browser = shop.app.browser()
    expect(await comeIn(shop, browser)).toBe("/sign-in?problem=invalid")
    expect(browser.token()).toBeUndefined()
    expect(await problemsNoted(shop)).toEqual(["invalid"])
  })
  it("takes what comes back once, in the browser that set out, in time, with its state", async () => {
    const shop = await startShop()
    const { app, provider, start } = shop
    const setOut = async (browser: Browser) =>
      provider.follow(String((await browser.get(start)).headers.location))
    const browser = app.browser()
    const back = await setOut(browser)
    expect(await finish(app.browser(), back)).toBe("/sign-in?problem=expired")
    const cookies = [...browser.cookies]
    expect(await finish(browser, back)).toBe("/")
    const replay = app.browser()
    for (const [name, value] of cookies) replay.cookies.set(name, value)
    expect(await finish(replay, back)).toBe("/sign-in?problem=expired")

    const late = app.browser()
    const lateBack = await setOut(late)
    app.clock.advance(11 * 60_000)
    expect(await finish(late, lateBack)).toBe("/sign-in?problem=expired")

    for (const change of [/state=[^&]+/, /code=[^&]+/, /iss=[^&]+/]) {
      const other = app.browser()
      const name = String(change).slice(1).split("=")[0]
      const forged = (await setOut(other)).replace(change, `${name}=forged`)
      expect(forged).toContain("forged")
      expect(await finish(other, forged)).toBe("/sign-in?problem=invalid")
    }
    expect(await finish(app.browser(), "/api/auth/provider/callback?code=x&state=y")).toMatch(/expired/)
  })
  it("says so when the provider refuses", async () => {
    const shop = await startShop()
    shop.provider.faults.refuses = true
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=refused")
  })
})

describe("which account a provider may open", () => {
  it.each<[string, Partial<Person>]>([
    ["is not verified", { email_verified: false }],
    ["is not said to be verified", { email_verified: undefined as never }],
    ["nobody has here", { email: "stranger@example.com" }],
  ])("is none whose address %s", async (_, person) => {
    const shop = await startShop({ ...memberAt, ...person })
    const browser = shop.app.browser()
    expect(await comeIn(shop, browser)).toBe("/sign-in?problem=unknown")
    expect(browser.token()).toBeUndefined()
  })
  it("is none by an address that is verified in other words than yes", async () => {
    const shop = await startShop()
    shop.provider.faults.claims = (truth) => ({ ...truth, email_verified: "true" })
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=unknown")
  })
  it("is not the same for another name with the same address", async () => {
    const shop = await startShop()
    expect(await comeIn(shop, shop.app.browser())).toBe("/")
    shop.provider.faults.claims = (truth) => ({ ...truth, sub: "m-2" })
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=unknown")
  })
  it("is none that reaches into other workspaces, unless its owner connected it", async () => {
    const shop = await startShop()
    const { app, id, member, provider } = shop
    expect(await comeIn(shop, app.browser())).toBe("/")
    await createWorkspace(app.services, { workspace: "Next door", email: "member@example.com", password })
    expect(await comeIn(shop, app.browser())).toBe("/sign-in?problem=unknown")
    const { url } = (await member.post(`/auth/identities/${id}/connect`)).body.data
    expect(await finish(member, await provider.follow(url))).toBe("/settings/security")
    expect((await member.get("/auth/identities")).body.data).toMatchObject([{ name: "Works" }])
    expect(await comeIn(shop, app.browser())).toBe("/")
    // Where nobody's installation it is alone, it is not shown who uses which provider.
    expect((await app.browser().get("/auth/state")).body.data.provider).toBeNull()
    expect((await member.delete(`/auth/identities/${id}`)).status).toBe(204)
    expect(await comeIn(shop, app.browser())).toBe("/sign-in?problem=unknown")
  })
  it("is connected by the session that set out, proven lately, and by no other", async () => {
    const shop = await startShop({ ...memberAt, email_verified: false })
    const { app, id, member, owner, provider } = shop
    const { url } = (await member.post(`/auth/identities/${id}/connect`)).body.data
    const back = await provider.follow(url)
    // The link was set out on by the member; the owner's browser comes back with it.
    for (const [name, value] of member.cookies) if (name.includes("provider")) owner.cookies.set(name, value)
    expect(await finish(owner, back)).toBe("/sign-in?problem=expired")
    expect((await owner.get("/auth/identities")).body.data).toMatchObject([{ connectedAt: null }])
    app.clock.advance(16 * 60_000)
    expect((await member.post(`/auth/identities/${id}/connect`)).body.code).toBe("proof_needed")
    const { key } = (await (await freshOwner(shop)).post("/api-keys", { name: "Till", scope: "write" })).body
      .data
    expect((await withKey(app, key).post(`/auth/identities/${id}/connect`)).status).toBe(403)
  })
  it("is none of somebody who was deactivated", async () => {
    const shop = await startShop()
    await shop.owner.patch(`/members/${shop.member.session.member.id}`, { active: false })
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=unknown")
  })
})
async function freshOwner({ app }: ProviderShop): Promise<Browser> {
  const browser = app.browser()
  await browser.post("/auth/sign-in", { email: "ana@example.com", password })
  return browser
}

describe("the second step after a provider", () => {
  it("is asked of an account that has one, in this browser and by a right code only", async () => {
    const shop = await startShop()
    const { app, member } = shop
    const code = await addFactor(app, member)
    const browser = app.browser()
    expect(await comeIn(shop, browser, "/tasks")).toBe("/sign-in?step=code&next=%2Ftasks")
    expect(browser.token()).toBeUndefined()
    expect((await app.browser().post("/auth/provider/finish", { code: code() })).body.code).toBe(
      "sign_in_failed",
    )
    const wrong = await browser.post("/auth/provider/finish", { code: "000000" })
    expect(wrong.body.errors).toMatchObject([{ path: "code", code: "wrong_code" }])
    const done = await browser.post("/auth/provider/finish", { code: code() })
    expect([done.status, done.body.next]).toEqual([200, "/tasks"])
    expect((await browser.get("/workspace")).status).toBe(200)
    expect((await browser.get("/auth/sign-ins")).body.data[0].how).toBe("provider_code")
    app.clock.advance(30_000)
    expect((await browser.post("/auth/provider/finish", { code: code() })).body.code).toBe("sign_in_failed")
  })
  it("is needed where the role needs one, unless the provider says that it was done there", async () => {
    const shop = await startShop()
    const { app, owner, provider } = shop
    await owner.patch("/sign-in-rules", { secondFactorRoles: ["member"] })
    const browser = app.browser()
    await comeIn(shop, browser)
    expect((await browser.get("/workspace")).body.code).toBe("second_factor_needed")
    provider.faults.claims = (truth) => ({ ...truth, amr: ["pwd", "mfa"] })
    const safe = app.browser()
    await comeIn(shop, safe)
    expect((await safe.get("/workspace")).status).toBe(200)
    expect((await safe.get("/session")).body.data.factorNeeded).toBe(false)
    expect((await safe.get("/auth/sign-ins")).body.data[0].how).toBe("provider_factor")
  })
  it("is asked all the same where the account reaches beyond the provider's workspace", async () => {
    const shop = await startShop()
    const { app, id, member, provider } = shop
    const { url } = (await member.post(`/auth/identities/${id}/connect`)).body.data
    await finish(member, await provider.follow(url))
    await addFactor(app, member)
    provider.faults.claims = (truth) => ({ ...truth, amr: ["mfa"] })
    expect(await comeIn(shop, app.browser())).toBe("/")
    await createWorkspace(app.services, { workspace: "Next door", email: "member@example.com", password })
    expect(await comeIn(shop, app.browser())).toMatch(/step=code/)
  })
  it("leaves the proof of who is there to the password, unless the provider says when it asked", async () => {
    const shop = await startShop()
    const { app, provider } = shop
    const browser = app.browser()
    await comeIn(shop, browser)
    expect((await browser.post("/auth/authenticator")).body.code).toBe("proof_needed")
    provider.faults.claims = (truth) => ({ ...truth, auth_time: Math.floor(app.clock.time / 1000) - 60 })
    const asked = app.browser()
    await comeIn(shop, asked)
    expect((await asked.post("/auth/authenticator")).status).toBe(201)
  })
  it("leaves that proof to the password where the account reaches beyond the provider's workspace", async () => {
    const shop = await startShop()
    const { app, id, member, provider } = shop
    const { url } = (await member.post(`/auth/identities/${id}/connect`)).body.data
    await finish(member, await provider.follow(url))
    await createWorkspace(app.services, { workspace: "Next door", email: "member@example.com", password })
    provider.faults.claims = (truth) => ({ ...truth, auth_time: Math.floor(app.clock.time / 1000) - 60 })
    const browser = app.browser()
    expect(await comeIn(shop, browser)).toBe("/")
    expect((await browser.post("/auth/authenticator")).body.code).toBe("proof_needed")
  })
})
