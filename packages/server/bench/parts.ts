import type { Pools } from "../src/kernel/db/pools.ts"
import { measureBulk } from "./bulk.ts"
import { measureMerges, measureScan } from "./duplicates.ts"
import { type ImportFigures, measureCopy, measureImport, measureUndo } from "./import.ts"
import { measureOwn } from "./own.ts"
import { makeOwn } from "./own-workspace.ts"
import { measurePaths } from "./paths.ts"
import { importTable, mergeTable, pairTable, pathTable, rollupTable, workTable } from "./report.ts"
import { measureRollups, type RollupFigures } from "./rollups.ts"
import { type Scenario, scenarios } from "./scenarios.ts"
import { cli, makeWorkspace, origin, say } from "./server.ts"
import { paletteScenarios, viewScenarios } from "./view-scenarios.ts"
import type { Place } from "./work.ts"

interface Reference extends Place {
  workspaceId: string
  apiKey: string
}
export interface Bench {
  environment: NodeJS.ProcessEnv
  dataDir: string
  connection: object
  pools: Pools
  /** Of the server process, in MB. */
  memory: () => number
  size: {
    people: number
    activities: number
    /** Each load takes so long. */
    seconds: number
    formats: readonly ("csv" | "xlsx")[]
    rows: number
    /** Pairs of people that are merged. */
    merges: number
  }
  /** The reference workspace, filled when it is first asked for and tidied each time. */
  reference(): Promise<Reference>
}
type Surroundings = Omit<Bench, "reference">

/** What can be measured, in this order: imports first, since a database that a load has filled makes them slower. */
export const parts: Record<string, (bench: Bench) => Promise<string>> = {
  imports,
  rollups,
  paths: (bench) => paths(bench, scenarios),
  views: (bench) => paths(bench, viewScenarios),
  palette: (bench) => paths(bench, paletteScenarios),
  duplicates,
  merges,
  bulk,
  // Last: its fields and objects stay in the workspace.
  own,
}

function newPlace({ environment, memory }: Surroundings, name: string): Reference {
  const made = makeWorkspace(environment, name)
  return { ...made, memory, target: { origin, headers: { authorization: `Bearer ${made.apiKey}` } } }
}

export function referenceOf(bench: Surroundings): Bench["reference"] {
  let place: Reference | undefined
  return async () => {
    const { people, activities } = bench.size
    if (!place) {
      place = newPlace(bench, "Bench")
      say(`filling with ${people} people and ${activities} activities…`)
      const size = ["--people", String(people), "--activities", String(activities)]
      cli(bench.environment, "seed", "--workspace", "Bench", ...size)
    }
    await bench.pools.owner.query("vacuum analyze")
    return place
  }
}
function contents({ size }: Bench): string {
  return `${size.people.toLocaleString("en")} people, ${size.activities.toLocaleString("en")} activities`
}

async function imports(bench: Bench): Promise<string> {
  const { dataDir: folder, pools, size } = bench
  const done: { place: Reference; figures: ImportFigures }[] = []
  for (const format of size.formats) {
    const place = newPlace(bench, format)
    say(`importing ${size.rows} rows of ${format}…`)
    done.push({ place, figures: await measureImport(place, { folder, format, rows: size.rows }) })
  }
  const copyRate = await measureCopy(pools, size.rows)
  const all = []
  for (const { place, figures } of done) {
    say(`taking ${size.rows} rows of ${figures.format} back…`)
    all.push({ ...figures, ...(await measureUndo(place, figures)) })
  }
  return importTable(all, copyRate)
}

async function rollups(bench: Bench): Promise<string> {
  const figures: RollupFigures[] = []
  for (const isWith of [false, true]) {
    const place = newPlace(bench, isWith ? "rolled" : "plain")
    say(`importing ${bench.size.rows} rows ${isWith ? "with" : "without"} roll-ups…`)
    const file = { folder: bench.dataDir, format: "csv", rows: bench.size.rows, employers: 10 } as const
    figures.push(await measureRollups(place, file, isWith))
  }
  return rollupTable(figures)
}

async function paths(bench: Bench, measured: readonly Scenario[]): Promise<string> {
  const { apiKey, target } = await bench.reference()
  const { pools, dataDir, connection, size } = bench
  const what = { scenarios: measured, seconds: size.seconds }
  const figures = await measurePaths({ pools, dataDir, apiKey, target }, connection, what)
  return pathTable(figures, contents(bench), size.seconds)
}

async function duplicates(bench: Bench): Promise<string> {
  const place = await bench.reference()
  say("comparing everybody with everybody else…")
  const { pairs, ...figures } = await measureScan(place, bench.size.people)
  return workTable([figures], `${contents(bench)}; ${pairs}`)
}

async function merges(bench: Bench): Promise<string> {
  const place = await bench.reference()
  say("merging…")
  return mergeTable(await measureMerges(place, bench.size.merges), contents(bench))
}

async function bulk(bench: Bench): Promise<string> {
  const place = await bench.reference()
  say("changing everybody…")
  return workTable(await measureBulk(place, bench.pools, place.workspaceId), contents(bench))
}

async function own(bench: Bench): Promise<string> {
  const { people, seconds } = bench.size
  const { target } = await bench.reference()
  say("filling 500 own fields and an own object…")
  await makeOwn(target)
  await bench.pools.owner.query("vacuum analyze")
  const more = `500 own fields of people, 50 own objects, one with ${people.toLocaleString("en")} records`
  return pairTable(await measureOwn(target, seconds), `${contents(bench)}; ${more}`, seconds)
}
