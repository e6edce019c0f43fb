import { people } from "@regulars/contract/domains/people.ts"
import { expect, it } from "vitest"
import { ApiError } from "../../lib/api-error.ts"
import { lackingFields } from "./lacking-fields.ts"

const refused = (...errors: [path: string, code: string][]) =>
  new ApiError({
    code: "validation_failed",
    status: 422,
    errors: errors.map(([path, code]) => ({ path, code, message: "" })),
  })
const lacking = (error: unknown) => lackingFields(error, people, { lifecycleStage: "lost" })

it("names what a change lacks, each field once", () => {
  expect(lacking(refused(["jobTitle", "required"], ["tags", "required"], ["tags.0", "required"]))).toEqual([
    "jobTitle",
    "tags",
  ])
})
it("names nothing where asking would not help", () => {
  expect(lacking(refused(["jobTitle", "required"], ["name", "too_long"]))).toEqual([])
  expect(lacking(refused(["lifecycleStage", "required"]))).toEqual([])
  expect(lacking(refused(["lastActivityAt", "required"]))).toEqual([])
  expect(lacking(refused(["nothing", "required"]))).toEqual([])
  expect(lacking(refused())).toEqual([])
  expect(lacking(new ApiError({ code: "version_conflict", status: 409 }))).toEqual([])
})
