import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { pixel, upload } from "../files/testing.ts"
import { companiesOf, touch } from "./index.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

async function create(entity: string, values: object): Promise<Record<string, unknown> & { id: string }> {
  const answer = await shop.owner.post(`/${entity}?allowDuplicate=true`, values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}

describe("people", () => {
  it("can be created from the parts of a name alone", async () => {
    expect(await create("people", { givenName: "Anna", familyName: "Meier" })).toMatchObject({
      name: "Anna Meier",
    })
    expect((await shop.owner.post("/people", { salutation: "Dr." })).status).toBe(422)
  })

  it("change employer by one field, and the history shows both", async () => {
    const acme = await create("companies", { name: "Acme" })
    const beta = await create("companies", { name: "Beta" })
    const person = await create("people", { name: "Bo", companyId: acme.id, jobTitle: "Buyer" })
    expect(person).toMatchObject({ employments: [{ companyId: acme.id, title: "Buyer", current: true }] })
    const answer = await shop.owner.patch(`/people/${person.id}`, { companyId: beta.id })
    expect(answer.body.data).toMatchObject({
      companyId: beta.id,
      jobTitle: null,
      employments: [
        { companyId: beta.id, current: true },
        { companyId: acme.id, title: "Buyer", to: "2026-03-18", current: false },
      ],
    })
    const [entry] = (await shop.owner.get(`/people/${person.id}/timeline`)).body.data
    expect(entry.data.changes.map((change: { field: string }) => change.field).sort()).toEqual([
      "companyId",
      "employments",
      "jobTitle",
    ])
  })

  it("take company and title from an employment added as an entry of its own", async () => {
    const acme = await create("companies", { name: "Acme" })
    const person = await create("people", { name: "Cleo" })
    const added = await shop.owner.post(`/people/${person.id}/employments`, {
      companyId: acme.id,
      title: "Chef",
      current: true,
    })
    expect(added.body.data).toMatchObject({ companyId: acme.id, jobTitle: "Chef" })
    const [employment] = added.body.data.employments
    const ended = await shop.owner.patch(`/people/${person.id}/employments/${employment.id}`, {
      to: "2026-01-31",
      current: false,
    })
    expect(ended.body.data).toMatchObject({ companyId: null, jobTitle: null })
  })

  it("in a batch get the same care as one by one", async () => {
    const acme = await create("companies", { name: "Acme" })
    const rows = [
      { givenName: "Dora", companyId: acme.id },
      { name: "Emil", jobTitle: "Baker" },
    ]
    const { data } = (await shop.owner.post("/people/batch", { rows })).body
    const people = await Promise.all(
      data.map(({ id }: { id: string }) => shop.owner.get(`/people/${id}`).then(({ body }) => body.data)),
    )
    expect(people).toMatchObject([
      { name: "Dora", employments: [{ companyId: acme.id }] },
      { jobTitle: "Baker", employments: [] },
    ])
  })

  it("keep what was consented to when a consent is withdrawn or removed", async () => {
    const consent = { purpose: "newsletter", channel: "email", status: "given", wording: "Yes, write to me" }
    const person = await create("people", { name: "Fay", consents: [consent] })
    const [stored] = person.consents as { id: string; at: string }[]
    expect(stored?.at).toBe(app.clock.now.toISOString())
    app.clock.advance(60_000)
    const withdrawn = await shop.owner.patch(`/people/${person.id}/consents/${stored?.id}`, {
      status: "withdrawn",
    })
    expect(withdrawn.body.data.consents).toMatchObject([
      { status: "withdrawn", wording: "Yes, write to me", at: app.clock.now.toISOString() },
    ])
    await shop.owner.patch(`/people/${person.id}`, { consents: [] })
    const timeline = (await shop.owner.get(`/people/${person.id}/timeline?types=person.updated`)).body.data
    expect(timeline.map((entry: { data: { changes: unknown } }) => entry.data.changes)).toMatchObject([
      [{ field: "consents", from: [{ status: "withdrawn" }], to: [] }],
      [{ field: "consents", from: [{ status: "given" }], to: [{ status: "withdrawn" }] }],
    ])
  })

  it("created singly stand on their company's timeline", async () => {
    const acme = await create("companies", { name: "Acme" })
    const person = await create("people", { name: "Gus", companyId: acme.id })
    const { data } = (await shop.owner.get(`/companies/${acme.id}/timeline`)).body
    expect(data).toMatchObject([
      { type: "person.created", subjects: [{ type: "person", id: person.id, name: "Gus" }] },
      { type: "company.created" },
    ])
  })

  it("can't lose everything they could be called by", async () => {
    const person = await create("people", { emails: [{ address: "only@example.com" }] })
    const [email] = person.emails as { id: string }[]
    expect((await shop.owner.delete(`/people/${person.id}/emails/${email?.id}`)).status).toBe(422)
  })

  it("take only pictures as photo", async () => {
    const person = await create("people", { name: "Hal" })
    const text = (await upload(shop.owner, "hello", "photo.png")).body.data.id
    const picture = (await upload(shop.owner, pixel, "whatever.txt")).body.data.id
    expect((await shop.owner.patch(`/people/${person.id}`, { photoId: text })).body).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "photoId", code: "not_an_image" }],
    })
    const bulk = { ids: [person.id], action: "update", input: { values: { photoId: text } } }
    expect((await shop.owner.post("/people/bulk/preview", bulk)).body.data).toMatchObject({
      changed: 0,
      refused: [{ fields: ["photoId"], reason: "not_an_image" }],
    })
    expect((await shop.owner.patch(`/people/${person.id}`, { photoId: picture })).status).toBe(200)
  })
})
describe("companies", () => {
  it("can't stand below themselves, directly or in a circle", async () => {
    const top = await create("companies", { name: "Top" })
    const middle = await create("companies", { name: "Middle", parentId: top.id })
    const bottom = await create("companies", { name: "Bottom", parentId: middle.id })
    const refused = { code: "validation_failed", errors: [{ path: "parentId", code: "cycle" }] }
    expect((await shop.owner.patch(`/companies/${top.id}`, { parentId: top.id })).body).toMatchObject(refused)
    expect((await shop.owner.patch(`/companies/${top.id}`, { parentId: bottom.id })).body).toMatchObject(
      refused,
    )
    expect((await shop.owner.get(`/companies/${top.id}`)).body.data).toMatchObject({
      parentId: null,
      version: 1,
    })
    expect((await shop.owner.patch(`/companies/${bottom.id}`, { parentId: top.id })).status).toBe(200)
  })

  it("close no circle when two changes that are sound apart come at once", async () => {
    for (let round = 0; round < 5; round++) {
      const one = await create("companies", { name: "One" })
      const other = await create("companies", { name: "Other" })
      const answers = await Promise.all([
        shop.owner.patch(`/companies/${one.id}`, { parentId: other.id }),
        shop.owner.patch(`/companies/${other.id}`, { parentId: one.id }),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    }
  })
})

describe("last contact", () => {
  it("moves forward only, never past now, and leaves the version alone", async () => {
    const acme = await create("companies", { name: "Acme" })
    const person = await create("people", { name: "Ida", companyId: acme.id })
    const subjects = [
      { type: "person", id: person.id },
      { type: "company", id: acme.id },
    ]
    const read = async () => {
      const [{ body: one }, { body: other }] = await Promise.all([
        shop.owner.get(`/people/${person.id}`),
        shop.owner.get(`/companies/${acme.id}`),
      ])
      expect(one.data.version).toBe(1)
      return [one.data.lastActivityAt, other.data.lastActivityAt]
    }
    const touchAt = (at: string) => app.inWorkspace(shop, (ctx) => touch(ctx, subjects, at))
    await touchAt("2026-02-01T12:00:00.000Z")
    expect(await read()).toEqual(["2026-02-01T12:00:00.000Z", "2026-02-01T12:00:00.000Z"])
    await touchAt("2026-01-01T12:00:00.000Z")
    expect(await read()).toEqual(["2026-02-01T12:00:00.000Z", "2026-02-01T12:00:00.000Z"])
    await touchAt("2030-01-01T12:00:00.000Z")
    const now = app.clock.now.toISOString()
    expect(await read()).toEqual([now, now])
  })

  it("is told to those who look at the record", async () => {
    const person = await create("people", { name: "Kim" })
    const messages: unknown[] = []
    const stop = app.services.live.subscribe(shop.id, (message) => messages.push(message))
    await shop.owner.post("/notes", { text: "x", about: [{ type: "person", id: person.id }] })
    stop()
    expect(messages).toContainEqual({ type: "changed", entity: "people", id: person.id, version: 1 })
  })

  it("of another workspace is out of reach", async () => {
    const acme = await create("companies", { name: "Acme" })
    const person = await create("people", { name: "Jo", companyId: acme.id })
    const stranger = await app.workspace()
    await app.inWorkspace(stranger, async (ctx) => {
      await touch(ctx, [{ type: "person", id: person.id }], "2026-03-01T00:00:00.000Z")
      expect(await companiesOf(ctx, [person.id])).toEqual(new Map())
    })
    expect((await shop.owner.get(`/people/${person.id}`)).body.data.lastActivityAt).toBeNull()
  })
})
