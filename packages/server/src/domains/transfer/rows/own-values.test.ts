import { isDeepStrictEqual } from "node:util"
import { companies, people } from "@regulars/contract/domains/people.ts"
import { tasks } from "@regulars/contract/domains/tasks.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { languages } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ownColumns, recogniseOwn } from "./own-columns.ts"
import { valueOfText, valueText } from "./own-values.ts"

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .filter((value) => value.trim() === value && value !== "")

describe("values of an export", () => {
  it("are read back as they were written", () => {
    const comesBack = (field: Field, value: unknown) =>
      isDeepStrictEqual(valueOfText(field, valueText(field, value)), value)
    const tags = fc.uniqueArray(text, { minLength: 1, maxLength: 5 })
    const map = fc.dictionary(text, text, { minKeys: 1, noNullPrototype: true })
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => !Object.is(value, -0))
    fc.assert(fc.property(tags, (value) => comesBack({ type: "tags" }, value)))
    fc.assert(fc.property(map, (value) => comesBack({ type: "map" }, value)))
    fc.assert(fc.property(text, (value) => comesBack({ type: "longText" }, value)))
    fc.assert(fc.property(number, (value) => comesBack({ type: "number" }, value)))
    for (const value of [
      { month: 2, day: 29 },
      { year: 1980, month: 12, day: 1 },
    ])
      expect(comesBack({ type: "monthDay" }, value)).toBe(true)
    for (const value of [true, false]) expect(comesBack({ type: "boolean" }, value)).toBe(true)
  })
})

describe("columns of an export", () => {
  it.each([undefined, ...languages])("in the words of %s are recognised, each as itself", (language) => {
    const t = language && translatorFor(language)
    for (const entity of [people, companies, tasks]) {
      const widths = new Map(Object.keys(entity.fields).map((key) => [key, 3]))
      const columns = ownColumns(entity, [...Object.keys(entity.fields), "createdAt"], widths, t)
      const headers = columns.map(({ header }) => header)
      expect(new Set(headers).size).toBe(headers.length)
      const ids = columns.map(({ target }) =>
        target.field === "id" ? "01a20149-7c1e-7000-8000-000000000000" : "",
      )
      const found = recogniseOwn(entity, headers, [ids])
      expect([...(found ?? [])].map(([, target]) => target)).toEqual(columns.map(({ target }) => target))
    }
  })

  it("are not seen in files from elsewhere", () => {
    for (const headers of [
      ["name", "tags", "language", "description"],
      ["id", "name"],
      ["Name", "E-mail 1", "Phone 1"],
    ])
      expect(recogniseOwn(people, headers, [["17", "Ana", "x", "y"]])).toBeUndefined()
  })
})
