import { describe, expect, it } from "vitest"
import { chordOf, createMatcher } from "./shortcuts.ts"

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

describe("a chord", () => {
  it("is the same with Ctrl and ⌘", () => {
    expect(press("k", { ctrlKey: true })).toBe("mod+k")
    expect(press("k", { metaKey: true })).toBe("mod+k")
  })
  it("names Shift for letters and named keys, not for signs that need it", () => {
    expect(press("?", { shiftKey: true })).toBe("?")
    expect(press("A", { shiftKey: true })).toBe("shift+a")
    expect(press("Enter", { shiftKey: true })).toBe("shift+Enter")
  })
})

describe("the matcher", () => {
  const list = [{ keys: "?" }, { keys: "g p" }, { keys: "g t" }, { keys: "t" }, { keys: "mod+k" }]
  it("finds single keys and pairs", () => {
    const match = createMatcher(() => list)
    expect(match("?", 0)).toBe(0)
    expect(match("g", 100)).toBe(-1)
    expect(match("p", 200)).toBe(1)
  })
  it("prefers the pair to its second key alone", () => {
    const match = createMatcher(() => list)
    match("g", 0)
    expect(match("t", 100)).toBe(2)
    expect(match("t", 200)).toBe(3)
  })
  it("forgets the first key after a while", () => {
    const match = createMatcher(() => list)
    match("g", 0)
    expect(match("p", 5000)).toBe(-1)
  })
  it("lets the part shown last win", () => {
    const match = createMatcher(() => [...list, { keys: "t" }])
    expect(match("t", 0)).toBe(5)
  })
})
