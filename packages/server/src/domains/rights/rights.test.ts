import type { Rights } from "@regulars/contract/domains/rights.ts"
import { roles } from "@regulars/contract/domains/workspace.ts"
import { entityList } from "@regulars/contract/entities.ts"
import { withObjects } from "@regulars/contract/kernel/own-objects.ts"
import { readTexts } from "@regulars/locales/server.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { cloneDatabase } from "../../../testing/database.ts"
import {
  builtInRights,
  permissionsOf,
  permissionsOfRights,
  permissionsWithin,
} from "../../kernel/access/roles.ts"
import { roleFor } from "../../kernel/access/testing.ts"
import type { Connection } from "../../kernel/db/pools.ts"

let connection: Connection
let app: TestApp
let shop: TestWorkspace
let anna: Client & { memberId: string }
beforeAll(async () => {
  connection = await cloneDatabase()
  app = await startTestApp({ connection })
  shop = await app.workspace()
  anna = await app.member(shop, "administrator")
})
afterAll(() => app.close())

async function rightsOf(id: string): Promise<Rights> {
  const { data } = (await shop.owner.get("/roles")).body
  return structuredClone(data.find((role: { id: string }) => role.id === id).rights)
}

it.each(roles)("tells the built-in %s as rights that answer exactly as the role does", (role) => {
  const machines = {
    id: "",
    key: "machines",
    one: "Machine",
    many: "Machines",
    icon: "box",
    position: 1,
  } as const
  const entities = withObjects(entityList, [machines])
  const told = permissionsOfRights(builtInRights(role, entities), entities)
  const may = permissionsWithin({ entities }, { permissions: permissionsOf(role) })
  expect(may).toContain("objects/machines:read")
  // Who chooses the provider of sign-ins could become anybody by it: owners alone, by no copy of their role.
  const handedOn = [...may].filter((name) => name !== "signIn:manage")
  expect([...told].sort()).toEqual(handedOn.sort())
})

it("has words for every area and action that a role can open", async () => {
  const { areas, actions } = (await shop.owner.get("/roles")).body.catalogue
  const ids = [
    ...areas.map((area: string) => `rights.area.${area}`),
    ...actions.map((action: string) => `rights.action.${action.replace(":", ".")}`),
  ]
  expect(Object.keys(readTexts("en"))).toEqual(expect.arrayContaining(ids))
})

it("has the five built-in roles in every workspace, which can be neither changed nor deleted", async () => {
  const { data } = (await shop.owner.get("/roles")).body
  expect(
    data.filter(({ builtIn }: { builtIn: boolean }) => builtIn).map(({ id }: { id: string }) => id),
  ).toEqual(["owner", "administrator", "manager", "member", "viewer"])
  expect((await shop.owner.patch("/roles/viewer", { name: "x" })).status).toBe(404)
  expect((await shop.owner.delete("/roles/viewer")).status).toBe(404)
})

it("makes a role as a copy, renames it, and deletes it once nobody has it", async () => {
  const made = await shop.owner.post("/roles", { name: "Counter", copyOf: "member" })
  expect(made.status, made.text).toBe(201)
  const { id } = made.body.data
  expect(made.body.data).toMatchObject({ base: "member", builtIn: false, rights: await rightsOf("member") })
  expect((await shop.owner.post("/roles", { name: "Counter", copyOf: "viewer" })).status).toBe(409)
  expect((await shop.owner.patch(`/roles/${id}`, { name: "Front" })).body.data.name).toBe("Front")
  const ben = await app.member(shop, "viewer")
  const given = await shop.owner.patch(`/members/${ben.memberId}`, { roleId: id })
  expect(given.body.data).toMatchObject({ role: "member", roleId: id })
  expect((await ben.post("/companies", { name: "Of Ben" })).status).toBe(201)
  expect((await shop.owner.delete(`/roles/${id}`)).status).toBe(409)
  const back = await shop.owner.patch(`/members/${ben.memberId}`, { role: "viewer" })
  expect(back.body.data).toMatchObject({ role: "viewer", roleId: null })
  expect((await ben.post("/companies", { name: "Of Ben 2" })).status).toBe(403)
  expect((await shop.owner.delete(`/roles/${id}`)).status).toBe(204)
})

