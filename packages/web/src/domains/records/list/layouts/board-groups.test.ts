import type { Choice } from "@regulars/contract/kernel/fields.ts"
import { expect, it } from "vitest"
import { groupsOf } from "./board-groups.ts"

const stages: Choice = {
  type: "choice",
  choices: ["new", "won", "asked", "agreed"],
  choiceGroup: "pipeline",
  choiceGroups: { new: "sales", won: "sales", asked: "renewals", agreed: "renewals", gone: "old" },
}

it("shows the stages of the pipelines there are, or of those a filter lets through", () => {
  expect(groupsOf(stages, undefined)).toEqual(["sales", "renewals"])
  expect(groupsOf(stages, { field: "pipeline", op: "is", value: "renewals" })).toEqual(["renewals"])
  const among = { field: "pipeline", op: "isAnyOf", value: ["renewals", "old"] } as const
  expect(groupsOf(stages, { all: [{ search: "oak" }, { ...among, value: [...among.value] }] })).toEqual([
    "renewals",
  ])
})
it("shows all where the filter says nothing that is known, and none where choices stand in none", () => {
  expect(groupsOf(stages, { field: "pipeline", op: "is", value: "gone" })).toEqual(["sales", "renewals"])
  expect(groupsOf(stages, { field: "name", op: "is", value: "renewals" })).toEqual(["sales", "renewals"])
  expect(groupsOf({ type: "choice", choices: ["a"] }, undefined)).toEqual([])
})
