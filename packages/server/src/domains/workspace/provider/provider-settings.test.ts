import { describe, expect, it } from "vitest"
import { join, withKey } from "../testing.ts"
import { callback, client, comeIn, settings, startShop } from "./testing.ts"

describe("the provider's settings", () => {
  it("are the owner's, never show the secret, and keep it sealed", async () => {
    const { app, owner, provider } = await startShop()
    const administrator = await join(app, owner, "administrator")
    expect((await administrator.get("/sign-in-provider")).status).toBe(403)
    expect((await administrator.put("/sign-in-provider", settings(provider.issuer))).status).toBe(403)
    const told = await owner.get("/sign-in-provider")
    expect(told.body.addresses.callback).toBe(callback)
    expect(told.text).not.toContain(client.secret)
    const dump = JSON.stringify((await app.pools.owner.query("select * from auth.providers")).rows)
    for (const text of [client.secret, Buffer.from(client.secret).toString("base64")])
      expect(dump).not.toContain(text)
    expect(app.lines.join("\n")).not.toContain(client.secret)
  })
  it("are for people who are signed in, not for keys", async () => {
    const { app, owner, provider } = await startShop()
    const { key } = (await owner.post("/api-keys", { name: "Till", scope: "write" })).body.data
    const till = withKey(app, key)
    expect((await till.put("/sign-in-provider", { ...settings(provider.issuer), name: "X" })).status).toBe(
      403,
    )
    expect((await till.delete("/sign-in-provider")).status).toBe(403)
    expect((await owner.get("/sign-in-provider")).body.data.name).toBe("Works")
  })
  it("take the second step that the provider vouched for with them when they go", async () => {
    const shop = await startShop()
    const { app, owner, member, id, provider } = shop
    await owner.patch("/sign-in-rules", { secondFactorRoles: ["member"] })
    provider.faults.claims = (truth) => ({ ...truth, amr: ["mfa"], auth_time: app.clock.time / 1000 })
    const [one, other] = [app.browser(), app.browser()]
    await comeIn(shop, one)
    expect((await one.get("/workspace")).status).toBe(200)
    expect((await one.delete(`/auth/identities/${id}`)).status).toBe(204)
    expect((await one.get("/workspace")).body.code).toBe("second_factor_needed")
    await comeIn(shop, other)
    expect((await other.get("/workspace")).status).toBe(200)
    expect((await owner.put("/sign-in-provider", { ...settings(provider.issuer), name: "X" })).status).toBe(
      200,
    )
    expect((await other.get("/workspace")).status).toBe(200)
    expect((await owner.delete("/sign-in-provider")).status).toBe(204)
    expect((await other.get("/workspace")).body.code).toBe("second_factor_needed")
    expect((await member.get("/workspace")).body.code).toBe("second_factor_needed")
  })
  it("keep secret and connections while issuer and client stay, and begin anew otherwise", async () => {
    const shop = await startShop()
    const { owner, provider, app } = shop
    expect(await comeIn(shop, app.browser())).toBe("/")
    const { clientSecret: _, ...kept } = settings(provider.issuer)
    expect((await owner.put("/sign-in-provider", { ...kept, name: "New name" })).status).toBe(200)
    expect(await comeIn(shop, app.browser())).toBe("/")
    const missing = await owner.put("/sign-in-provider", { ...kept, clientId: "other" })
    expect(missing.body.errors).toMatchObject([{ path: "clientSecret", code: "required" }])
    const changed = await owner.put("/sign-in-provider", { ...settings(provider.issuer), clientId: "other" })
    expect(changed.body.data.id).not.toBe(shop.id)
    expect((await owner.get("/auth/identities")).body.data).toMatchObject([{ connectedAt: null }])
    expect((await app.browser().get(shop.start)).status).toBe(404)
    expect((await owner.delete("/sign-in-provider")).status).toBe(204)
    expect((await owner.delete("/sign-in-provider")).status).toBe(404)
  })
  it("name only what answers as a provider, and never look around inside (WH01, WH08)", async () => {
    const { owner, provider } = await startShop()
    const answers = new Set<string>()
    for (const issuer of [
      ...["https://127.0.0.1", "https://localhost:5432", "http://169.254.169.254/latest", "https://[::1]/"],
      ...[
        `${provider.issuer}/other`,
        provider.issuer.replace("127.0.0.1", "localhost"),
        "https://10.0.0.1:8443",
      ],
    ]) {
      const refused = await owner.put("/sign-in-provider", { ...settings(issuer) })
      expect([issuer, refused.status]).toEqual([issuer, 422])
      answers.add(JSON.stringify(refused.body.errors))
    }
    expect([...answers]).toHaveLength(1)
    expect((await owner.put("/sign-in-provider", settings("file:///etc/passwd"))).status).toBe(422)
  })
})