it("lets nobody give more than they have, nor change who stands above them", async () => {
  const rights = await rightsOf("administrator")
  rights.actions["backups:create"] = false
  rights.entities.people!.see = "team"
  for (const action of ["edit", "delete", "export"] as const) rights.entities.people![action] = "team"
  rights.areas.imports = false
  rights.actions["imports:create"] = false
  const half = (await shop.owner.post("/roles", { name: "Half", copyOf: "owner", rights })).body.data
  expect(half.base).toBe("administrator")
  const cleo = await app.member(shop, "viewer")
  await shop.owner.patch(`/members/${cleo.memberId}`, { roleId: half.id })
  const other = await app.member(shop, "viewer")
  // A copy of what Cleo lacks, in every way of giving it.
  expect((await cleo.post("/roles", { name: "More", copyOf: "administrator" })).status).toBe(403)
  expect((await cleo.patch(`/members/${other.memberId}`, { role: "administrator" })).status).toBe(403)
  expect((await cleo.patch(`/members/${other.memberId}`, { role: "member" })).status).toBe(403)
  expect((await cleo.post("/invitations", { email: "x@example.com", role: "member" })).status).toBe(403)
  expect((await cleo.patch(`/members/${anna.memberId}`, { active: false })).status).toBe(403)
  const { rights: own } = (await cleo.get("/roles")).body.data.find(
    ({ id }: { id: string }) => id === half.id,
  )
  const wider = structuredClone(own)
  wider.entities.people.see = "all"
  expect((await cleo.patch(`/roles/${half.id}`, { rights: wider })).status).toBe(403)
  const whole = (await shop.owner.post("/roles", { name: "Whole", copyOf: "administrator" })).body.data
  expect((await cleo.post("/invitations", { email: "x@example.com", roleId: whole.id })).status).toBe(403)
  // What they have they may give, to whoever has no more; an invitation gives it no longer than they have it.
  expect((await cleo.post("/invitations", { email: "x@example.com", roleId: half.id })).status).toBe(201)
  expect((await shop.owner.get("/invitations")).body.data).toHaveLength(1)
  const less = structuredClone(own)
  less.actions["teams:update"] = false
  expect((await shop.owner.patch(`/roles/${half.id}`, { rights: less })).status).toBe(200)
  expect((await shop.owner.get("/invitations")).body.data).toEqual([])
  await shop.owner.patch(`/members/${other.memberId}`, { roleId: await roleFor(shop.owner, "own") })
  expect((await cleo.patch(`/members/${other.memberId}`, { roleId: half.id })).status).toBe(200)
  expect((await anna.patch(`/members/${shop.ownerId}`, { active: false })).status).toBe(403)
})

it("lets nobody but an owner choose the provider of sign-ins, whatever a role says", async () => {
  const rights = await rightsOf("administrator")
  const wished = { ...rights, actions: { ...rights.actions, "signIn:manage": true } }
  const made = await shop.owner.post("/roles", { name: "Gate", copyOf: "owner", rights: wished })
  expect(made.body.errors).toMatchObject([{ code: "unknown_right" }])
  const { catalogue } = (await shop.owner.get("/roles")).body
  expect(catalogue.actions).not.toContain("signIn:manage")
  const copy = (await shop.owner.post("/roles", { name: "Gate", copyOf: "owner" })).body.data
  const ben = await app.member(shop, "viewer")
  expect((await shop.owner.patch(`/members/${ben.memberId}`, { roleId: copy.id })).status).toBe(200)
  await app.services.pools.owner.query(
    "update roles set rights = jsonb_set(rights, '{actions,signIn:manage}', 'true') where id = $1",
    [copy.id],
  )
  expect((await ben.get("/sign-in-rules")).status).toBe(200)
  expect((await ben.get("/sign-in-provider")).status).toBe(403)
  expect((await shop.owner.get("/sign-in-provider")).status).toBe(200)
})

it("refuses rights that contradict themselves", async () => {
  const attempt = async (change: (rights: Rights) => void) => {
    const rights = await rightsOf("administrator")
    change(rights)
    return (
      await shop.owner.post("/roles", { name: `Try ${Math.random()}`, copyOf: "administrator", rights })
    ).status
  }
  expect(
    await attempt((rights) => {
      rights.entities.people!.see = "own"
    }),
  ).toBe(422)
  expect(
    await attempt((rights) => {
      rights.entities.people!.fields.name = "hidden"
    }),
  ).toBe(422)
  expect(
    await attempt((rights) => {
      rights.actions["world:rule"] = true
    }),
  ).toBe(422)
  expect(
    await attempt((rights) => {
      rights.entities.dragons = rights.entities.people!
    }),
  ).toBe(422)
  // An import would name and change what the role does not reach.
  expect(
    await attempt((rights) => {
      rights.entities.people!.fields.emails = "hidden"
    }),
  ).toBe(422)
})

it("lets a change of rights be felt within a second on another process", async () => {
  const other = await startTestApp({ connection })
  const ben = await app.member(shop, "viewer")
  const roleId = await roleFor(shop.owner, "all")
  await shop.owner.patch(`/members/${ben.memberId}`, { roleId })
  const made = await ben.post("/api/v1/api-keys", { name: "x", scope: "write" })
  expect(made.status, made.text).toBe(201)
  const { key } = made.body.data
  const elsewhere = other.as(key)
  expect((await elsewhere.get("/companies")).status).toBe(200)
  const rights = (await shop.owner.get("/roles")).body.data.find(
    ({ id }: { id: string }) => id === roleId,
  ).rights
  rights.entities.companies = {
    ...rights.entities.companies,
    see: "none",
    create: false,
    edit: "none",
    delete: "none",
    export: "none",
  }
  const changed = await shop.owner.patch(`/roles/${roleId}`, { rights })
  expect(changed.status, changed.text).toBe(200)
  expect((await app.as(key).get("/companies")).status).toBe(403)
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect((await elsewhere.get("/companies")).status).toBe(403)
  await other.close()
})

