import { entities } from "@regulars/contract/entities.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { runDueSchedules } from "../jobs/scheduler.ts"
import { binDays, eraseRecords, traceTables } from "./erase.ts"

let app: TestApp
let shop: TestWorkspace
let neighbour: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  neighbour = await app.workspace()
})
afterAll(() => app.close())

const day = 86_400_000
async function nextNight(): Promise<void> {
  app.clock.advance(day)
  await runDueSchedules(app.services)
  await app.drain()
}
/** Tables in which a text stands anywhere, sign-in's too. */
async function tablesHolding(text: string): Promise<string[]> {
  const { owner } = app.services.pools
  const { rows } = await owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth') order by 1",
  )
  const found: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await owner.query(`select from ${name} t where t::text ilike $1 limit 1`, [
      `%${text}%`,
    ])
    if (rowCount) found.push(name)
  }
  return found
}
async function make(of: TestWorkspace, path: string, body: object): Promise<string> {
  const answer = await of.owner.post(path, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}

it("erases what has been in the bin for 90 days, wherever something of it is kept, and nothing else", async () => {
  const companyId = await make(shop, "/companies", { name: "Canary Roastery" })
  const personId = await make(shop, "/people", {
    name: "Erasmus Canarybird",
    emails: [{ address: "erasmus@canarybird.example" }],
    employments: [{ companyId, current: true }],
  })
  const staying = await make(shop, "/people", {
    name: "Stella Stays",
    employments: [{ companyId, current: true }],
  })
  await make(shop, "/notes", { text: "Seen both", about: [{ type: "person", id: personId }] })
  await shop.owner.patch(`/people/${personId}`, { name: "Erasmus Canarybird the Second" })
  const ids = [personId, staying]
  await shop.owner.post("/people/bulk", { ids, action: "addTags", input: { tags: ["both"] } })
  const theirs = await make(neighbour, "/people", { name: "Nadia Neighbourly" })
  await neighbour.owner.delete(`/people/${theirs}`)
  await app.drain()
  await shop.owner.delete(`/people/${personId}`)
  await shop.owner.delete(`/companies/${companyId}`)
  await app.drain()
  app.clock.advance((binDays - 1) * day)
  const late = await make(neighbour, "/people", { name: "Lately Gone" })
  await neighbour.owner.delete(`/people/${late}`)
  await runDueSchedules(app.services)
  await app.drain()
  expect((await shop.owner.post(`/people/${personId}/restore`)).status).toBe(200)
  await shop.owner.delete(`/people/${personId}`)
  await nextNight()
  await nextNight()

  // The company went when it was due; the person, restored in between, waits anew.
  expect(await tablesHolding("Canary Roastery")).toEqual([])
  expect((await shop.owner.get(`/people/${staying}`)).body.data).toMatchObject({ companyId: null })
  expect((await neighbour.owner.post(`/people/${theirs}/restore`)).status).toBe(404)
  expect((await neighbour.owner.post(`/people/${late}/restore`)).status).toBe(200)
  expect(await tablesHolding("Canarybird")).not.toEqual([])
  app.clock.advance(binDays * day)
  await nextNight()
  expect(await tablesHolding("Canarybird")).toEqual([])
  // The bare id, which says nothing any more: whom the note was about, and what the bulk change was told to change.
  expect(await tablesHolding(personId)).toEqual(["public.notes", "public.operations", "public.record_values"])

  const timeline = await shop.owner.get(`/people/${staying}/timeline`)
  const types = timeline.body.data.map(({ type }: { type: string }) => type)
  expect(types).toEqual(["person.updated", "person.created"])
})

it("takes along what merges of others and results of undone ones keep of the erased", async () => {
  const keep = await make(shop, "/companies", { name: "Mill" })
  const twin = await make(shop, "/companies", { name: "Mill & Sons" })
  const employments = [{ companyId: twin, title: "Chief of wonderlands", current: true }]
  const personId = await make(shop, "/people", { name: "Merle Mergewitness", employments })
  const merged = await shop.owner.post("/companies/merge", { keep, merge: [twin] })
  const bulk = (body: object) => shop.owner.post("/people/bulk", { ids: [personId], ...body })
  const tagged = await bulk({ action: "update", input: { values: { jobTitle: "Teamster" } } })
  await app.drain()
  await shop.owner.patch(`/people/${personId}`, { jobTitle: "Captain" })
  const undone = await shop.owner.post(`/operations/${tagged.body.data.operationId}/undo`)
  await app.drain()
  const result = async () =>
    (await shop.owner.get(`/operations/${undone.body.data.id}`)).body.data.summary.kept
  expect(await result()).toMatchObject([{ id: personId, name: "Merle Mergewitness" }])
  await shop.owner.delete(`/people/${personId}`)
  await app.drain()
  expect(await tablesHolding("wonderlands")).toContain("public.merged_parts")
  await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, entities.people, [personId]))
  expect(await tablesHolding("wonder")).toEqual([])
  expect(await tablesHolding("Mergewitness")).toEqual([])
  expect(await result()).toMatchObject([{ id: personId, name: "" }])
  const back = await shop.owner.post(`/operations/${merged.body.data.operationId}/undo`)
  await app.drain()
  expect((await shop.owner.get(`/operations/${back.body.data.id}`)).body.data.status).toBe("done")
})

