import { call } from "./client.ts"
import { type Figures, load, type Shot, type Target } from "./load.ts"
import { say } from "./server.ts"

export interface PairFigures {
  name: string
  connections: number
  own: Figures
  builtIn: Figures
}
interface Pair {
  name: string
  own: () => Shot
  builtIn: () => Shot
}

/** Own fields beside built-in ones that hold the same, and own objects beside people, by turns. */
export async function measureOwn(target: Target, seconds: number): Promise<PairFigures[]> {
  const idsOf = async (entity: string) =>
    (await call<{ ids: string[] }>(target, `POST /${entity}/query`, { ids: true })).ids
  const pairs = [...fieldPairs(), ...objectPairs(await idsOf("people"), await idsOf("objects/machines"))]
  const figures: PairFigures[] = []
  for (const pair of pairs)
    for (const connections of [1, 16]) {
      await load(target, pair.builtIn, connections, 1)
      const builtIn = await load(target, pair.builtIn, connections, seconds)
      await load(target, pair.own, connections, 1)
      const own = await load(target, pair.own, connections, seconds)
      figures.push({ name: pair.name, connections, own, builtIn })
      const told = ({ rate, p95, errors }: Figures) =>
        `${Math.round(rate)}/s p95 ${p95.toFixed(2)} ms, ${errors} errors`
      say(`${pair.name}, ${connections}: ${told(own)} (built-in ${told(builtIn)})`)
    }
  return figures
}

/** Half a year back: a sixth of the contacts. */
const since = () => new Date(Date.now() - 182 * 86_400_000).toISOString()
interface Names {
  stage: string
  position: string
  contact: string
}
const builtIn: Names = { stage: "lifecycleStage", position: "jobTitle", contact: "lastActivityAt" }
const own: Names = { stage: "custom.stage", position: "custom.position", contact: "custom.lastContact" }

function fieldPairs(): Pair[] {
  const query = (body: (names: Names) => object, entity = "people") => {
    const shot = (names: Names) => () =>
      ({ method: "POST", path: `/api/v1/${entity}/query`, body: body(names) }) as const
    return { own: shot(own), builtIn: shot(builtIn) }
  }
  const page = ({ stage, contact }: Names) => ({ limit: 50, fields: ["name", "emails", stage, contact] })
  const customers = ({ stage }: Names) => ({ field: stage, op: "is", value: "customer" })
  return [
    {
      name: "filter by a choice, sort by name, count",
      ...query((names) => ({ ...page(names), filter: customers(names), sort: ["name"], count: true })),
    },
    {
      name: "filter by a choice, sort by a time",
      ...query((names) => ({ ...page(names), filter: customers(names), sort: [`-${names.contact}`] })),
    },
    {
      name: "filter by a time, count",
      ...query((names) => ({
        ...page(names),
        filter: { field: names.contact, op: "after", value: since() },
        sort: ["name"],
        count: true,
      })),
    },
    {
      name: "filter by a text, sort by it",
      ...query((names) => ({
        ...page(names),
        filter: { field: names.position, op: "startsWith", value: "eng" },
        sort: [names.position],
      })),
    },
    {
      name: "sort by a text",
      ...query((names) => ({ ...page(names), sort: [names.position] })),
    },
    {
      name: "ids of all, sorted by a time",
      ...query((names) => ({ ids: true, sort: [`-${names.contact}`] })),
    },
  ]
}

function objectPairs(personIds: readonly string[], machineIds: readonly string[]): Pair[] {
  let count = 0
  const get = (entity: string, ids: readonly string[]) => (): Shot => ({
    method: "GET",
    path: `/api/v1/${entity}/${ids[Math.floor(Math.random() * ids.length)]}`,
  })
  const list =
    (entity: string, { stage, contact }: Names) =>
    (): Shot => ({
      method: "POST",
      path: `/api/v1/${entity}/query`,
      body: {
        filter: { field: stage, op: "is", value: "customer" },
        sort: ["name"],
        count: true,
        limit: 50,
        fields: ["name", stage, contact],
      },
    })
  const create = (entity: string, values: object) => (): Shot => ({
    method: "POST",
    path: `/api/v1/${entity}`,
    body: { name: `Measured ${++count}`, ...values },
  })
  const machines = "objects/machines"
  return [
    { name: "object: get", own: get(machines, machineIds), builtIn: get("people", personIds) },
    {
      name: "object: filter by a choice, sort by name, count",
      own: list(machines, own),
      builtIn: list("people", builtIn),
    },
    {
      name: "object: create",
      own: create(machines, { custom: { stage: "lead", position: "Measured" } }),
      builtIn: create("people", { lifecycleStage: "lead", jobTitle: "Measured" }),
    },
  ]
}
