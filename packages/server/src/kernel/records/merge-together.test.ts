import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { Answer, TestWorkspace } from "../../../testing/app.ts"
import { startTransferApp, type TransferApp, upload } from "../../domains/transfer/testing/transfer-app.ts"
import { sql } from "../db/sql.ts"
import { readAsSystem } from "../jobs/run.ts"

let app: TransferApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTransferApp()
  shop = await app.workspace()
})
afterAll(() => app.close())
const runs = Number(process.env.GUARD_RUNS ?? 12)

const note = (text: string, id: string) =>
  shop.owner.post("/notes", { text, about: [{ type: "person", id }] })
const merge = (keep: string, ...others: string[]) => shop.owner.post("/people/merge", { keep, merge: others })
async function person(name: string): Promise<string> {
  return (await shop.owner.post("/people?allowDuplicate=true", { name })).body.data.id
}
async function deadlocks(): Promise<number> {
  const { rows } = await app.services.pools.owner.query<{ count: string }>(
    "select deadlocks as count from pg_stat_database where datname = current_database()",
  )
  return Number(rows[0]?.count)
}
/** What somebody does meanwhile, to one of three people; it may be refused, but what was accepted must be there. */
const action = fc.record({
  kind: fc.constantFrom("note", "email", "tag", "task", "merge", "batch", "field", "undo"),
  one: fc.nat(2),
  other: fc.nat(2),
  pause: fc.nat(12),
})

it("loses and doubles nothing while others write, edit, import, merge the same and the other way round (CO01)", async () => {
  const before = await deadlocks()
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
      round++
      const ids = [await person("A"), await person("B"), await person("C")]
      const expected = { notes: new Set<string>(), emails: new Set<string>(), tags: new Set<string>() }
      const operations: string[] = []
      await Promise.all(
        actions.map(async ({ kind, one, other, pause }, index) => {
          await new Promise((resolve) => setTimeout(resolve, pause))
          const id = ids[one] as string
          const word = `r${round}w${index}`
          const address = `${word}@example.com`
          const answers: Record<typeof kind, () => Promise<Answer | undefined>> = {
            note: () => note(word, id),
            task: () => shop.owner.post("/tasks", { title: word, about: [{ type: "person", id }] }),
            email: () => shop.owner.post(`/people/${id}/emails`, { address }),
            tag: () => shop.owner.post(`/people/${id}/tags`, { tag: word }),
            batch: () =>
              shop.owner.post("/people/batch", {
                matchOn: "id",
                rows: [{ id, description: word, tags: [word] }],
              }),
            field: () => shop.owner.patch(`/people/${id}`, { jobTitle: word }),
            merge: () => merge(id, ids[other] as string),
            undo: async () => {
              const operation = operations.pop()
              return operation === undefined ? undefined : shop.owner.post(`/operations/${operation}/undo`)
            },
          }
          const answer = await answers[kind]()
          if (!answer) return
          expect(answer.status, `${kind}: ${answer.text}`).toBeLessThan(500)
          if (answer.status >= 300) return
          if (kind === "note") expected.notes.add(word)
          if (kind === "email") expected.emails.add(address)
          if (kind === "tag") expected.tags.add(word)
          if (kind === "merge") operations.push(answer.body.data.operationId)
        }),
      )
      await app.drain()
      const found = await Promise.all(
        ids.map(async (id) => (await shop.owner.get(`/people/${id}`)).body.data),
      )
      const living = [...new Map(found.map((record) => [record.id, record])).values()]
      // Batches replace the tags of a record: what they replaced is not asked for.
      const isReplaced = actions.some(({ kind }) => kind === "batch")
      const emails = living.flatMap((record) =>
        record.emails.map((email: { address: string }) => email.address),
      )
      expect(emails.toSorted()).toEqual([...expected.emails].sort())
      const tags = new Set(living.flatMap((record) => record.tags))
      if (!isReplaced) expect([...tags].sort()).toEqual([...expected.tags].sort())
      const texts = await Promise.all(
        living.map(async ({ id }) => {
          const entries = (await shop.owner.get(`/people/${id}/timeline?types=note.created&limit=200`)).body
            .data
          return entries.map(
            (entry: { data: { record: { text: string } } }) => entry.data.record.text,
          ) as string[]
        }),
      )
      expect(texts.flat().sort()).toEqual([...expected.notes].sort())
      const about = (await shop.owner.post("/notes/query", { limit: 200, fields: ["about", "text"] })).body
        .data
      for (const one of about.filter((one: { text: string }) => expected.notes.has(one.text)))
        expect(living.map(({ id }) => id)).toContain(one.about[0].id)
    }),
    { numRuns: runs },
  )
  expect(await deadlocks()).toBe(before)
})

