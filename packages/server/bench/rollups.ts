import { setTimeout as pause } from "node:timers/promises"
import { call } from "./client.ts"
import { measureImport, type PeopleFile } from "./import.ts"
import type { Place } from "./work.ts"

export interface RollupFigures {
  rollups: number
  rows: number
  employers: number
  /** Rows a second imported. */
  rate: number
  /** Seconds after the end of the import until every roll-up says what it has to; undefined without any. */
  settled: number | undefined
  /** Most memory of the server meanwhile, in MB. */
  memory: number
}
const from = "people.companyId"
const size = "custom.shoeSize"
const customers = { field: "lifecycleStage", isAnyOf: ["customer"] }
const rollups = {
  People: { from, of: "count" },
  Customers: { from, of: "count", where: customers },
  "All sizes": { from, of: "sum", field: size },
  "Largest size": { from, of: "max", field: size },
}

/** Imports people at a few companies, which have roll-ups over them or none, into an empty workspace. */
export async function measureRollups(
  place: Place,
  file: PeopleFile & { employers: number },
  isWith: boolean,
): Promise<RollupFigures> {
  const { target, memory } = place
  const declare = (field: object) => call(target, "POST /fields", field)
  await declare({ entity: "people", label: "Shoe size", type: "number" })
  const wanted = isWith ? Object.entries(rollups) : []
  for (const [label, rollup] of wanted)
    await declare({ entity: "companies", label, type: "rollup", options: { rollup } })
  const { counts, runRate, firstQuarter, lastQuarter } = await measureImport(place, file)
  const { rows, employers } = file
  const figures = { rollups: wanted.length, rows, employers, rate: runRate }
  const ended = performance.now()
  let most = Math.max(firstQuarter, lastQuarter)
  const counted = async () => {
    const answer = await call<{ data: { custom: { people: number } }[] }>(target, "GET /companies?limit=200")
    return answer.data.reduce((sum, { custom }) => sum + custom.people, 0)
  }
  while (isWith && (await counted()) !== counts?.created) {
    if (performance.now() - ended > 600_000) throw new Error("The roll-ups do not come to what was imported")
    most = Math.max(most, memory())
    await pause(50)
  }
  const settled = isWith ? (performance.now() - ended) / 1000 : undefined
  return { ...figures, settled, memory: most }
}
