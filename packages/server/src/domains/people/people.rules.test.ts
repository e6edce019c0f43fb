import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { currentEmployment, type Employment, preparePerson } from "./people.rules.ts"

const now = "2026-03-18T10:00:00.000Z"
const today = "2026-03-18"
const moment = { now, today: () => today }

const empty: StoredRecord = {
  id: "p",
  version: 1,
  name: "Anna",
  givenName: null,
  familyName: null,
  companyId: null,
  jobTitle: null,
  emails: [],
  phones: [],
  employments: [],
  consents: [],
}
/** A person after one write, and after another on top of it. */
function create(values: Values): StoredRecord {
  return { ...empty, name: null, ...preparePerson(values, undefined, moment) }
}
function patch(before: StoredRecord, values: Values): StoredRecord {
  return { ...before, ...preparePerson(values, before, moment) }
}
const ids = (person: StoredRecord) => (person.employments as Employment[]).map((entry) => entry.companyId)

describe("the name", () => {
  it.each<[string, Values, Values, string | null]>([
    ["is joined from its parts", {}, { givenName: "Anna", familyName: "Meier" }, "Anna Meier"],
    ["is one part alone", {}, { familyName: "Meier" }, "Meier"],
    ["as given wins over its parts", {}, { name: "Dr. A. Meier", givenName: "Anna" }, "Dr. A. Meier"],
    [
      "follows a changed part",
      { name: "Anna Alt", givenName: "Anna", familyName: "Alt" },
      { familyName: "Neu" },
      "Anna Neu",
    ],
    [
      "of its own stays when a part changes",
      { name: "Dr. Anna Alt", givenName: "Anna", familyName: "Alt" },
      { familyName: "Neu" },
      "Dr. Anna Alt",
    ],
    [
      "falls back to the parts when it is emptied",
      { name: "Ann", givenName: "Anna", familyName: "Alt" },
      { name: null },
      "Anna Alt",
    ],
    ["is never split", { name: "Anna Alt" }, { name: "Maria del Mar Ruiz" }, "Maria del Mar Ruiz"],
  ])("%s", (_, before, values, expected) => {
    const person = Object.keys(before).length > 0 ? patch({ ...empty, ...before }, values) : create(values)
    expect(person.name).toBe(expected)
    if ("name" in values && values.name) expect(person.givenName ?? null).toBe(values.givenName ?? null)
  })

  it("may be missing as long as there is an address or a number", () => {
    const person = { ...empty, emails: [{ id: "e", address: "a@example.com" }] }
    expect(patch(person, { name: null }).name).toBeNull()
    expect(() => patch(empty, { name: null })).toThrow(/name/)
    expect(() => patch({ ...person, name: null }, { emails: [] })).toThrow(/name/)
  })
})

