import { describe, expect, it, vi } from "vitest"
import { createWorkspace } from "../index.ts"
import { type Browser, password, tokenIn } from "../testing.ts"
import { comeIn, finish, type Person, type ProviderShop, startShop } from "./testing.ts"

const pia: Person = { sub: "p-1", email: "Pia@example.com", email_verified: true }
async function startInvited(person = pia) {
  const shop = await startShop(person)
  const invited = await shop.owner.post("/invitations", { email: "pia@example.com", role: "manager" })
  return { ...shop, token: tokenIn(invited.body.data.url), invitationId: invited.body.data.id }
}
async function join({ provider }: ProviderShop, browser: Browser, token: string): Promise<string> {
  const { body } = await browser.post("/auth/invitations/provider", { token, name: "Pia" })
  return finish(browser, await provider.follow(body.data.url))
}

describe("an invitation accepted by the workspace's provider", () => {
  it("makes an account without password that the provider opens from then on, once", async () => {
    const shop = await startInvited()
    const { app, owner, token } = shop
    const browser = app.browser()
    expect((await browser.post("/auth/invitations/look", { token })).body.data).toMatchObject({
      hasAccount: false,
      provider: "Works",
    })
    app.mails.splice(0)
    expect(await join(shop, browser, token)).toBe("/")
    const session = (await browser.get("/session")).body.data
    expect(session).toMatchObject({
      user: { name: "Pia", email: "pia@example.com" },
      member: { role: "manager" },
    })
    expect((await browser.get("/workspace")).status).toBe(200)
    await vi.waitFor(() => expect(app.mails.map(({ to }) => to)).toEqual(["pia@example.com"]))
    expect((await app.browser().post("/auth/invitations/look", { token })).status).toBe(404)
    expect((await owner.get("/invitations")).body.data).toEqual([])
    const again = app.browser()
    expect(await comeIn(shop, again)).toBe("/")
    expect((await again.get("/session")).body.data.user.id).toBe(session.user.id)
    const byPassword = await app.browser().post("/auth/sign-in", { email: "pia@example.com", password: "" })
    expect(byPassword.status).toBe(401)
  })
  it.each<[string, Partial<Person>]>([
    ["by another address", { email: "other@example.com" }],
    ["without having verified the address", { email_verified: false }],
  ])("is refused to whom the provider knows %s, and stays open", async (_, person) => {
    const shop = await startInvited({ ...pia, ...person })
    const browser = shop.app.browser()
    expect(await join(shop, browser, shop.token)).toBe("/sign-in?problem=address")
    expect(browser.token()).toBeUndefined()
    expect((await browser.post("/auth/invitations/look", { token: shop.token })).status).toBe(200)
  })
  it("is refused to whom it knows as somebody else here", async () => {
    const shop = await startInvited()
    const { app, id, member, provider, token } = shop
    const { url } = (await member.post(`/auth/identities/${id}/connect`)).body.data
    await finish(member, await provider.follow(url))
    expect(await join(shop, app.browser(), token)).toBe("/sign-in?problem=unknown")
    const { rows } = await app.pools.owner.query("select from auth.users where email = 'pia@example.com'")
    expect(rows).toEqual([])
  })
  it("comes to nothing where it was withdrawn on the way, or the address has an account by then", async () => {
    const shop = await startInvited()
    const { app, invitationId, owner, provider, token } = shop
    const setOut = async (browser: Browser, link: string) => {
      const { body } = await browser.post("/auth/invitations/provider", { token: link, name: "Pia" })
      return provider.follow(body.data.url)
    }
    const browser = app.browser()
    const back = await setOut(browser, token)
    await owner.delete(`/invitations/${invitationId}`)
    expect(await finish(browser, back)).toBe("/sign-in?problem=expired")
    const { url } = (await owner.post("/invitations", { email: "pia@example.com", role: "viewer" })).body.data
    const late = app.browser()
    const lateBack = await setOut(late, tokenIn(url))
    await createWorkspace(app.services, { workspace: "Own", email: "pia@example.com", password })
    expect(await finish(late, lateBack)).toBe("/sign-in?problem=unknown")
    expect(late.token()).toBeUndefined()
    const refused = await app
      .browser()
      .post("/auth/invitations/provider", { token: tokenIn(url), name: "Pia" })
    expect(refused.status).toBe(409)
    const told = (await app.browser().post("/auth/invitations/look", { token: tokenIn(url) })).body.data
    expect(told).toMatchObject({ hasAccount: true, provider: null })
  })
  it("lets its account prove itself at the provider, which is asked to ask anew", async () => {
    const shop = await startInvited()
    const { app, id, provider, start, token } = shop
    const browser = app.browser()
    provider.faults.claims = ({ auth_time: _, ...truth }) => truth
    await join(shop, browser, token)
    expect((await browser.get("/auth/proof")).status).toBe(403)
    // The only way in is not given up, neither by it.
    provider.faults.claims = (truth) => ({ ...truth, auth_time: Math.floor(app.clock.time / 1000) })
    const sent = await browser.get(`${start}?fresh=true`)
    const address = new URL(String(sent.headers.location))
    expect([address.searchParams.get("prompt"), address.searchParams.get("max_age")]).toEqual(["login", "0"])
    expect(await finish(browser, await provider.follow(address.href))).toBe("/")
    expect((await browser.get("/auth/proof")).status).toBe(204)
    expect((await browser.delete(`/auth/identities/${id}`)).status).toBe(409)
  })
})
