import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { addressesOf, mergingIn } from "../../../testing/merging.ts"

let app: TestApp
let shop: TestWorkspace

let doing: ReturnType<typeof mergingIn>
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()

  doing = mergingIn(app, shop)
})
afterAll(() => app.close())

describe("taking a merge back", () => {
  it("restores each record exactly with what belonged to it", async () => {
    const { read, person, company, note, merge, undo, timeline } = doing
    const boss = await company({ name: "Boss" })
    const keep = await person({ name: "One", emails: [{ address: "one@example.com" }], tags: ["a"] })
    const twin = await person({
      name: "Two",
      companyId: boss,
      emails: [{ address: "two@example.com" }],
      birthday: { month: 3, day: 5 },
      tags: ["b"],
    })
    const notes = [await note("one", keep), await note("two", twin), await note("both", keep, twin)]
    const paths = [`/people/${keep}`, `/people/${twin}`, ...notes.map((id) => `/notes/${id}`)]
    const all = async () => {
      const stories = paths
        .slice(0, 2)
        .map(async (path) => (await timeline(path)).filter(({ type }) => !/merged$/.test(type)))
      const found = [await Promise.all(paths.map(read)), await Promise.all(stories)]
      // A version that tells of both changes is all that may be left of them.
      return JSON.parse(
        JSON.stringify(found, (key, value) => (/^(version|updatedAt)$/.test(key) ? 0 : value)),
      )
    }
    const before = await all()
    app.clock.advance(60_000)
    const result = await undo(await merge("/people", keep, [twin], { name: twin }))
    expect(result).toMatchObject({ restored: 1, keptCount: 0, arrivedCount: 0 })
    expect(await all()).toEqual(before)
    expect((await shop.owner.get("/search?q=two@example.com")).body.data).toMatchObject([{ id: twin }])
    const born = { filter: { field: "birthday", op: "inNextDays", value: 365 }, fields: ["name"] }
    expect((await shop.owner.post("/people/query", born)).status).toBeLessThan(500)
  })

  it("takes own fields along and brings them back, links in them as well", async () => {
    const { make, read, person, company, merge, undo } = doing
    for (const field of [
      { type: "number", label: "Size" },
      { type: "choices", label: "Days", options: { choices: [{ label: "Monday" }, { label: "Tuesday" }] } },
      { type: "link", label: "Bank", options: { target: "companies" } },
    ])
      await make("/fields", { entity: "people", ...field })
    const [bank, other] = [await company({ name: "Bank" }), await company({ name: "Banc" })]
    const keep = await person({ name: "One", custom: { days: ["monday"] } })
    const twin = await person({ name: "Two", custom: { size: 42, days: ["tuesday"], bank: other } })
    const before = [(await read(`/people/${keep}`)).custom, (await read(`/people/${twin}`)).custom]
    const people = await merge("/people", keep, [twin])
    const joined = { size: 42, days: ["monday", "tuesday"], bank: other }
    expect((await read(`/people/${keep}`)).custom).toMatchObject(joined)
    const banks = await merge("/companies", bank, [other])
    expect((await read(`/people/${keep}`)).custom).toMatchObject({ ...joined, bank })
    const found = async (field: string, value: unknown) => {
      const filter = { field: `custom.${field}`, op: field === "bank" ? "isAnyOf" : "is", value }
      const answer = await shop.owner.post("/people/query", { filter })
      expect(answer.status, answer.text).toBe(200)
      return answer.body.data.map(({ id }: { id: string }) => id)
    }
    expect(await found("size", 42)).toEqual([keep])
    expect(await found("bank", [bank])).toEqual([keep])
    await undo(banks)
    expect(await found("bank", [other])).toEqual([keep])
    await undo(people)
    expect([(await read(`/people/${keep}`)).custom, (await read(`/people/${twin}`)).custom]).toEqual(before)
    expect(await found("size", 42)).toEqual([twin])
  })

  it("leaves what happened since with the survivor and lists it; what was changed of the other's goes back with it", async () => {
    const { read, person, note, merge, undo, timeline } = doing
    const keep = await person({ name: "One", jobTitle: "Cook" })
    const twin = await person({
      name: "Two",
      language: "de",
      emails: [{ address: "two@example.com", label: "work" }],
    })
    const moved = await note("moved", twin)
    const operation = await merge("/people", keep, [twin])
    app.clock.advance(60_000)
    const [email] = (await read(`/people/${keep}`)).emails as { id: string }[]
    await shop.owner.patch(`/people/${keep}/emails/${email?.id}`, { label: "home" })
    await shop.owner.post(`/people/${keep}/emails`, { address: "new@example.com" })
    await shop.owner.patch(`/people/${keep}`, { language: "es", jobTitle: "Chef" })
    const fresh = await note("since", keep)
    const third = await person({ name: "Three" })
    const about = [keep, third].map((id) => ({ type: "person", id }))
    await shop.owner.patch(`/notes/${moved}`, { about, text: "moved and changed" })
    const result = await undo(operation)
    expect(result.kept).toMatchObject([{ id: keep, name: "One", fields: ["language"] }])
    expect(result.arrived).toMatchObject([{ entity: "notes", id: fresh, name: "since" }])
    const one = await read(`/people/${keep}`)
    expect(one).toMatchObject({ language: "es", jobTitle: "Chef" })
    expect(addressesOf(one)).toEqual(["new@example.com"])
    expect(await read(`/people/${twin}`)).toMatchObject({
      language: "de",
      emails: [{ address: "two@example.com", label: "home" }],
    })
    const back = await read(`/notes/${moved}`)
    expect(back).toMatchObject({ text: "moved and changed" })
    expect(new Set((back.about as { id: string }[]).map(({ id }) => id))).toEqual(new Set([twin, third]))
    const notesOn = async (id: string) =>
      (await timeline(`/people/${id}`)).filter(({ type }) => type === "note.created").length
    expect([await notesOn(keep), await notesOn(twin), await notesOn(third)]).toEqual([1, 1, 1])
  })

  it("brings back what was put to another day since, on the right timeline", async () => {
    const { make, person, merge, undo, timeline } = doing
    const [keep, twin] = [await person({ name: "Kay" }), await person({ name: "Tia" })]
    const call = { kind: "call", occurredAt: "2026-03-01T09:00:00Z", about: [{ type: "person", id: twin }] }
    const activity = await make("/activities", call)
    const operation = await merge("/people", keep, [twin])
    await shop.owner.patch(`/activities/${activity}`, { occurredAt: "2026-03-02T09:00:00Z" })
    await undo(operation)
    const callsOf = async (id: string) =>
      (await timeline(`/people/${id}`)).filter(({ type }) => type === "activity.created").length
    expect([await callsOf(keep), await callsOf(twin)]).toEqual([0, 1])
  })

  it("goes backwards through a chain, and says so when it is begun at the wrong end", async () => {
    const { read, person, note, merge, undo } = doing
    const [first, second, third] = [
      await person({ name: "A" }),
      await person({ name: "B" }),
      await person({ name: "C" }),
    ]
    const text = await note("of A", first)
    const one = await merge("/people", second, [first])
    const two = await merge("/people", third, [second])
    const early = await shop.owner.post(`/operations/${one}/undo`)
    expect(early.body).toMatchObject({ code: "conflict", detail: expect.stringContaining("Undo that first") })
    await undo(two)
    expect((await read(`/people/${first}`)).id).toBe(second)
    await undo(one)
    expect((await read(`/people/${first}`)).name).toBe("A")
    expect((await read(`/notes/${text}`)).about).toEqual([{ type: "person", id: first }])
    expect((await shop.owner.post(`/operations/${one}/undo`)).status).toBe(409)
  })

  it("finds a linked record that is gone since left out, and one that was merged since at its new place", async () => {
    const { read, person, company, merge, undo } = doing
    const firm = await company({ name: "Erased" })
    const renamed = await company({ name: "Merged firm" })
    const into = await company({ name: "Its new place" })
    const keep = await person({ name: "K" })
    const twin = await person({
      name: "T",
      employments: [{ companyId: renamed, current: true }, { companyId: firm }],
    })
    const operation = await merge("/people", keep, [twin], { employments: keep, companyId: keep })
    await merge("/companies", into, [renamed])
    await app.services.pools.owner.query("delete from companies where id = $1", [firm])
    await undo(operation)
    expect(await read(`/people/${twin}`)).toMatchObject({
      companyId: into,
      employments: [{ companyId: into }],
    })
  })

  it("gives the survivor, and records that link, what they had at its new place or not at all", async () => {
    const { read, person, company, merge, undo } = doing
    const [acme, into, other, gone] = [
      await company({ name: "Acme" }),
      await company({ name: "Acme since" }),
      await company({ name: "Other" }),
      await company({ name: "Parent gone" }),
    ]
    const keep = await person({ name: "S", employments: [{ companyId: acme, current: true }] })
    const twin = await person({ name: "T", employments: [{ companyId: other, current: true }] })
    const people = await merge("/people", keep, [twin], { employments: twin, companyId: twin })
    await merge("/companies", into, [acme])
    await undo(people)
    expect(await read(`/people/${keep}`)).toMatchObject({
      companyId: into,
      employments: [{ companyId: into }],
    })
    expect(await read(`/people/${twin}`)).toMatchObject({ companyId: other })

    const [mother, aunt] = [
      await company({ name: "Mother", parentId: gone }),
      await company({ name: "Aunt", parentId: other }),
    ]
    const child = await company({ name: "Child", parentId: aunt })
    const firms = await merge("/companies", mother, [aunt], { parentId: aunt })
    await app.services.pools.owner.query("delete from companies where id = $1", [gone])
    await undo(firms)
    expect(await read(`/companies/${mother}`)).toMatchObject({ parentId: null })
    expect(await read(`/companies/${child}`)).toMatchObject({ parentId: aunt })
  })

  it("leaves out a share with a team that was deleted since", async () => {
    const { make, person, merge, undo } = doing
    const teams = [await make("/teams", { name: "Going" }), await make("/teams", { name: "Staying" })]
    const [keep, twin] = [await person({ name: "S" }), await person({ name: "T" })]
    for (const id of [keep, twin])
      for (const teamId of teams) await shop.owner.post(`/people/${id}/shares`, { teamId, access: "see" })
    const operation = await merge("/people", keep, [twin])
    await shop.owner.delete(`/teams/${teams[0]}`)
    await undo(operation)
    for (const id of [keep, twin]) {
      const shares = (await shop.owner.get(`/people/${id}/access`)).body.data.shares
      expect(shares.map(({ teamId }: { teamId: string }) => teamId)).toEqual([teams[1]])
    }
  })

  it("is possible for 30 days; then the remains are erased, and the old id still leads on", async () => {
    const { read, person, merge } = doing
    const keep = await person({ name: "Long" })
    const twin = await person({ name: "Ago" })
    const operation = await merge("/people", keep, [twin])
    const day = 86_400_000
    app.clock.advance(29 * day)
    await app.inWorkspace(shop, (ctx) => ctx.registry.jobs.get("records.forgetMerged")!.handle(ctx, {}))
    expect((await read(`/operations/${operation}`)).canUndo).toBe(true)
    app.clock.advance(3 * day)
    await app.inWorkspace(shop, (ctx) => ctx.registry.jobs.get("records.forgetMerged")!.handle(ctx, {}))
    await app.drain()
    expect((await read(`/operations/${operation}`)).canUndo).toBe(false)
    expect((await shop.owner.post(`/operations/${operation}/undo`)).status).toBe(409)
    expect((await read(`/people/${twin}`)).id).toBe(keep)
    const { rows } = await app.services.pools.owner.query(
      "select record from merged_records where id = $1 union all select before from merged_parts p join merged_records m using (merge_id) where m.id = $1",
      [twin],
    )
    expect(rows).toEqual([{ record: null }])
  })

  it("is not possible once the survivor is erased: nothing leads to it any more, and nothing is left of the other", async () => {
    const { read, person, note, merge } = doing
    const keep = await person({ name: "Erase me" })
    const twin = await person({ name: "Zyxxa Twin" })
    await note("x", twin)
    const operation = await merge("/people", keep, [twin])
    await shop.owner.delete(`/people/${keep}`)
    app.clock.advance(100 * 86_400_000)
    await app.inWorkspace(shop, (ctx) => ctx.registry.jobs.get("records.emptyBin")!.handle(ctx, {}))
    expect((await shop.owner.get(`/people/${twin}`)).status).toBe(404)
    expect((await read(`/operations/${operation}`)).canUndo).toBe(false)
    const { rows } = await app.services.pools.owner.query(
      "select from merged_records where id = $1 union all select from event_subjects where subject_id = $1",
      [twin],
    )
    expect(rows).toHaveLength(0)
  })
})
