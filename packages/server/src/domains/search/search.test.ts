import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { transaction } from "../../kernel/db/transaction.ts"
import { search } from "./search.service.ts"

let app: TestApp
let shop: TestWorkspace
const ids: Record<string, string> = {}
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  const create = async (entity: string, values: object) => {
    const answer = await shop.owner.post(`/${entity}?allowDuplicate=true`, values)
    expect(answer.status, answer.text).toBe(201)
    return answer.body.data.id as string
  }
  const people: [string, object][] = [
    [
      "anna",
      {
        name: "Anna Müller",
        emails: [{ address: "anna@example.com" }],
        phones: [{ number: "+49 30 1234567" }],
      },
    ],
    ["hannah", { name: "Hannah Schmidt", addresses: [{ city: "Mühlheim", street: "Annastraße 5" }] }],
    ["joanna", { name: "Joanna Weiß", preferences: { usual: "rye bread" } }],
    ["annette", { name: "Annette Koch" }],
    ["muller", { name: "Müller" }],
    ["gross", { name: "Leo Großmann" }],
    ["nameless", { emails: [{ address: "info@bakery.example" }] }],
  ]
  for (const [key, values] of people) ids[key] = await create("people", values)
  ids.company = await create("companies", {
    name: "Café Müller & Söhne",
    domains: [{ domain: "mueller.example" }],
  })
  ids.note = await create("notes", { text: "Anna wants rye on Friday" })
  ids.task = await create("tasks", { title: "Call Annette back" })
})
afterAll(() => app.close())

async function find(q: string, client: Client = shop.owner, more = ""): Promise<string[]> {
  const answer = await client.get(`/search?q=${encodeURIComponent(q)}${more}`)
  expect(answer.status, answer.text).toBe(200)
  const keys = new Map(Object.entries(ids).map(([key, id]) => [id, key]))
  return answer.body.data.map(({ id }: { id: string }) => keys.get(id) ?? id)
}

describe("search", () => {
  it.each<[string, string[]]>([
    ["müller", ["muller", "anna", "company"]],
    ["mul", ["muller", "anna", "company"]],
    ["Anna Mül", ["anna"]],
    ["müller anna", ["anna"]],
    ["ann", ["anna", "annette", "note", "hannah", "task", "joanna", "gross"]],
    ["an", ["anna", "annette"]],
    ["m", ["muller", "anna", "company"]],
    ["GROSS", ["gross"]],
    ["anna@ex", ["anna"]],
    ["030 123 45 67", ["anna"]],
    ["1234567", ["anna"]],
    ["info@", ["nameless"]],
    ["annastr", ["hannah"]],
    ["bread", ["joanna"]],
    ["mueller.ex", ["company"]],
    ["mueller", ["muller", "anna", "company"]],
    ["hannah schmitd", ["hannah"]],
    ["joana wies", ["joanna"]],
    ["xyzzy", []],
    ["", []],
    ["   ", []],
    ["%", []],
    ["___", []],
  ])("finds %j, best first", async (q, expected) => expect(await find(q)).toEqual(expected))

  it("says what it found, and where", async () => {
    const { data } = (await shop.owner.get("/search?q=mül&limit=2")).body
    expect(data).toEqual([
      { type: "person", id: ids.muller, title: "Müller", subtitle: null, highlight: "[[Mül]]ler" },
      {
        type: "person",
        id: ids.anna,
        title: "Anna Müller",
        subtitle: "anna@example.com",
        highlight: "Anna [[Mül]]ler",
      },
    ])
  })

  it("looks among the kinds asked for", async () => {
    expect(await find("ann", shop.owner, "&types=tasks,note")).toEqual(["note", "task"])
    expect((await shop.owner.get("/search?q=ann&types=secrets")).status).toBe(422)
  })

  it("finds a name by its new words once it has changed, and not by the old ones", async () => {
    const { id } = (await shop.owner.post("/people", { name: "Pia Altmann" })).body.data
    expect(await find("altm")).toEqual([id])
    await shop.owner.patch(`/people/${id}`, { name: "Pia Vogel" })
    expect([await find("altmann"), await find("vo")]).toEqual([[], [id]])
  })

  it("loses what goes to the bin, however it is looked for, and has it back with it (AC13)", async () => {
    const { id } = (await shop.owner.post("/people", { name: "Zoe Quill", description: "x" })).body.data
    const ways = ["z", "qu", "zoe quill", "uill", "zoe quil1"]
    for (const way of ways) expect(await find(way), way).toEqual([id])
    await shop.owner.delete(`/people/${id}`)
    for (const way of ways) expect(await find(way), way).toEqual([])
    await shop.owner.post(`/people/${id}/restore`)
    for (const way of ways) expect(await find(way), way).toEqual([id])
  })

  it("shows a caller only the kinds they may read", async () => {
    const hits = await app.inWorkspace(shop, (ctx) =>
      search({ ...ctx, permissions: new Set(["tasks:read"]) }, { q: "ann", limit: 20 }),
    )
    expect(hits.map(({ type }) => type)).toEqual(["task"])
    const viewer = await app.member(shop, "viewer")
    expect(await find("gros", viewer)).toEqual(["gross"])
    expect((await app.anonymous.get("/search?q=ann")).status).toBe(401)
  })

  it("stays in its workspace, also where functions look past the walls", async () => {
    const stranger = await app.workspace()
    await stranger.owner.post("/people", { name: "Anna Fremd", phones: [{ number: "+49 30 1234567" }] })
    for (const q of ["a", "anna", "nna", "anna fremt", "1234567"])
      for (const { id } of (await stranger.owner.get(`/search?q=${q}`)).body.data)
        expect(Object.values(ids)).not.toContain(id)
    await transaction(
      app.services.database,
      { role: "regulars_app", workspaceId: stranger.id },
      async (tx) => {
        const rows = await tx.rows({
          compile: () =>
            ({
              sql: "select * from search_best('anna', '{%anna%}', '{people}', 50)",
              parameters: [],
            }) as never,
        })
        expect(rows).toHaveLength(1)
      },
    )
  })

  it("takes any text for what it is", async () => {
    for (const q of [
      "'; drop table people; --",
      "\\",
      "%%%",
      "a\u0000b",
      "\ud800",
      "(",
      "😀".repeat(50),
      "a".repeat(200),
    ])
      expect([200, 422]).toContain(
        (await shop.owner.get(`/search?q=${encodeURIComponent(q.toWellFormed())}`)).status,
      )
  })
})
