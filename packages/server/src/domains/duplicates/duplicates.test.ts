import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { runDueSchedules } from "../../kernel/jobs/scheduler.ts"
import { anna, annasTwin, make, makeCrowd, scan } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
})
afterAll(() => app.close())

const lorenzo = {
  name: "Lorenzo Quintanilla",
  emails: [{ address: "lq@sol.example" }],
  birthday: { month: 2, day: 3, year: 1991 },
}
interface Pair {
  id: string
  probability: number
  state: string
  reasons: { comparison: string; level: string; weight: number }[]
  records: { id: string; name: string | null; values: Record<string, unknown> }[]
}

async function pairs(client: Client, query = ""): Promise<Pair[]> {
  const answer = await client.get(`/duplicates?entity=people${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}
const idsOf = (found: readonly Pair[]) => found.map(({ records }) => records.map(({ id }) => id).sort())
async function minutesLater(minutes: number): Promise<void> {
  app.clock.advance(minutes * 60_000)
  await runDueSchedules(app.services)
  await app.drain()
}

describe("a scan", () => {
  it("finds planted twins, says why, and nothing of another workspace", async () => {
    const neighbour = await app.workspace()
    const ids = [await make(shop, "/people", anna), await make(shop, "/people", annasTwin)].sort()
    await make(neighbour, "/people", anna)
    await makeCrowd(shop)
    const acme = [
      await make(shop, "/companies", {
        name: "Holzbau Zimmer GmbH",
        domains: [{ domain: "zimmer.example" }],
      }),
      await make(shop, "/companies", { name: "Zimmer Holzbau", domains: [{ domain: "zimmer.example" }] }),
    ].sort()
    await scan(app, shop)
    const found = await pairs(owner)
    expect(idsOf(found)).toEqual([ids])
    const [pair] = found
    expect(pair?.probability).toBeGreaterThan(0.9)
    expect(pair?.reasons).toContainEqual({ comparison: "email", level: "same", weight: expect.any(Number) })
    expect(pair?.reasons.find(({ comparison }) => comparison === "givenName")?.level).toBe("similar")
    expect(pair?.records[0]).toMatchObject({ name: "Anna Zywicki", values: { name: "Anna Zywicki" } })
    const companies = await owner.get("/duplicates?entity=companies")
    expect(idsOf(companies.body.data)).toEqual([acme])
    expect((await owner.get("/duplicates/count")).body.data).toMatchObject({
      open: { people: 1, companies: 1 },
      scannedAt: app.clock.now.toISOString(),
    })
    await scan(app, neighbour)
    expect(await pairs(neighbour.owner)).toEqual([])
    const [id] = found.map((one) => one.id)
    expect((await neighbour.owner.post(`/duplicates/${id}/decide`, { decision: "later" })).status).toBe(404)
  })

  it("keeps what was decided, and forgets what no longer is alike", async () => {
    const ids = [await make(shop, "/people", anna), await make(shop, "/people", annasTwin)]
    const others = [
      await make(shop, "/people", lorenzo),
      await make(shop, "/people", { ...lorenzo, name: "Lorenzo Quintanila" }),
    ]
    await makeCrowd(shop)
    await scan(app, shop)
    expect(await pairs(owner)).toHaveLength(2)
    const zywicki = (await pairs(owner)).find(({ records }) =>
      records.some(({ id }) => id === ids[0]),
    ) as Pair
    const decided = await owner.post(`/duplicates/${zywicki.id}/decide`, { decision: "notSame" })
    expect(decided.body.data).toEqual({ id: zywicki.id, state: "notSame" })
    await owner.patch(`/people/${others[1]}`, {
      name: "Berta Ohnesorg",
      emails: [],
      birthday: null,
    })
    app.clock.advance(60_000)
    await scan(app, shop)
    expect(await pairs(owner)).toEqual([])
    const [remembered] = await pairs(owner, "&state=notSame")
    expect(remembered).toMatchObject({ id: zywicki.id, decidedBy: shop.ownerId })
    await owner.post(`/duplicates/${zywicki.id}/decide`, { decision: "open" })
    expect((await pairs(owner))[0]).toMatchObject({ id: zywicki.id, decidedBy: null, decidedAt: null })
  })

  it("leaves out what lies in the bin, and shows it again when it is restored", async () => {
    await make(shop, "/people", anna)
    const twin = await make(shop, "/people", annasTwin)
    await makeCrowd(shop)
    await scan(app, shop)
    await owner.delete(`/people/${twin}`)
    expect(await pairs(owner)).toEqual([])
    expect((await owner.get("/duplicates/count")).body.data.open.people).toBe(0)
    await owner.post(`/people/${twin}/restore`)
    expect(await pairs(owner)).toHaveLength(1)
  })

  it("runs by night, where something has changed, and compares changes within minutes", async () => {
    await make(shop, "/people", anna)
    await makeCrowd(shop)
    await minutesLater(24 * 60)
    const scans = async () =>
      (await owner.get("/operations")).body.data.filter(({ kind }: { kind: string }) => kind === "scan")
        .length
    expect(await scans()).toBe(1)
    await minutesLater(24 * 60)
    expect(await scans()).toBe(1)
    const twin = await make(shop, "/people", annasTwin)
    await minutesLater(5)
    expect(await pairs(owner)).toHaveLength(1)
    await owner.patch(`/people/${twin}`, { name: "Zacharias Quill", emails: [], birthday: null })
    await minutesLater(5)
    expect(await pairs(owner)).toEqual([])
    expect(await scans()).toBe(1)
    await minutesLater(24 * 60)
    expect(await scans()).toBe(2)
  })

  it("waits by night for what is being written, and comes later the same night", async () => {
    const scans = async () =>
      (await owner.get("/operations")).body.data.filter(({ kind }: { kind: string }) => kind === "scan")
        .length
    const ids = [await make(shop, "/people", anna)]
    await makeCrowd(shop)
    expect((await owner.post("/people/bulk", { ids, action: "delete" })).status).toBe(202)
    app.clock.advance(24 * 60 * 60_000)
    await runDueSchedules(app.services)
    expect(await scans()).toBe(0)
    // No other turn comes: the night's own goes on once the deletion is done.
    await app.drain()
    expect(await scans()).toBe(1)
  })

  it("comes first within minutes of the first records, but not while many are being written", async () => {
    const scans = async () =>
      (await owner.get("/operations")).body.data.filter(({ kind }: { kind: string }) => kind === "scan")
        .length
    const ids = [await make(shop, "/people", anna), await make(shop, "/people", annasTwin)]
    await makeCrowd(shop)
    const bulk = await owner.post("/people/bulk", { ids, action: "addTags", input: { tags: ["new"] } })
    expect(bulk.status, bulk.text).toBe(202)
    app.clock.advance(5 * 60_000)
    await runDueSchedules(app.services)
    expect(await scans()).toBe(0)
    await app.drain()
    await minutesLater(5)
    expect(await scans()).toBe(1)
    expect(await pairs(owner)).toHaveLength(1)
  })

  it("is one at a time, and can be stopped", async () => {
    await make(shop, "/people", anna)
    const first = (await owner.post("/duplicates/scan")).body.data
    expect((await owner.post("/duplicates/scan")).body.data.id).toBe(first.id)
    expect((await owner.post(`/operations/${first.id}/cancel`)).status).toBe(200)
    await app.drain()
    const { body } = await owner.get(`/operations/${first.id}`)
    expect(body.data).toMatchObject({ status: "cancelled" })
    await scan(app, shop)
  })

  it("goes on where it was when its process dies in the middle", async () => {
    await make(shop, "/people", anna)
    await make(shop, "/people", annasTwin)
    await makeCrowd(shop)
    const { id } = (await owner.post("/duplicates/scan")).body.data
    const { pool } = app.services.database
    const connect = pool.connect.bind(pool)
    // Connections are refused from the eighth transaction on: the first entity is half done by then.
    let left = 8
    pool.connect = (() => (left-- > 0 ? connect() : Promise.reject(new Error("gone")))) as typeof pool.connect
    await expect(app.drain()).rejects.toThrow("gone")
    pool.connect = connect as typeof pool.connect
    const halfway = (await owner.get(`/operations/${id}`)).body.data
    expect(halfway.status).toBe("running")
    await app.inWorkspace(shop, (ctx) => ctx.registry.jobs.get("undertakings.lookAfter")!.handle(ctx, {}))
    await app.drain()
    expect((await owner.get(`/operations/${id}`)).body.data.status).toBe("done")
    expect(await pairs(owner)).toHaveLength(1)
  })
})

describe("who may", () => {
  it("decide are those who may change such records", async () => {
    await make(shop, "/people", anna)
    await make(shop, "/people", annasTwin)
    await makeCrowd(shop)
    await scan(app, shop)
    const viewer = await app.member(shop, "viewer")
    const member = await app.member(shop, "member")
    const [pair] = await pairs(viewer)
    const path = `/duplicates/${pair?.id}/decide`
    expect((await viewer.post(path, { decision: "later" })).status).toBe(403)
    expect((await member.post("/duplicates/scan")).status).toBe(403)
    expect((await member.post(path, { decision: "maybe" })).status).toBe(422)
    expect((await member.post(path, { decision: "later" })).status).toBe(200)
    expect(await pairs(owner, "&state=later")).toHaveLength(1)
  })
})

describe("the list", () => {
  it("goes on behind a cursor, the surest first, and refuses what is none", async () => {
    for (const name of ["Quetzal", "Ypsilanti", "Xanthopoulos"]) {
      const emails = [{ address: `ana@${name}.example` }]
      await make(shop, "/people", { ...annasTwin, emails, name: `Ana ${name}` })
      await make(shop, "/people", { ...anna, emails, name: `Anna ${name}`, phones: [] })
    }
    await makeCrowd(shop)
    await scan(app, shop)
    const whole = await pairs(owner)
    expect(whole).toHaveLength(3)
    const seen: string[] = []
    for (let cursor = ""; ; ) {
      const { body } = await owner.get(`/duplicates?entity=people&limit=2${cursor}`)
      seen.push(...body.data.map(({ id }: Pair) => id))
      if (!body.page.next) break
      cursor = `&cursor=${body.page.next}`
    }
    expect(seen).toEqual(whole.map(({ id }) => id))
    expect(whole.map(({ probability }) => probability)).toEqual(
      whole.map(({ probability }) => probability).toSorted((one, other) => other - one),
    )
    expect((await owner.get("/duplicates?entity=people&cursor=nonsense")).status).toBe(422)
    expect((await owner.get("/duplicates?entity=tasks")).status).toBe(422)
  })
})

it("an erasure leaves nothing of the record in what was learned and found", async () => {
  // Two of them share the name, so that its frequency was worth learning.
  const ids = [
    await make(shop, "/people", anna),
    await make(shop, "/people", annasTwin),
    await make(shop, "/people", { name: "Otto Zywicki", birthday: { month: 3, day: 4, year: 1950 } }),
  ]
  await makeCrowd(shop)
  await scan(app, shop)
  const holding = async (text: string) => {
    const found: string[] = []
    for (const table of ["match_records", "match_models", "duplicate_pairs"]) {
      const { rowCount } = await app.services.pools.owner.query(
        `select from ${table} t where t::text ilike $1`,
        [`%${text}%`],
      )
      if (rowCount) found.push(table)
    }
    return found
  }
  expect(await holding("zywicki")).toEqual([])
  expect(await holding(ids[0] as string)).toEqual(["match_records", "duplicate_pairs"])
  for (const id of ids) await owner.delete(`/people/${id}`)
  await minutesLater(91 * 24 * 60)
  await minutesLater(24 * 60)
  for (const id of ids) expect(await holding(id)).toEqual([])
})
