import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp } from "../../../testing/app.ts"
import type { JobHandler, Services } from "../context.ts"
import { startLiveness } from "./liveness.ts"
import { startWorker } from "./worker.ts"

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

/** Queues a job as a worker holds it. */
async function jobOf(workerId: string): Promise<string> {
  const { owner } = app.services.pools
  const { rows } = await owner.query("select id from graphile_worker.add_job('regulars', '{}'::json)")
  await owner.query(
    "update graphile_worker._private_jobs set locked_at = now(), locked_by = $2 where id = $1",
    [rows[0].id, workerId],
  )
  return rows[0].id
}
async function holderOf(job: string): Promise<string | null> {
  const { rows } = await app.services.pools.owner.query(
    "select locked_by from graphile_worker.jobs where id = $1",
    [job],
  )
  return rows[0].locked_by
}

/** How many workers say that they live. */
async function locks(): Promise<number> {
  const { rows } = await app.services.pools.owner.query(
    "select count(*)::int from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and a.application_name = 'regulars worker' and a.datname = current_database()",
  )
  return rows[0].count
}

describe("jobs of workers", () => {
  it("that are gone are free again; those of living ones stay theirs, until they end", async () => {
    const [own, other] = await Promise.all([startLiveness(app.services), startLiveness(app.services)])
    own.add("worker-own")
    other.add("worker-other")
    const jobs = await Promise.all(["worker-own", "worker-other", "worker-killed"].map(jobOf))
    const holders = async () => {
      await own.freeJobs()
      return Promise.all(jobs.map(holderOf))
    }
    await expect.poll(holders).toEqual(["worker-own", "worker-other", null])
    await other.stop()
    await expect.poll(holders).toEqual(["worker-own", null, null])
    await own.stop()
  })
  it("stay theirs when only one turn finds them gone, and are free after the second", async () => {
    const watch = await startLiveness(app.services)
    const jobs = await Promise.all(["worker-away", "worker-dead"].map(jobOf))
    await watch.freeJobs()
    expect(await Promise.all(jobs.map(holderOf))).toEqual(["worker-away", "worker-dead"])
    const back = await startLiveness(app.services)
    back.add("worker-away")
    await expect.poll(locks).toBe(1)
    await watch.freeJobs()
    expect(await Promise.all(jobs.map(holderOf))).toEqual(["worker-away", null])
    await Promise.all([watch.stop(), back.stop()])
  })
  it("stay theirs when the database has dropped the connection and taken it back", async () => {
    const liveness = await startLiveness(app.services)
    liveness.add("worker-dropped")
    const job = await jobOf("worker-dropped")
    await app.services.pools.owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'regulars worker' and datname = current_database()",
    )
    for (let round = 0; round < 15; round++) {
      await liveness.freeJobs().catch(() => undefined)
      expect(await holderOf(job)).toBe("worker-dropped")
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await liveness.stop()
  })

  it("are looked at although an earlier session of the same process lingers", async () => {
    const lingering = await startLiveness(app.services)
    lingering.add("worker-back")
    await lingering.freeJobs()
    const back = await startLiveness(app.services)
    back.add("worker-back")
    const looked = await Promise.race([
      back.freeJobs().then(() => "looked"),
      new Promise((resolve) => setTimeout(resolve, 3000, "still waiting")),
    ])
    await lingering.stop()
    await back.stop()
    expect(looked).toBe("looked")
  })

  it("stay those of a living worker, however long they take", async () => {
    const { services } = app
    let runs = 0
    let end: () => void = () => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const long: JobHandler = {
      name: "test.long",
      async handle() {
        runs++
        await ended
      },
    }
    const registry = { ...services.registry, jobs: new Map([[long.name, long]]), schedules: [] }
    const worker = await startWorker({ ...services, registry } as Services)
    const { id: workspaceId } = await app.workspace()
    const { rows } = await services.pools.owner.query(
      "select id from graphile_worker.add_job('regulars', $1::json)",
      [JSON.stringify({ job: long.name, workspaceId, payload: {} })],
    )
    await expect.poll(() => runs).toBe(1)
    const other = await startLiveness(services)
    const holder = await holderOf(rows[0].id)
    expect(holder).toEqual(expect.any(String))
    for (let turn = 0; turn < 3; turn++) await other.freeJobs()
    expect(await holderOf(rows[0].id)).toBe(holder)
    end()
    await worker.stop()
    await other.stop()
    expect(runs).toBe(1)
  })
})
