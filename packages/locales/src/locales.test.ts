import { entityList } from "@regulars/contract/entities.ts"
import { systemFields } from "@regulars/contract/kernel/entity.ts"
import { errorStatus } from "@regulars/contract/kernel/errors.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import { operatorsOf, periods } from "@regulars/contract/kernel/filter.ts"
import { describe, expect, it } from "vitest"
import { compileCatalogue } from "./compile.ts"
import { entityLabel, operatorLabel } from "./labels.ts"
import { languages } from "./runtime.ts"
import { readTexts, translatorFor } from "./server.ts"

const english = readTexts("en")

/** Names of the values a text takes, sorted, those within branches included. */
function valuesOf(text: string): string {
  const names = new Set<string>()
  const collect = (tokens: unknown): void => {
    if (!Array.isArray(tokens)) return
    for (const token of tokens) {
      if (!Array.isArray(token)) continue
      const [name, , branches] = token
      names.add(String(name))
      if (typeof branches === "object" && branches !== null) Object.values(branches).forEach(collect)
    }
  }
  collect(compileCatalogue({ text }).text)
  return [...names].sort().join()
}
function* declaredIds(): Generator<string> {
  for (const entity of entityList) {
    for (const form of ["one", "other", "new", "count"]) yield `entity.${entity.name}.${form}`
    for (const [key, field] of Object.entries<Field>(entity.fields)) {
      yield `field.${entity.name}.${key}`
      if (field.group) yield `group.${field.group}`
      yield* choicesOf(field, `${entity.name}.${key}`)
      if (field.type !== "list") continue
      for (const [part, item] of Object.entries<ItemField>(field.item)) {
        yield `item.${entity.name}.${key}.${part}`
        yield* choicesOf(item, `${entity.name}.${key}.${part}`)
      }
    }
  }
  for (const key of Object.keys(systemFields)) yield `field.system.${key}`
  for (const code of Object.keys(errorStatus)) {
    yield `error.${code}`
    yield `error.${code}.next`
  }
  for (const period of periods) yield `period.${period}`
}
function* choicesOf(field: Field | ItemField, path: string): Generator<string> {
  if (field.type === "choice") for (const choice of field.choices) yield `choice.${path}.${choice}`
}

describe("texts", () => {
  it("exist for everything the contract declares", () => {
    expect([...declaredIds()].filter((id) => !(id in english))).toEqual([])
  })
  it("name every operator a filter offers", () => {
    const t = translatorFor("de")
    const fields = entityList.flatMap((entity) => Object.values<Field>(entity.fields))
    for (const field of fields)
      for (const operator of operatorsOf(field)) {
        // Without a text the label is the operator's own name, which is no German word.
        expect(operatorLabel(t, field.type, operator), field.type).not.toBe(operator)
      }
  })
  for (const language of languages.filter((other) => other !== "en")) {
    const texts = readTexts(language)
    it(`stand in ${language} under the same ids`, () => {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
    })
    it(`take the same values in ${language}`, () => {
      const different = Object.keys(english).filter(
        (id) => valuesOf(english[id] ?? "") !== valuesOf(texts[id] ?? ""),
      )
      expect(different).toEqual([])
    })
  }
})

describe("translator", () => {
  it("fills in values and plurals", () => {
    const t = translatorFor("en")
    expect(t("unit.day", { n: 1 })).toBe("1 day")
    expect(t("unit.day", { n: 60 })).toBe("60 days")
    expect(translatorFor("de")("unit.day", { n: 60 })).toBe("60 Tage")
    expect(t("event.task.done", { actor: "Ana", title: "Call back" })).toBe(
      "Ana finished the task “Call back”",
    )
  })
  it("chooses between kinds of an activity", () => {
    const t = translatorFor("en")
    expect(t("event.activity.created", { actor: "Ana", kind: "call", direction: "incoming" })).toBe(
      "Ana took a call",
    )
    expect(t("event.activity.created", { actor: "Ana", kind: "visit" })).toBe("Ana logged a visit")
  })
  it("says when a text put together at run time does not exist", () => {
    expect(translatorFor("en").find("field.people.nonsense")).toBeUndefined()
    expect(entityLabel(translatorFor("de"), "people")).toBe("Personen")
  })
})
