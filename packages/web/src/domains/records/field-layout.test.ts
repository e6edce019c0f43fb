import { entities } from "@regulars/contract/entities.ts"
import { expect, it } from "vitest"
import { layOutFields } from "./field-layout.ts"

const groupNamed = (groups: ReturnType<typeof layOutFields>, name: string) =>
  groups.find(({ group }) => group === name)

it("shows filled fields and columns, folds empty ones away, leaves out what stands elsewhere", () => {
  const groups = layOutFields(entities.people, { salutation: "Dr", lastActivityAt: null }, ["name"])
  expect(groupNamed(groups, "basics")?.shown).toEqual(["salutation"])
  expect(groupNamed(groups, "basics")?.folded).toContain("givenName")
  expect(groupNamed(groups, "contact")?.shown).toEqual(["emails", "phones"])
  // A field nobody can fill is not offered while it is empty.
  expect(groupNamed(groups, "system")).toBeUndefined()
})
