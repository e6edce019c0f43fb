import { expect, test } from "vitest"
import { pastedRect } from "./range.ts"

test("a pasted block fills what is marked when it fits into it, else goes on from the first cell to the list's end", () => {
  const size = { rows: 10, columns: 5 }
  const marked = { top: 2, bottom: 5, left: 1, right: 2 }
  expect(pastedRect(marked, { rows: 1, columns: 1 }, size)).toEqual(marked)
  expect(pastedRect(marked, { rows: 2, columns: 2 }, size)).toEqual(marked)
  expect(pastedRect(marked, { rows: 3, columns: 1 }, size)).toEqual({ ...marked, bottom: 4, right: 1 })
  expect(pastedRect(marked, { rows: 50, columns: 50 }, size)).toEqual({
    top: 2,
    bottom: 9,
    left: 1,
    right: 4,
  })
})
