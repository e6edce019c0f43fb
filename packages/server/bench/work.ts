import { setTimeout as pause } from "node:timers/promises"
import { call } from "./client.ts"
import { sharesOf, type Target } from "./load.ts"

/** Where work is done, and how the server's memory is read (in MB). */
export interface Place {
  target: Target
  memory: () => number
}
export interface WorkFigures {
  name: string
  records: number
  seconds: number
  /** Seconds of the bare statement that leaves the same behind. */
  limit?: number | undefined
  /** Most seconds it may take, where the issue that asked for it says so. */
  goal?: number
  /** Most memory of the server meanwhile, in MB. */
  memory: number
  /** Milliseconds of a page of the list, asked for again and again meanwhile. */
  page: { p50: number; p95: number }
}
type Measured<T> = Pick<WorkFigures, "seconds" | "memory" | "page"> & { answer: T }
const page =
  "/people?sort=name&limit=50&fields=name,emails,phones,companyId,lifecycleStage,ownerId,tags,lastActivityAt"

/** Does some work; meanwhile somebody else looks at a list, ten times a second at most. */
export async function measured<T>({ target, memory }: Place, work: () => Promise<T>): Promise<Measured<T>> {
  let isOver = false
  let most = memory()
  const times: number[] = []
  const beside = async () => {
    while (!isOver) {
      const begun = performance.now()
      await call(target, `GET ${page}`)
      times.push(performance.now() - begun)
      most = Math.max(most, memory())
      await pause(100)
    }
  }
  const begun = performance.now()
  const looking = beside()
  try {
    const answer = await work()
    const seconds = (performance.now() - begun) / 1000
    return { answer, seconds, memory: most, page: sharesOf(times) }
  } finally {
    isOver = true
    await looking
  }
}
