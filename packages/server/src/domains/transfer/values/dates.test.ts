import { describe, expect, it } from "vitest"
import { detectDateOrder, looksLikeDate, readBirthday, readDate, readMoment } from "./dates.ts"

describe("readDate", () => {
  it.each([
    ["03/04/2025", "dmy", "2025-04-03"],
    ["03/04/2025", "mdy", "2025-03-04"],
    ["3.4.85", "dmy", "1985-04-03"],
    ["01.02.29", "dmy", "2029-02-01"],
    ["85-03-12", "ymd", "1985-03-12"],
    ["2025-04-03", "mdy", "2025-04-03"],
    ["20250403", "dmy", "2025-04-03"],
    ["12. März 2024", "mdy", "2024-03-12"],
    ["12 de marzo de 2024", "mdy", "2024-03-12"],
    ["March 3rd, 2024", "dmy", "2024-03-03"],
    ["Di, 5. Jän. 2021", "dmy", "2021-01-05"],
    ["17.3.1961 14:00 Uhr", "dmy", "1961-03-17"],
    ["29/02/2024", "dmy", "2024-02-29"],
    ["45012", "serial", "2023-03-27"],
  ] as const)("reads %s as %s", (text, order, date) => {
    expect(readDate(text, order)).toEqual({ value: date })
  })

  it.each([
    ["29/02/2023", "dmy", "date_invalid"],
    ["12/25/2024", "dmy", "date_invalid"],
    ["45012", "dmy", "date_invalid"],
    ["5 May Road", "dmy", "date_invalid"],
    ["March 2024", "dmy", "date_invalid"],
    ["next week", "dmy", "date_invalid"],
    ["03/04/2025", "ambiguous", "date_ambiguous"],
    ["0/0/00", "mdy", "date_empty"],
    ["0000-00-00", "ymd", "date_empty"],
  ] as const)("refuses %s as %s", (text, order, problem) => {
    expect(readDate(text, order)).toEqual({ problem })
  })

  it("reads what is clear by itself while the column is not decided", () => {
    expect(readDate("25/12/2024", "ambiguous")).toEqual({ value: "2024-12-25" })
    expect(readDate("03/03/2025", "ambiguous")).toEqual({ value: "2025-03-03" })
  })
})

describe("readBirthday and readMoment", () => {
  it("reads the day of a year without a year", () => {
    for (const text of ["3/14", "--03-14", "14. März", "14.03."] as const) {
      expect(readBirthday(text, text.startsWith("3") ? "mdy" : "dmy")).toEqual({
        value: { month: 3, day: 14 },
      })
    }
    expect(readBirthday("29.2.", "dmy")).toEqual({ value: { month: 2, day: 29 } })
    expect(readBirthday("30.2.", "dmy")).toEqual({ problem: "date_invalid" })
  })

  it("keeps time and zone only where they are given", () => {
    expect(readMoment("4/2/2021 3:15 PM", "mdy")).toEqual({ value: "2021-04-02T15:15:00" })
    expect(readMoment("2021-02-11T13:01:22.000+0000", "ymd")).toEqual({ value: "2021-02-11T13:01:22+00:00" })
    expect(readMoment("2021-02-11T13:01:22Z", "ymd")).toEqual({ value: "2021-02-11T13:01:22Z" })
    expect(readMoment("12:30 AM 2021", "ymd")).toEqual({ problem: "date_invalid" })
    expect(readMoment("11.02.2021", "dmy")).toEqual({ value: "2021-02-11" })
    expect(readMoment("1/1/2021 12:05 am", "mdy")).toEqual({ value: "2021-01-01T00:05:00" })
  })
})

describe("detectDateOrder", () => {
  it.each([
    [["25/12/2024", "03/04/2025"], "dmy"],
    [["12/25/2024", "03/04/2025"], "mdy"],
    [["03/04/2025", "05/06/2025"], "ambiguous"],
    [["25/12/2024", "12/25/2024"], "ambiguous"],
    [["2024-12-25", "03/04/2025"], "ambiguous"],
    [["03.04.2025"], "dmy"],
    [["2025-04-03", ""], "ymd"],
    [["3/14", "11/2"], "mdy"],
    [["45012", "39813"], "serial"],
    [["0/0/00", "25.12.1990"], "dmy"],
    [["red", "blue"], undefined],
    [[], undefined],
  ] as const)("%j is %s", (samples, order) => {
    expect(detectDateOrder(samples)).toBe(order)
  })

  it("does not take other values for dates", () => {
    for (const text of ["12.50", "1.250,40", "0171 5550101", "Mai", "10115", "12"])
      expect(looksLikeDate(text)).toBe(false)
  })
})
