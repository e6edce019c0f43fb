import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { guard, unguard } from "./formula-guard.ts"

/** What spreadsheets, LibreOffice at least, were seen to calculate or to show otherwise than written. */
const RISKY = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(1)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "\tx",
  "\rx",
  "\nx",
  " =1+1",
  "\u00a0=1+1",
  '"=1+1"',
  "'=1+1",
  "' =1+1",
  "＝1+1",
  "-2+3+cmd|' /C calc'!A0",
  '=HYPERLINK("http://example.com","x")',
  "+1-555-1234",
  "- a note",
  "@handle",
]

const PLAIN = [
  "-5",
  "-5.25",
  "+44 20",
  "+44 20 7946 0958",
  "+1 (555) 123-4567",
  "+49301234567",
  "-1,5",
  "-5%",
  "-1.000,50",
]
const HARMLESS = ["", "'", "'tis", "Anna", "1-2", "a=b", "(030) 123", "''''", "2024-01-02", "'-5", "O'Neil"]

describe("formula guard", () => {
  it.each(RISKY)("marks %j as text and gives it back", (text) => {
    expect(guard(text)).toBe(`'${text}`)
    expect(unguard(`'${text}`)).toBe(text)
  })

  it.each([...PLAIN, ...HARMLESS])("leaves %j alone", (text) => {
    expect(guard(text)).toBe(text)
    expect(unguard(text)).toBe(text)
  })

  it("gives every text back as it was", () => {
    const unit = fc.constantFrom(
      "'",
      '"',
      " ",
      "=",
      "+",
      "-",
      "@",
      "\t",
      "\n",
      "\r",
      "5",
      "(",
      ".",
      "a",
      "＝",
      "%",
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 8 }), fc.string({ unit: "binary" })), (text) => {
        expect(unguard(guard(text))).toBe(text)
      }),
      { numRuns: 5000 },
    )
  })

  it("never lets a dangerous start through", () => {
    const unit = fc.constantFrom("=", "+", "-", "@", " ", "a", "1", "(", "'", "\t")
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 8 }), (text) => {
        const written = guard(text)
        if (/^\s*[=@]|^\s*[+-].*[a-z=@]/.test(written))
          throw new Error(`unguarded: ${JSON.stringify(written)}`)
      }),
      { numRuns: 5000 },
    )
  })

  it("takes no time for long runs of blanks", () => {
    const text = `${" ".repeat(1_000_000)}=`
    expect(unguard(guard(text))).toBe(text)
  })
})
