import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { expect, it } from "vitest"
import { choicesFor, importable, placed } from "./targets.ts"

const column = (index: number, target: ImportColumn["target"]) =>
  ({ index, header: `H${index}`, target }) as ImportColumn

it("a second telephone is an entry of its own, a town joins the address that lacks one", () => {
  const columns = [
    column(0, { field: "phones", part: "number", group: 1 }),
    column(1, { field: "addresses", part: "street", group: 1 }),
    column(2, null),
  ]
  const free = columns[2] as ImportColumn
  expect(placed({ field: "phones", part: "number" }, free, columns)).toMatchObject({ group: 2 })
  expect(placed({ field: "addresses", part: "city" }, free, columns)).toMatchObject({ group: 1 })
  expect(placed({ field: "preferences" }, free, columns)).toEqual({ field: "preferences", key: "H2" })
})

it("a kind of record without words of its own offers the fields it declares", () => {
  const t = translatorFor("en")
  const offered = choicesFor(t, "tasks", { ...column(0, null), alternatives: [] })
  expect(offered.map(({ target }) => target.field)).toEqual(
    expect.arrayContaining(["ignore", "title", "dueDate", "assigneeId", "about"]),
  )
  expect(offered.map(({ target }) => target.field)).not.toContain("doneAt")
  expect(importable()).toContain("tasks")
  expect(importable()).toContain("sources")
})
