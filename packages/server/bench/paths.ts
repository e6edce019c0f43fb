import type { Pools } from "../src/kernel/db/pools.ts"
import { openCapture, shots } from "./capture.ts"
import { startLimit } from "./limit.ts"
import { type Figures, load, type Target } from "./load.ts"
import type { Facts, Scenario } from "./scenarios.ts"
import { say } from "./server.ts"

export interface PathFigures {
  scenario: Scenario
  connections: number
  ours: Figures
  limit: Figures
}

/** Each of these paths over one and over sixteen connections, each beside its limit. */
export async function measurePaths(
  { pools, dataDir, apiKey, target }: { pools: Pools; dataDir: string; apiKey: string; target: Target },
  connection: object,
  { scenarios, seconds }: { scenarios: readonly Scenario[]; seconds: number },
): Promise<PathFigures[]> {
  const all = await collectFacts(target)
  const limit = await startLimit(connection)
  const capture = await openCapture(pools, dataDir, apiKey)
  const bare: Target = { origin: limit.origin, headers: {} }
  const figures: PathFigures[] = []
  for (const scenario of scenarios) {
    const facts = { ...all, names: all.names.map((name) => name.slice(0, scenario.letters)) }
    await limit.use(await capture.plan(scenario, facts))
    const empty = () => ({ method: "GET", path: "/" }) as const
    for (const connections of [1, 16]) {
      // A little of each before it counts: prepared statements and caches are warm on both sides.
      await load(target, shots(scenario, facts), connections, 1)
      const ours = await load(target, shots(scenario, facts), connections, seconds)
      await load(bare, empty, connections, 1)
      const least = await load(bare, empty, connections, seconds)
      figures.push({ scenario, connections, ours, limit: least })
      const told = ({ rate, p50, errors }: Figures) =>
        `${Math.round(rate)}/s p50 ${p50.toFixed(2)} ms, ${errors} errors`
      say(`${scenario.name}, ${connections}: ${told(ours)} (limit ${told(least)})`)
    }
  }
  await capture.close()
  limit.stop()
  return figures
}

async function collectFacts({ origin, headers }: Target): Promise<Facts> {
  const query = async (body: object) => {
    const answer = await fetch(`${origin}/api/v1/people/query`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as {
      data: { id: string; name: string }[]
      page: { next: string }
      ids: string[]
    }
  }
  const { ids } = await query({ ids: true })
  const sample = (offset: number) =>
    Array.from(
      { length: 1000 },
      (_, index) => ids[Math.floor(((index + offset) / 1000) * ids.length)] as string,
    )
  const personIds = sample(0)
  const { data } = await query({ only: personIds.slice(0, 200), fields: ["name"] })
  const names = data
    .map((row) => row.name.split(" ").at(-1) ?? "")
    .filter((name) => name.length >= 4 && /^\p{L}+$/u.test(name))
  let cursor = ""
  for (let page = 0; page < 10; page++) {
    const next = await query({
      filter: { field: "lifecycleStage", op: "is", value: "customer" },
      sort: ["name"],
      limit: 50,
      ...(cursor && { cursor }),
    })
    cursor = next.page.next ?? cursor
  }
  return { personIds, limitIds: sample(0.5), names, cursor }
}
