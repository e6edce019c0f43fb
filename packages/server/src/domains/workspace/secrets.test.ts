import { factorsEndpoints } from "@regulars/contract/domains/factors.endpoints.ts"
import { invitationsEndpoints } from "@regulars/contract/domains/invitations.endpoints.ts"
import { workspaceEndpoints } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Endpoint } from "@regulars/contract/kernel/endpoint.ts"
import { describe, expect, it, vi } from "vitest"
import { join, ownerSettings, password, setUpOwner, startAuthApp, tokenIn, withKey } from "./testing.ts"

describe("secrets", () => {
  it("stand hashed in the database and nowhere in the log", async () => {
    const app = await startAuthApp({ mail: true })
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const { key } = (await owner.post("/api-keys", { name: "Shop", scope: "write" })).body.data
    await withKey(app, key).get("/workspace")
    const invited = await owner.post("/invitations", { email: "new@example.com", role: "member" })
    const link = await owner.post(`/members/${member.session.member.id}/reset-link`)
    await app.browser().post("/auth/password/forgot", { email: "ana@example.com" })
    await vi.waitFor(() => expect(app.mails.some(({ to }) => to === "ana@example.com")).toBe(true))
    const mailed = app.mails.find(({ to }) => to === "ana@example.com")?.text.match(/reset#(\S+)/)?.[1]
    await app.browser().post("/auth/sign-in", { email: "ana@example.com", password: "a wrong sentence" })
    await member.post("/auth/sign-in", { email: "ana@example.com", password: "a wrong sentence" })
    await app.browser().post("/auth/password/reset", { token: "no such token at all", password })
    await withKey(app, `${key.slice(0, -1)}~`).get("/workspace")
    const secrets = [
      password,
      "a wrong sentence",
      key,
      owner.token() as string,
      member.token() as string,
      tokenIn(invited.body.data.url),
      tokenIn(link.body.data.url),
      mailed as string,
    ]
    expect(new Set(secrets.filter((secret) => secret.length >= 15)).size).toBe(secrets.length)
    const { rows: tables } = await app.pools.owner.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('auth', 'public') and table_type = 'BASE TABLE'`,
    )
    const dumps: string[] = []
    for (const { name } of tables)
      dumps.push(
        ...(await app.pools.owner.query(`select t::text as row from ${name} t`)).rows.map(({ row }) => row),
      )
    const dump = dumps.join("\n")
    const log = app.lines.join("\n")
    expect(dump).toContain("ana@example.com")
    expect(log).toContain("signed_in")
    for (const secret of secrets) {
      expect(dump).not.toContain(secret)
      expect(dump).not.toContain(Buffer.from(secret).toString("hex"))
      expect(log).not.toContain(secret)
    }
    for (const personal of ["@example.com", "Ana Ruiz", "Corner Bakery"]) expect(log).not.toContain(personal)
  })
  it("leave a trace of what bears on security, by ids", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const { id } = (await owner.post("/api-keys", { name: "Shop", scope: "write" })).body.data
    await owner.delete(`/api-keys/${id}`)
    await owner.patch(`/members/${member.session.member.id}`, { role: "viewer" })
    await app.browser().post("/auth/sign-in", { email: "ana@example.com", password: "wrong" })
    await owner.post("/auth/password/change", { current: password, password: "another long sentence" })
    const noted = (event: string) =>
      app.lines.map((line) => JSON.parse(line).details).filter((details) => details?.event === event)
    await expect.poll(() => noted("sign_in_failed")).toHaveLength(1)
    const [userId, memberId] = [owner.session.user.id, member.session.member.id]
    expect(noted("set_up")).toMatchObject([{ userId }])
    expect(noted("signed_in")[0]).toMatchObject({ userId })
    expect(noted("sign_in_failed")).toMatchObject([{ userId }])
    expect(noted("key_made")).toMatchObject([{ keyId: id }])
    expect(noted("key_revoked")).toMatchObject([{ keyId: id }])
    expect(noted("member_changed")).toMatchObject([
      { memberId, role: "viewer", byMemberId: owner.session.member.id },
    ])
    expect(noted("password_changed")).toMatchObject([{ userId }])
  })
})

describe("fields that nobody may set", () => {
  it("are refused in every body, and change nothing", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const member = await join(app, owner, "member")
    const invited = await owner.post("/invitations", { email: "new@example.com", role: "viewer" })
    const memberId = member.session.member.id
    const token = tokenIn(invited.body.data.url)
    const credential = { id: "a", rawId: "a", type: "public-key" }
    const made = { ...credential, response: { clientDataJSON: "a", attestationObject: "a" } }
    const signed = {
      ...credential,
      response: { clientDataJSON: "a", authenticatorData: "a", signature: "a" },
    }
    const good: Record<string, object> = {
      "POST /auth/set-up": ownerSettings,
      "POST /auth/sign-in": { email: "ana@example.com", password },
      "POST /auth/password/forgot": { email: "ana@example.com" },
      "POST /auth/password/reset": { token, password },
      "POST /auth/password/change": { current: password, password: "another long sentence" },
      "POST /auth/authenticator/confirm": { code: "123456" },
      "POST /auth/proof": { password },
      "POST /auth/invitations/look": { token },
      "POST /auth/invitations/accept": { token, name: "N", password },
      "POST /auth/invitations/provider": { token, name: "N" },
      "POST /auth/invitations/passkey/options": { token, name: "N" },
      "POST /auth/invitations/passkey/new": { token, name: "N", passkey: { name: "P", response: made } },
      "POST /auth/invitations/passkey": { token, response: signed },
      "POST /session/workspace": { id: owner.session.workspace.id },
      "PATCH /workspace": { name: "Changed" },
      "PATCH /members/me": { name: "Changed" },
      "PATCH /members/:id": { role: "viewer" },
      "POST /invitations": { email: "more@example.com", role: "viewer" },
      "POST /api-keys": { name: "K", scope: "read" },
    }
    const extra = {
      id: memberId,
      userId: owner.session.user.id,
      workspaceId: "01890000-0000-7000-8000-000000000000",
      memberId,
      createdAt: "2000-01-01T00:00:00Z",
      passwordHash: "x",
      permissions: ["workspace:update"],
      invitedBy: memberId,
      prefix: "rg_x",
    }
    const all: Record<string, Endpoint> = {
      ...workspaceEndpoints,
      ...factorsEndpoints,
      ...invitationsEndpoints,
    }
    const withBody = Object.entries(all).filter(([, { body }]) => body)
    expect(withBody.map(([key]) => key).sort()).toEqual(Object.keys(good).sort())
    const before = await checksum(app)
    for (const [endpoint, body] of Object.entries(good)) {
      const [method = "", path = ""] = endpoint.split(" ")
      const address = path.replace(":id", memberId)
      for (const [field, value] of Object.entries({ ...extra, role: "owner", active: true })) {
        if (field in body || (field === "active" && path === "/members/:id")) continue
        const sent = { ...body, [field]: value }
        const answer = await (method === "POST" ? owner.post(address, sent) : owner.patch(address, sent))
        if (answer.status === 429) app.clock.advance(60_000)
        else expect([answer.status, endpoint, field]).toEqual([422, endpoint, field])
      }
    }
    expect(await checksum(app)).toBe(before)
  })
})

async function checksum(app: Awaited<ReturnType<typeof startAuthApp>>): Promise<string> {
  const { rows } = await app.pools.owner.query(`
    select md5(string_agg(row, ',' order by row)) as sum from (
      select (to_jsonb(m) - 'last_seen_at')::text as row from members m union all select w::text from workspaces w
      union all select u::text from auth.users u union all select i::text from auth.invitations i
      union all select k::text from auth.api_keys k union all select r::text from auth.password_resets r) all_rows`)
  return rows[0].sum
}
