import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../app.ts"

let app: TestApp
let shop: TestWorkspace
let other: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  other = await app.workspace()
})
afterAll(() => app.close())
const runs = Number(process.env.GUARD_RUNS ?? 60)

describe("many at once", () => {
  it("never overwrites silently, in random interleavings of editors (CO01)", async () => {
    const edit = fc.record({
      field: fc.constantFrom("jobTitle", "salutation", "language"),
      base: fc.nat(3),
      value: fc.constantFrom("a", "b", "c", "d"),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 6 }), async (edits) => {
        const made = (await shop.owner.post("/people?allowDuplicate=true", { name: "Edited" })).body.data
        const known: { version: number; values: Record<string, string | null> }[] = [
          { version: 1, values: { jobTitle: null, salutation: null, language: null } },
        ]
        const values = { language: { a: "de", b: "en", c: "es", d: "fr" } } as Record<
          string,
          Record<string, string>
        >
        for (const { field, base, value } of edits) {
          const seen = known[Math.max(0, known.length - 1 - base)] as (typeof known)[number]
          const written = values[field]?.[value] ?? value
          const answer = await shop.owner.patch(
            `/people/${made.id}`,
            { [field]: written },
            { "if-match": `"${seen.version}"` },
          )
          const now = known.at(-1) as (typeof known)[number]
          const clash =
            now.values[field] !== seen.values[field] ||
            known.slice(known.indexOf(seen)).some((state) => state.values[field] !== seen.values[field])
          if (clash && written !== now.values[field]) {
            expect(answer.status).toBe(409)
            expect(answer.body.details.fields).toEqual([{ field, theirs: now.values[field], yours: written }])
          } else {
            expect(answer.status).toBe(200)
            if (answer.body.data.version > now.version)
              known.push({ version: answer.body.data.version, values: { ...now.values, [field]: written } })
          }
        }
        const final = (await shop.owner.get(`/people/${made.id}`)).body.data
        expect({ jobTitle: final.jobTitle, salutation: final.salutation, language: final.language }).toEqual(
          known.at(-1)?.values,
        )
      }),
      { numRuns: runs },
    )
  })

  it("has one effect and one answer for a repeated request (CO02)", async () => {
    const key = { "idempotency-key": "order-4711" }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => shop.owner.post("/companies", { name: "Once" }, key)),
    )
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect(answers.every((answer) => answer.status === 201)).toBe(true)
    const count = (
      await shop.owner.post("/companies/query", {
        filter: { field: "name", op: "is", value: "Once" },
        count: "exact",
      })
    ).body.count.value
    expect(count).toBe(1)
    expect((await shop.owner.post("/companies", { name: "Twice" }, key)).body.code).toBe(
      "idempotency_mismatch",
    )
    expect((await other.owner.post("/companies", { name: "Twice" }, key)).status).toBe(201)
    // A refused request is not kept: mended, it may be sent again with the same key.
    const again = { "idempotency-key": "mended" }
    expect((await shop.owner.post("/companies", { name: "" }, again)).status).toBe(422)
    expect((await shop.owner.post("/companies", { name: "Mended" }, again)).status).toBe(201)
  })

  it("makes one record of a hundred creations of one address (CO03)", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        shop.owner.post("/people", { name: "One", emails: [{ address: "one@example.com" }] }),
      ),
    )
    const made = answers.filter((answer) => answer.status === 201)
    expect(made).toHaveLength(1)
    for (const answer of answers.filter((candidate) => candidate.status !== 201))
      expect(answer.body).toMatchObject({
        code: "duplicate_suspected",
        details: { candidates: [{ id: made[0]?.body.data.id }] },
      })
  })

  it("shows every untouched row exactly once while others come and go (CO08)", async () => {
    const { owner } = other
    const names = Array.from({ length: 60 }, (_, index) => `Page ${String(index).padStart(2, "0")}`)
    const rows = (await owner.post("/companies/batch", { rows: names.map((name) => ({ name })) })).body
      .data as { id: string }[]
    const touched = new Set<string>()
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; ; page++) {
      const answer = await owner.post("/companies/query", {
        sort: ["name"],
        limit: 7,
        fields: ["name"],
        ...(cursor && { cursor }),
      })
      seen.push(...answer.body.data.map((row: { id: string }) => row.id))
      cursor = answer.body.page.next ?? undefined
      if (!cursor) break
      const victim = rows[(page * 13) % rows.length] as { id: string }
      touched.add(victim.id)
      if (page % 2) await owner.delete(`/companies/${victim.id}`)
      else await owner.patch(`/companies/${victim.id}`, { name: `Page ${(page * 37) % 99} moved` })
      await owner.post("/companies", { name: `Page ${page} new` })
    }
    for (const { id } of rows.filter((row) => !touched.has(row.id)))
      expect(seen.filter((other) => other === id)).toHaveLength(1)
  })
})
