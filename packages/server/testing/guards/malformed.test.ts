import { endpoints } from "@regulars/contract/endpoints.ts"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp } from "../app.ts"
import { tableSums } from "../row-differ.ts"
import { makeTwins, type Twin } from "../twins.ts"

let app: TestApp
let ours: Twin
let theirs: Twin
beforeAll(async () => {
  app = await startTestApp()
  ;[ours, theirs] = await makeTwins(app)
})
afterAll(() => app.close())

const runs = Number(process.env.GUARD_RUNS ?? 600)
/** Endpoints whose answer never ends, or that end the caller's own access. */
const left = ["GET /stream", "POST /auth/sign-out"]
const keys = Object.keys(endpoints).filter((key) => !left.includes(key))

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    1.5,
    "",
    " ",
    "\0",
    "\ud800",
    "ÿ".repeat(50),
    "a".repeat(30_000),
    [],
    {},
    [[]],
    [null],
    { $gt: "" },
    "__proto__",
    "constructor",
    "2026-13-45",
    "NaN",
    "\u202e",
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary" }),
)
const bodyKeys = [
  "name",
  "emails",
  "phones",
  "filter",
  "sort",
  "fields",
  "ids",
  "only",
  "limit",
  "rows",
  "matchOn",
  "action",
  "input",
  "about",
  "body",
  "title",
  "dueDate",
  "columns",
  "entity",
  "role",
  "email",
  "token",
  "password",
  "id",
  "workspaceId",
  "createdAt",
  "custom",
  "birthday",
  "consents",
  "address",
  "tag",
]
const objectOf = (values: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...bodyKeys), values, { maxKeys: 5 })
const filterLike = fc.letrec<{ filter: unknown }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    fc.record({
      field: fc.constantFrom(
        "name",
        "emails",
        "birthday",
        "createdAt",
        "tags",
        "companyId",
        "preferences.x",
        "addresses.city",
        "nope",
        "__proto__",
      ),
      op: fc.constantFrom(
        "is",
        "isNot",
        "contains",
        "before",
        "during",
        "between",
        "isAnyOf",
        "comesWithin",
        "moreThan",
        "isEmpty",
        "startsWith",
        "sideways",
      ),
      value: odd,
    }),
    fc.record({ all: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ not: tie("filter") }),
    fc.record({ related: fc.constantFrom("people", "companyId", "tasks", "nope"), some: tie("filter") }),
    fc.record({
      event: fc.constantFrom("person.created", "nope"),
      count: fc.record({ atLeast: fc.nat(), atMost: fc.nat() }),
    }),
    odd,
  ),
})).filter

describe("malformed input", () => {
  it("is answered with a clear error, never with 500 (IN16)", async () => {
    const request = fc.record({
      key: fc.constantFrom(...keys),
      id: fc.constantFrom(ours.ids.people, ours.ids.notes, "x", "%00", "..%2f..", "0", "null"),
      body: fc.oneof(objectOf(odd), odd, fc.record({ filter: filterLike })),
      query: fc.dictionary(
        fc.constantFrom(
          "filter",
          "sort",
          "fields",
          "include",
          "limit",
          "cursor",
          "count",
          "q",
          "types",
          "entity",
          "format",
          "deleted",
          "allowDuplicate",
          "extra",
        ),
        fc.oneof(
          fc.string(),
          fc.constantFrom("[]", "{", '{"field":"name"}', "-1", "9".repeat(40), "name,name", "\0"),
        ),
        { maxKeys: 3 },
      ),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        { "if-match": '"x"' },
        { "if-match": '"999999999999"' },
        { "idempotency-key": "k".repeat(300) },
        { "content-type": "text/plain" },
        { "content-type": "application/json; charset=utf-16" },
      ),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ key, id, body, query, headers }) => {
        const [method, path = ""] = key.split(" ")
        const url = `/api${path.startsWith("/auth") ? "" : "/v1"}${path.replace(/:\w+/g, id)}?${new URLSearchParams(query)}`
        const send = method !== "GET" && method !== "DELETE"
        const answer = await ours.owner.call({
          method: method as "GET",
          url,
          headers: { ...(send && { "content-type": "application/json" }), ...headers },
          ...(send && { payload: JSON.stringify(body) ?? "" }),
        })
        if (answer.status >= 500 && answer.status !== 503)
          throw new Error(`${answer.status} ${answer.text} for ${key}`)
        expect(answer.text).not.toMatch(/node_modules|at async|SQLSTATE|syntax error|\.ts:\d/)
      }),
      { numRuns: runs },
    )
  }, 120_000)

  it.each([
    ["{", "application/json"],
    ['{"name":"a","name":"b"}', "application/json"],
    ["name=x", "application/x-www-form-urlencoded"],
    [`${"[".repeat(100_000)}`, "application/json"],
  ])("keeps its head at %j", async (payload, type) => {
    const answer = await ours.owner.call({
      method: "POST",
      url: "/api/v1/people",
      headers: { "content-type": type },
      payload: payload as string,
    })
    expect(answer.status).toBeLessThan(500)
  })

  it("refuses what the product alone sets, and changes nothing (AC04)", async () => {
    const before = await tableSums(app.services.pools.owner, { workspaceId: ours.id })
    for (const extra of [
      { workspaceId: theirs.id },
      { workspace_id: theirs.id },
      { id: theirs.ids.people },
      { createdAt: "2020-01-01T00:00:00Z" },
      { createdBy: theirs.ownerId },
      { version: 9 },
      { deletedAt: "2020-01-01T00:00:00Z" },
      { lastActivityAt: "2020-01-01T00:00:00Z" },
      { role: "owner" },
      { can: { delete: true } },
      { custom: { a: 1 } },
    ]) {
      const create = await ours.owner.post("/people", { name: "Mass", ...extra })
      expect(create.status, JSON.stringify(extra)).toBe(422)
      const patch = await ours.owner.patch(`/people/${ours.ids.people}`, { ...extra })
      expect(patch.status, JSON.stringify(extra)).toBe(422)
      const batch = await ours.owner.post("/people/batch", { rows: [{ name: "Mass", ...extra }] })
      expect(batch.body.data[0].status, JSON.stringify(extra)).toBe("refused")
    }
    expect(await tableSums(app.services.pools.owner, { workspaceId: ours.id })).toEqual(before)
  })
})
