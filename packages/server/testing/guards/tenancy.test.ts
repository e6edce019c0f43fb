import { entityList } from "@regulars/contract/entities.ts"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answer, startTestApp, type TestApp } from "../app.ts"
import { tableSums } from "../row-differ.ts"
import { makeTwins, type Twin } from "../twins.ts"

let app: TestApp
let ours: Twin
let theirs: Twin
beforeAll(async () => {
  app = await startTestApp()
  ;[ours, theirs] = await makeTwins(app)
  await app.drain()
})
afterAll(() => app.close())

const nobody = "00000000-0000-7000-8000-000000000000"
const runs = Number(process.env.GUARD_RUNS ?? 150)
function titleOf(name: string): string {
  return entityList.find((entity) => entity.name === name)?.title ?? "name"
}
/** What a refused answer says, without what differs from call to call. */
function gist(answer: Answer): string {
  return JSON.stringify({ status: answer.status, ...answer.body, requestId: undefined })
}

describe("one workspace and its twin (AC01)", () => {
  it.each(entityList.map((entity) => [entity.name]))(
    "answers for another workspace's %s as for one that does not exist",
    async (name) => {
      const before = await tableSums(app.services.pools.owner, { workspaceId: theirs.id })
      const id = theirs.ids[name as keyof Twin["ids"]]
      const field = name === "people" ? "emails" : name === "companies" ? "domains" : undefined
      const calls = (target: string): Promise<Answer>[] => [
        ours.owner.get(`/${name}/${target}`),
        ours.owner.patch(`/${name}/${target}`, {}),
        ours.owner.patch(
          `/${name}/${target}`,
          name === "tasks"
            ? { title: "taken" }
            : name === "notes" || name === "activities"
              ? { text: "taken" }
              : { [titleOf(name)]: "taken" },
        ),
        ours.owner.delete(`/${name}/${target}`),
        ours.owner.post(`/${name}/${target}/restore`),
        ours.owner.get(`/${name}/${target}/timeline`),
        ...(field
          ? [
              ours.owner.post(
                `/${name}/${target}/${field}`,
                field === "emails" ? { address: "x@example.com" } : { domain: "x.example" },
              ),
            ]
          : []),
      ]
      const foreign = (await Promise.all(calls(id))).map(gist)
      const missing = (await Promise.all(calls(nobody))).map(gist)
      expect(foreign).toEqual(missing)
      expect(foreign.every((text) => text.includes('"status":404'))).toBe(true)
      expect(await tableSums(app.services.pools.owner, { workspaceId: theirs.id })).toEqual(before)
    },
  )

  it("refuses links to another workspace's records as links to nothing, wherever they stand", async () => {
    const bodies = (link: (entity: keyof Twin["ids"]) => string): [string, object][] => [
      ["/people", { name: "Link", companyId: link("companies") }],
      ["/people", { name: "Link", sourceId: link("sources") }],
      ["/people", { name: "Link", locationId: link("locations") }],
      ["/people", { name: "Link", ownerId: link("people") }],
      ["/people", { name: "Link", employments: [{ companyId: link("companies") }] }],
      ["/companies", { name: "Link", parentId: link("companies") }],
      ["/notes", { text: "Link", about: [{ type: "person", id: link("people") }] }],
      ["/tasks", { title: "Link", about: [{ type: "company", id: link("companies") }] }],
      ["/orders", { personId: link("people") }],
      ["/orders", { lines: [{ name: "Link", productId: link("products") }] }],
      [
        "/activities",
        { kind: "call", occurredAt: "2026-03-01T00:00:00Z", about: [{ type: "person", id: link("people") }] },
      ],
    ]
    const foreign = bodies((entity) => theirs.ids[entity])
    const missing = bodies(() => nobody)
    for (const [index, [path, body]] of foreign.entries()) {
      const answer = await ours.owner.post(path, body)
      expect(answer.status, `${path} ${JSON.stringify(body)}`).toBe(422)
      expect(gist(answer)).toBe(gist(await ours.owner.post(...(missing[index] as [string, object]))))
    }
  })

  it("shows nothing of the twin through lists, filters, counts, search, timelines or exports of random shape", async () => {
    const fields = [
      "name",
      "emails",
      "phones",
      "tags",
      "description",
      "preferences",
      "companyId",
      "createdAt",
      "custom.foot",
      "custom",
    ]
    const filter = fc.oneof(
      fc.constant(undefined),
      fc.record({ search: fc.constantFrom("pat", theirs.mark, "example", "+4930") }),
      fc.record({
        field: fc.constantFrom("name", "emails", "description", "preferences", "custom.foot"),
        op: fc.constant("contains"),
        value: fc.constantFrom(theirs.mark, "pat", "a"),
      }),
      fc.record({
        field: fc.constantFrom("companyId", "ownerId", "sourceId"),
        op: fc.constant("isAnyOf"),
        value: fc.constantFrom([theirs.ids.companies], [theirs.ids.sources]),
      }),
      fc.record({
        field: fc.constant("custom.foot"),
        op: fc.constantFrom("is", "startsWith", "isNot"),
        value: fc.constant(`${theirs.mark} foot`),
      }),
      fc.record({
        field: fc.constant("custom.size"),
        op: fc.constant("atLeast"),
        value: fc.constant(40),
      }),
      fc.record({
        related: fc.constantFrom("companyId", "notes", "tasks"),
        some: fc.constant({ search: theirs.mark }),
      }),
      fc.record({
        not: fc.record({ field: fc.constant("name"), op: fc.constant("is"), value: fc.constant("x") }),
      }),
    )
    const request = fc.record({
      filter,
      sort: fc.constantFrom(
        ["name"],
        ["-createdAt"],
        ["lifecycleStage", "name"],
        ["custom.foot"],
        ["-custom.size"],
      ),
      fields: fc.subarray(fields, { minLength: 1 }),
      count: fc.constantFrom("true", "exact"),
      deleted: fc.boolean(),
      ids: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        const answer = await ours.owner.post("/people/query", JSON.parse(JSON.stringify(body)))
        expect(answer.status, answer.text).toBe(200)
        expect(answer.text).not.toContain(theirs.mark)
        expect(answer.text).not.toContain(theirs.ids.people)
        for (const row of answer.body.data) expect(row.id).not.toBe(theirs.ids.people)
      }),
      { numRuns: runs },
    )
    for (const path of [
      `/search?q=${theirs.mark}`,
      `/people/${ours.ids.people}/timeline`,
      `/companies/${ours.ids.companies}/timeline`,
      "/today",
      "/operations",
      "/members",
      "/notifications",
      "/views",
      "/duplicates?entity=people",
      "/duplicates/count",
      "/fields",
      "/object-types",
      "/objects/machines?count=exact",
    ]) {
      const answer = await ours.owner.get(path)
      expect(answer.status, path).toBe(200)
      expect(answer.text, path).not.toContain(theirs.mark)
    }
  })

  it("answers for another workspace's own field as for one that does not exist", async () => {
    const [{ id }] = (await theirs.owner.get("/fields")).body.data
    const calls = (target: string): Promise<Answer>[] => [
      ours.owner.patch(`/fields/${target}`, { label: "taken" }),
      ours.owner.post(`/fields/${target}/preview`, { type: "number" }),
      ours.owner.delete(`/fields/${target}`),
      ours.owner.post(`/fields/${target}/restore`),
    ]
    const foreign = (await Promise.all(calls(id))).map(gist)
    expect(foreign).toEqual((await Promise.all(calls(nobody))).map(gist))
    expect(foreign.every((text) => text.includes('"status":404'))).toBe(true)
    expect((await theirs.owner.get("/fields")).text).toContain(theirs.mark)
  })

  it("lets a statement through only with the workspace's own rows, whatever the statement says", async () => {
    // Every statement of the application that touches a table of a workspace names the workspace (the first wall).
    const named = app.statements.filter((text) =>
      /\b(people|companies|products|orders|order_lines|number_series|notes|tasks|activities|record_values|search_index|event_subjects|events|changes|operations|views|view_choices|view_pins|match_records|match_models|duplicate_pairs|own_fields|field_values|field_computations|object_types|own_records)\b/.test(
        text,
      ),
    )
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((text) => !/workspace_id|search_like|search_best|enqueue\(/.test(text))).toEqual([])
  })
})
