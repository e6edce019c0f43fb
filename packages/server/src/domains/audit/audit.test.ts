import { languages } from "@regulars/locales/runtime.ts"
import { readTexts } from "@regulars/locales/server.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { securityEvents } from "../../kernel/audit/security-events.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  // Ids begin with the time of the machine, which is never far from the product's elsewhere.
  app.clock.advance(Date.now() - app.clock.now.getTime())
  shop = await app.workspace()
})
afterAll(() => app.close())

interface Fact {
  type: string
  actor: { id: string | null; name: string | null }
  subjects: { name: string | null }[]
  count: number
  data: Record<string, unknown>
  sealed: boolean
}
async function facts(query = ""): Promise<Fact[]> {
  const answer = await shop.owner.get(`/audit${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}

it("lists what was done, by whom and to whom, and filters it", async () => {
  const { id } = (await shop.owner.post("/people", { name: "Agnes Audit" })).body.data
  const colleague = await app.member(shop, "member")
  await colleague.patch(`/people/${id}`, { jobTitle: "Baker" })
  await app.drain()
  const [newest] = await facts("?area=records")
  expect(newest).toMatchObject({
    type: "person.updated",
    actor: { id: colleague.memberId },
    subjects: [{ name: "Agnes Audit" }],
    count: 1,
    sealed: true,
    data: { fields: ["jobTitle"] },
  })
  expect(await facts(`?memberId=${colleague.memberId}`)).toEqual([newest])
  expect((await facts(`?subject=person:${id}`)).map(({ type }) => type)).toEqual([
    "person.updated",
    "person.created",
  ])
  expect(await facts("?from=2031-01-01")).toEqual([])
  const today = app.clock.now.toISOString().slice(0, 10)
  expect(await facts(`?area=records&from=${today}&to=${today}&subject=person:${id}`)).toHaveLength(2)
  expect((await facts("?to=2031-01-01")).length).toBeGreaterThan(1)
  for (const wrong of ["?cursor=nothing", "?memberId=me", "?subject=person", "?from=yesterday"])
    expect((await shop.owner.get(`/audit${wrong}`)).status, wrong).toBe(422)
})

it("comes in pages", async () => {
  const all = await facts()
  const seen: Fact[] = []
  let cursor = ""
  for (;;) {
    const { data, page } = (await shop.owner.get(`/audit?limit=2${cursor}`)).body
    seen.push(...data)
    if (page.next === null) break
    cursor = `&cursor=${page.next}`
  }
  expect(seen).toEqual(all)
})

it("notes exports, keys, invitations and changed roles, without names or secrets", async () => {
  const colleague = await app.member(shop, "member")
  expect((await shop.owner.get("/export?entity=people&format=csv")).status).toBe(200)
  await shop.owner.patch(`/members/${colleague.memberId}`, { role: "viewer" })
  const invitation = await shop.owner.post("/invitations", { email: "ida@invited.example", role: "member" })
  expect(invitation.status, invitation.text).toBe(201)
  const security = await facts("?area=security")
  expect(security.map(({ type }) => type).slice(0, 3)).toEqual([
    "security.invited",
    "security.member_changed",
    "security.exported",
  ])
  expect(security[1]).toMatchObject({
    actor: { id: shop.ownerId },
    data: { memberId: colleague.memberId, role: "viewer" },
  })
  expect(security[2]).toMatchObject({ data: { entity: "people", format: "csv", filtered: false } })
  expect(JSON.stringify(security)).not.toContain("ida@invited.example")
})

it("has a sentence for every fact there is, in every language", () => {
  const facts = [...app.services.registry.events].flatMap((type) => {
    const [kind = "", fact = ""] = type.split(".")
    return app.services.registry.entityOfSubject(kind) ? [fact] : []
  })
  expect(facts).toContain("done")
  for (const language of languages) {
    const texts = readTexts(language)
    for (const fact of facts) expect(texts[`settings.audit.fact.${fact}`], fact).toBeDefined()
    for (const event of securityEvents) expect(texts[`settings.audit.security.${event}`], event).toBeDefined()
  }
})

it("is for administrators, each for their own workspace", async () => {
  const manager = await app.member(shop, "manager")
  for (const path of ["/audit", "/audit/head", "/audit/export"])
    expect((await manager.get(path)).status).toBe(403)
  const other = await app.workspace()
  expect((await other.owner.get("/audit?area=records")).body.data).toEqual([])
})
