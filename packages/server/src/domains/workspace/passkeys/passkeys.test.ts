import { describe, expect, it, vi } from "vitest"
import { removeFactorOf } from "../index.ts"
import { type AuthApp, type Browser, join, password, setUpOwner, startAuthApp, withKey } from "../testing.ts"
import { type Device, newDevice } from "./testing.ts"

const email = "ana@example.com"
type TestDevice = ReturnType<typeof newDevice>

async function add(browser: Browser, device: TestDevice, name = "Laptop") {
  const options = (await browser.post("/auth/passkeys/options")).body.data
  return browser.post("/auth/passkeys", { name, response: device.create(options) })
}
async function challengeFor(browser: Browser): Promise<string> {
  return (await browser.post("/auth/passkey/options")).body.data.challenge
}
async function signIn(browser: Browser, device: TestDevice, faults: Device = {}) {
  return browser.post("/auth/passkey/sign-in", { response: device.sign(await challengeFor(browser), faults) })
}
async function startWithPasskey() {
  const app = await startAuthApp({ mail: true })
  const owner = await setUpOwner(app)
  const device = newDevice()
  const added = await add(owner, device)
  if (added.status !== 201) throw new Error(`Adding failed: ${added.text}`)
  return { app, owner, device, passkey: added.body.data, recoveryCodes: added.body.recoveryCodes as string[] }
}
function byPassword(app: AuthApp, code?: string) {
  return app.browser().post("/auth/sign-in", { email, password, ...(code && { code }) })
}

describe("a passkey", () => {
  it("signs in without password, and says so", async () => {
    const { app, owner, device } = await startWithPasskey()
    const browser = app.browser()
    const answer = await signIn(browser, device)
    expect([answer.status, answer.body.data.user.email]).toEqual([200, email])
    expect((await browser.get("/workspace")).status).toBe(200)
    expect((await browser.get("/auth/sign-ins")).body.data[0].how).toBe("passkey")
    expect((await owner.get("/auth/passkeys")).body.data).toMatchObject([
      { name: "Laptop", usedAt: new Date(app.clock.time).toISOString() },
    ])
    await vi.waitFor(() => expect(app.mails.map(({ to }) => to)).toEqual([email]))
  })
  it("asks for a device that knows its owner, and keeps itself apart from those there are", async () => {
    const { owner } = await startWithPasskey()
    const { data } = (await owner.post("/auth/passkeys/options")).body
    expect(data).toMatchObject({
      rp: { id: "localhost" },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    })
    expect(data.excludeCredentials).toHaveLength(1)
  })
  it.each<[string, Device]>([
    ["from another site", { origin: "https://evil.example" }],
    ["for another site", { host: "evil.example" }],
    ["of a device that did not look who holds it", { verified: false }],
    ["of a copy, which has counted less", { counter: 1 }],
    ["made for something else", { type: "webauthn.create" }],
  ])("is not taken %s", async (_, faults) => {
    const { app, device } = await startWithPasskey()
    expect((await signIn(app.browser(), device)).status).toBe(200)
    const browser = app.browser()
    const refused = await signIn(browser, device, faults)
    expect([refused.status, refused.body.code]).toEqual([401, "sign_in_failed"])
    expect(browser.token()).toBeUndefined()
    const { rows } = await app.pools.owner.query("select from events where type = 'security.passkey_failed'")
    expect(rows).toHaveLength(1)
  })
  it("answers once, soon, and what was asked of nobody else", async () => {
    const { app, owner, device } = await startWithPasskey()
    const browser = app.browser()
    const answer = device.sign(await challengeFor(browser))
    const statuses = await Promise.all(
      Array.from(
        { length: 3 },
        async () => (await app.browser().post("/auth/passkey/sign-in", { response: answer })).status,
      ),
    )
    expect(statuses.sort()).toEqual([200, 401, 401])
    const late = await challengeFor(browser)
    app.clock.advance(6 * 60_000)
    expect((await browser.post("/auth/passkey/sign-in", { response: device.sign(late) })).status).toBe(401)
    const ofOwner = await challengeFor(owner)
    expect((await browser.post("/auth/passkey/sign-in", { response: device.sign(ofOwner) })).status).toBe(401)
    const { challenge } = (await owner.post("/auth/passkeys/options")).body.data
    expect((await browser.post("/auth/passkey/sign-in", { response: device.sign(challenge) })).status).toBe(
      401,
    )
    const invented = device.sign("A".repeat(43))
    expect((await browser.post("/auth/passkey/sign-in", { response: invented })).status).toBe(401)
    expect((await signIn(browser, newDevice())).body.code).toBe("sign_in_failed")
  })
  it("can't pass for somebody else's", async () => {
    const { app, owner, device } = await startWithPasskey()
    const member = await join(app, owner, "member")
    const other = newDevice()
    expect((await add(member, other)).status).toBe(201)
    const browser = app.browser()
    const challenge = await challengeFor(browser)
    const mixed = { ...other.sign(challenge), id: device.sign(challenge).id }
    expect((await browser.post("/auth/passkey/sign-in", { response: mixed })).status).toBe(401)
    const handle = other.sign(await challengeFor(browser))
    handle.response.userHandle = device.sign("x").response.userHandle
    expect((await browser.post("/auth/passkey/sign-in", { response: handle })).status).toBe(401)
    const id = (await owner.get("/auth/passkeys")).body.data[0].id
    expect((await member.patch(`/auth/passkeys/${id}`, { name: "Mine" })).status).toBe(404)
    expect((await member.delete(`/auth/passkeys/${id}`)).status).toBe(404)
    expect((await add(member, device)).status).toBe(409)
  })
  it.each<[string, Device]>([
    ["from another site", { origin: "https://evil.example" }],
    ["for another site", { host: "evil.example" }],
    ["of a device that did not look who holds it", { verified: false }],
  ])("is not kept %s", async (_, faults) => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const refused = await add(owner, newDevice(faults))
    expect(refused.body.errors).toMatchObject([{ path: "response", code: "bad_passkey" }])
    expect((await owner.get("/auth/passkeys")).body.data).toEqual([])
  })
  it("is made by a session with a recent proof, and not by a key", async () => {
    const { app, owner } = await startWithPasskey()
    const { key } = (await owner.post("/api-keys", { name: "Till", scope: "write" })).body.data
    expect((await withKey(app, key).post("/auth/passkeys/options")).status).toBe(403)
    app.clock.advance(16 * 60_000)
    expect((await owner.post("/auth/passkeys/options")).body.code).toBe("proof_needed")
  })
  it("gets another name", async () => {
    const { owner, passkey } = await startWithPasskey()
    expect((await owner.patch(`/auth/passkeys/${passkey.id}`, { name: "Phone" })).body.data.name).toBe(
      "Phone",
    )
  })
})

