import { Secret, TOTP } from "otpauth"
import { describe, expect, it, vi } from "vitest"
import { removeFactorOf } from "./index.ts"
import { newDevice } from "./passkeys/testing.ts"
import { comeIn, finish, type ProviderShop, startShop } from "./provider/testing.ts"
import { type AuthApp, type Browser, tokenIn, waiting } from "./testing.ts"

const email = "member@example.com"
const next = "another long sentence"

/** A member who is known to the provider by what they connected themselves. */
async function startConnected() {
  const shop = await startShop({ sub: "thief", email: "thief@example.com", email_verified: true })
  const back = await setOut(shop)
  expect(await finish(shop.member, back)).toBe("/settings/security")
  expect(await comeIn(shop, shop.app.browser())).toBe("/")
  return shop
}
async function setOut({ id, member, provider }: ProviderShop): Promise<string> {
  return provider.follow((await member.post(`/auth/identities/${id}/connect`)).body.data.url)
}
function codeOf(app: AuthApp, key: string): string {
  return new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: app.clock.time })
}
async function addFactor(app: AuthApp, browser: Browser): Promise<void> {
  const { key } = (await browser.post("/auth/authenticator")).body.data
  expect((await browser.post("/auth/authenticator/confirm", { code: codeOf(app, key) })).status).toBe(200)
}
async function reset({ app }: ProviderShop) {
  app.mails.splice(0)
  await app.browser().post("/auth/password/forgot", { email })
  const linkIn = () => app.mails.flatMap(({ text }) => /https?:\S+#\S+/.exec(text) ?? [])[0]
  await vi.waitFor(() => expect(linkIn()).toBeDefined())
  const token = tokenIn(linkIn() ?? "")
  return () => app.browser().post("/auth/password/reset", { token, password: next })
}

describe("a connection to a provider", () => {
  it("ends when the password is reset", async () => {
    const shop = await startConnected()
    expect((await (await reset(shop))()).status).toBe(200)
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=unknown")
  })
  it("ends when an administrator takes the second step off", async () => {
    const shop = await startConnected()
    await addFactor(shop.app, shop.member)
    const path = `/members/${shop.member.session.member.id}/second-step`
    expect((await shop.owner.delete(path)).status).toBe(204)
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=unknown")
  })
  it("ends when whoever runs the installation takes the second step off", async () => {
    const shop = await startConnected()
    await addFactor(shop.app, shop.member)
    await removeFactorOf(shop.app.services, email)
    expect(await comeIn(shop, shop.app.browser())).toBe("/sign-in?problem=unknown")
  })
  it("stays where the provider vouched for the address", async () => {
    const shop = await startShop()
    expect(await comeIn(shop, shop.app.browser())).toBe("/")
    expect((await (await reset(shop))()).status).toBe(200)
    expect(await comeIn(shop, shop.app.browser())).toBe("/")
  })
})

describe("what a session adds while a password reset ends it", () => {
  const ways: [string, (shop: ProviderShop) => Promise<() => Promise<unknown>>, unknown][] = [
    [
      "passkey",
      async ({ member }) => {
        const response = newDevice().create((await member.post("/auth/passkeys/options")).body.data)
        return async () => (await member.post("/auth/passkeys", { name: "Laptop", response })).status
      },
      401,
    ],
    [
      "authenticator",
      async ({ app, member }) => {
        const { key } = (await member.post("/auth/authenticator")).body.data
        return async () =>
          (await member.post("/auth/authenticator/confirm", { code: codeOf(app, key) })).status
      },
      401,
    ],
    [
      "connection to a provider",
      async (shop) => {
        const back = await setOut(shop)
        return () => finish(shop.member, back)
      },
      "/sign-in?problem=expired",
    ],
  ]
  it.each(ways)("is no %s", async (_, begin, refusal) => {
    const shop = await startShop()
    const { app } = shop
    const add = await begin(shop)
    const resetting = await reset(shop)
    // The reset holds the account and waits at the sessions.
    const gate = await app.pools.owner.connect()
    await gate.query("begin; lock table auth.sessions in share mode")
    const done = resetting()
    await waiting(app, 1)
    const added = add()
    await waiting(app, 2)
    await gate.query("commit")
    gate.release()
    expect((await done).status).toBe(200)
    expect(await added).toBe(refusal)
    const { rows } = await app.pools.owner.query(
      `select from auth.passkeys union all select from auth.identities
       union all select from auth.authenticators where confirmed_at is not null`,
    )
    expect(rows).toEqual([])
  })
})