it("loses no row of an import that runs meanwhile", async () => {
  const size = 1500
  const name = (index: number) => `Import ${index % 300}`
  const lines = Array.from(
    { length: size },
    (_, index) => `${name(index)},i${index % 300}@example.com,t${index}`,
  )
  const known = Array.from({ length: 300 }, (_, index) => ({
    name: name(index),
    emails: [{ address: `i${index}@example.com` }],
  }))
  const made = (await shop.owner.post("/people/batch", { rows: known })).body.data as { id: string }[]
  const { data } = (await upload(shop.owner, ["Name,E-mail,Tags", ...lines].join("\n"))).body
  await shop.owner.patch(`/imports/${data.id}`, { duplicates: "update" })
  expect((await shop.owner.post(`/imports/${data.id}/run`)).status).toBe(202)
  const merges = async () => {
    for (let index = 0; index < 40; index += 2) {
      const [keep, twin] = [made[index]?.id ?? "", made[index + 1]?.id ?? ""]
      const answer = await merge(keep, twin)
      expect(answer.status, answer.text).toBe(200)
    }
  }
  await Promise.all([app.drain(), merges()])
  await app.drain()
  const run = (await shop.owner.get(`/imports/${data.id}`)).body.data
  expect(run).toMatchObject({ status: "done", counts: { refused: 0 } })
  const filter = { field: "name", op: "startsWith", value: "Import" }
  const people = (await shop.owner.post("/people/query", { filter, ids: true })).body.ids as string[]
  const tags = new Set<string>()
  const emails: string[] = []
  for (let start = 0; start < people.length; start += 200) {
    const only = people.slice(start, start + 200)
    const rows = (await shop.owner.post("/people/query", { only, fields: ["tags", "emails"] })).body.data
    for (const row of rows) {
      for (const tag of row.tags) tags.add(tag)
      emails.push(...row.emails.map(({ address }: { address: string }) => address))
    }
  }
  expect(emails).toHaveLength(300)
  expect(new Set(emails).size).toBe(300)
  expect(tags.size).toBe(size)
})

it("waits for nobody who only reads, however long", async () => {
  const ids: string[] = []
  for (const name of ["Read by one", "Read by other"])
    ids.push((await shop.owner.post("/people", { name })).body.data.id)
  await readAsSystem(app.services, shop.id, async (ctx) => {
    const names = () => ctx.tx.rows(sql`select name from people where id = any (${ids}::uuid[])`)
    const before = await names()
    expect((await merge(ids[0] ?? "", ids[1] ?? "")).status).toBe(200)
    expect(await names()).toEqual(before)
    expect(before).toHaveLength(2)
  })
})

it("merges one pair once, however many ask for it, also the other way round", async () => {
  const [one, other] = [await person("One"), await person("Other")]
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => (index % 2 ? merge(one, other) : merge(other, one))),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe("conflict")
  expect((await shop.owner.get(`/people/${one}`)).body.data.id).toBe(
    (await shop.owner.get(`/people/${other}`)).body.data.id,
  )
})

it("merges once for one Idempotency-Key, with one answer", async () => {
  const [keep, twin] = [await person("Once"), await person("Twice")]
  const ask = () =>
    shop.owner.post("/people/merge", { keep, merge: [twin] }, { "idempotency-key": "merge-1" })
  const answers = await Promise.all(Array.from({ length: 8 }, ask))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers[0]?.status).toBe(200)
  const { data } = (await shop.owner.get("/operations")).body
  const id = answers[0]?.body.data.operationId
  expect(data.filter((operation: { id: string }) => operation.id === id)).toHaveLength(1)
})

it("leaves all as it was when it fails half-way", async () => {
  const [keep, twin] = [await person("Half"), await person("Way")]
  await note("stays", twin)
  const { pools } = app.services
  await pools.owner.query(
    `create function fail() returns trigger language plpgsql as $$ begin raise exception 'the plug was pulled'; end $$;
     create trigger fail before delete on people for each row execute function fail()`,
  )
  expect((await merge(keep, twin)).status).toBe(500)
  await pools.owner.query("drop trigger fail on people")
  expect((await shop.owner.get(`/people/${twin}`)).body.data).toMatchObject({ id: twin, version: 1 })
  const { rows } = await pools.owner.query("select from merged_records where id = $1", [twin])
  expect(rows).toHaveLength(0)
  expect((await merge(keep, twin)).status).toBe(200)
})
