import { endpoints } from "@regulars/contract/endpoints.ts"
import { entityList } from "@regulars/contract/entities.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  startTransferApp,
  type TransferApp,
  upload,
} from "../../src/domains/transfer/testing/transfer-app.ts"
import { makeTwins, type Twin } from "../twins.ts"

let app: TransferApp
let ours: Twin
/** What every object of the process inherits, before anything was sent. */
let inherited: string[]
beforeAll(async () => {
  app = await startTransferApp()
  ;[ours] = await makeTwins(app)
  inherited = inheritedNames()
})
afterAll(() => app.close())

function inheritedNames(): string[] {
  return [Object, Array, Function, String, Map, Promise].flatMap(({ name, prototype }) =>
    Reflect.ownKeys(prototype).map((key) => `${name}.${String(key)}`),
  )
}
/** Nothing inherits anything new, and what was there answers as before. */
async function expectClean(): Promise<void> {
  expect(({} as { polluted?: string }).polluted).toBeUndefined()
  expect(inheritedNames()).toEqual(inherited)
  const fresh = await ours.owner.post("/people", {
    name: "Fresh",
    emails: [{ address: `${++made}@example.com` }],
  })
  expect(fresh.status, fresh.text).toBe(201)
  expect(fresh.text).not.toContain("polluted")
}
let made = 0

const poisons = ['"__proto__":{"polluted":"yes"}', '"constructor":{"prototype":{"polluted":"yes"}}']
const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "__proto__.polluted",
  "constructor.prototype.polluted",
]
const areas = entityList.map(({ name }) => name)

/** JSON with a poison in each of its objects, however deep. */
function poisoned(value: object, poison: string): string {
  return JSON.stringify(value)
    .replaceAll("{}", `{${poison}}`)
    .replaceAll(/\{(?=")(?!"__proto__":|"constructor":|"prototype":|"polluted":)/g, `{${poison},`)
}
const body = {
  name: "Pat",
  emails: [{ address: "pat@example.com" }],
  preferences: {},
  filter: { all: [{ field: "name", op: "is", value: "x" }] },
  rows: [{ name: "x", preferences: {} }],
  action: "update",
  input: { values: {} },
  columns: [{ index: 0, target: { field: "name" } }],
  workspace: {},
  owner: {},
}

describe("names that JavaScript gives a meaning (IN11)", () => {
  it("pollute nothing as keys of JSON, at any depth, to any endpoint", async () => {
    const keys = Object.keys(endpoints).filter((key) => !/^(GET|DELETE)|sign-out/.test(key))
    expect(keys.length).toBeGreaterThan(50)
    for (const key of keys) {
      const [method, path = ""] = key.split(" ")
      for (const poison of poisons) {
        const answer = await ours.owner.call({
          method: method as "POST",
          url: `/api${path.startsWith("/auth") ? "" : "/v1"}${path.replace(/:\w+/g, ours.ids.people)}`,
          headers: { "content-type": "application/json" },
          payload: poisoned(body, poison),
        })
        if (path !== "/backups") expect(answer.status, `${key} ${answer.text}`).toBeGreaterThanOrEqual(400)
        expect(answer.status, `${key} ${answer.text}`).toBeLessThan(500)
      }
    }
    await expectClean()
  })

  it("pollute nothing in addresses, nested or as the name of a field, an order or a relation", async () => {
    for (const area of areas)
      for (const name of names) {
        const value = encodeURIComponent(name)
        const queries = [
          `__proto__[polluted]=yes&constructor[prototype][polluted]=yes&__proto__=yes`,
          `filter[${value}]=yes`,
          `filter=${encodeURIComponent(`{"__proto__":{"polluted":"yes"},"field":"${name}","op":"is","value":"x"}`)}`,
          ...["sort", "fields", "include", "cursor", "count", name].map(
            (key) => `${encodeURIComponent(key)}=${value}`,
          ),
        ]
        for (const query of queries) {
          const answer = await ours.owner.get(`/${area}?${query}`)
          expect([200, 400, 422], `${query} ${answer.text}`).toContain(answer.status)
        }
        const filters = [
          { field: name, op: "is", value: "x" },
          { field: `preferences.${name}`, op: "is", value: "x" },
          { field: "name", op: name, value: "x" },
          { related: name, some: { search: "x" } },
          { event: name },
        ]
        for (const filter of filters) {
          const answer = await ours.owner.post(`/${area}/query`, { filter })
          expect([200, 422], `${JSON.stringify(filter)} ${answer.text}`).toContain(answer.status)
          if (answer.status === 200) expect(answer.body.data).toEqual([])
        }
        const bulk = await ours.owner.post(`/${area}/bulk`, { action: name, ids: [], input: {} })
        expect(bulk.status, bulk.text).toBe(422)
      }
    await expectClean()
  })

  it("stay plain text as tags, preferences and names of records", async () => {
    for (const name of names) {
      // "__proto__" as a key is refused wherever it stands; the others are words like any other.
      const own = name === "__proto__" ? {} : { preferences: { [name]: name } }
      const values = { name, tags: [name], ...own }
      const made = await ours.owner.post("/people?allowDuplicate=true", values)
      expect(made.status, made.text).toBe(201)
      const read = await ours.owner.get(`/people/${made.body.data.id}`)
      expect(read.body.data).toMatchObject(values)
    }
    await expectClean()
  })

  it("pollute nothing as headers and cells of a file, or as the name of a mapping", async () => {
    const quoted = names.map((name) => `"${name}"`).join(",")
    for (const name of names) {
      const made = await upload(ours.owner, `Name,${quoted}\n"${name} ${names.length}",${quoted}\n`)
      expect(made.status, made.text).toBe(201)
      const path = `/imports/${made.body.data.id}`
      const bad = await ours.owner.patch(path, { columns: [{ index: 1, target: { field: name } }] })
      expect(bad.status, bad.text).toBe(422)
      const columns = names.map((key, index) => ({ index: index + 1, target: { field: "preferences", key } }))
      const patched = await ours.owner.patch(path, {
        columns,
        saveMappingAs: name,
        decisions: [{ line: 2, decision: "keepBoth" }],
      })
      expect(patched.status, patched.text).toBe(200)
      for (const step of ["check", "run"]) {
        expect((await ours.owner.post(`${path}/${step}`)).status).toBe(202)
        await app.drain()
      }
      const done = (await ours.owner.get(path)).body.data
      expect(done).toMatchObject({ status: "done", mappingName: name })
      const filter = { field: "name", op: "is", value: `${name} ${names.length}` }
      const [person] = (await ours.owner.post("/people/query", { filter })).body.data
      for (const key of names)
        expect(Object.entries(person.preferences)).toContainEqual([key === "__proto__" ? "proto" : key, key])
    }
    await expectClean()
  })
})