it("empties own fields that link to the erased, and removed ones", async () => {
  const fields: { id: string; key: string }[] = []
  for (const label of ["Referrer", "Former referrer"]) {
    const answer = await shop.owner.post("/fields", {
      entity: "people",
      type: "link",
      label,
      options: { target: "companies" },
    })
    expect(answer.status, answer.text).toBe(201)
    fields.push(answer.body.data)
  }
  const companyId = await make(shop, "/companies", { name: "Leading Nowhere" })
  const custom = Object.fromEntries(fields.map(({ key }) => [key, companyId]))
  const personId = await make(shop, "/people", { name: "Liv Linker", custom })
  await shop.owner.delete(`/fields/${fields[1]?.id}`)
  await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, entities.companies, [companyId]))
  await shop.owner.post(`/fields/${fields[1]?.id}/restore`)
  const { data } = (await shop.owner.get(`/people/${personId}`)).body
  for (const { key } of fields) expect(data.custom[key] ?? null).toBeNull()
  const filter = { field: `custom.${fields[0]?.key}`, op: "isEmpty" }
  expect((await shop.owner.post("/people/query", { filter, ids: true })).body.ids).toContain(personId)
})

it("empties what an own object links to, also of one that was removed", async () => {
  const links: { object: string; type: string; record: string; key: string }[] = []
  const companyId = await make(shop, "/companies", { name: "Maker of machines" })
  for (const [one, many] of [
    ["Oven", "Ovens"],
    ["Mill", "Mills"],
  ]) {
    const type = await make(shop, "/object-types", { one, many })
    const { data } = (await shop.owner.get("/object-types")).body
    const { entity } = data.find(({ id }: { id: string }) => id === type)
    const field = { entity, type: "link", label: "Maker", options: { target: "companies" } }
    const { key } = (await shop.owner.post("/fields", field)).body.data
    const record = await make(shop, `/${entity}`, { name: String(one), custom: { [key]: companyId } })
    links.push({ object: entity, type, record, key })
  }
  expect((await shop.owner.delete(`/object-types/${links[1]?.type}`)).status).toBeLessThan(300)
  await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, entities.companies, [companyId]))
  expect((await shop.owner.post(`/object-types/${links[1]?.type}/restore`)).status).toBeLessThan(300)
  for (const { object, record, key } of links) {
    const { data } = (await shop.owner.get(`/${object}/${record}`)).body
    expect(data.custom[key] ?? null).toBeNull()
  }
})

it("goes on until nothing is left, in steps", async () => {
  const rows = Array.from({ length: 1001 }, (_, index) => ({ name: `Crowd ${index}` }))
  for (const part of [rows.slice(0, 600), rows.slice(600)])
    await shop.owner.post("/companies/batch", { rows: part })
  const filter = { field: "name", op: "startsWith", value: "Crowd" }
  await shop.owner.post("/companies/bulk", { filter, action: "delete", input: {} })
  await app.drain()
  expect(
    (await shop.owner.post("/companies/query", { filter, deleted: true, ids: true })).body.ids,
  ).toHaveLength(1001)
  app.clock.advance(binDays * day)
  await nextNight()
  expect((await shop.owner.post("/companies/query", { filter, deleted: true, ids: true })).body.ids).toEqual(
    [],
  )
})

it("knows every table that names a record by its id", async () => {
  const { rows } = await app.services.pools.owner.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname in ('record_id', 'subject_id', 'one_id', 'other_id', 'tells_of')`,
  )
  expect(rows.map(({ table, column }) => [table, column]).sort()).toEqual(
    [...traceTables].map((entry) => [...entry]).sort(),
  )
})
