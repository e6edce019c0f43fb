import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { expectedError } from "../http/problem.ts"
import { sql } from "./sql.ts"
import { openReads, openTransaction, transaction } from "./transaction.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

const options = () => ({ role: "regulars_app", workspaceId: shop.id }) as const
const whoAmI = sql<{ role: string }>`select current_user::text as role`
/** Every connection is back, and in no transaction. */
async function expectAllBack(): Promise<void> {
  const { app: pool } = app.services.pools
  await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0)
  await expectNoneIdle()
}
async function expectNoneIdle(): Promise<void> {
  const idle = async () => {
    const { rows } = await app.services.pools.owner.query(
      "select pid from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    )
    return rows
  }
  await expect.poll(idle).toEqual([])
}

describe("a statement after the end of its transaction", () => {
  it.each(["commit", "rollback"] as const)("is refused once the %s is sent, and ever after", async (how) => {
    const open = openTransaction(app.services.database, options())
    expect(await open.tx.row(whoAmI)).toEqual({ role: "regulars_app" })
    const ended = open[how]()
    await expect(open.tx.rows(whoAmI)).rejects.toThrow(/after the end/)
    await ended
    await expect(open.tx.rows(whoAmI)).rejects.toThrow(/after the end/)
    await expectAllBack()
  })

  it("is refused to the branch of some work that goes on after another one has failed", async () => {
    let goOn = () => {}
    const gate = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let late: Promise<unknown> | undefined
    const work = transaction(app.services.database, options(), async (tx) => {
      await tx.rows(whoAmI)
      late = gate.then(() => tx.rows(sql`update workspaces set name = 'late' where id = ${shop.id}`))
      await Promise.all([late, Promise.reject(new Error("the other branch"))])
    })
    await expect(work).rejects.toThrow("the other branch")
    goOn()
    await expect(late).rejects.toThrow(/after the end/)
    await expectAllBack()
  })

  it("is refused where the request only reads, too", async () => {
    const open = openReads(app.services.database, options())
    expect(await open.tx.row(whoAmI)).toEqual({ role: "regulars_app" })
    expect(await open.tx.row(whoAmI)).toEqual({ role: "regulars_app" })
    await open.commit()
    await expect(open.tx.rows(whoAmI)).rejects.toThrow(/after the end/)
    await expectAllBack()
  })
})

describe("what is written without waiting for the answer", () => {
  const rename = (name: string) => sql`update workspaces set name = ${name} where id = ${shop.id}`
  const nameNow = async () => {
    const { rows } = await app.services.pools.owner.query("select name from workspaces where id = $1", [
      shop.id,
    ])
    return rows[0].name
  }

  it("stands once the commit is back", async () => {
    const open = openTransaction(app.services.database, options())
    open.tx.write(rename("first"))
    open.tx.write(rename("second"))
    await open.commit()
    expect(await nameNow()).toBe("second")
    await expectAllBack()
  })

  it("fails the commit with its own error, and nothing stays", async () => {
    await transaction(app.services.database, options(), async (tx) => tx.write(rename("before")))
    const work = transaction(app.services.database, options(), async (tx) => {
      tx.write(rename("after"))
      tx.write(sql`select 1 / 0`)
      tx.write(rename("later"))
    })
    await expect(work).rejects.toThrow("division by zero")
    expect(await nameNow()).toBe("before")
    await expectAllBack()
  })

  it("fails the commit where it could not even be sent", async () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    const writing = async (wait: boolean) =>
      transaction(app.services.database, options(), async (tx) => {
        tx.write(rename("half"))
        tx.write(sql`select ${circle}::jsonb`)
        if (wait) await new Promise(setImmediate)
      })
    await expect(writing(false)).rejects.toThrow(/circular/)
    await transaction(app.services.database, options(), async (tx) => tx.write(rename("whole")))
    await expect(writing(true)).rejects.toThrow(/circular/)
    expect(await nameNow()).toBe("whole")
    await expectAllBack()
  })

  it("is refused at once after the end, and in a request that only reads", async () => {
    const open = openTransaction(app.services.database, options())
    await open.commit()
    expect(() => open.tx.write(rename("late"))).toThrow(/after the end/)
    const reads = openReads(app.services.database, options())
    expect(() => reads.tx.write(rename("read"))).toThrow(/only reads/)
    await reads.commit()
    expect(await nameNow()).toBe("whole")
  })

  it("fails what is asked after it with its own error", async () => {
    const work = transaction(app.services.database, options(), async (tx) => {
      tx.write(sql`select 1 / 0`)
      return tx.row(whoAmI)
    })
    await expect(work).rejects.toThrow("division by zero")
    await expectAllBack()
  })
})

it("a transaction that waits too long for whom it serves is ended, and gives its connection back", async () => {
  const open = openTransaction(app.services.database, { ...options(), idleTimeout: 50 })
  await open.tx.rows(whoAmI)
  await expectNoneIdle()
  const error = await open.tx.rows(whoAmI).catch((caught: unknown) => caught)
  expect(expectedError(error)).toMatchObject({ code: "unavailable" })
  await open.rollback()
  await expectAllBack()
  expect((await shop.owner.get("/people")).status).toBe(200)
})

describe("a connection lost while it commits", () => {
  it("is not answered as if nothing had changed", async () => {
    const { owner } = app.services.pools
    await owner.query(`
      create function slowly() returns trigger language plpgsql as 'begin perform pg_sleep(20); return null; end';
      create constraint trigger slowly after insert on people deferrable initially deferred
        for each row when (new.name = 'Slow') execute function slowly()`)
    const answer = shop.owner.post("/people", { name: "Slow" })
    const ending = async () => {
      const { rows } = await owner.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'active' and query = 'commit'",
      )
      return rows.length
    }
    await expect.poll(ending, { timeout: 10_000 }).toBe(1)
    expect(await answer).toMatchObject({
      status: 503,
      body: { code: "unavailable", detail: expect.stringMatching(/not known whether the change was saved/) },
    })
  })

  it("is one thing, a full disk another", () => {
    const full = Object.assign(new Error('could not extend file "base/1/2"'), { code: "53100" })
    expect(expectedError(full)).toMatchObject({
      code: "unavailable",
      info: { detail: expect.stringMatching(/disk .* is full\. Nothing was changed/) },
    })
  })
})
