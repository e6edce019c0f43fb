import type { Field, List } from "@regulars/contract/kernel/fields.ts"
import { describe, expect, it } from "vitest"
import { cleanItems, editableParts, inOrder, mainPart, prefer } from "./list-items.ts"
import { matching } from "./matching.ts"
import { monthDayOf, partOrder } from "./month-day.ts"
import { addTags } from "./tags.ts"

const phones: Field & List = {
  type: "list",
  key: "number",
  item: {
    number: { type: "phone" },
    raw: { type: "text" },
    label: { type: "text" },
    preferred: { type: "boolean" },
  },
}

describe("entries of a list", () => {
  it("are edited as they were typed, without the number the server made of it", () => {
    expect(mainPart(phones)).toBe("raw")
    expect(editableParts(phones).map(([part]) => part)).toEqual(["raw", "label"])
  })
  it("are sent without blank ones and without the made number", () => {
    const items = [{ id: "1", raw: "030 1", number: "+49301", preferred: true }, { raw: "", label: null }, {}]
    expect(cleanItems(phones, items)).toEqual([{ id: "1", raw: "030 1", preferred: true }])
  })
  it("have at most one that is preferred, and it is shown first", () => {
    const items = prefer([{ id: "1", preferred: true }, { id: "2" }], 1)
    expect(items.map((item) => item.preferred)).toEqual([false, true])
    expect(inOrder(items).map((item) => item.id)).toEqual(["2", "1"])
  })
})

describe("a day that comes back", () => {
  it("needs day and month of the calendar, the year only when it is given", () => {
    expect(monthDayOf({ day: "29", month: "2", year: "" })).toEqual({ month: 2, day: 29, year: null })
    expect(monthDayOf({ day: "29", month: "2", year: "2024" })).toEqual({ month: 2, day: 29, year: 2024 })
    expect(monthDayOf({ day: "29", month: "2", year: "2023" })).toBeUndefined()
    expect(monthDayOf({ day: "31", month: "4", year: "" })).toBeUndefined()
  })
  it("is empty only when all of it is, so that half a date erases nothing", () => {
    expect(monthDayOf({ day: "", month: "", year: "" })).toBeNull()
    expect(monthDayOf({ day: "3", month: "", year: "" })).toBeUndefined()
    expect(monthDayOf({ day: "3", month: "5", year: "19" })).toBeUndefined()
  })
  it("stands in the country's order", () => {
    expect(partOrder("en-GB")).toEqual(["day", "month", "year"])
    expect(partOrder("en-US")).toEqual(["month", "day", "year"])
  })
})

describe("tags", () => {
  it("count once, whatever their case, and come several at a time", () => {
    expect(addTags(["VIP"], "vip, early bird ,, Early Bird")).toEqual(["VIP", "early bird"])
  })
})

describe("options", () => {
  const options = [
    { value: "Europe/Lisbon", label: "Europe/Lisbon" },
    { value: "PT", label: "Portugal" },
    { value: "PR", label: "Puerto Rico" },
    { value: "DE", label: "Deutschland" },
    { value: "AT", label: "Österreich" },
  ]
  it("are found without case and accents, beginnings first", () => {
    expect(matching(options, "osterr").map(({ value }) => value)).toEqual(["AT"])
    expect(
      matching(options, "p")
        .map(({ value }) => value)
        .slice(0, 2),
    ).toEqual(["PT", "PR"])
    expect(matching(options, "lisb").map(({ value }) => value)).toEqual(["Europe/Lisbon"])
  })
  it("are also found by their code", () => {
    expect(matching(options, "at")[0]?.value).toBe("AT")
  })
})
