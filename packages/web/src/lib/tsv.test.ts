import { expect, test } from "vitest"
import { readTsv, writeTsv } from "./tsv.ts"

test("what is written for a spreadsheet is read back cell by cell, with tabs, breaks and quotes in them", () => {
  const rows = [
    ["plain", 'with "quotes"', ""],
    ["two\nlines", "a\ttab", "5'"],
  ]
  expect(readTsv(writeTsv(rows))).toEqual(rows)
})

test("what spreadsheets write is read: a last line break, Windows line ends, rows of different width", () => {
  expect(readTsv("a\tb\r\nc\r\n")).toEqual([
    ["a", "b"],
    ["c", ""],
  ])
  expect(readTsv("\tb\n\n")).toEqual([
    ["", "b"],
    ["", ""],
  ])
  expect(readTsv('5" pipe\tx')).toEqual([['5" pipe', "x"]])
  expect(readTsv('"half\tx')).toEqual([['"half', "x"]])
})
