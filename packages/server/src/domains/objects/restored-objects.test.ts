import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"

let app: TestApp
let shop: TestWorkspace
let typeId: string
const entity = "objects/machines"
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  typeId = await make("/object-types", { one: "Machine", many: "Machines" })
})
afterAll(() => app.close())

async function make(path: string, values: object): Promise<string> {
  const answer = await shop.owner.post(path, values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const person = (name: string) => make("/people?allowDuplicate=true", { name })
const remove = async () => expect((await shop.owner.delete(`/object-types/${typeId}`)).status).toBe(204)
async function restore(path = `/object-types/${typeId}`) {
  const answer = await shop.owner.post(`${path}/restore`)
  expect(answer.status, answer.text).toBe(200)
  await app.drain()
  return answer.body
}
async function merge(keep: string, other: string): Promise<() => Promise<void>> {
  const merged = await shop.owner.post("/people/merge", { keep, merge: [other] })
  expect(merged.status, merged.text).toBe(200)
  return async () => {
    const undo = await shop.owner.post(`/operations/${merged.body.data.operationId}/undo`)
    expect(undo.status, undo.text).toBeLessThan(300)
    await app.drain()
  }
}
const customOf = async (path: string) => (await shop.owner.get(path)).body.data.custom

it("comes back without the roll-ups that what changed meanwhile can't serve, and names them", async () => {
  const cost = await make("/fields", { entity: "tasks", label: "Cost", type: "number" })
  const sum = { from: "tasks.about", of: "sum", field: "custom.cost" }
  const rollup = { entity, type: "rollup" }
  const costs = await make("/fields", { ...rollup, label: "Costs", options: { rollup: sum } })
  await make("/fields", {
    ...rollup,
    label: "Tasks",
    options: { rollup: { from: "tasks.about", of: "count" } },
  })
  const formula = "custom.costs * 2"
  const twice = await make("/fields", { entity, label: "Twice", type: "formula", options: { formula } })
  const id = await make(`/${entity}`, { name: "Press" })
  await make("/tasks", { title: "Oil", about: [{ type: entity, id }], custom: { cost: 7 } })
  await app.drain()
  expect(await customOf(`/${entity}/${id}`)).toEqual({ costs: 7, tasks: 1, twice: 14 })
  await remove()
  expect((await shop.owner.patch(`/fields/${cost}`, { type: "text" })).status).toBe(200)
  const { data, removedFields } = await restore()
  expect(data).toMatchObject({ entity, deletedAt: null })
  expect(removedFields).toHaveLength(2)
  expect(removedFields).toEqual(
    expect.arrayContaining([
      { id: costs, label: "Costs" },
      { id: twice, label: "Twice" },
    ]),
  )
  expect(await customOf(`/${entity}/${id}`)).toEqual({ tasks: 1 })
  expect((await shop.owner.post(`/fields/${costs}/restore`)).status).toBe(409)
  await restore(`/fields/${cost}`)
  await restore(`/fields/${costs}`)
  expect(await customOf(`/${entity}/${id}`)).toEqual({ costs: 7, tasks: 1 })
})

it("a link to an object that was removed meanwhile waits until that is back, too", async () => {
  const petsId = await make("/object-types", { one: "Pet", many: "Pets" })
  const options = { target: "objects/pets" }
  const guard = await make("/fields", { entity, label: "Guard", type: "link", options })
  const pet = await make("/objects/pets", { name: "Rex" })
  const path = `/${entity}/${await make(`/${entity}`, { name: "Press", custom: { guard: pet } })}`
  expect((await shop.owner.delete(`/object-types/${petsId}`)).status).toBe(409)
  await remove()
  expect((await shop.owner.delete(`/object-types/${petsId}`)).status).toBe(204)
  expect((await restore()).removedFields).toEqual([{ id: guard, label: "Guard" }])
  expect((await shop.owner.post(`/fields/${guard}/restore`)).status).toBe(409)
  await restore(`/object-types/${petsId}`)
  await restore(`/fields/${guard}`)
  expect(await customOf(path)).toEqual({ guard: pet })
})

it("is open to the roles it was open to, also to one that was changed meanwhile", async () => {
  const id = await make(`/${entity}`, { name: "Press" })
  const member = await app.member(shop, "member")
  const roleId = await roleFor(shop.owner, "all", () => undefined)
  expect((await shop.owner.patch(`/members/${member.memberId}`, { roleId })).status).toBe(200)
  const rightsNow = async () => {
    const { data } = (await shop.owner.get("/roles")).body
    return data.find((role: { id: string }) => role.id === roleId).rights
  }
  const before = await rightsNow()
  await remove()
  const without = await rightsNow()
  expect(without.entities).not.toHaveProperty(entity)
  without.entities.tasks.delete = "none"
  expect((await shop.owner.patch(`/roles/${roleId}`, { rights: without })).status).toBe(200)
  expect((await shop.owner.patch(`/roles/${roleId}`, { name: "Workshop" })).status).toBe(200)
  await restore()
  expect((await rightsNow()).entities[entity]).toEqual(before.entities[entity])
  expect((await rightsNow()).entities.tasks.delete).toBe("none")
  expect((await member.get(`/${entity}/${id}`)).status).toBe(200)
})

it("leads to what people were merged into while it was removed, and back when that is undone", async () => {
  const options = { target: "people" }
  await make("/fields", { entity, label: "Keeper", type: "link", options })
  const [first, second, third] = [await person("Ida"), await person("Ida Kern"), await person("Ida K.")]
  const path = `/${entity}/${await make(`/${entity}`, { name: "Press", custom: { keeper: first } })}`
  const binned = await make(`/${entity}`, { name: "Mill", custom: { keeper: second } })
  await shop.owner.delete(`/${entity}/${binned}`)
  await remove()
  const undoFirst = await merge(second, first)
  const undoSecond = await merge(third, second)
  expect((await restore()).removedFields).toEqual([])
  expect(await customOf(path)).toEqual({ keeper: third })
  const kept = { related: `${entity}.keeper` }
  expect((await shop.owner.post("/people/query", { filter: kept, ids: true })).body.ids).toEqual([third])
  await undoSecond()
  expect(await customOf(path)).toEqual({ keeper: second })
  await undoFirst()
  expect(await customOf(path)).toEqual({ keeper: first })
  await shop.owner.post(`/${entity}/${binned}/restore`)
  expect(await customOf(`/${entity}/${binned}`)).toEqual({ keeper: second })
})

it("leads to whom it led before a merge that was taken back while it was removed", async () => {
  const options = { target: "people" }
  await make("/fields", { entity, label: "Keeper", type: "link", options })
  const [keep, other] = [await person("Bo"), await person("Bo Berg")]
  const path = `/${entity}/${await make(`/${entity}`, { name: "Press", custom: { keeper: other } })}`
  const undo = await merge(keep, other)
  expect(await customOf(path)).toEqual({ keeper: keep })
  await remove()
  await undo()
  await restore()
  expect(await customOf(path)).toEqual({ keeper: other })
})

it("a link that was removed leads to what its records became when it is back", async () => {
  const options = { target: "people" }
  const mentor = await make("/fields", { entity: "companies", label: "Mentor", type: "link", options })
  const [keep, other] = [await person("Bo"), await person("Bo Berg")]
  const company = await make("/companies", { name: "Acme", custom: { mentor: other } })
  expect((await shop.owner.delete(`/fields/${mentor}`)).status).toBe(204)
  const undo = await merge(keep, other)
  await restore(`/fields/${mentor}`)
  expect(await customOf(`/companies/${company}`)).toEqual({ mentor: keep })
  await undo()
  expect(await customOf(`/companies/${company}`)).toEqual({ mentor: other })
})
