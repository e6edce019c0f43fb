import { expect, it } from "vitest"
import { readMinutes, readTime } from "./times.ts"

it.each([
  ["9:05", "09:05"],
  ["14.30 Uhr", "14:30"],
  ["14:30:00", "14:30"],
  ["2 pm", "14:00"],
  ["12:15 a.m.", "00:15"],
  ["9h30", "09:30"],
  ["17 Uhr", "17:00"],
])("the time %s is %s", (text, value) => {
  expect(readTime(text)).toEqual({ value })
})
it.each(["25:99", "soon", "9", "24:00", ""])("%j is no time of day", (text) => {
  expect(readTime(text)).toEqual({ problem: "time_invalid" })
})

it.each([
  ["45", 45],
  ["45 min", 45],
  ["1:30", 90],
  ["1 h 30", 90],
  ["1,5 Std.", 90],
  ["2 hours", 120],
  ["90'", 90],
])("%s are %s minutes", (text, value) => {
  expect(readMinutes(text)).toEqual({ value })
})
it.each(["x", "", "-5", "long"])("%j is no length of time", (text) => {
  expect(readMinutes(text)).toEqual({ problem: "number_invalid" })
})
