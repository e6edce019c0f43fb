import { expect, it } from "vitest"
import { doneSteps, hasBegun } from "./first-step-rules.ts"

const fresh = {
  people: 0,
  tasks: 0,
  samplePeople: 0,
  sampleTasks: 0,
  sampleLoaded: false,
  imported: null,
  colleagues: 1,
}
it("first steps tick themselves from what is in the workspace", () => {
  expect(doneSteps(fresh)).toEqual({
    setUp: true,
    import: false,
    person: false,
    sample: false,
    invite: false,
    task: false,
  })
  expect(doneSteps({ ...fresh, people: 12, imported: 12 })).toMatchObject({ import: true, person: false })
  expect(doneSteps({ ...fresh, people: 13, imported: 12, colleagues: 2 })).toMatchObject({
    person: true,
    invite: true,
  })
})
it("the sample alone is no beginning", () => {
  const sample = { ...fresh, people: 300, samplePeople: 300, tasks: 20, sampleTasks: 20, sampleLoaded: true }
  expect(hasBegun(doneSteps(sample))).toBe(false)
  expect(hasBegun(doneSteps({ ...sample, people: 301, tasks: 21 }))).toBe(true)
})
