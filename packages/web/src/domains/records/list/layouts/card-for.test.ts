import { expect, it } from "vitest"
import { cardFor } from "./card-for.ts"

const [none, lead, lost] = [{ value: null }, { value: "lead" }, { value: "lost" }]
const taken = (column: { value: string | null }, stage?: string | null, targets = [none, lead]) =>
  cardFor(column, { id: "a", lifecycleStage: stage }, { by: "lifecycleStage", targets }) !== null

it("takes a card to another column, and one that is dropped where it stands already nowhere", () => {
  expect(taken(lead, "lost")).toBe(true)
  expect(taken(none, "lost")).toBe(true)
  expect(taken(lead, null)).toBe(true)
  expect(taken(lead, "lead")).toBe(false)
  expect(taken(none, null)).toBe(false)
  expect(taken(none)).toBe(false)
})
it("takes none to where no card can be moved, and nothing where nothing is dragged", () => {
  expect(taken(lost, "lead")).toBe(false)
  expect(cardFor(lead, null, { by: "lifecycleStage", targets: [lead] })).toBeNull()
})
