import { describe, expect, it } from "vitest"
import { formatIsoDate, formatNumber, numberKind, toSerial } from "./xlsx-values.ts"

describe("numberKind", () => {
  it.each([
    [0, undefined, "number"],
    [14, undefined, "date"],
    [22, undefined, "datetime"],
    [21, undefined, "time"],
    [46, undefined, "duration"],
    [49, undefined, "number"],
    [164, "General", "number"],
    [164, "dd.mm.yyyy", "date"],
    [164, "[$-407]d. mmmm yyyy;@", "date"],
    [164, "mmm-yy", "date"],
    [164, "yyyy-mm-dd hh:mm", "datetime"],
    [164, "h:mm AM/PM", "time"],
    [164, "[h]:mm:ss", "duration"],
    [164, '#,##0.00 "days"', "number"],
    [164, "[Red]-#,##0.00 [$€-407]", "number"],
    [164, "0.00E+00", "number"],
    [164, "0\\d", "number"],
    [164, "@", "number"],
    [14, "0.0", "number"],
    [164, "00000", { zeros: 5 }],
  ])("%i %s is %j", (id, code, kind) => {
    expect(numberKind(id, code)).toEqual(kind)
  })
})

describe("formatNumber", () => {
  it.each([
    ["45292", "date", false, "2024-01-01"],
    ["61", "date", false, "1900-03-01"],
    ["60", "date", false, "1900-02-29"],
    ["59", "date", false, "1900-02-28"],
    ["1", "date", false, "1900-01-01"],
    ["2958465", "date", false, "9999-12-31"],
    ["2958466", "date", false, "2958466"],
    ["-1", "date", false, "-1"],
    ["0", "date", true, "1904-01-01"],
    ["43830", "date", true, "2024-01-01"],
    ["45292.5", "date", false, "2024-01-01"],
    ["45292.5", "datetime", false, "2024-01-01T12:00:00"],
    ["45291.9999999999", "datetime", false, "2024-01-01T00:00:00"],
    ["0.354166666666667", "time", false, "08:30:00"],
    ["45292.25", "time", false, "2024-01-01T06:00:00"],
    ["1.5", "duration", false, "36:00:00"],
    ["0.30000000000000004", "number", false, "0.3"],
    ["1234.5600000000001", "number", false, "1234.56"],
    ["4.9301234567E10", "number", false, "49301234567"],
    ["4915112345678901234", "number", false, "4915112345678901234"],
    ["1E+21", "number", false, "1000000000000000000000"],
    ["1.5E-7", "number", false, "0.00000015"],
    ["-2.5e-9", "number", false, "-0.0000000025"],
    ["-0", "number", false, "0"],
    ["#REF!", "number", false, "#REF!"],
  ] as const)("%s as %s (1904: %s) reads %s", (raw, kind, uses1904, text) => {
    expect(formatNumber(raw, kind, uses1904)).toBe(text)
  })

  it("keeps the leading zeros that only the format shows", () => {
    expect(formatNumber("1067", { zeros: 5 }, false)).toBe("01067")
  })
})

it("reads date cells of the ISO kind", () => {
  expect(formatIsoDate("2024-01-01")).toBe("2024-01-01")
  expect(formatIsoDate("2024-01-01T00:00:00.000Z")).toBe("2024-01-01")
  expect(formatIsoDate("2024-01-01T08:30")).toBe("2024-01-01T08:30:00")
  expect(formatIsoDate("P1D")).toBe("P1D")
})

it("writes dates that read back the same, and leaves the others to text", () => {
  for (const text of ["1900-03-01", "2024-02-29", "9999-12-31"]) {
    expect(formatNumber(String(toSerial(text)), "date", false)).toBe(text)
  }
  expect(formatNumber(String(toSerial("2024-02-29T23:59:59")), "datetime", false)).toBe("2024-02-29T23:59:59")
  for (const text of ["1900-02-28", "2023-02-29", "2024-13-01", "2024-01-01T25:00", "1.1.2024", ""]) {
    expect(toSerial(text)).toBeUndefined()
  }
})
