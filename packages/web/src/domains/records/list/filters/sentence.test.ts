import { entities } from "@regulars/contract/entities.ts"
import type { Filter, Operator } from "@regulars/contract/kernel/filter.ts"
import { createFormats } from "@regulars/locales/formats.ts"
import type { Language } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { describe, expect, it } from "vitest"
import { filterSentence, linkedIn } from "./sentence.ts"

function read(filter: Filter | null, language: Language = "en"): string {
  const t = translatorFor(language)
  const formats = createFormats({ language, country: "DE", timeZone: "Europe/Berlin" })
  const nameOf = (_: string, id: string) => (id === "1" ? "Ana" : undefined)
  return filterSentence(filter, entities.people, { t, formats, nameOf })
}
const customers: Filter = { field: "lifecycleStage", op: "isAnyOf", value: ["customer", "regular"] }
const quiet: Filter = { field: "lastActivityAt", op: "before", value: { ago: { n: 60, unit: "day" } } }

describe("a filter as a sentence", () => {
  it("reads well in English", () => {
    expect(read({ all: [customers, quiet] })).toBe(
      "People where Lifecycle is Customer or Regular and Last contact was more than 60 days ago",
    )
  })
  it("reads well in German", () => {
    expect(read({ all: [customers, quiet] }, "de")).toBe(
      "Personen, für die gilt: Kundenphase ist Kunde oder Stammkunde und Letzter Kontakt liegt mehr als 60 Tage zurück",
    )
  })
  it("reads well in Spanish", () => {
    expect(read({ all: [customers, quiet] }, "es")).toBe(
      "Personas donde Etapa es Cliente o Habitual y Último contacto fue hace más de 60 días",
    )
  })
  it("puts groups within groups in brackets", () => {
    const name: Filter = { field: "name", op: "contains", value: "ana" }
    expect(read({ all: [name, { any: [customers, quiet] }] })).toBe(
      "People where Name contains “ana” and (Lifecycle is Customer or Regular or Last contact was more than 60 days ago)",
    )
  })
  it("names linked records, and parts of lists", () => {
    expect(read({ field: "ownerId", op: "is", value: "1" })).toBe("People where Owner is Ana")
    expect(read({ field: "addresses.city", op: "is", value: "Köln" })).toBe(
      "People where Address · Town is “Köln”",
    )
  })
  it("says who looks as people speak of themselves", () => {
    const owner = (op: Operator, value: string | string[]): Filter => ({ field: "ownerId", op, value })
    const mine = owner("is", "me")
    expect(read(mine)).toBe("People where Owner is me")
    expect(read(mine, "de")).toBe("Personen, für die gilt: Zuständig bin ich")
    expect(read(mine, "es")).toBe("Personas donde Responsable soy yo")
    const others = owner("isNot", "me")
    expect(read(others)).toBe("People where Owner is not me")
    expect(read(others, "de")).toBe("Personen, für die gilt: Zuständig bin nicht ich")
    expect(read(others, "es")).toBe("Personas donde Responsable no soy yo")
    const either = owner("isAnyOf", ["me", "1"])
    expect(read(either)).toBe("People where Owner is Ana or me")
    expect(read(either, "de")).toBe("Personen, für die gilt: Zuständig ist Ana oder ich")
    expect(read(either, "es")).toBe("Personas donde Responsable es Ana o yo")
    expect(read(owner("isAnyOf", ["me"]))).toBe("People where Owner is me")
    expect(read(owner("isNoneOf", ["me"]))).toBe("People where Owner is not me")
    expect(read({ related: "tasks", some: { field: "assigneeId", op: "is", value: "me" } })).toBe(
      "People where has Tasks where Assigned to is me",
    )
  })
  it("reads time the way people say it", () => {
    const added = (value: Extract<Filter, { field: string }>["value"], op: "after" | "during" | "before") =>
      read({ field: "createdAt", op, value }).replace("People where Added ", "")
    expect(added({ ago: { n: 1, unit: "week" } }, "after")).toBe("was in the last week")
    expect(added({ period: "thisMonth" }, "during")).toBe("is this month")
    expect(added("2026-05-03", "before")).toBe("is before 3 May 2026")
    expect(
      read({ field: "birthday", op: "comesWithin", value: { ahead: { n: 7, unit: "day" } } }, "de"),
    ).toBe("Personen, für die gilt: Geburtstag kommt in den nächsten 7 Tagen")
  })
  it("tells what happened how often", () => {
    const event: Filter = { event: "activity.created", count: { atLeast: 3 }, within: { n: 90, unit: "day" } }
    expect(read(event)).toBe("People where Activity logged: at least 3 times in the last 90 days")
    expect(read({ ...event, count: { atMost: 0 } }, "de")).toBe(
      "Personen, für die gilt: Aktivität festgehalten: nie in den letzten 90 Tagen",
    )
  })
  it("reaches over to what is connected", () => {
    const inner: Filter = { field: "industry", op: "is", value: "Bakery" }
    expect(read({ related: "companyId", some: inner })).toBe(
      "People where has Company where Industry is “Bakery”",
    )
    expect(read({ related: "tasks", none: { all: [] } })).toBe("People where Tasks: none")
  })
  it("says when there is no condition yet", () => {
    expect(read(null, "de")).toBe("Alle Personen: noch keine Bedingung")
  })
})
it("finds the records whose names a sentence needs", () => {
  const filter: Filter = {
    any: [
      { field: "ownerId", op: "isAnyOf", value: ["1", "me", "2"] },
      { related: "companyId", some: { field: "ownerId", op: "is", value: "3" } },
    ],
  }
  expect(linkedIn(filter, entities.people)).toEqual([
    ["members", "1"],
    ["members", "2"],
    ["members", "3"],
  ])
})
