import type { Services } from "../context.ts"
import { openStandingConnection } from "../db/standing-connection.ts"

/*
 * A job belongs to the worker that has taken it, until that worker lets go: one that was killed never does, and the
 * queue itself gives such a job free after four hours only. So each worker holds a lock of the database's that ends
 * with its process; whoever can take the lock of another knows that it is gone.
 */
const lockOf = (workerId: string) => `hashtextextended('regulars worker ' || ${workerId}, 0)`

export interface Liveness {
  /** Says that a worker of this process lives. */
  add(workerId: string): void
  /** Frees the jobs of workers that were gone at the turn before, too: one that has lost its connection is back by then. */
  freeJobs(): Promise<void>
  stop(): Promise<void>
}
export async function startLiveness(services: Services): Promise<Liveness> {
  const workerIds = new Set<string>()
  let missing: string[] = []
  // Shared: a session of ours that the server still takes for alive must not keep us waiting for our own lock.
  const lock = `select pg_advisory_lock_shared(${lockOf("id")}) from unnest($1::text[]) as id`
  const connection = await openStandingConnection(services.pools, "worker", (client) =>
    client.query(lock, [[...workerIds]]),
  )
  return {
    add(workerId) {
      workerIds.add(workerId)
      // Where this fails the connection is lost, and the next one takes all of them.
      connection
        .client()
        ?.query(lock, [[workerId]])
        .catch(() => undefined)
    },
    async freeJobs() {
      const before = missing
      missing = []
      // On the connection that holds our own locks: when it is lost, so are they, and nobody is taken for dead.
      const found = await connection.client()?.query<{ gone: string[] }>(
        `with holders as (
           select distinct locked_by as id from graphile_worker.jobs
           where locked_by is not null and locked_by <> all ($1::text[])
         ), gone as materialized (select id from holders where pg_try_advisory_xact_lock(${lockOf("id")}))
         select coalesce(array_agg(id), '{}') as gone, (
           select graphile_worker.force_unlock_workers(array_agg(id)) from gone where id = any ($2::text[]) having count(*) > 0
         ) as freed from gone`,
        [[...workerIds], before],
      )
      missing = found?.rows[0]?.gone ?? []
    },
    stop: connection.stop,
  }
}
