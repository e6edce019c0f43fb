import { entities } from "@regulars/contract/entities.ts"
import { createSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { describe, expect, it } from "vitest"
import type { NewRecord } from "../../../kernel/records/insert.ts"
import { addDays, dayIn } from "../../../kernel/time.ts"
import { generateCoffee } from "./generate.ts"
import { type Shop, sampleEntities } from "./shop.ts"

const zone = "Europe/Berlin"
const memberId = "00000000-0000-7000-8000-00000000aaaa"
function make(now = "2026-03-18T10:00:00Z"): Shop {
  let made = 0
  const newId = () => `00000000-0000-7000-8000-${String(++made).padStart(12, "0")}`
  return generateCoffee({ now: new Date(now), zone, newId, memberId, currency: "EUR" })
}
const shop = make()
const value = (record: NewRecord | undefined, key: string) => record?.values[key] as never

describe("the sample shop", () => {
  it("is the same each time it is made at the same moment", () => {
    expect(make()).toEqual(shop)
  })

  it("has the size it promises", () => {
    const counts = Object.fromEntries(sampleEntities.map((entity) => [entity, shop[entity].length]))
    expect(counts).toMatchObject({ locations: 3, companies: 25, people: 300 })
    expect(counts.activities).toBeGreaterThan(5800)
    expect(counts.activities).toBeLessThan(6200)
    expect(counts.notes).toBeGreaterThan(250)
    expect(counts.tasks).toBeGreaterThan(120)
    expect(counts.deals).toBe(42)
    expect(counts.products).toBe(38)
    expect(counts.orders).toBeGreaterThan(3500)
    expect(counts.orders).toBeLessThan(4500)
  })

  it.each(sampleEntities)("holds %s that the API would take", (name) => {
    const schema = createSchema(entities[name])
    for (const { values } of shop[name]) {
      // When a task was done, or a deal came to its stage, is the product's to say; a history brings it along.
      const { doneAt: _, stageSince: __, ...typed } = values
      expect(schema.safeParse(typed).error).toBeUndefined()
    }
  })

  it("links only to what it holds, and to what came before", () => {
    const types = { person: "people", company: "companies" } as const
    const ids = new Map(sampleEntities.map((entity) => [entity, new Set(shop[entity].map(({ id }) => id))]))
    for (const { values } of [...shop.activities, ...shop.notes, ...shop.tasks])
      for (const { type, id } of values.about as RecordReference[])
        expect(ids.get(types[type as "person"])?.has(id)).toBe(true)
    for (const person of shop.people) {
      expect(ids.get("sources")?.has(value(person, "sourceId"))).toBe(true)
      expect(ids.get("locations")?.has(value(person, "locationId"))).toBe(true)
      if (person.values.companyId) expect(ids.get("companies")?.has(value(person, "companyId"))).toBe(true)
    }
    for (const deal of shop.deals) {
      expect(ids.get("companies")?.has(value(deal, "companyId"))).toBe(true)
      for (const { personId } of value(deal, "people") as { personId: string }[])
        expect(ids.get("people")?.has(personId)).toBe(true)
    }
  })

  it("sells what is on its price list, to guests as they like it", () => {
    const products = new Map(shop.products.map((product) => [product.id, value(product, "name") as string]))
    const usual = new Map<string, number>()
    for (const order of shop.orders)
      for (const { productId, name } of value(order, "lines") as { productId: string; name: string }[]) {
        expect(products.get(productId)).toBe(name)
        const person = value(order, "personId") as string
        const preference = shop.people.find(({ id }) => id === person)?.values.preferences ?? {}
        const drink = (preference as Record<string, string>)["usual order"]?.split(",")[0]
        if (drink?.toLowerCase() === name.toLowerCase()) usual.set(person, (usual.get(person) ?? 0) + 1)
      }
    expect(usual.size).toBeGreaterThan(80)
    expect(Math.max(...usual.values())).toBeGreaterThan(20)
  })

  it.each(["2026-03-18T10:00:00Z", "2026-03-18T00:10:00Z", "2024-02-29T23:50:00Z"])(
    "happens before now, and with nobody before they were known (%s)",
    (now) => {
      const made = make(now)
      const known = new Map([...made.people, ...made.companies].map(({ id, createdAt }) => [id, createdAt!]))
      for (const entity of sampleEntities)
        for (const { createdAt } of made[entity]) expect(createdAt! <= new Date(now).toISOString()).toBe(true)
      for (const { createdAt, values } of [...made.activities, ...made.notes, ...made.tasks])
        for (const { id } of values.about as RecordReference[])
          expect(createdAt! >= (known.get(id) as string)).toBe(true)
      for (const { createdAt, values } of made.deals) {
        expect(createdAt! >= (known.get(values.companyId as string) as string)).toBe(true)
        expect((values.stageSince as string) > createdAt!).toBe(true)
        expect((values.stageSince as string) <= new Date(now).toISOString()).toBe(true)
      }
      for (const { createdAt, values } of made.orders)
        expect(createdAt! >= (known.get(values.personId as string) as string)).toBe(true)
      for (const { createdAt, values } of made.tasks)
        if (values.doneAt) expect((values.doneAt as string) > createdAt!).toBe(true)
    },
  )

  it("gives every person a name of their own and telling addresses and numbers nobody else has", () => {
    const unique = (found: unknown[]) => expect(new Set(found).size).toBe(found.length)
    unique(shop.people.map(({ values }) => values.name))
    unique(
      shop.people.flatMap(({ values }) => (values.emails as { address: string }[]).map((e) => e.address)),
    )
    unique(shop.people.flatMap(({ values }) => (values.phones as { number: string }[]).map((p) => p.number)))
    unique(shop.companies.map(({ values }) => values.name))
  })

  it("leaves no gap in its texts", () => {
    const texts = [...shop.activities, ...shop.notes, ...shop.tasks].flatMap(({ values }) => [
      values.text,
      values.title,
      values.outcome,
    ])
    for (const text of texts) if (typeof text === "string") expect(text).not.toMatch(/[{}]|undefined|^\s|\s$/)
  })
})

describe("the sample's today", () => {
  const today = dayIn(zone, new Date("2026-03-18T10:00:00Z"))
  const open = shop.tasks.filter(({ values }) => values.status === "open")

  it("has tasks overdue, due today and due in the next days, for whoever loaded it", () => {
    const due = open.map((task) => value(task, "dueDate") as string | null)
    expect(due.filter((day) => day && day < today).length).toBeGreaterThanOrEqual(4)
    expect(due.filter((day) => day === today).length).toBeGreaterThanOrEqual(3)
    expect(due.filter((day) => day && day > today && day <= addDays(today, 7)).length).toBeGreaterThan(5)
    expect(due.filter((day) => day === null).length).toBeGreaterThan(0)
    expect(open.every(({ values }) => values.assigneeId === memberId)).toBe(true)
  })

  it.each(["2026-03-18T10:00:00Z", "2024-02-25T10:00:00Z", "2026-12-29T10:00:00Z"])(
    "has birthdays of regulars today and within the week (%s)",
    (now) => {
      const day = dayIn(zone, new Date(now))
      const week = [0, 1, 2, 3, 4, 5, 6, 7].map((ahead) => addDays(day, ahead).slice(5))
      const birthdays = make(now).people.flatMap(({ values }) => {
        const { month, day: date } = (values.birthday ?? {}) as { month?: number; day?: number }
        if (!month || values.lifecycleStage !== "regular") return []
        return [`${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`]
      })
      expect(birthdays).toContain(week[0])
      expect(birthdays.filter((birthday) => week.includes(birthday)).length).toBeGreaterThanOrEqual(5)
    },
  )

  it("has visits of the last days, and regulars nobody has seen for a month", () => {
    const latest = new Map<string, string>()
    for (const { createdAt, values } of [...shop.activities, ...shop.notes])
      for (const { id } of values.about as RecordReference[])
        if (createdAt! > (latest.get(id) ?? "")) latest.set(id, createdAt!)
    const regulars = shop.people.filter(({ values }) => values.lifecycleStage === "regular")
    const seenBefore = (days: number) =>
      regulars.filter(
        ({ id }) => latest.get(id!)! < new Date(`${addDays(today, -days)}T00:00:00Z`).toISOString(),
      )
    expect(seenBefore(27).length).toBeGreaterThanOrEqual(8)
    expect(regulars.length - seenBefore(4).length).toBeGreaterThan(25)
    expect(seenBefore(27).some(({ values }) => values.keyCustomer)).toBe(true)
  })
})
