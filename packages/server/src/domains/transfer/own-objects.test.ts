import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
let shop: TestWorkspace
const entity = "objects/machines"
beforeAll(async () => {
  app = await startTransferApp()
})
beforeEach(async () => {
  shop = await workshop()
})
afterAll(() => app.close())

async function workshop(): Promise<TestWorkspace> {
  const workspace = await app.workspace()
  const make = async (path: string, body: object) => {
    const answer = await workspace.owner.post(path, body)
    expect(answer.status, answer.text).toBe(201)
  }
  await make("/object-types", { one: "Machine", many: "Machines" })
  await make("/fields", { entity, label: "Serial number", type: "text" })
  await make("/fields", { entity, label: "Bought", type: "date" })
  await make("/fields", { entity, label: "Keeper", type: "link", options: { target: "people" } })
  await make("/fields", { entity, label: "Spare for", type: "link", options: { target: entity } })
  return workspace
}
const list = [
  "Name;Serial number;Bought;Keeper;Spare for",
  "Grinder;RX-1;13.05.2024;Ida Kern;",
  "Press;RX-2;;Ida Kern;",
  ";RX-3;;;",
].join("\n")

it("imports records of an own object with what they link to, and takes the import back", async () => {
  const { id, checked, result } = await app.importFile(shop, list, { entity })
  expect(checked.columns.map(({ target }) => target?.field)).toEqual([
    "name",
    "custom.serialNumber",
    "custom.bought",
    "custom.keeper",
    "custom.spareFor",
  ])
  expect(result.counts).toMatchObject({ created: 2, refused: 1 })
  const [ida] = (await app.records(shop, "people")) as unknown as { id: string; name: string }[]
  expect(ida).toMatchObject({ name: "Ida Kern" })
  const records = (await app.records(shop, entity)) as unknown as { id: string }[]
  expect(records).toMatchObject([
    { name: "Grinder", custom: { serialNumber: "RX-1", bought: "2024-05-13", keeper: ida?.id } },
    { name: "Press", custom: { serialNumber: "RX-2", bought: null, keeper: ida?.id } },
  ])
  const told = (await shop.owner.get(`/people/${ida?.id}/timeline?types=${entity}`)).body.data
  expect(told.map(({ subjects }: { subjects: { name: string }[] }) => subjects[0]?.name).sort()).toEqual([
    "Grinder",
    "Press",
  ])
  expect((await shop.owner.post(`/imports/${id}/undo`)).status).toBe(202)
  await app.drain()
  expect(await app.records(shop, entity)).toEqual([])
})

it.each(["keys", "labels"])("reads its own export (%s) back without a change", async (header) => {
  await app.importFile(shop, list, { entity })
  const [grinder, press] = (await app.records(shop, entity)) as unknown as { id: string }[]
  await shop.owner.patch(`/${entity}/${press?.id}`, { custom: { spareFor: grinder?.id } })
  const before = await app.records(shop, entity)
  const csv = (await shop.owner.get(`/export?entity=${entity}&format=csv&header=${header}`)).text
  const { checked, result } = await app.importFile(shop, csv, { entity })
  expect(checked.problems).toEqual([])
  expect(result.counts).toMatchObject({ rows: 2, unchanged: 2 })
  expect(await app.records(shop, entity)).toEqual(before)
})

it("is imported by those alone whose role may", async () => {
  const member = await app.member(shop, "member")
  expect((await upload(member, list, { entity })).status).toBe(403)
  const manager = await app.member(shop, "manager")
  expect((await upload(manager, list, { entity })).status).toBe(201)
  expect((await upload(manager, list, { entity: "objects/other" })).status).toBe(422)
})

it("brings notes to the records they are about", async () => {
  await app.importFile(shop, list, { entity })
  const notes = "Text,About\nmakes a noise,Grinder\n"
  const { result } = await app.importFile(shop, notes, { entity: "notes" })
  expect(result.counts).toMatchObject({ created: 1 })
  const [grinder] = (await app.records(shop, entity)) as unknown as { id: string }[]
  const [note] = (await shop.owner.get("/notes")).body.data
  expect(note.about).toEqual([{ type: entity, id: grinder?.id }])
})
