import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { call, finished, undone } from "./client.ts"
import { type Figures, sharesOf } from "./load.ts"
import { measured, type Place, type WorkFigures } from "./work.ts"

/** Seconds in which 100,000 people are to be compared with each other. */
const asked = 180

/** Everybody compared with everybody else, and the companies; others look at lists meanwhile. */
export async function measureScan(place: Place, people: number): Promise<WorkFigures & { pairs: string }> {
  const { answer, ...figures } = await measured(place, async () => {
    const { data } = await call<{ data: Operation }>(place.target, "POST /duplicates/scan")
    return finished(place.target, data.id)
  })
  const { people: found, companies } = answer.summary as Record<string, number>
  const pairs = `${found} pairs of people and ${companies} of companies wait for a decision, counted up to 1,000`
  return { name: "scan", records: people, goal: asked, ...figures, pairs }
}

export interface MergeFigures extends Pick<Figures, "p50" | "p95" | "p99"> {
  name: string
  times: number
}
/** Pairs of people made one and taken apart again, one after the other. */
export async function measureMerges({ target }: Place, pairs: number): Promise<MergeFigures[]> {
  const { ids } = await call<{ ids: string[] }>(target, "POST /people/query", { ids: true })
  const [foreseeing, merging, unmerging]: number[][] = [[], [], []]
  const timed = async <T>(times: number[] | undefined, work: Promise<T>) => {
    const begun = performance.now()
    const answer = await work
    times?.push(performance.now() - begun)
    return answer
  }
  for (let pair = 0; pair < pairs; pair++) {
    const first = Math.floor((pair / pairs) * (ids.length - 1))
    const [keep, other] = ids.slice(first, first + 2)
    await timed(foreseeing, call(target, "POST /people/merge/preview", { ids: [keep, other] }))
    const body = { keep, merge: [other] }
    const { data } = await timed(
      merging,
      call<{ data: { operationId: string } }>(target, "POST /people/merge", body),
    )
    await timed(unmerging, undone(target, data.operationId, 5))
  }
  return [
    { name: "preview", times: pairs, ...sharesOf(foreseeing ?? []) },
    { name: "merge", times: pairs, ...sharesOf(merging ?? []) },
    { name: "undo, until it is done", times: pairs, ...sharesOf(unmerging ?? []) },
  ]
}
