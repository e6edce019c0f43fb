import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { mergingIn } from "../../../testing/merging.ts"
import { sql } from "../db/sql.ts"

let app: TestApp
let shop: TestWorkspace
let doing: ReturnType<typeof mergingIn>
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  doing = mergingIn(app, shop)
})
afterAll(() => app.close())

const declare = (label: string, type: string, more: object = {}) =>
  doing.make("/fields", { entity: "people", label, type, ...more })
const mentorOf = (target = "people") => declare("Mentor", "link", { options: { target } })
const remove = async (id: string) => expect((await shop.owner.delete(`/fields/${id}`)).status).toBe(204)
async function restore(id: string) {
  const answer = await shop.owner.post(`/fields/${id}/restore`)
  expect(answer.status, answer.text).toBe(200)
  await app.drain()
  return answer.body.data
}
const customOf = async (id: string) => (await doing.read(`/people/${id}`)).custom
async function found(field: string, op: string, value: unknown): Promise<string[]> {
  const answer = await shop.owner.post("/people/query", { filter: { field: `custom.${field}`, op, value } })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map(({ id }: { id: string }) => id)
}

it.each([false, true])(
  "values of a field restored after a merge was taken back are found, its name taken meanwhile: %s",
  async (isTaken) => {
    const { make, person, merge, undo } = doing
    const cups = await declare("Cups", "number", { unique: true })
    const [keep, twin] = [await person({ name: "Keep" }), await person({ name: "Twin", custom: { cups: 7 } })]
    const options = { rollup: { from: "people.companyId", of: "sum", field: "custom.cups" } }
    const rollup = await make("/fields", { entity: "companies", type: "rollup", label: "Cups", options })
    const company = await make("/companies", { name: "Acme" })
    await shop.owner.patch(`/people/${twin}`, { companyId: company })
    await remove(rollup)
    await remove(cups)
    if (isTaken) await declare("Cups", "text")
    await undo(await merge("/people", keep, [twin]))
    await restore(cups)
    await restore(rollup)
    expect([await customOf(keep), await customOf(twin)]).toEqual([{ cups: null }, { cups: 7 }])
    expect(await found("cups", "is", 7)).toEqual([twin])
    const taken = await shop.owner.patch(`/people/${keep}`, { custom: { cups: 7 } })
    expect(taken.status, taken.text).toBe(422)
    expect((await doing.read(`/companies/${company}`)).custom).toEqual({ cups: 7 })
  },
)

it("a field removed after a merge and before it is taken back holds again what it held", async () => {
  const { person, merge, undo } = doing
  const fields = [await mentorOf(), await declare("Cups", "number")]
  const [keep, twin] = [await person({ name: "Keep" }), await person({ name: "Twin", custom: { cups: 7 } })]
  const pupil = await person({ name: "Pupil", custom: { mentor: twin } })
  const operation = await merge("/people", keep, [twin])
  expect([await customOf(pupil), await customOf(keep)]).toMatchObject([{ mentor: keep }, { cups: 7 }])
  for (const id of fields) await remove(id)
  const preview = (await shop.owner.get(`/operations/${operation}/undo-preview`)).body.data
  expect(preview).toMatchObject({ restored: 1, keptCount: 0 })
  expect(await undo(operation)).toMatchObject({ restored: 1, keptCount: 0 })
  for (const id of fields) await restore(id)
  expect([await customOf(pupil), await customOf(keep), await customOf(twin)]).toEqual([
    { mentor: twin, cups: null },
    { mentor: null, cups: null },
    { mentor: null, cups: 7 },
  ])
  expect(await found("mentor", "isAnyOf", [twin])).toEqual([pupil])
  expect(await found("cups", "is", 7)).toEqual([twin])
})

it("what is unique or searched decides over nothing while it is removed", async () => {
  const { person, merge, undo } = doing
  const nick = await declare("Nick", "text", { unique: true, required: "always" })
  const keep = await person({ name: "Keep", custom: { nick: "Oatmilk" } })
  const twin = await person({ name: "Twin", custom: { nick: "Barista" } })
  await remove(nick)
  const other = await person({ name: "Other" })
  const operation = await merge("/people", other, [keep, twin])
  expect(await undo(operation)).toMatchObject({ restored: 2, keptCount: 0 })
  expect((await shop.owner.get("/search?q=oatmilk")).body.data).toEqual([])
  expect(await restore(nick)).toMatchObject({ unique: true })
  expect([await customOf(keep), await customOf(other)]).toEqual([{ nick: "Oatmilk" }, { nick: null }])
})

it("a field that is removed while records are merged has the other's value when it is back", async () => {
  const { person, merge, undo } = doing
  const cups = await declare("Cups", "number")
  const [keep, twin] = [await person({ name: "Keep" }), await person({ name: "Twin", custom: { cups: 7 } })]
  await remove(cups)
  const operation = await merge("/people", keep, [twin])
  await restore(cups)
  expect(await customOf(keep)).toEqual({ cups: 7 })
  expect(await found("cups", "is", 7)).toEqual([keep])
  await undo(operation)
  expect([await customOf(keep), await customOf(twin)]).toEqual([{ cups: null }, { cups: 7 }])
})

it("a link to what became part of the record itself ends when its field is back, and is there again after the undo", async () => {
  const { person, merge, undo } = doing
  await declare("Friend", "link", { options: { target: "people" } })
  const mentor = await mentorOf()
  const twin = await person({ name: "Twin" })
  const keep = await person({ name: "Keep", custom: { mentor: twin, friend: twin } })
  const pupil = await person({ name: "Pupil", custom: { mentor: twin, friend: twin } })
  await remove(mentor)
  await declare("Mentor", "text")
  const operation = await merge("/people", keep, [twin])
  await restore(mentor)
  expect([await customOf(keep), await customOf(pupil)]).toEqual([
    { mentor: null, friend: null },
    { mentor: keep, friend: keep },
  ])
  expect(await undo(operation)).toMatchObject({ restored: 1, keptCount: 0 })
  const both = { mentor: twin, friend: twin }
  expect([await customOf(keep), await customOf(pupil)]).toEqual([both, both])
})

it("a merge is taken back, too, when a removed field led to an object that is forgotten", async () => {
  const { make, person, merge, undo } = doing
  const petsId = await make("/object-types", { one: "Pet", many: "Pets" })
  const pet = await make("/objects/pets", { name: "Rex" })
  const guard = await declare("Guard", "link", { options: { target: "objects/pets" } })
  const keep = await person({ name: "Keep" })
  const twin = await person({ name: "Twin", custom: { guard: pet } })
  const operation = await merge("/people", keep, [twin])
  expect(await customOf(keep)).toEqual({ guard: pet })
  await remove(guard)
  expect((await shop.owner.delete(`/object-types/${petsId}`)).status).toBe(204)
  await app.inWorkspace(shop, async (ctx) => {
    ctx.tx.write(sql`update object_types set deleted_at = '2020-01-01' where workspace_id = ${shop.id}`)
    await ctx.registry.jobs.get("objects.forget")?.handle(ctx, {})
  })
  await app.drain()
  expect(await undo(operation)).toMatchObject({ restored: 1 })
  expect(await doing.read(`/people/${twin}`)).toMatchObject({ name: "Twin" })
})
