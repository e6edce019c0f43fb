import { describe, expect, it } from "vitest"
import { isSalutation, readName } from "./names.ts"

describe("readName", () => {
  it.each([
    ["Anna Schmidt", "Anna", "Schmidt"],
    ["Müller, Hans Peter", "Hans Peter", "Müller"],
    ["Dr. Anna Schmidt", "Anna", "Schmidt"],
    ["Frau Ilse Winter", "Ilse", "Winter"],
    ["John Smith, Jr.", "John", "Smith"],
    ["Maria von der Leyen", "Maria", "von der Leyen"],
    ["Vicente de la Cruz", "Vicente", "de la Cruz"],
    ["María del Carmen Ruiz", "María del Carmen", "Ruiz"],
    ["María José Bermúdez", "María José", "Bermúdez"],
    ["Lucía Hernando Vela", "Lucía", "Hernando Vela"],
    ["Joan i Casals", "Joan", "i Casals"],
    ["Phil J. Harker", "Phil J.", "Harker"],
  ])("divides %s", (full, givenName, familyName) => {
    expect(readName(full)).toEqual({ value: { givenName, familyName } })
  })

  it.each([
    "Anna",
    "Joan & Bill Teller",
    "Anna und Karl Berg",
    "Zbig Foo Bar",
    "Smith, Jr.",
    "Room 12",
    "a@b.org",
    "",
  ])("does not divide %s", (full) => {
    expect(readName(full)).toEqual({ problem: "name_unclear" })
  })
})

describe("isSalutation", () => {
  it("knows titles and forms of address, not names", () => {
    expect(["Herr", "Mrs.", "Prof. Dr.", "Sra.", "Herr Dr.", "Dipl.-Ing."].every(isSalutation)).toBe(true)
    expect(["Anna", "Dr. Anna", "Manager", "", "Kunde"].some(isSalutation)).toBe(false)
  })
})
