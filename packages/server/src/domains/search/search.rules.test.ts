import { fold } from "@regulars/contract/kernel/fold.ts"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { highlight, readQuery } from "./search.rules.ts"

describe("what was typed", () => {
  it.each([
    ["  Anna  MÜLLER ", "anna muller", ["%muller%", "%anna%"]],
    ["an", "an", []],
    ["Straße", "strasse", ["%strasse%"]],
    ["030 / 123 45-67", "030 / 123 45-67", ["%301234567%"]],
    ["+49 (30) 123", "+49 (30) 123", ["%4930123%"]],
    ["00", "00", []],
    ["10%_x\\", "10%_x\\", ["%10\\%\\_x\\\\%"]],
    ["", "", []],
    ["a bb ccc dddd eeeee ffffff", "a bb ccc dddd eeeee ffffff", ["%ffffff%", "%eeeee%", "%dddd%"]],
  ])("%j is looked up in its stored form", (typed, text, patterns) => {
    expect(readQuery(typed)[0] ?? { text: "", patterns: [] }).toEqual({ text, patterns })
  })
  it.each([
    ["Müller", ["muller", "mueller"]],
    ["MÜLLER", ["muller", "mueller"]],
    ["mu\u0308ller", ["muller", "mueller"]],
    ["Mueller Goethe", ["mueller goethe", "muller gothe"]],
    ["Quelle", ["quelle"]],
    ["Anna", ["anna"]],
    [" ", []],
  ])("%j is also looked for as others spell it", (typed, spellings) => {
    expect(readQuery(typed).map(({ text }) => text)).toEqual(spellings)
  })
})

describe("the title shows why it was found", () => {
  it.each([
    ["Anna Müller", "mull", "Anna [[Müll]]er"],
    ["Anna Müller", "anna mül", "[[Anna]] [[Mül]]ler"],
    ["Hannah Anna", "anna", "Hannah [[Anna]]"],
    ["Großmann", "gross", "[[Groß]]mann"],
    ["Großmann", "gros", "[[Groß]]mann"],
    ["A\u0308nne", "änn", "[[A\u0308nn]]e"],
    ["Bäckerei  Süß", "backerei sus", "[[Bäckerei]]  [[Süß]]"],
    ["👩‍🍳 Ana", "ana", "👩‍🍳 [[Ana]]"],
    ["Acme", "beta", "Acme"],
    ["", "x", ""],
  ])("%j for %j is %j", (title, query, expected) => expect(highlight(title, [fold(query)])).toBe(expected))

  it("as it is, but for the marks, whatever it is and whatever was typed", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 40 })
    fc.assert(
      fc.property(any, any, (title, query) => {
        fc.pre(!/[[\]]/.test(title))
        const shown = highlight(title, [fold(query)])
        expect(shown.replace(/\[\[|\]\]/g, "")).toBe(title)
        expect(shown.split("[[").length).toBe(shown.split("]]").length)
      }),
    )
  })
  it("marked wherever a word of it was typed", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäöüß]{1,8}( [a-zäöüß]{1,8}){0,3}$/), fc.nat(), (title, pick) => {
        const words = title.split(" ")
        const word = words[pick % words.length] as string
        const shown = highlight(title, [fold(word)])
        const marks = [...shown.matchAll(/\[\[(.*?)\]\]/g)].map((match) => fold(match[1] as string))
        // Letters are marked whole: an "s" that begins or ends inside of an "ß" marks all of it.
        expect(marks).toEqual([expect.stringContaining(fold(word))])
        expect(marks[0]?.length).toBeLessThanOrEqual(fold(word).length + 2)
      }),
    )
  })
})
