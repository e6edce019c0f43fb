import { describe, expect, it } from "vitest"
import { createWorkspace } from "../index.ts"
import { type AuthApp, type Browser, password, setUpOwner, startAuthApp, tokenIn } from "../testing.ts"
import { newDevice } from "./testing.ts"

const email = "pia@example.com"
async function start() {
  const app = await startAuthApp()
  const owner = await setUpOwner(app)
  return { app, owner, token: await invite(owner) }
}
async function invite(owner: Browser, to = email): Promise<string> {
  return tokenIn((await owner.post("/invitations", { email: to, role: "member" })).body.data.url)
}
const name = "Pia"
const optionsFor = (browser: Browser, token: string) =>
  browser.post("/auth/invitations/passkey/options", { token, name })
async function joinWith(browser: Browser, token: string, device: ReturnType<typeof newDevice>) {
  const { data } = (await optionsFor(browser, token)).body
  const passkey = { name: "Phone", response: device.create(data) }
  return browser.post("/auth/invitations/passkey/new", { token, name, passkey })
}
async function signIn(browser: Browser, device: ReturnType<typeof newDevice>) {
  const { challenge } = (await browser.post("/auth/passkey/options")).body.data
  return browser.post("/auth/passkey/sign-in", { response: device.sign(challenge) })
}
const signInByPassword = (app: AuthApp) => app.browser().post("/auth/sign-in", { email, password: "" })

describe("an invitation accepted with a new passkey", () => {
  it("makes an account without password that the passkey opens, with recovery codes, once", async () => {
    const { app, owner, token } = await start()
    await owner.patch("/sign-in-rules", { secondFactorRoles: ["member"] })
    const [browser, device] = [app.browser(), newDevice()]
    const joined = await joinWith(browser, token, device)
    expect([joined.status, joined.body.data]).toMatchObject([
      200,
      { user: { name, email }, member: { role: "member" }, factorNeeded: false },
    ])
    expect(joined.body.recoveryCodes).toHaveLength(10)
    expect((await browser.get("/auth/factors")).body.data.recoveryCodes).toBe(10)
    expect((await browser.get("/auth/passkeys")).body.data).toMatchObject([{ name: "Phone" }])
    const again = app.browser()
    expect((await signIn(again, device)).status).toBe(200)
    expect((await again.get("/workspace")).status).toBe(200)
    expect((await signInByPassword(app)).status).toBe(401)
    expect((await optionsFor(app.browser(), token)).status).toBe(404)
    expect((await owner.get("/invitations")).body.data).toEqual([])
  })
  it("is not left without a way in: the only passkey stays until there is another", async () => {
    const { app, token } = await start()
    const [browser, device] = [app.browser(), newDevice()]
    await joinWith(browser, token, device)
    const [{ id }] = (await browser.get("/auth/passkeys")).body.data
    expect((await browser.delete(`/auth/passkeys/${id}`)).status).toBe(409)
    expect((await signIn(app.browser(), device)).status).toBe(200)
    const options = (await browser.post("/auth/passkeys/options")).body.data
    await browser.post("/auth/passkeys", { name: "Key", response: newDevice().create(options) })
    expect((await browser.delete(`/auth/passkeys/${id}`)).status).toBe(204)
  })
  it("is done by one of those who try at the same moment, and by no stale or foreign answer", async () => {
    const { app, owner, token } = await start()
    const attempts = await Promise.all(
      Array.from({ length: 3 }, () => joinWith(app.browser(), token, newDevice())),
    )
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 404, 404])
    const next = await invite(owner, "next@example.com")
    const browser = app.browser()
    const options = (await optionsFor(browser, next)).body.data
    const send = (response: object) =>
      browser.post("/auth/invitations/passkey/new", { token: next, name, passkey: { name: "x", response } })
    app.clock.advance(6 * 60_000)
    expect((await send(newDevice().create(options))).status).toBe(422)
    const fresh = (await optionsFor(browser, next)).body.data
    expect((await send(newDevice({ origin: "https://evil.example" }).create(fresh))).status).toBe(422)
    expect((await browser.post("/auth/invitations/look", { token: next })).status).toBe(200)
  })
})

describe("an invitation to somebody who has an account", () => {
  async function startWithAccount() {
    const shop = await start()
    const { app } = shop
    await createWorkspace(app.services, { workspace: "Own shop", email, password })
    const [theirs, device] = [app.browser(), newDevice()]
    await theirs.post("/auth/sign-in", { email, password })
    const options = (await theirs.post("/auth/passkeys/options")).body.data
    await theirs.post("/auth/passkeys", { name: "Phone", response: device.create(options) })
    return { ...shop, device }
  }
  const accept = async (browser: Browser, token: string, device: ReturnType<typeof newDevice>) => {
    const { challenge } = (await browser.post("/auth/passkey/options")).body.data
    return browser.post("/auth/invitations/passkey", { token, response: device.sign(challenge) })
  }
  it("takes their passkey", async () => {
    const { app, device, token } = await startWithAccount()
    const browser = app.browser()
    const joined = await accept(browser, token, device)
    expect([joined.status, joined.body.data.workspace.name]).toEqual([200, "Corner Bakery"])
    expect(joined.body.data.workspaces).toHaveLength(2)
    expect((await accept(app.browser(), token, device)).status).toBe(404)
  })
  it("takes nobody else's, and no new one", async () => {
    const { app, owner, token } = await startWithAccount()
    const other = newDevice()
    const options = (await owner.post("/auth/passkeys/options")).body.data
    await owner.post("/auth/passkeys", { name: "Till", response: other.create(options) })
    expect((await accept(app.browser(), token, other)).body.code).toBe("sign_in_failed")
    expect((await optionsFor(app.browser(), token)).status).toBe(409)
    const passkey = { name: "x", response: newDevice().create({ challenge: "x", user: { id: "x" } }) }
    const forced = await app.browser().post("/auth/invitations/passkey/new", { token, name, passkey })
    expect(forced.status).toBe(409)
    expect((await app.browser().post("/auth/invitations/look", { token })).body.data.hasAccount).toBe(true)
  })
})
