import { entities } from "@regulars/contract/entities.ts"
import { operatorsOf } from "@regulars/contract/kernel/filter.ts"
import { describe, expect, it } from "vitest"
import { filterPaths, isComplete, newCondition, relationsOf, subjectOf, tidy, withOperator } from "./model.ts"

const { people, companies } = entities

describe("conditions", () => {
  it("can be about every field that can be filtered, and about parts of lists", () => {
    expect(filterPaths(people)).toEqual(
      expect.arrayContaining(["name", "birthday", "addresses.city", "createdAt", "preferences"]),
    )
  })
  it("begin with an operator their field knows, for every field there is", () => {
    for (const entity of [people, companies, entities.tasks])
      for (const path of filterPaths(entity)) {
        const subject = subjectOf(entity, path)
        expect(subject && operatorsOf(subject.field), path).toContain(newCondition(entity, path).op)
      }
  })
  it("keep what was typed when the operator changes", () => {
    const typed = { field: "name", op: "contains", value: "ana" } as const
    expect(withOperator(people, typed, "startsWith")).toEqual({ ...typed, op: "startsWith" })
    expect(withOperator(people, typed, "isAnyOf")).toEqual({ field: "name", op: "isAnyOf", value: ["ana"] })
    expect(withOperator(people, typed, "isEmpty")).toEqual({ field: "name", op: "isEmpty" })
  })
  it("keep a moment when only its direction changes", () => {
    const old = { field: "lastActivityAt", op: "after", value: { ago: { n: 5, unit: "week" } } } as const
    expect(withOperator(people, old, "before")).toEqual({ ...old, op: "before" })
    expect(withOperator(people, old, "during").value).toEqual({ period: "thisMonth" })
  })
  it("are sent only when they say enough", () => {
    expect(isComplete({ field: "name", op: "contains" })).toBe(false)
    expect(isComplete({ field: "createdAt", op: "between", value: ["2026-01-01", ""] })).toBe(false)
    expect(tidy({ all: [{ field: "name", op: "contains" }, { any: [] }] })).toBeNull()
    expect(tidy({ all: [{ field: "name", op: "isEmpty" }, { any: [] }] })).toEqual({
      all: [{ field: "name", op: "isEmpty" }],
    })
  })
})
it("reaches over links, declared relations and whatever is about a record", () => {
  expect(relationsOf(people).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["companyId", "tasks", "notes", "activities"]),
  )
  expect(relationsOf(companies).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["people", "subsidiaries"]),
  )
})