describe("company and job title", () => {
  it("written directly make the current employment", () => {
    const person = create({ name: "Anna", companyId: "acme", jobTitle: "Chef" })
    expect(person.employments).toMatchObject([{ companyId: "acme", title: "Chef", current: true }])
    const promoted = patch(person, { jobTitle: "Owner" })
    expect(promoted.employments).toMatchObject([{ companyId: "acme", title: "Owner", current: true }])
    expect((promoted.employments as Employment[])[0]?.id).toBe((person.employments as Employment[])[0]?.id)
  })

  it("end the old employment when the company changes", () => {
    const person = patch(create({ name: "Anna", companyId: "acme", jobTitle: "Chef" }), { companyId: "beta" })
    expect(person).toMatchObject({ companyId: "beta", jobTitle: null })
    expect(person.employments).toMatchObject([
      { companyId: "beta", current: true },
      { companyId: "acme", title: "Chef", to: today, current: false },
    ])
  })

  it("keep a title that is sent along, even when it reads as before", () => {
    const person = create({ name: "Anna", companyId: "acme", jobTitle: "Chef" })
    expect(patch(person, { companyId: "beta", jobTitle: "Chef" })).toMatchObject({ jobTitle: "Chef" })
  })

  it("let a title without a company stand by itself, and take it to the first company", () => {
    const person = create({ name: "Anna", jobTitle: "Baker" })
    expect(person).toMatchObject({ jobTitle: "Baker", companyId: null, employments: [] })
    expect(patch(person, { companyId: "acme" })).toMatchObject({
      jobTitle: "Baker",
      employments: [{ companyId: "acme", title: "Baker" }],
    })
  })

  it("put back together are as they were, whatever a change of company or title did between", () => {
    const jobOf = ({ employments, companyId, jobTitle }: StoredRecord) => ({
      employments,
      companyId: companyId ?? null,
      jobTitle: jobTitle ?? null,
    })
    const before = [
      create({ name: "Anna" }),
      create({ name: "Anna", jobTitle: "Baker" }),
      create({ name: "Anna", companyId: "acme" }),
      create({ name: "Anna", companyId: "acme", jobTitle: "Chef" }),
      create({
        name: "Anna",
        jobTitle: "Baker",
        employments: [{ id: "1", companyId: "beta", to: "2020-01-01" }],
      }),
    ]
    const changes = [{ companyId: "beta" }, { companyId: null }, { jobTitle: "Owner" }, { jobTitle: null }]
    for (const person of before)
      for (const change of changes)
        expect(jobOf(patch(patch(person, change), jobOf(person)))).toEqual(jobOf(person))
  })

  it("end every open employment when the company is taken away", () => {
    const person = create({
      name: "Anna",
      employments: [
        { id: "1", companyId: "acme", current: true },
        { id: "2", companyId: "beta" },
      ],
    })
    const free = patch(person, { companyId: null })
    expect(free).toMatchObject({ companyId: null, jobTitle: null })
    expect(free.employments).toMatchObject([
      { to: today, current: false },
      { to: today, current: false },
    ])
  })

  it("return to a second employment instead of doubling it", () => {
    const person = create({
      name: "Anna",
      employments: [
        { id: "1", companyId: "acme", current: true },
        { id: "2", companyId: "beta", title: "Advisor" },
      ],
    })
    const moved = patch(person, { companyId: "beta" })
    expect(moved).toMatchObject({ companyId: "beta", jobTitle: "Advisor" })
    expect(ids(moved)).toEqual(["beta", "acme"])
  })

  it("follow written employments: marked current, else not ended, else none", () => {
    const person = create({ name: "Anna", companyId: "acme", jobTitle: "Chef" })
    const marked = patch(person, {
      employments: [
        { id: "1", companyId: "acme", title: "Chef" },
        { id: "2", companyId: "beta", title: "Owner", current: true },
      ],
    })
    expect(marked).toMatchObject({ companyId: "beta", jobTitle: "Owner" })
    const open = patch(person, {
      employments: [
        { id: "1", companyId: "acme", to: "2020-01-01" },
        { id: "2", companyId: "beta" },
      ],
    })
    expect(open).toMatchObject({ companyId: "beta", jobTitle: null })
    const none = patch(person, { employments: [{ id: "1", companyId: "acme", to: "2020-01-01" }] })
    expect(none).toMatchObject({ companyId: null, jobTitle: null })
  })

  it("sent back unchanged beside changed employments do not undo them", () => {
    const person = create({ name: "Anna", companyId: "acme", jobTitle: "Chef" })
    const sentBack = { ...person, employments: [{ id: "9", companyId: "beta", title: "Owner" }] }
    const { id: _, version: __, ...values } = sentBack
    expect(patch(person, values)).toMatchObject({ companyId: "beta", jobTitle: "Owner" })
  })

  it("always say the same as the current employment, and lose none, whatever is written", () => {
    const company = fc.constantFrom("acme", "beta", "gamma", null)
    const title = fc.constantFrom("Chef", "Owner", null)
    const write = fc.oneof(
      fc.record({ companyId: company }),
      fc.record({ jobTitle: title }),
      fc.record({ companyId: company, jobTitle: title }),
    )
    fc.assert(
      fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
        let person = create({ name: "Anna" })
        for (const values of writes) {
          const before = person
          person = patch(person, values)
          const current = currentEmployment(person.employments as Employment[])
          expect(person.companyId).toBe(current?.companyId ?? null)
          if (current) expect(person.jobTitle).toBe(current.title ?? null)
          if ("companyId" in values) expect(person.companyId).toBe(values.companyId)
          if ("jobTitle" in values) expect(person.jobTitle).toBe(values.jobTitle)
          for (const id of new Set(ids(before))) expect(ids(person)).toContain(id)
        }
      }),
    )
  })
})

describe("consents", () => {
  const given = { id: "c1", purpose: "newsletter", channel: "email", status: "given" }
  const byPhone = { id: "c2", purpose: "newsletter", channel: "phone", status: "given" }
  const at = "2025-01-01T00:00:00.000Z"
  const person = {
    ...empty,
    consents: [
      { ...given, at },
      { ...byPhone, at },
    ],
  }

  it("get the time they were written, unless one is stated", () => {
    expect(create({ name: "Anna", consents: [given] }).consents).toMatchObject([{ at: now }])
    expect(create({ name: "Anna", consents: [{ ...given, at }] }).consents).toMatchObject([{ at }])
  })
  it("get a new time when their status changes, and keep the old one otherwise", () => {
    const withdrawn = patch(person, { consents: [{ ...given, status: "withdrawn", at }, byPhone] })
    expect(withdrawn.consents).toMatchObject([
      { id: "c1", status: "withdrawn", at: now },
      { id: "c2", at },
    ])
  })
  it("are told apart by purpose and channel when they come without ids of their own", () => {
    // Entries without an id get one by purpose alone before this rule runs.
    const consents = [
      { ...given, id: "c2", status: "refused" },
      { ...byPhone, id: "new" },
    ]
    expect(patch(person, { consents }).consents).toMatchObject([
      { id: "c1", channel: "email", status: "refused", at: now },
      { id: "c2", channel: "phone", at },
    ])
  })
  it("never share an id", () => {
    const consents = [{ ...given }, { ...given, id: "c1", channel: "post" }]
    const [first, second] = patch(person, { consents }).consents as { id: string }[]
    expect(first?.id).toBe("c1")
    expect(second?.id).not.toBe("c1")
  })
})