describe("a passkey as the second step", () => {
  it("keeps the password alone out, with recovery codes for whoever lost it", async () => {
    const { app, recoveryCodes } = await startWithPasskey()
    expect((await byPassword(app)).body.code).toBe("second_factor_required")
    expect((await byPassword(app, "000000")).status).toBe(422)
    expect(recoveryCodes).toHaveLength(10)
    expect((await byPassword(app, recoveryCodes[0])).status).toBe(200)
  })
  it("ends the sessions that began without it, and others when it goes", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const other = app.browser()
    await other.post("/auth/sign-in", { email, password })
    const device = newDevice()
    const { data } = (await add(owner, device)).body
    expect((await other.get("/session")).status).toBe(401)
    await signIn(other, device)
    const second = await add(owner, newDevice(), "Key")
    expect(second.body.recoveryCodes).toBeNull()
    expect((await other.get("/session")).status).toBe(200)
    await owner.delete(`/auth/passkeys/${data.id}`)
    expect((await other.get("/session")).status).toBe(401)
    expect((await signIn(app.browser(), device)).status).toBe(401)
    expect((await byPassword(app)).body.code).toBe("second_factor_required")
    await owner.delete(`/auth/passkeys/${second.body.data.id}`)
    expect((await byPassword(app)).status).toBe(200)
    expect((await owner.get("/auth/factors")).body.data.recoveryCodes).toBe(0)
  })
  it("is enough for a role that needs one", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    await owner.patch("/sign-in-rules", { secondFactorRoles: ["member"] })
    expect((await member.get("/workspace")).status).toBe(403)
    await add(member, newDevice())
    expect((await member.get("/workspace")).status).toBe(200)
  })
  it("proves who has the session, by the own passkey only", async () => {
    const { app, owner, device } = await startWithPasskey()
    const member = await join(app, owner, "member")
    const other = newDevice()
    await add(member, other)
    app.clock.advance(16 * 60_000)
    expect((await owner.post("/auth/recovery-codes")).body.code).toBe("proof_needed")
    const wrong = await owner.post("/auth/passkey/proof", { response: other.sign(await challengeFor(owner)) })
    expect(wrong.status).toBe(401)
    const before = owner.token()
    const proved = await owner.post("/auth/passkey/proof", {
      response: device.sign(await challengeFor(owner)),
    })
    expect(proved.status).toBe(204)
    expect(owner.token()).not.toBe(before)
    expect((await owner.post("/auth/recovery-codes")).status).toBe(201)
  })
  it("is taken off with the others by whoever helps", async () => {
    const { app, owner, device } = await startWithPasskey()
    await removeFactorOf(app.services, email)
    expect((await owner.get("/session")).status).toBe(401)
    expect((await signIn(app.browser(), device)).status).toBe(401)
    expect((await byPassword(app)).status).toBe(200)
  })
})
