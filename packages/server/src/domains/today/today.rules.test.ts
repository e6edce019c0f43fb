import { describe, expect, it } from "vitest"
import { ageOn, comingDays, daysBetween } from "./today.rules.ts"

describe("coming days of the year", () => {
  it("go over the end of a year", () => {
    expect(comingDays("2026-12-30", 4)).toEqual([
      { key: 1230, on: "2026-12-30" },
      { key: 1231, on: "2026-12-31" },
      { key: 101, on: "2027-01-01" },
      { key: 102, on: "2027-01-02" },
    ])
  })
  it("keep the 29th of February on the 28th of years without one", () => {
    expect(comingDays("2026-02-28", 2).map(({ key, on }) => [key, on])).toEqual([
      [228, "2026-02-28"],
      [229, "2026-02-28"],
      [301, "2026-03-01"],
    ])
    expect(comingDays("2028-02-28", 2).map(({ key }) => key)).toEqual([228, 229])
    expect(comingDays("2100-02-28", 1).map(({ key }) => key)).toEqual([228, 229])
  })
})
it("ages are known where the year is", () => {
  expect([
    ageOn("2026-03-20", 1980),
    ageOn("2026-03-20", 2026),
    ageOn("2026-03-20", null),
    ageOn("2026-03-20", 2030),
  ]).toEqual([46, 0, null, null])
})
it("days are counted whole", () => {
  const now = new Date("2026-03-18T10:00:00Z")
  expect(daysBetween("2026-03-17T10:00:00.000Z", now)).toBe(1)
  expect(daysBetween("2026-03-17T10:00:01.000Z", now)).toBe(0)
})
