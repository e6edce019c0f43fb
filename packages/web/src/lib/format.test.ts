import { createFormats } from "@regulars/locales/formats.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { describe, expect, it } from "vitest"
import {
  exactInstant,
  formatBytes,
  formatDay,
  formatInstant,
  formatMonthDay,
  formatTime,
  initialsOf,
  titleOf,
  todayIn,
  toneOf,
  tones,
} from "./format.ts"

const t = translatorFor("en")
const berlin = createFormats({ language: "en", country: "GB", timeZone: "Europe/Berlin" })
// A Wednesday, 15:00 in Berlin.
const now = new Date("2026-05-13T13:00:00Z")
const instant = (iso: string) => formatInstant(iso, t, berlin, now)
const day = (text: string) => formatDay(text, t, berlin, now)

describe("an instant", () => {
  it("reads by its distance", () => {
    expect(instant("2026-05-13T12:30:00Z")).toBe("today 14:30")
    expect(instant("2026-05-12T12:30:00Z")).toBe("yesterday")
    expect(instant("2026-05-08T12:30:00Z")).toBe("Fri")
    expect(instant("2026-05-03T12:30:00Z")).toBe("3 May")
    expect(instant("2024-05-03T12:30:00Z")).toBe("May 2024")
  })
  it("falls on the day it has in the viewer's zone", () => {
    expect(instant("2026-05-12T22:30:00Z")).toBe("today 00:30")
  })
  it("names the day near the turn of the year instead of only the month", () => {
    const january = new Date("2027-01-10T12:00:00Z")
    expect(formatInstant("2026-12-20T12:00:00Z", t, berlin, january)).toBe("20 Dec")
  })
  it("is shown as it came when it is none", () => {
    expect(instant("soon")).toBe("soon")
  })
  it("is exact on hover, zone included", () => {
    expect(exactInstant("2026-05-13T12:30:00Z", berlin)).toBe("Wed, 13 May 2026 at 14:30 CEST")
  })
})

describe("a calendar day", () => {
  it("reads by its distance, weekdays only for the days ahead", () => {
    expect(day("2026-05-13")).toBe("today")
    expect(day("2026-05-14")).toBe("tomorrow")
    expect(day("2026-05-18")).toBe("Mon")
    expect(day("2026-05-11")).toBe("11 May")
    expect(day("2028-05-11")).toBe("May 2028")
  })
  it("is the same day in every zone", () => {
    const auckland = createFormats({ language: "en", country: "NZ", timeZone: "Pacific/Auckland" })
    // There it is the 14th already.
    expect(formatDay("2026-05-14", t, auckland, now)).toBe("today")
    expect(todayIn("Pacific/Auckland", now)).toBe("2026-05-14")
    expect(todayIn("America/Los_Angeles", new Date("2026-05-13T02:00:00Z"))).toBe("2026-05-12")
  })
})

describe("values", () => {
  it("writes days that come back, 29 February included", () => {
    expect(formatMonthDay({ month: 2, day: 29 }, berlin)).toBe("29 February")
    expect(formatMonthDay({ month: 5, day: 3, year: 1980 }, berlin)).toBe("3 May 1980")
  })
  it("writes times in the habits of the country", () => {
    expect(formatTime("14:30", berlin)).toBe("14:30")
    expect(formatTime("14:30", createFormats({ language: "en", country: "US" }))).toMatch(/^2:30\sPM$/)
  })
  it("writes sizes of files", () => {
    expect(formatBytes(320_000, berlin)).toBe("320 kB")
    expect(formatBytes(4_200_000, berlin)).toBe("4.2 MB")
  })
})

describe("names", () => {
  it("have initials in any script", () => {
    expect(initialsOf("Ana Maria Rossi")).toBe("AR")
    expect(initialsOf("ömer")).toBe("Ö")
    expect(initialsOf("李 小龙")).toBe("李小")
    expect(initialsOf("  ")).toBe("?")
  })
  it("always get the same one of the ten tones, whatever the case", () => {
    expect(toneOf("Wholesale")).toBe(toneOf("wholesale"))
    const all = new Set(Array.from({ length: 200 }, (_, index) => toneOf(`tag ${index}`)))
    expect(all.size).toBe(tones)
  })
  it("fall back on the first way to reach someone", () => {
    expect(titleOf({ name: "Ana" })).toBe("Ana")
    expect(titleOf({ name: " ", emails: [{ address: "a@example.com" }] })).toBe("a@example.com")
    expect(titleOf({ name: null, emails: [], phones: [{ raw: null, number: "+491234567" }] })).toBe(
      "+491234567",
    )
    expect(titleOf({ name: null })).toBe("")
  })
})
