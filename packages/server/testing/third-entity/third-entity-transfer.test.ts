import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { entityList } from "@regulars/contract/entities.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { productRegistry } from "../../src/app.ts"
import {
  startTransferApp,
  type TransferApp,
  upload,
} from "../../src/domains/transfer/testing/transfer-app.ts"
import { grantEntity } from "../../src/kernel/access/roles.ts"
import type { TestWorkspace } from "../app.ts"
import { bicycles } from "./bicycles.ts"

let app: TransferApp
beforeAll(async () => {
  grantEntity(bicycles)
  app = await startTransferApp({ registry: productRegistry([...entityList, bicycles]) })
  await app.services.pools.owner.query(await readFile(join(import.meta.dirname, "bicycles.sql"), "utf8"))
})
afterAll(() => app.close())

const list = [
  "Frame;Kind;Bought;Price;Electric;Owner;Tags;Serviced part;Serviced on;Serviced 2 part;Colour",
  "RX-1;Cargo;13.05.2024;1.299,50;ja;Ida;fast, red;chain;01.02.2026;brake;blue",
  "RX-2;road;01.06.2025;800,00;no;Bo Berg;;;;;red",
  "RX-3;;;;;Bo Berg;;;;;",
].join("\r\n")

async function shopWithIda(): Promise<TestWorkspace & { ida: string }> {
  const shop = await app.workspace()
  return { ...shop, ida: (await shop.owner.post("/people", { name: "Ida" })).body.data.id }
}

it("imports a further entity by what its declaration says, and takes the import back", async () => {
  const shop = await shopWithIda()
  const { id, checked, result } = await app.importFile(shop, list, { entity: "bicycles" })
  expect(checked.columns.map(({ target, ask }) => ({ ...target, ask }))).toEqual([
    { field: "frame", ask: false },
    { field: "kind", ask: false },
    { field: "bought", ask: false },
    { field: "price", ask: false },
    { field: "electric", ask: false },
    { field: "ownerId", ask: false },
    { field: "tags", ask: false },
    { field: "serviced", part: "part", group: 1, ask: false },
    { field: "serviced", part: "on", group: 1, ask: false },
    { field: "serviced", part: "part", group: 2, ask: false },
    // Nothing of a bicycle holds free texts: whoever imports is asked before a column is left out.
    { field: "ignore", ask: true },
  ])
  expect(checked.columns[2]).toMatchObject({ dateOrder: "dmy" })
  expect(checked.columns[3]).toMatchObject({ decimal: "," })
  expect(checked.counts).toMatchObject({ rows: 3, created: 3, refused: 0 })
  expect(result.counts).toEqual(checked.counts)

  const people = await app.records(shop, "people")
  const bo = people.find(({ name }) => name === "Bo Berg") as unknown as { id: string }
  expect(people).toHaveLength(2)
  expect(await app.records(shop, "bicycles")).toMatchObject([
    {
      frame: "RX-1",
      kind: "cargo",
      bought: "2024-05-13",
      price: 1299.5,
      electric: true,
      ownerId: shop.ida,
      tags: ["fast", "red"],
      serviced: [{ part: "chain", on: "2026-02-01" }, { part: "brake" }],
    },
    { frame: "RX-2", kind: "road", bought: "2025-06-01", price: 800, electric: false, ownerId: bo.id },
    { frame: "RX-3", kind: null, bought: null, price: null, electric: null, ownerId: bo.id },
  ])

  expect((await shop.owner.post(`/imports/${id}/undo`)).status).toBe(202)
  await app.drain()
  expect((await shop.owner.get(`/imports/${id}`)).body.data.status).toBe("undone")
  expect(await app.records(shop, "bicycles")).toEqual([])
  expect(await app.records(shop, "people")).toMatchObject([{ name: "Ida" }])
})

it("finds twins of it, updates them, and changes nothing the second time", async () => {
  const shop = await shopWithIda()
  await shop.owner.post("/bicycles", { frame: "rx-1", kind: "city" })
  const first = await app.importFile(shop, list, { entity: "bicycles" })
  expect(first.checked.twins).toMatchObject([{ line: 2, reason: "name", candidate: { name: "rx-1" } }])
  expect(first.result.counts).toMatchObject({ created: 2, updated: 1 })
  const before = await app.records(shop, "bicycles")
  expect(before).toMatchObject([{ frame: "rx-1", kind: "city", price: 1299.5 }, {}, {}])
  const again = await app.importFile(shop, list, { entity: "bicycles" })
  expect(again.result.counts).toMatchObject({ unchanged: 3, created: 0, updated: 0 })
  const overwrite = { columns: [{ index: 1, onUpdate: "overwrite" }] }
  const other = await app.importFile(shop, list, { entity: "bicycles", patch: overwrite })
  expect(other.result.counts).toMatchObject({ unchanged: 2, updated: 1 })
})

