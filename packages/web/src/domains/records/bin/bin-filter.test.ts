import { entities } from "@regulars/contract/entities.ts"
import { expect, it } from "vitest"
import { binFilter } from "./bin-filter.ts"

it("finds deleted records by how their names begin", () => {
  expect(binFilter(entities.tasks, "  ")).toBeUndefined()
  expect(binFilter(entities.tasks, " call ")).toEqual({
    any: [{ field: "title", op: "startsWith", value: "call" }],
  })
  expect(binFilter(entities.people, "ana")).toMatchObject({
    any: [{ field: "name" }, { field: "givenName" }, { field: "familyName" }, { field: "emails" }],
  })
})
