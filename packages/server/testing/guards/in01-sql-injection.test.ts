import { endpoints } from "@regulars/contract/endpoints.ts"
import { entityList } from "@regulars/contract/entities.ts"
import type { EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { filterableField, operatorsOf } from "@regulars/contract/kernel/filter.ts"
import type { InjectOptions } from "fastify"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  startTransferApp,
  type TransferApp,
  upload,
} from "../../src/domains/transfer/testing/transfer-app.ts"
import { cloneDatabase } from "../database.ts"
import { type DatabaseLog, openDatabaseLog } from "../database-log.ts"
import { type Slot, slotsOf } from "../slots.ts"
import { makeTwins, type Twin } from "../twins.ts"
import { sessionOnly } from "./permissions.table.ts"

let app: TransferApp
let ours: Twin
let log: DatabaseLog
let importId: string
let cookie: string
beforeAll(async () => {
  const connection = await cloneDatabase()
  log = await openDatabaseLog(connection)
  app = await startTransferApp({ connection })
  ;[ours] = await makeTwins(app)
  // Whoever gets a statement of their own through takes a number: nothing to be measured by the clock.
  await app.services.pools.owner.query("create sequence canary")
  await app.services.pools.owner.query("grant usage on sequence canary to public")
  await app.services.pools.owner.query("grant usage on schema public to regulars_auth")
  importId = (await upload(ours.owner, "Name,E-mail\nAna,ana@example.com")).body.data.id
  cookie = await signIn()
})
afterAll(() => app.close())

/** At most 40 letters, to fit everywhere; with quotes of both kinds each breaks out of whatever it is pasted into. */
const sting = "select nextval('canary')"
const payloads = [
  `'||(${sting})||'"`,
  `1);${sting};--'"`,
  `';${sting};--"`,
  `";${sting};--'`,
  `\\');${sting};--"`,
  `name"=(${sting})or"x'`,
  `$1$$;${sting};--'"`,
  `%'or(${sting})>0--"`,
]
/** Each place gets one of them in turn, in the long form (GUARD_RUNS, as for random requests) all. */
const each = Number(process.env.GUARD_RUNS ?? 0) > 600 ? payloads.length : 1
const payloadsAt = (index: number) =>
  Array.from({ length: each }, (_, turn) => payloads[(index + turn) % payloads.length] as string)

