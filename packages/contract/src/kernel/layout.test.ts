import { expect, it } from "vitest"
import { people } from "../domains/people.ts"
import { layoutOf, layoutText } from "./layout.ts"

it.each(["", "cards", "board:lifecycleStage", "calendar:birthday", "calendar:createdAt"])(
  "a layout reads as it is written: %j",
  (text) => {
    const layout = layoutOf(people, text)
    expect(layout && layoutText(layout)).toBe(text)
  },
)
it.each([
  "pile",
  "board",
  "board:name",
  "calendar:lifecycleStage",
  "cards:name",
  "board:lifecycleStage:x",
  "board:shoe",
])("what the entity can't be laid out as is no layout: %j", (text) =>
  expect(layoutOf(people, text)).toBeUndefined(),
)
