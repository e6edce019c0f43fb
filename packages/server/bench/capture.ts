import { fold } from "@regulars/contract/kernel/fold.ts"
import { createApp, createServices } from "../src/app.ts"
import { readConfig } from "../src/kernel/config.ts"
import type { Pools } from "../src/kernel/db/pools.ts"
import type { LimitPlan } from "./limit-server.ts"
import type { Shot } from "./load.ts"
import type { Facts, Scenario } from "./scenarios.ts"

type Pick = <T>(values: readonly T[]) => T
const atRandom: Pick = (values) =>
  values[Math.floor(Math.random() * values.length)] as (typeof values)[number]
let count = 0
export function shots(scenario: Scenario, facts: Facts): () => Shot {
  return () => scenario.shot(facts, atRandom, ++count)
}

export interface Capture {
  plan(scenario: Scenario, facts: Facts): Promise<LimitPlan>
  close(): Promise<void>
}
/** Runs one request of a scenario in this process and notes the statements it sends. */
export async function openCapture(pools: Pools, dataDir: string, apiKey: string): Promise<Capture> {
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const services = createServices({ config: readConfig({}), pools, log, dataDir, instanceId: "bench" })
  const app = await createApp(services)
  const { rows } = await pools.owner.query<{ id: string }>(
    "select id from workspaces where name = 'Bench' order by created_at desc limit 1",
  )
  return {
    async plan(scenario, facts) {
      const picked = new Set<unknown>()
      const pick: Pick = (values) => {
        const one = atRandom(values)
        picked.add(one)
        return one
      }
      const shot = scenario.shot(facts, pick, ++count)
      const seen: LimitPlan["statements"] = []
      const request = () =>
        app.inject({
          method: shot.method,
          url: shot.path,
          headers: { authorization: `Bearer ${apiKey}` },
          ...(shot.body !== undefined && { payload: shot.body as object }),
        })
      // Signing in and filling caches does not count.
      await app.inject({ url: "/api/v1/workspace", headers: { authorization: `Bearer ${apiKey}` } })
      if (shot.method === "GET") await request()
      services.database.onStatement = (text, values) => void seen.push({ text, values: [...values] })
      const answer = await request()
      services.database.onStatement = undefined
      if (answer.statusCode >= 400) throw new Error(`${scenario.name}: ${answer.body}`)
      const statements = scenario.limit ? seen.filter(({ text }) => scenario.limit!(text)) : seen
      const text = JSON.stringify(statements.map(({ values }) => values))
      // What the request took at random, and nothing that happens to read like it, is another one each time.
      const used = facts.personIds.find((id) => picked.has(id) && text.includes(id))
      const names = facts.names.map(fold)
      const name = names.find((folded, index) => picked.has(facts.names[index]) && text.includes(folded))
      const isInsert = (statement: string) => /^\s*insert into/.test(statement)
      // The ids of new rows are the second value, after the workspace.
      const created = statements.flatMap(({ text, values }) =>
        isInsert(text) ? (String(values[1]).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []) : [],
      )
      return {
        workspaceId: rows[0]?.id as string,
        statements,
        vary: [
          ...(used ? [{ from: used, to: facts.limitIds }] : []),
          ...(name ? [{ from: name, to: names }] : []),
        ],
        fresh: created,
      }
    },
    close: () => app.close(),
  }
}
