import { lifecycleStages } from "@regulars/contract/domains/people.ts"
import type { OwnFieldType } from "@regulars/contract/kernel/own-fields.ts"
import { call } from "./client.ts"
import type { Target } from "./load.ts"

/** How much of its own the workspace has, and how much of that each person fills beside what is measured. */
const size = { fields: 500, objects: 50, filled: 10 }
const machines = "objects/machines"

interface Person {
  id: string
  name: string
  lifecycleStage: string | null
  jobTitle: string | null
  lastActivityAt: string | null
}
const stages = { choices: lifecycleStages.map((id) => ({ id, label: id })) }
/** Twins of built-in fields, which hold the same as these. */
const twins: [label: string, type: OwnFieldType, options?: object][] = [
  ["Stage", "choice", stages],
  ["Position", "text"],
  ["Last contact", "dateTime"],
]
const others: OwnFieldType[] = ["text", "number", "date", "boolean", "rating"]
const values: Partial<Record<OwnFieldType, (number: number) => unknown>> = {
  text: (number) => `Value ${number % 997}`,
  number: (number) => number % 1009,
  date: (number) => new Date(1.7e12 - (number % 900) * 86_400_000).toISOString().slice(0, 10),
  boolean: (number) => number % 2 === 0,
  rating: (number) => 1 + (number % 5),
}

/**
 * Gives a workspace with people 500 own fields of people and 50 own objects, one of them, machines, with as many
 * records as there are people. The first fields hold what `lifecycleStage`, `jobTitle` and `lastActivityAt` hold.
 */
export async function makeOwn(target: Target): Promise<void> {
  const declare = (entity: string, [label, type, options]: (typeof twins)[number]) =>
    call(target, "POST /fields", { entity, label, type, ...(options && { options }) })
  for (const twin of twins) await declare("people", twin)
  const rest = Array.from({ length: size.fields - twins.length }, (_, place) => ({
    key: `other${place}`,
    type: others[place % others.length] as OwnFieldType,
  }))
  for (const { key, type } of rest) await declare("people", [key, type])
  await call(target, "POST /object-types", { one: "Machine", many: "Machines" })
  for (let place = 1; place < size.objects; place++)
    await call(target, "POST /object-types", { one: `Thing ${place}`, many: `Things ${place}` })
  for (const twin of twins) await declare(machines, twin)
  let done = 0
  for await (const people of pagesOf(target)) {
    const filled = people.map((person, index) => {
      const number = done + index
      const keys = Array.from({ length: size.filled }, (_, turn) => (number * 7 + turn * 49) % rest.length)
      const other = keys.map((place) => {
        const { key, type } = rest[place] as (typeof rest)[number]
        return [key, values[type]?.(number + place)]
      })
      const custom = { ...twinsOf(person), ...Object.fromEntries(other) }
      return { id: person.id, name: person.name, custom }
    })
    await batch(target, "people", { matchOn: "id", rows: filled })
    const made = people.map((person, index) => ({
      name: `${person.name} ${done + index}`,
      custom: twinsOf(person),
    }))
    await batch(target, machines, { rows: made })
    done += people.length
  }
}
function twinsOf({ lifecycleStage, jobTitle, lastActivityAt }: Person): object {
  return { stage: lifecycleStage, position: jobTitle, lastContact: lastActivityAt }
}
async function batch(target: Target, entity: string, body: { rows: object[] } & object): Promise<void> {
  const { data } = await call<{ data: { status: string }[] }>(target, `POST /${entity}/batch`, body)
  const refused = data.find(({ status }) => status === "refused")
  if (refused) throw new Error(`${entity}: ${JSON.stringify(refused)}`)
}
async function* pagesOf(target: Target): AsyncGenerator<Person[]> {
  const { ids } = await call<{ ids: string[] }>(target, "POST /people/query", { ids: true, sort: ["name"] })
  const fields = ["name", "lifecycleStage", "jobTitle", "lastActivityAt"]
  for (let start = 0; start < ids.length; start += 200) {
    const body = { only: ids.slice(start, start + 200), fields }
    yield (await call<{ data: Person[] }>(target, "POST /people/query", body)).data
  }
}
