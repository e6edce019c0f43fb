import { afterAll, beforeAll, expect, it } from "vitest"
import type { Client, TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTransferApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

/** A member whose role imports, but does not reach these entities: not at all, or without making new ones. */
async function importer(limits: Record<string, "unseen" | "none new">): Promise<Client> {
  const member = await app.member(shop, "member")
  const roleId = await roleFor(shop.owner, "all", (rights) => {
    rights.areas.imports = true
    rights.actions["imports:create"] = true
    for (const [name, limit] of Object.entries(limits)) {
      const entity = rights.entities[name]!
      entity.create = false
      if (limit === "unseen")
        Object.assign(entity, { see: "none", edit: "none", delete: "none", export: "none" })
    }
  })
  const given = await shop.owner.patch(`/members/${member.memberId}`, { roleId })
  expect(given.status, given.text).toBe(200)
  return member
}
const people = "Name,E-mail,Company\nPia Private,pia@private.example,Secret Works"

it("of what a role does not see are neither made, nor read, nor listed", async () => {
  const { id } = await app.importFile(shop, people, { entity: "people" })
  const ben = await importer({ people: "unseen" })
  expect((await upload(ben, people, { entity: "people" })).status).toBe(403)
  // Recognised as what is left, never as people.
  const own = await upload(ben, people)
  expect(own.body.data?.entity).not.toBe("people")
  for (const path of [`/imports/${id}`, `/imports/${id}/rejects`])
    expect((await ben.get(path)).status).toBe(404)
  for (const step of ["check", "run", "undo"])
    expect((await ben.post(`/imports/${id}/${step}`)).status, step).toBe(404)
  const list = await ben.get("/imports")
  expect(list.text).not.toContain(id)
  expect((await shop.owner.get("/imports")).text).toContain(id)
})

it("make no employers for a role that may make no companies: their names are kept as text", async () => {
  const ben = await importer({ companies: "none new" })
  const file = people.replace("Secret", "Hidden").replaceAll("Pia", "Paul").replaceAll("pia", "paul")
  const { id } = (await upload(ben, file, { entity: "people" })).body.data
  expect((await ben.post(`/imports/${id}/run`)).status).toBe(202)
  await app.drain()
  expect((await ben.get(`/imports/${id}`)).body.data).toMatchObject({
    status: "done",
    counts: { created: 1 },
  })
  const filter = { field: "name", op: "is", value: "Hidden Works" }
  expect((await shop.owner.post("/companies/query", { filter })).body.data).toEqual([])
  const found = { filter: { field: "name", op: "is", value: "Paul Private" } }
  const [paul] = (await shop.owner.post("/people/query", found)).body.data
  expect(paul.companyId).toBeNull()
  expect(Object.values(paul.preferences)).toContain("Hidden Works")
})

it("end when whoever started them may no longer make such records", async () => {
  const member = await app.member(shop, "manager")
  const { id } = (
    await upload(member, people.replaceAll("Pia", "Ria").replaceAll("pia", "ria"), { entity: "people" })
  ).body.data
  expect((await member.post(`/imports/${id}/run`)).status).toBe(202)
  const roleId = await roleFor(shop.owner, "all", (rights) => {
    rights.areas.imports = true
    rights.actions["imports:create"] = true
    rights.entities.people!.create = false
  })
  expect((await shop.owner.patch(`/members/${member.memberId}`, { roleId })).status).toBe(200)
  await app.drain()
  expect((await shop.owner.get(`/imports/${id}`)).body.data).toMatchObject({
    status: "failed",
    error: expect.any(String),
  })
  const found = { filter: { field: "name", op: "is", value: "Ria Private" } }
  expect((await shop.owner.post("/people/query", found)).body.data).toEqual([])
})

it("are for roles from which nothing is hidden: no check tells of a field that its reader may not see", async () => {
  const secret = { entity: "people", label: "Secret", type: "text", required: "stages", stages: ["customer"] }
  const field = await shop.owner.post("/fields", secret)
  expect(field.status, field.text).toBe(201)
  const file = "Name,Lifecycle\nSoraya Silent,customer"
  const member = await app.member(shop, "manager")
  const { id } = (await upload(member, file, { entity: "people" })).body.data
  expect((await member.post(`/imports/${id}/check`)).status).toBe(202)
  await app.drain()
  expect((await member.get(`/imports/${id}`)).body.data.counts).toMatchObject({ refused: 1 })

  const hiding = (mayImport: boolean) =>
    roleFor(shop.owner, "all", (rights) => {
      rights.areas.imports = mayImport
      rights.actions["imports:create"] = mayImport
      rights.entities.people!.fields = { "custom.secret": "hidden" }
    })
  await expect(hiding(true)).rejects.toThrow("import_needs_all")
  const given = await shop.owner.patch(`/members/${member.memberId}`, { roleId: await hiding(false) })
  expect(given.status, given.text).toBe(200)
  for (const path of ["/imports", `/imports/${id}`, `/imports/${id}/rejects`])
    expect((await member.get(path)).status, path).toBe(403)
  for (const step of ["check", "run"])
    expect((await member.post(`/imports/${id}/${step}`)).status, step).toBe(403)
  expect((await upload(member, file, { entity: "people" })).status).toBe(403)
  expect((await shop.owner.delete(`/fields/${field.body.data.id}`)).status).toBeLessThan(300)
})
