import { describe, expect, it } from "vitest"
import { fold } from "./fold.ts"

describe("fold", () => {
  it("makes the spellings of one word equal", () => {
    expect(fold(" Straße ")).toBe(fold("STRASSE"))
    expect(fold("Geschäftlich")).toBe(fold("geschaeftlich"))
    expect(fold("Dirección")).toBe(fold("direccion"))
    expect(fold("Łódź")).toBe(fold("lodz"))
    expect(fold("two \n words")).toBe("two words")
  })
})
