import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp } from "../app.ts"
import { makeTwins, type Twin } from "../twins.ts"

let app: TestApp
let ours: Twin
beforeAll(async () => {
  app = await startTestApp()
  ;[ours] = await makeTwins(app)
  for (let index = 0; index < 30; index++)
    await ours.owner.post("/people", {
      name: `Row ${index}`,
      companyId: ours.ids.companies,
      emails: [{ address: `row${index}@example.com` }],
    })
})
afterAll(() => app.close())

/** Statements an endpoint may send, whatever the number of rows: more is an N+1 in the making. */
const budget: [
  string,
  () => [method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown],
  most: number,
][] = [
  ["read a person", () => ["GET", `/people/${ours.ids.people}`], 1],
  [
    "list of 50 with count and names",
    () => ["POST", "/people/query", { count: "true", include: ["companyId", "ownerId"] }],
    4,
  ],
  [
    "filtered list",
    () => [
      "POST",
      "/people/query",
      {
        filter: { related: "companyId", some: { field: "name", op: "contains", value: "works" } },
        sort: ["-createdAt"],
      },
    ],
    1,
  ],
  ["ids of a view", () => ["POST", "/people/query", { ids: true }], 1],
  ["rows by id", () => ["POST", "/people/query", { only: [ours.ids.people] }], 1],
  ["timeline", () => ["GET", `/people/${ours.ids.people}/timeline`], 6],
  [
    "create a deal",
    () => [
      "POST",
      "/deals",
      { name: "New", companyId: ours.ids.companies, people: [{ personId: ours.ids.people }] },
    ],
    8,
  ],
  ["move a deal", () => ["PATCH", `/deals/${ours.ids.deals}`, { stage: "qualified" }], 9],
  ["stages of a deal", () => ["GET", `/deals/${ours.ids.deals}/stages`], 2],
  ["read a record of an own object", () => ["GET", `/objects/machines/${ours.ids.machines}`], 1],
  [
    "list of an own object with count and names",
    () => [
      "POST",
      "/objects/machines/query",
      { count: "true", include: ["custom.keeper", "custom.spareFor"] },
    ],
    3,
  ],
  [
    "create a record of an own object",
    () => ["POST", "/objects/machines", { name: "New", custom: { keeper: ours.ids.people } }],
    7,
  ],
  [
    "change a record of an own object",
    () => ["PATCH", `/objects/machines/${ours.ids.machines}`, { custom: { serial: `${Math.random()}` } }],
    7,
  ],
  ["search", () => ["GET", "/search?q=row"], 3],
  [
    "create a person",
    () => [
      "POST",
      "/people",
      {
        name: "New",
        emails: [{ address: `new${Math.random()}@example.com` }],
        companyId: ours.ids.companies,
      },
    ],
    7,
  ],
  ["change a person", () => ["PATCH", `/people/${ours.ids.people}`, { jobTitle: `T${Math.random()}` }], 4],
  [
    "create 100 in a batch",
    () => [
      "POST",
      "/people/batch",
      { rows: Array.from({ length: 100 }, (_, index) => ({ name: `Batch ${index}` })) },
    ],
    4,
  ],
  [
    "write a note",
    () => ["POST", "/notes", { text: "x", about: [{ type: "person", id: ours.ids.people }] }],
    8,
  ],
  [
    "create an order",
    () => [
      "POST",
      "/orders",
      {
        personId: ours.ids.people,
        lines: [{ productId: ours.ids.products, name: "Beans", quantity: "2" }],
      },
    ],
    10,
  ],
  ["pay an order", () => ["POST", `/orders/${ours.ids.orders}/pay`, { amount: "1" }], 7],
  ["today", () => ["GET", "/today"], 6],
  ["views", () => ["GET", "/views"], 3],
  ["keep a view", () => ["POST", "/views", { entity: "people", name: "Mine" }], 2],
]
it.each(budget)("%s stays within its statements", async (_, request, most) => {
  const [method, path, body] = request()
  app.statements.length = 0
  const answer = await ours.owner.call({
    method,
    url: `/api/v1${path}`,
    ...(body !== undefined && { payload: body as object }),
  })
  expect(answer.status, answer.text).toBeLessThan(300)
  // Who calls is asked at most twice a second, and not counted here.
  const own = app.statements.filter((text) => !text.includes("auth."))
  expect(own.length, own.join("\n---\n")).toBeLessThanOrEqual(most)
  expect(own.length).toBeGreaterThan(0)
})
