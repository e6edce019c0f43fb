import { people } from "@regulars/contract/domains/people.ts"
import { expect, it } from "vitest"
import type { AnyRecord } from "../../../lib/records.ts"
import { layOutMerge } from "./merge-choices.ts"

const record = (id: string, values: object) => ({ id, version: 1, ...values }) as AnyRecord
const one = record("1", {
  name: "Anna",
  jobTitle: "Baker",
  language: "de",
  emails: [{ id: "a", address: "a@example.com", preferred: true }],
  tags: ["x"],
  lastActivityAt: "2026-01-01",
})
const two = record("2", {
  name: "Ana",
  jobTitle: "Baker",
  emails: [
    { id: "b", address: "a@example.com" },
    { id: "c", address: "c@example.com", preferred: true },
  ],
  tags: [],
  lastActivityAt: "2026-02-01",
})

it("asks only where the records differ, and offers what is kept first", () => {
  const { open, settled } = layOutMerge(people, [one, two], "2")
  expect(open.map(({ key }) => key)).toEqual(["name", "emails"])
  expect(open[0]?.options).toEqual([
    { id: "2", value: "Ana", ids: ["2"] },
    { id: "1", value: "Anna", ids: ["1"] },
  ])
  expect(settled.map(({ key }) => key)).toEqual(["jobTitle", "tags", "language"])
})

it("offers lists together before one record's alone, each entry once", () => {
  const { open } = layOutMerge(people, [one, two], "1")
  const emails = open.find(({ key }) => key === "emails")
  expect(emails?.options.map(({ id }) => id)).toEqual([null, "1", "2"])
  const together = (emails?.options[0]?.value ?? []) as { address: string; preferred?: boolean }[]
  expect(together.map(({ address, preferred }) => [address, preferred])).toEqual([
    ["a@example.com", true],
    ["c@example.com", false],
  ])
})
