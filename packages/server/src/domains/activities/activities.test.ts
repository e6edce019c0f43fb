import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let company: string
let person: string
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  company = (await shop.owner.post("/companies", { name: "Acme" })).body.data.id
  person = (await shop.owner.post("/people", { name: "Anna", companyId: company })).body.data.id
})
afterAll(() => app.close())

type Entry = { type: string; occurredAt: string; data: { record?: { text: string } } }
async function timeline(entity: "people" | "companies", id: string, types: string): Promise<Entry[]> {
  return (await shop.owner.get(`/${entity}/${id}/timeline?types=${types}`)).body.data
}
async function lastActivity(entity: "people" | "companies", id: string): Promise<string | null> {
  return (await shop.owner.get(`/${entity}/${id}`)).body.data.lastActivityAt
}
const aboutPerson = () => [{ type: "person", id: person }]

describe("notes", () => {
  it("stand on the timelines of a person and their company, and count as contact", async () => {
    const { body } = await shop.owner.post("/notes", { text: "Likes rye", about: aboutPerson() })
    expect(body.data).toMatchObject({
      text: "Likes rye",
      body: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Likes rye" }] }] },
    })
    for (const [entity, id] of [
      ["people", person],
      ["companies", company],
    ] as const) {
      expect(await timeline(entity, id, "note")).toMatchObject([
        { type: "note.created", data: { record: { text: "Likes rye" } } },
      ])
      expect(await lastActivity(entity, id)).toBe(app.clock.now.toISOString())
    }
  })

  it("move to other timelines with those they are about", async () => {
    const other = (await shop.owner.post("/people", { name: "Bo" })).body.data.id
    const { id } = (await shop.owner.post("/notes", { text: "x", about: aboutPerson() })).body.data
    // Even where the person has changed employer since, the note leaves the old one's timeline.
    const beta = (await shop.owner.post("/companies", { name: "Beta" })).body.data.id
    await shop.owner.patch(`/people/${person}`, { companyId: beta })
    await shop.owner.patch(`/notes/${id}`, { about: [{ type: "person", id: other }] })
    expect(await timeline("people", person, "note")).toEqual([])
    expect(await timeline("companies", company, "note")).toEqual([])
    expect(await timeline("people", other, "note")).toHaveLength(1)
    expect(await lastActivity("people", other)).toBe(app.clock.now.toISOString())
    await shop.owner.patch(`/notes/${id}`, { about: [...aboutPerson(), { type: "company", id: company }] })
    expect(await timeline("people", other, "note")).toEqual([])
    for (const employer of [company, beta])
      expect(await timeline("companies", employer, "note")).toHaveLength(1)
  })

  it("tell active members who are mentioned, once, and nobody else", async () => {
    const colleague = await app.member(shop, "member")
    const gone = await app.member(shop, "member")
    const bystander = await app.member(shop, "member")
    await shop.owner.patch(`/members/${gone.memberId}`, { active: false })
    const mention = (id: string) => ({ type: "mention", attrs: { id, label: "you" } })
    const body = {
      type: "doc",
      content: [
        { type: "paragraph", content: [colleague.memberId, gone.memberId, shop.ownerId].map(mention) },
      ],
    }
    const note = (await shop.owner.post("/notes", { body, about: aboutPerson() })).body.data
    expect(note.mentions).toHaveLength(3)
    await app.drain()
    await shop.owner.patch(`/notes/${note.id}`, {
      body: { ...body, content: [...body.content, ...body.content] },
    })
    await app.drain()
    const own = (await colleague.get("/notifications")).body
    expect(own).toMatchObject({
      unread: 1,
      data: [
        {
          kind: "mention",
          readAt: null,
          actor: { id: shop.ownerId },
          subject: { type: "note", id: note.id, title: "@you@you@you\n@you@you@you" },
          about: [{ type: "person", id: person, name: "Anna" }],
        },
      ],
    })
    for (const client of [shop.owner, bystander])
      expect((await client.get("/notifications")).body).toMatchObject({ unread: 0, data: [] })
    const { rows } = await app.services.pools.owner.query(
      "select member_id from notifications where member_id = $1",
      [gone.memberId],
    )
    expect(rows).toEqual([])
  })

  it("take no mention of someone who is not a member here", async () => {
    const stranger = await app.workspace()
    const mention = { type: "mention", attrs: { id: stranger.ownerId, label: "them" } }
    const answer = await shop.owner.post("/notes", { body: { type: "doc", content: [mention] } })
    expect(answer.status).toBe(422)
  })

  it("can't be written by a viewer, only read", async () => {
    const viewer = await app.member(shop, "viewer")
    const { id } = (await shop.owner.post("/notes", { text: "x" })).body.data
    expect((await viewer.get(`/notes/${id}`)).status).toBe(200)
    expect((await viewer.post("/notes", { text: "x" })).status).toBe(403)
    expect((await viewer.patch(`/notes/${id}`, { text: "y" })).status).toBe(403)
  })
})

describe("activities", () => {
  const call = (occurredAt: string) => ({
    kind: "call",
    text: "Asked for prices",
    occurredAt,
    about: aboutPerson(),
  })

  it("stand at the time they happened, and move when it is corrected", async () => {
    const { id } = (await shop.owner.post("/activities", call("2026-02-01T09:00:00Z"))).body.data
    expect(await timeline("companies", company, "activity")).toMatchObject([
      { type: "activity.created", occurredAt: "2026-02-01T09:00:00.000Z" },
    ])
    expect(await lastActivity("companies", company)).toBe("2026-02-01T09:00:00.000Z")
    await shop.owner.patch(`/activities/${id}`, { occurredAt: "2026-02-03T09:00:00Z" })
    for (const [entity, of] of [
      ["people", person],
      ["companies", company],
    ] as const)
      expect(await timeline(entity, of, "activity")).toMatchObject([
        { type: "activity.created", occurredAt: "2026-02-03T09:00:00.000Z" },
      ])
    expect(await lastActivity("people", person)).toBe("2026-02-03T09:00:00.000Z")
  })

  it("of the future are no contact yet", async () => {
    await shop.owner.post("/activities", call("2027-01-01T09:00:00Z"))
    expect(await lastActivity("people", person)).toBe(app.clock.now.toISOString())
  })

  it("of the past do not undo a later contact", async () => {
    await shop.owner.post("/notes", { text: "x", about: aboutPerson() })
    await shop.owner.post("/activities", call("2020-01-01T09:00:00Z"))
    expect(await lastActivity("people", person)).toBe(app.clock.now.toISOString())
  })
})
