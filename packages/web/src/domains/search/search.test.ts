import { expect, it } from "vitest"
import { findCommands, highlightParts } from "./matches.ts"
import { recordAt, withRecent } from "./recent.ts"

it("marks what was typed", () => {
  expect(highlightParts("[[An]]na [[Mül]]ler")).toEqual([
    { text: "An", marked: true },
    { text: "na ", marked: false },
    { text: "Mül", marked: true },
    { text: "ler", marked: false },
  ])
})
it("finds commands by any of their words, whose name begins so first", () => {
  const command = (label: string, group = "") => ({ id: label, label, group, run: () => {} })
  const found = findCommands([command("New task"), command("Tasks", "Go to"), command("Help")], "täsk")
  expect(found.map(({ label }) => label)).toEqual(["Tasks", "New task"])
})
it("remembers the records seen last, each once", () => {
  const id = "01a20173-9423-701e-abf2-d125880b15d2"
  const seen = recordAt(`/people/${id}`)
  expect(seen).toEqual({ entity: "people", id })
  expect(recordAt("/people")).toBeUndefined()
  const other = { entity: "companies" as const, id: "2" }
  expect(withRecent([other, { entity: "people", id }], { entity: "people", id })).toEqual([seen, other])
})