async function signIn(): Promise<string> {
  const answer = await app.anonymous.call({
    method: "POST",
    url: "/api/auth/sign-in",
    headers: { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
    payload: { email: "owner1@example.com", password: "a long enough password" },
  })
  expect(answer.status, answer.text).toBe(200)
  return [answer.headers["set-cookie"]]
    .flat()
    .map((line) => String(line).split(";")[0])
    .join("; ")
}

/** How many requests were answered with each status, so that nobody takes a refused request for a harmless one. */
const statuses = new Map<number, number>()
async function send(name: string, request: InjectOptions, isSession = false): Promise<void> {
  // Past every limit of calls a minute.
  app.clock.advance(7000)
  const answer = isSession
    ? await app.anonymous.call({
        ...request,
        headers: {
          origin: "http://localhost:3000",
          "sec-fetch-site": "same-origin",
          cookie,
          ...request.headers,
        },
      })
    : await ours.owner.call(request)
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  if (answer.status >= 500 || answer.status === 429)
    throw new Error(`${name} answered ${answer.status}: ${answer.text} for ${JSON.stringify(request)}`)
}
async function expectNoTrace(): Promise<void> {
  const { rows } = await app.services.pools.owner.query("select is_called from canary")
  expect(rows).toEqual([{ is_called: false }])
  // 42: what was sent was no SQL of ours; 22: a value was read where it should have been refused.
  expect((await log.takeErrors()).filter((line) => /^(42|22)/.test(line))).toEqual([])
}

const required: Record<string, Record<string, unknown>> = {
  people: { name: "Ana" },
  companies: { name: "Works" },
  sources: { name: "Fair" },
  locations: { name: "Corner" },
  notes: { text: "Note" },
  activities: { kind: "call", occurredAt: "2026-03-17T09:00:00Z" },
  tasks: { title: "Task" },
}
function bodyOf(key: string): Record<string, unknown> | undefined {
  const [method, , area = "", part] = key.split(/[ /]/)
  const about = [{ type: "person", id: ours.ids.people }]
  if (part === "bulk") return { action: "update", input: { values: {} } }
  if (area === "export") return { entity: "people" }
  if (method !== "POST" || part !== undefined || !required[area]) return undefined
  return ["notes", "activities"].includes(area) ? { about, ...required[area] } : required[area]
}
function idFor(key: string): string {
  const area = key.split("/")[1] as string
  const own: Record<string, string> = { ...ours.ids, imports: importId, members: ours.ownerId }
  return own[area] ?? ours.ids.people
}

/** An API key is refused: it needs somebody who is signed in. */
const isOfPerson = (key: string) => key.includes(" /auth/") || sessionOnly.includes(key)
/** What ends the caller's access or never ends. */
const left = ["GET /stream", "POST /auth/sign-out"]
function documented(): (Slot & { key: string })[] {
  return (Object.keys(endpoints) as EndpointKey[])
    .filter((key) => !left.includes(key))
    .flatMap((key) =>
      slotsOf(key, endpoints[key]!, { id: idFor(key), body: bodyOf(key) }).map((slot) => ({ ...slot, key })),
    )
}

/** A valid filter around each payload, for every field and operator: only so does it reach a statement. */
function* conditions(entity: EntityDeclaration): Generator<object> {
  let index = 0
  for (const key of Object.keys(entity.fields)) {
    const field = filterableField(entity, key)
    for (const op of field ? operatorsOf(field) : [])
      for (const payload of payloadsAt(index++)) {
        yield { field: key, op, value: op.endsWith("Of") || op === "hasAll" ? [payload] : payload }
        if (field?.type === "map")
          yield { field: `${key}.${payload.replaceAll(".", "")}`, op, value: payload }
      }
  }
}

describe("SQL in what users send (IN01)", () => {
  it("would be seen: the canary takes a number, the log names the error", async () => {
    const { owner } = app.services.pools
    const client = await owner.connect()
    await client.query("begin; set local role regulars_app")
    await client.query(`select 'a${payloads[0]}'`)
    await client.query("rollback")
    client.release()
    await owner.query(`select 'a${payloads[4]}`).catch(() => undefined)
    expect((await owner.query("select is_called from canary")).rows).toEqual([{ is_called: true }])
    expect((await log.takeErrors()).join()).toContain("42601")
    await owner.query("alter sequence canary restart")
  })

  it("has no effect in any parameter of any documented endpoint", { timeout: 120_000 }, async () => {
    statuses.clear()
    for (const [index, { key, name, fill }] of documented().entries())
      for (const payload of payloadsAt(index)) await send(name, fill(payload), isOfPerson(key))
    const good = [200, 201, 202].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0)
    expect(good).toBeGreaterThan(200)
    await expectNoTrace()
  })

  it("has no effect in filters of every field, orders and cursors", { timeout: 120_000 }, async () => {
    statuses.clear()
    for (const entity of entityList) {
      const query = (body: object) =>
        send(JSON.stringify(body), {
          method: "POST",
          url: `/api/v1/${entity.name}/query`,
          payload: { limit: 1, ...body },
        })
      for (const filter of conditions(entity)) await query({ filter: { any: [filter, { not: filter }] } })
      const title = entity.fields[entity.title]?.type === "text" ? [entity.title] : []
      for (const payload of payloads) {
        const last = { sort: title.join(), id: ours.ids.people }
        const cursors = [
          [last.sort, title.map(() => payload), last.id],
          [last.sort, title.map(() => "x"), payload],
          [payload, [payload], last.id],
          payload,
        ]
        for (const cursor of cursors)
          await query({ cursor: Buffer.from(JSON.stringify(cursor)).toString("base64url"), sort: title })
        for (const sort of [payload, `-${payload}`, `name,${payload}`, `name ${payload}`])
          await query({ sort })
        await query({ fields: ["id", payload], include: [payload] })
        for (const related of [payload, "people", "tasks"])
          await query({ filter: { related, some: { search: payload } } })
      }
    }
    const hyphens = "-".repeat(36)
    for (const [entity, key, value, id] of [
      ["people", "createdAt", "2026-02-30 10:00:00+00", ours.ids.people],
      ["people", "name", "x", hyphens],
      ["tasks", "dueDate", "2026-99-99", ours.ids.tasks],
      ["companies", "size", "99999999999", ours.ids.companies],
    ]) {
      const cursor = Buffer.from(JSON.stringify([key, [value], id])).toString("base64url")
      const payload = { sort: key, cursor }
      await send(`${entity} ${value}`, { method: "POST", url: `/api/v1/${entity}/query`, payload })
    }
    for (const position of [
      ["2026-02-30 10:00:00+00", ours.ids.people],
      ["2026-03-17 10:00:00+00", hyphens],
    ]) {
      const cursor = Buffer.from(JSON.stringify(position)).toString("base64url")
      const url = `/api/v1/people/${ours.ids.people}/timeline?cursor=${cursor}`
      await send(`timeline ${position}`, { method: "GET", url })
    }
    for (const area of ["operations", "notifications"])
      for (const position of [
        "2026-99-99T00:00:00Z",
        `2026-03-17T09:00:00Z ${"-".repeat(36)}`,
        payloads.join(" "),
      ]) {
        const cursor = Buffer.from(position).toString("base64url")
        await send(`${area} ${position}`, { method: "GET", url: `/api/v1/${area}?cursor=${cursor}` })
      }
    expect(statuses.get(200)).toBeGreaterThan(300)
    await expectNoTrace()
  })

  it("has no effect in rows, headers, and the names, columns and cells of files", async () => {
    const owner = ours.owner
    for (const { name, fields } of entityList) {
      const rows = Object.keys(fields).flatMap((key, index) =>
        payloadsAt(index).map((payload) => ({ ...required[name], [key]: payload })),
      )
      for (const matchOn of [undefined, "name", "email"])
        await send(`${name} rows`, {
          method: "POST",
          url: `/api/v1/${name}/batch`,
          payload: { rows: [...rows, { [`${payloads[0]}`]: 1 }], ...(matchOn && { matchOn }) },
        })
    }
    const headers = [
      "if-match",
      "if-none-match",
      "idempotency-key",
      "user-agent",
      "accept-language",
      "x-request-id",
    ]
    for (const payload of payloads) {
      const own = Object.fromEntries(headers.map((header) => [header, payload]))
      await send("headers", {
        method: "PATCH",
        url: `/api/v1/people/${ours.ids.people}`,
        headers: own,
        payload: {},
      })
      await send("headers", { method: "POST", url: "/api/v1/tasks", headers: own, payload: { title: "x" } })
      expect((await app.as(payload).get("/people")).status).toBe(401)
      expect(
        (await app.anonymous.get("/people", { cookie: `${cookie.split("=")[0]}=${payload}` })).status,
      ).toBe(401)
      // Typed into a spreadsheet: as a header, in a cell of each kind, as name of the file and of the mapping.
      const quoted = payload.replaceAll('"', '""')
      const content = `Name,E-mail,Phone,Tags,"${quoted}"\n"${quoted}","${quoted}","${quoted}","${quoted}","${quoted}"`
      const made = await upload(owner, content, { name: `${payload.replaceAll(/["\\]/g, "")}.csv` })
      expect(made.status, made.text).toBe(201)
      const path = `/imports/${made.body.data.id}`
      const columns = [{ index: 4, target: { field: "preferences", key: payload } }]
      const patch = await owner.patch(path, { unreadable: "keep", saveMappingAs: payload, columns })
      expect(patch.status, patch.text).toBe(200)
      expect((await owner.post(`${path}/check`)).status).toBe(202)
      await app.drain()
      expect((await owner.post(`${path}/run`)).status).toBe(202)
      await app.drain()
      expect((await owner.get(path)).body.data).toMatchObject({ status: "done", error: null })
    }
    await expectNoTrace()
  })
})
