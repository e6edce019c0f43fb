import { people } from "@regulars/contract/domains/people.ts"
import fc from "fast-check"
import { expect, it } from "vitest"
import type { StoredRecord } from "./columns.ts"
import { changedEntries, mergedValues, unmergedValues } from "./merge-values.ts"

let ids = 0
const text = fc.option(fc.constantFrom("a", "b", "c"))
const email = fc
  .record({ address: fc.constantFrom("a@x", "b@x", "c@x"), preferred: fc.boolean() })
  .map((item) => ({ id: `e${++ids}`, ...item }))
const record = fc
  .record({
    jobTitle: text,
    language: text,
    birthday: fc.option(fc.constantFrom({ month: 1, day: 2 }, { month: 3, day: 4 })),
    emails: fc.uniqueArray(email, { maxLength: 3, selector: ({ address }) => address }),
    tags: fc.uniqueArray(fc.constantFrom("x", "y", "z")),
    preferences: fc.dictionary(fc.constantFrom("milk", "cup"), fc.constantFrom("1", "2")),
  })
  .map((values): StoredRecord => ({ id: `r${++ids}`, version: 1, ...values }))

const keys = ["jobTitle", "emails", "tags", "preferences"]
const sorted = (values: unknown) => (values as unknown[]).map((value) => JSON.stringify(value)).sort()

it("gives back what each of them was, whatever they held and whatever was chosen", () => {
  fc.assert(
    fc.property(
      record,
      fc.array(record, { minLength: 1, maxLength: 3 }),
      fc.subarray(keys),
      (survivor, others, asked) => {
        const chosen = Object.fromEntries(asked.map((key) => [key, others[0]?.id ?? ""]))
        const wrote = mergedValues(people, survivor, others, chosen)
        const now = { ...survivor, ...wrote }
        const { values, kept } = unmergedValues(people, now, survivor, wrote)
        expect({ ...now, ...values }).toEqual(survivor)
        expect(kept).toEqual([])
        for (const other of others) expect(changedEntries(people, other, now, wrote)).toEqual({})
      },
    ),
  )
})

it("keeps what was added, changed or taken away since, and nothing of the others", () => {
  const added = { id: "new", address: "new@x" }
  fc.assert(
    fc.property(
      record,
      record,
      fc.constantFrom("a", "d"),
      fc.subarray(keys.slice(1)),
      (survivor, other, title, asked) => {
        const chosen = Object.fromEntries(asked.map((key) => [key, other.id]))
        const wrote = mergedValues(people, survivor, [other], chosen)
        const merged: StoredRecord = { ...survivor, ...wrote }
        const now = {
          ...merged,
          jobTitle: title,
          emails: [...(merged.emails as object[]), added],
          tags: [...(merged.tags as string[]), "since"],
          preferences: { ...(merged.preferences as object), seat: "window" },
        }
        const { values, kept } = unmergedValues(people, now, survivor, wrote)
        const after = { ...now, ...values }
        expect(sorted(after.emails)).toEqual(sorted([...(survivor.emails as object[]), added]))
        expect(sorted(after.tags)).toEqual(sorted([...(survivor.tags as string[]), "since"]))
        expect(after.preferences).toEqual({ ...(survivor.preferences as object), seat: "window" })
        const isOurs = "jobTitle" in wrote && title === wrote.jobTitle
        expect(after.jobTitle).toBe(isOurs ? survivor.jobTitle : title)
        expect(kept).toEqual("jobTitle" in wrote && !isOurs ? ["jobTitle"] : [])
      },
    ),
  )
})
