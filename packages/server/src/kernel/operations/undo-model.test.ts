import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

const fields = {
  salutation: ["Ms", "Mr", "Dr"],
  styleNote: ["short", "warm"],
  keyCustomer: ["vip", "high"],
} as const
type Field = keyof typeof fields
type Model = Record<Field, string | null>
const keys = Object.keys(fields) as Field[]
const people = 3

const edit = fc.record({
  who: fc.nat({ max: people - 1 }),
  field: fc.constantFrom(...keys),
  choice: fc.option(fc.nat({ max: 1 }), { nil: null }),
})
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never
const textOf = ({ field, choice }: Pick<Edit, "field" | "choice">) =>
  choice === null ? null : (fields[field][choice] as string)
/** One change to some people at once: of one field or of two. */
const bulk = fc.record({
  whom: fc.uniqueArray(fc.nat({ max: people - 1 }), { minLength: 1 }),
  changes: fc.uniqueArray(fc.record({ field: fc.constantFrom(...keys), choice: fc.nat({ max: 1 }) }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ field }) => field,
  }),
})

async function run(path: string, body: object): Promise<string> {
  const answer = await shop.owner.post(path, body)
  expect(answer.status, answer.text).toBe(202)
  await app.drain()
  return answer.body.data.operationId ?? answer.body.data.id
}

it("puts back what still is as the operation left it, keeps and names the rest, whatever came before and after", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(edit, { maxLength: 4 }),
      bulk,
      fc.array(fc.oneof(edit, bulk), { maxLength: 6 }),
      async (before, operation, after) => {
        const rows = Array.from({ length: people }, (_, n) => ({ name: `Model ${n}` }))
        const made = (await shop.owner.post("/people/batch", { rows })).body.data
        const ids: string[] = made.map(({ id }: { id: string }) => id)
        const model: Model[] = ids.map(() => ({ salutation: null, styleNote: null, keyCustomer: null }))
        const change = async (one: Edit | typeof operation) => {
          if ("whom" in one) {
            const values = Object.fromEntries(one.changes.map((part) => [part.field, textOf(part)]))
            for (const who of one.whom) Object.assign(model[who] as Model, values)
            const some = one.whom.map((who) => ids[who])
            return run("/people/bulk", { ids: some, action: "update", input: { values } })
          }
          ;(model[one.who] as Model)[one.field] = textOf(one)
          const answer = await shop.owner.patch(`/people/${ids[one.who]}`, { [one.field]: textOf(one) })
          expect(answer.status, answer.text).toBe(200)
        }
        for (const one of before) await change(one)
        const stood = structuredClone(model)
        const operationId = (await change(operation)) as string
        const left = structuredClone(model)
        for (const one of after) await change(one)

        const undoId = await run(`/operations/${operationId}/undo`, {})
        const kept: [string, string[]][] = []
        for (const who of operation.whom) {
          const [old, written, now] = [stood[who], left[who], model[who]] as [Model, Model, Model]
          const changed = keys.filter((key) => old[key] !== written[key])
          const stays = changed.filter((key) => now[key] !== written[key] && now[key] !== old[key])
          for (const key of changed) if (now[key] === written[key]) now[key] = old[key]
          if (stays.length > 0) kept.push([ids[who] as string, stays])
        }
        const { data } = (await shop.owner.post("/people/query", { only: ids, fields: keys })).body
        const found = data.map((row: Model) => Object.fromEntries(keys.map((key) => [key, row[key]])))
        expect(found).toEqual(model)
        const { summary, status } = (await shop.owner.get(`/operations/${undoId}`)).body.data
        expect(status).toBe("done")
        const named = summary.kept.map(({ id, fields: names }: { id: string; fields: string[] }) => [
          id,
          names.toSorted(),
        ])
        expect(new Map(named)).toEqual(new Map(kept.map(([id, names]) => [id, names.toSorted()])))
      },
    ),
    { numRuns: Number(process.env.GUARD_RUNS ?? 15) },
  )
})