it("names the cell that it can't read", async () => {
  const shop = await shopWithIda()
  const { email } = (await shop.owner.get("/members")).body.data[0]
  const faulty =
    "frame,kind,price,electric,bought,mechanic\nA,boat,1,no,,\nB,city,cheap,no,,\nC,city,1,perhaps,,\n,city,1,no,,\nD,,,,2026-02-31,\nE,,,,,Nobody\n"
  const { checked, result } = await app.importFile(shop, `${faulty}F,,,,,${email}\n`, { entity: "bicycles" })
  expect(checked.problems.map(({ line, header, code }) => [line, header, code])).toEqual([
    [2, "kind", "choice_unknown"],
    [3, "price", "number_invalid"],
    [4, "electric", "boolean_unknown"],
    [5, "frame", "required"],
    [6, "bought", "date_invalid"],
    // Members are never made of a name, and a bicycle has no place to keep it as text.
    [7, "mechanic", "link_unknown"],
  ])
  expect(result.counts).toMatchObject({ rows: 7, created: 1, refused: 6 })
  expect(await app.records(shop, "bicycles")).toMatchObject([{ frame: "F", mechanicId: shop.ownerId }])
})

it("says that dates can be read in two ways before anything is written", async () => {
  const shop = await shopWithIda()
  const made = await upload(shop.owner, "frame,bought\nA,03/04/2025\n", { entity: "bicycles" })
  const { id, columns } = made.body.data
  expect(columns[1]).toMatchObject({ dateOrder: "ambiguous", suggestedDateOrder: "mdy" })
  expect((await shop.owner.post(`/imports/${id}/check`)).body).toMatchObject({
    code: "validation_failed",
    errors: [{ path: "columns.1.dateOrder" }],
  })
})

it.each(["csv", "xlsx"] as const)("reads its own export as %s back without a change", async (format) => {
  const shop = await shopWithIda()
  await app.importFile(shop, list, { entity: "bicycles" })
  const before = await app.records(shop, "bicycles")
  for (const header of ["keys", "labels"]) {
    const response = await app.server.inject({
      url: `/api/v1/export?entity=bicycles&format=${format}&header=${header}`,
      headers: { host: "localhost:3000", authorization: `Bearer ${shop.apiKey}` },
    })
    const { checked, result } = await app.importFile(shop, response.rawPayload, { name: `list.${format}` })
    expect(checked).toMatchObject({ entity: "bicycles", source: "own" })
    expect(result.counts).toMatchObject({ rows: 3, unchanged: 3 })
  }
  expect(await app.records(shop, "bicycles")).toEqual(before)
})

it("is told from people and companies by its columns", async () => {
  const shop = await shopWithIda()
  const told = async (content: string) => (await upload(shop.owner, content)).body.data.entity
  expect(await told(list)).toBe("bicycles")
  expect(await told("Name;E-Mail;Kind;Tags\nIda;ida@example.com;city;x\n")).toBe("people")
  // However much a header has of a list of tasks, what has addresses is one of people.
  const alike = "Title;Description;Priority;Status;E-Mail\nDr.;Likes tea;high;open;ida@example.com\n"
  expect(await told(alike)).toBe("people")
  expect(await told(alike.replace(";E-Mail", "").replace(";ida@example.com", ""))).toBe("tasks")
})

it("refuses what can't be imported, and columns that lead nowhere", async () => {
  const shop = await shopWithIda()
  for (const entity of ["members", "secrets", "__proto__"])
    expect((await upload(shop.owner, list, { entity })).body, entity).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "entity" }],
    })
  const { id } = (await upload(shop.owner, list, { entity: "bicycles" })).body.data
  for (const field of ["givenName", "note", "preferences", "id", "__proto__", "constructor"]) {
    const answer = await shop.owner.patch(`/imports/${id}`, { columns: [{ index: 0, target: { field } }] })
    expect(answer.status, field).toBe(422)
  }
  expect((await shop.owner.patch(`/imports/${id}`, { entity: "secrets" })).status).toBe(422)
  const viewer = await app.member(shop, "member")
  expect((await upload(viewer, list, { entity: "bicycles" })).status).toBe(403)
})