it("says what a member can see and do", async () => {
  const ben = await app.member(shop, "viewer")
  const roleId = await roleFor(shop.owner, "own")
  await shop.owner.patch(`/members/${ben.memberId}`, { roleId })
  const team = (await shop.owner.post("/teams", { name: "Night" })).body.data
  await shop.owner.post(`/teams/${team.id}/members`, { memberId: ben.memberId })
  const company = (await shop.owner.post("/companies", { name: "Shared" })).body.data
  await shop.owner.post(`/companies/${company.id}/shares`, { teamId: team.id, access: "see" })
  const { data } = (await shop.owner.get(`/members/${ben.memberId}/rights`)).body
  expect(data).toMatchObject({
    role: "manager",
    roleId,
    teams: [{ id: team.id, name: "Night" }],
    shared: { companies: 1 },
  })
  expect(data.rights.entities.people.see).toBe("own")
  expect((await ben.get(`/companies/${company.id}`)).status).toBe(200)
})

it("lets nobody open more by a team than they reach themselves", async () => {
  const ben = await app.member(shop, "administrator")
  const narrow = await roleFor(shop.owner, "own", ({ actions }) => {
    actions["teams:update"] = true
  })
  const whole = await roleFor(shop.owner, "all", ({ actions }) => {
    actions["teams:update"] = true
  })
  const location = (await shop.owner.post("/locations", { name: "Harbour" })).body.data
  const team = (await shop.owner.post("/teams", { name: "Opening" })).body.data
  await shop.owner.post(`/teams/${team.id}/members`, { memberId: shop.ownerId })
  const attempts = () =>
    Promise.all([
      ben.post(`/teams/${team.id}/members`, { memberId: ben.memberId }),
      ben.patch(`/teams/${team.id}`, { locationId: location.id }),
    ])
  await shop.owner.patch(`/members/${ben.memberId}`, { roleId: narrow })
  expect((await attempts()).map(({ status }) => status)).toEqual([403, 403])
  expect((await ben.patch(`/teams/${team.id}`, { name: "Opened" })).status).toBe(200)
  expect((await ben.delete(`/teams/${team.id}/members/${shop.ownerId}`)).status).toBe(200)
  await shop.owner.patch(`/members/${ben.memberId}`, { roleId: whole })
  expect((await attempts()).map(({ status }) => status)).toEqual([200, 200])
})

it("notes changes of roles, teams and sharing among what bears on security", async () => {
  const roleId = await roleFor(shop.owner, "own")
  const team = (await shop.owner.post("/teams", { name: "Noted" })).body.data
  const company = (await shop.owner.post("/companies", { name: "Noted" })).body.data
  await shop.owner.post(`/companies/${company.id}/shares`, { teamId: team.id, access: "see" })
  const { rows } = await app.services.pools.owner.query<{ type: string; data: object }>(
    "select type, data from events where workspace_id = $1 and type like 'security.%' order by id desc limit 3",
    [shop.id],
  )
  expect(rows.map(({ type }) => type).sort()).toEqual([
    "security.role_changed",
    "security.sharing_changed",
    "security.team_changed",
  ])
  expect(rows.map(({ data }) => data)).toContainEqual({ roleId, change: "made" })
})

it("keeps roles, teams and shares within their workspace", async () => {
  const stranger = await app.workspace()
  const roleId = await roleFor(shop.owner, "own")
  const team = (await shop.owner.post("/teams", { name: "Ours" })).body.data
  expect((await stranger.owner.patch(`/roles/${roleId}`, { name: "x" })).status).toBe(404)
  expect((await stranger.owner.patch(`/members/${stranger.ownerId}`, { roleId })).status).toBe(422)
  expect((await stranger.owner.patch(`/teams/${team.id}`, { name: "x" })).status).toBe(404)
  expect(
    (await stranger.owner.post(`/teams/${team.id}/members`, { memberId: stranger.ownerId })).status,
  ).toBe(404)
  expect((await shop.owner.post(`/teams/${team.id}/members`, { memberId: stranger.ownerId })).status).toBe(
    422,
  )
  const company = (await stranger.owner.post("/companies", { name: "Theirs" })).body.data
  const share = { teamId: team.id, access: "see" }
  expect((await stranger.owner.post(`/companies/${company.id}/shares`, share)).status).toBe(422)
})
