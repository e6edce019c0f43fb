import type { Field } from "@regulars/contract/kernel/fields.ts"
import { describe, expect, it } from "vitest"
import { addDays, addMonths, firstDayOf, isMonth, monthGrid, placer, valueOn } from "./calendar-days.ts"

const field = (type: string) => ({ type }) as Field

describe("the days of a month", () => {
  it("stand in whole weeks that begin where the viewer's do", () => {
    const monday = monthGrid("2026-11", 1)
    expect([monday[0], monday.at(-1), monday.length]).toEqual(["2026-10-26", "2026-12-06", 42])
    const sunday = monthGrid("2026-11", 7)
    expect([sunday[0], sunday.at(-1), sunday.length]).toEqual(["2026-11-01", "2026-12-05", 35])
    expect(monthGrid("2027-02", 1)).toHaveLength(28)
  })
  it("go on over the end of a year and of a February", () => {
    expect([addMonths("2026-12", 1), addMonths("2026-01", -1)]).toEqual(["2027-01", "2025-12"])
    expect([addDays("2028-02-28", 1), addDays("2027-02-28", 1)]).toEqual(["2028-02-29", "2027-03-01"])
    expect(["2026-05", "2026-13", "0000-01", "x"].map(isMonth)).toEqual([true, false, false, false])
  })
  it("begin on Monday in Germany and on Sunday in the United States", () => {
    expect([firstDayOf("de-DE"), firstDayOf("en-US")]).toEqual([1, 7])
  })
})

describe("where a value falls", () => {
  it("is its own day, the viewer's day, or the same day each year", () => {
    const days = monthGrid("2027-02", 1)
    expect(placer(field("date"), days, undefined)("2027-02-03")).toBe("2027-02-03")
    expect(placer(field("date"), days, undefined)("2026-02-03")).toBeUndefined()
    const late = "2027-02-03T23:30:00Z"
    expect(placer(field("dateTime"), days, "Europe/Berlin")(late)).toBe("2027-02-04")
    expect(placer(field("dateTime"), days, "America/New_York")(late)).toBe("2027-02-03")
    const birthday = placer(field("monthDay"), days, undefined)
    expect(birthday({ month: 2, day: 3, year: 1990 })).toBe("2027-02-03")
    expect(birthday({ month: 2, day: 29 })).toBe("2027-02-28")
    expect(birthday({ month: 3, day: 29 })).toBeUndefined()
    expect(birthday(null)).toBeUndefined()
  })
  it("moves with the time of an instant and the year of a birthday kept", () => {
    const days = ["2026-11-03", "2026-11-10"] as const
    expect(valueOn(field("date"), "2026-11-03", days, "UTC")).toBe("2026-11-10")
    expect(valueOn(field("dateTime"), "2026-11-03T09:15:00.000Z", days, "UTC")).toBe(
      "2026-11-10T09:15:00.000Z",
    )
    expect(valueOn(field("monthDay"), { month: 11, day: 3, year: 1980 }, days, "UTC")).toEqual({
      year: 1980,
      month: 11,
      day: 10,
    })
    expect(valueOn(field("monthDay"), { month: 11, day: 3 }, days, "UTC")).toEqual({ month: 11, day: 10 })
  })
  it("keeps the time of day when clocks are put forward or back between the days", () => {
    const move = (value: string, from: string, to: string) =>
      valueOn(field("dateTime"), value, [from, to], "Europe/Berlin")
    expect(move("2026-03-27T22:30:00.000Z", "2026-03-27", "2026-03-30")).toBe("2026-03-30T21:30:00.000Z")
    expect(move("2026-10-26T09:00:00.000Z", "2026-10-26", "2026-10-24")).toBe("2026-10-24T08:00:00.000Z")
  })
})
