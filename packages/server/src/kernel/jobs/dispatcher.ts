import { type Sealed, sealEvents } from "../audit/seal.queries.ts"
import type { Services } from "../context.ts"
import { isDatabaseAway } from "../db/away.ts"
import { subscriberJob } from "./run.ts"

interface Claimed extends Sealed {
  type: string
  depth: number
}
const batch = 500
/** How often pending events are looked for when nobody says that there are any. */
const pollMilliseconds = 2000

/**
 * Claims pending events, seals them in the audit chain and queues one job for each subscriber that waits for them, in
 * one transaction. Two dispatchers share the work; a crash leaves events pending. Returns how many were claimed.
 */
export async function dispatchPending(services: Services): Promise<number> {
  const client = await services.pools.owner.connect()
  try {
    await client.query("begin")
    // By state, never by "id greater than": a transaction that commits late would be skipped.
    const { rows } = await client.query<Claimed>(
      `update events e set pending = false, salt = uuid_send(gen_random_uuid()) from (
         select workspace_id, id from events where pending order by recorded_at limit $1 for update skip locked
       ) claimed
       where e.workspace_id = claimed.workspace_id and e.id = claimed.id
       returning e.workspace_id as "workspaceId", e.id, e.type, e.depth, event_leaf(e) as leaf`,
      [batch],
    )
    await sealEvents(client, rows, services.now())
    const jobs = rows.flatMap((event) =>
      services.registry.subscribers
        .filter((subscriber) => subscriber.events.includes(event.type))
        .map((subscriber) => ({
          identifier: "regulars",
          payload: {
            job: subscriberJob,
            workspaceId: event.workspaceId,
            payload: { eventId: event.id, subscriber: subscriber.name, depth: event.depth },
          },
          max_attempts: 10,
        })),
    )
    if (jobs.length > 0)
      await client.query(
        `select graphile_worker.add_jobs(array(
           select json_populate_record(null::graphile_worker.job_spec, item) from json_array_elements($1::json) item))`,
        [JSON.stringify(jobs)],
      )
    await client.query("commit")
    client.release()
    return rows.length
  } catch (error) {
    client.release(error as Error)
    throw error
  }
}
export interface Dispatcher {
  stop(): Promise<void>
}
/** Dispatches until stopped: at once after a write of this process or a wake-up from another, else by polling. */
export function startDispatcher(services: Services): Dispatcher {
  let stopped = false
  let wake: (() => void) | undefined
  let woken = false
  const poke = () => {
    woken = true
    wake?.()
  }
  const unsubscribe = [services.live.onWritten(poke), services.live.onWake(poke)]
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async () => {
    while (!stopped) {
      woken = false
      const count = await dispatchPending(services).catch((error) => {
        if (!isDatabaseAway(error))
          services.log.warn({ err: error }, "events could not be dispatched; trying again")
        return 0
      })
      if (stopped) return
      if (count < batch && !woken) await pause(pollMilliseconds)
      // Writes that come in a burst are dispatched together.
      else if (count < batch) await pause(20)
    }
  }
  const running = loop()
  return {
    async stop() {
      stopped = true
      for (const end of unsubscribe) end()
      wake?.()
      await running
    },
  }
}
