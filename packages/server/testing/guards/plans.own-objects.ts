import { expect } from "vitest"
import type { TestApp, TestWorkspace } from "../app.ts"
import { idOf, type Shape } from "./plans.own-fields.ts"

const records = 100_000
const name = "objects/machines"
const list = (body: object): [string, object] => [`/${name}/query`, { limit: 50, ...body }]

/** 50 own objects: machines, of which there are as many as people, and others with a thousand each. */
export async function fillOwnObjects(app: TestApp, shop: TestWorkspace): Promise<void> {
  const { owner } = app.services.pools
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await shop.owner.post(path, body)
    expect(answer.status, answer.text).toBe(201)
    return answer.body.data.id
  }
  const machines = await make("/object-types", { one: "Machine", many: "Machines" })
  for (let n = 1; n < 50; n++) await make("/object-types", { one: `Kind ${n}`, many: `Kinds ${n}` })
  const field = (label: string, type: string, options = {}) =>
    make("/fields", { entity: name, label, type, options })
  const fill = (id: string, column: string, value: string) =>
    owner.query(
      `insert into field_values (workspace_id, field_id, record_id, ${column})
       select $1, $2, id, ${value} from (select id, row_number() over (order by name) as n from own_records where workspace_id = $1 and object_id = $3) r`,
      [shop.id, id, machines],
    )
  await owner.query(
    `insert into own_records (workspace_id, object_id, id, created_at, updated_at, name)
     select $1, $2, gen_random_uuid(), now() - n * interval '1 minute', now(), 'Machine ' || md5(n::text) from generate_series(1, $3) n`,
    [shop.id, machines, records],
  )
  await owner.query(
    `insert into own_records (workspace_id, object_id, id, created_at, updated_at, name)
     select $1, t.id, gen_random_uuid(), now(), now(), 'Thing ' || n from object_types t, generate_series(1, 1000) n
     where t.workspace_id = $1 and t.id <> $2`,
    [shop.id, machines],
  )
  await owner.query(
    `insert into search_index select workspace_id, $3, id, name, null, lower(name) from own_records
     where workspace_id = $1 and object_id = $2`,
    [shop.id, machines, name],
  )
  await fill(await field("Power", "number"), "value_float", "n % 5000")
  await fill(await field("Serial", "text"), "value_text, sort_text", "'rx ' || n, 'RX ' || n")
  await fill(await field("Maker", "link", { target: "companies" }), "value_ref", idOf("1 + n % 10000"))
}

export const objectShapes: Shape[] = [
  {
    name: "an own object by name",
    request: () => list({ sort: ["name"] }),
    uses: ["own_records_by_name"],
  },
  {
    name: "an own object, newest first",
    request: () => list({ sort: ["-createdAt"] }),
    uses: ["own_records_by_creation"],
  },
  {
    name: "an own object by an own number",
    request: () => list({ filter: { field: "custom.power", op: "is", value: 4711 } }),
    uses: ["field_values_number", "own_records_"],
  },
  {
    name: "an own object by an own text",
    request: () => list({ filter: { field: "custom.serial", op: "is", value: "RX 4711" } }),
    uses: ["field_values_text", "own_records_"],
  },
  {
    name: "an own object sorted by an own number",
    request: () => list({ sort: ["custom.power"] }),
    uses: ["field_values_number", "own_records_"],
  },
  {
    name: "an own object by words",
    request: () => list({ filter: { search: "c4ca42" } }),
    uses: ["own_records_"],
  },
  {
    name: "an own object's bin",
    request: () => list({ deleted: true, sort: ["-updatedAt"] }),
    uses: ["own_records_deleted"],
  },
  {
    name: "companies by the machines they made",
    request: () => [
      "/companies/query",
      {
        filter: {
          related: `${name}.maker`,
          some: { field: "custom.serial", op: "is", value: "RX 4711" },
        },
      },
    ],
    uses: ["field_values_text", "companies_pkey"],
  },
]
/** For a role that reaches its own records. */
export const ownersShape: Shape = {
  name: "an own object's ids",
  request: () => list({ ids: true }),
  uses: ["own_records_by_owner"],
}
