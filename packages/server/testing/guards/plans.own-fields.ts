import { expect } from "vitest"
import type { TestApp, TestWorkspace } from "../app.ts"

export interface Shape {
  name: string
  request: (shop: TestWorkspace) => Promise<[path: string, body?: object]> | [path: string, body?: object]
  /** Indexes at least one statement of the request must use. */
  uses: string[]
  /** 200 where nothing is said. */
  status?: number
}
export const list = (body: object): [string, object] => ["/people/query", { limit: 50, ...body }]
export async function nextPage(shop: TestWorkspace, body: object): Promise<[string, object]> {
  const { page } = (await shop.owner.post(...list(body))).body
  return list({ ...body, cursor: page.next })
}
export const idOf = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** 500 own fields: five that nearly everybody has, the others filled for a few hundred. */
export async function fillOwnFields(app: TestApp, shop: TestWorkspace): Promise<void> {
  const { owner } = app.services.pools
  const declare = async (label: string, type: string, options = {}): Promise<string> => {
    const answer = await shop.owner.post("/fields", { entity: "people", label, type, options })
    expect(answer.status, answer.text).toBe(201)
    return answer.body.data.id
  }
  const fill = (id: string, column: string, value: string) =>
    owner.query(
      `insert into field_values (workspace_id, field_id, record_id, ${column})
       select $1, $2, id, ${value} from (select id, row_number() over (order by created_at) as n from people where workspace_id = $1) p`,
      [shop.id, id],
    )
  const choices = ["Oat", "Soy", "Cow"].map((label) => ({ label }))
  await fill(await declare("Size", "number"), "value_float", "n % 5000")
  await fill(await declare("Card", "text"), "value_text, sort_text", "'card ' || n, 'Card ' || n")
  await fill(
    await declare("Milk", "choice", { choices }),
    "value_text",
    "(array['oat', 'soy', 'cow'])[1 + n % 3]",
  )
  await fill(
    await declare("Since", "date"),
    "value_time",
    "timestamptz '2020-01-01' + n % 2000 * interval '1 day'",
  )
  await fill(await declare("Friend", "link", { target: "companies" }), "value_ref", idOf("1 + n % 10000"))
  await owner.query(
    `insert into own_fields (workspace_id, id, entity, key, slot, label, position, type, created_at, updated_at)
     select $1, gen_random_uuid(), 'people', 'more' || n, 'more' || n, 'More ' || n, 100 + n, 'number', now(), now() from generate_series(1, 495) n`,
    [shop.id],
  )
  await owner.query(
    `insert into field_values (workspace_id, field_id, record_id, value_float)
     select $1, f.id, p.id, n from own_fields f,
       (select id, row_number() over () as n from people where workspace_id = $1 limit 200) p
     where f.workspace_id = $1 and f.key like 'more%'`,
    [shop.id],
  )
}

export const ownShapes: Shape[] = [
  {
    name: "by an own number",
    request: () => list({ filter: { field: "custom.size", op: "is", value: 4711 } }),
    uses: ["field_values_number", "people_pkey"],
  },
  {
    name: "by an own text",
    request: () => list({ filter: { field: "custom.card", op: "is", value: "Card 4711" } }),
    uses: ["field_values_text", "people_pkey"],
  },
  {
    name: "by the beginning of an own text",
    request: () => list({ filter: { field: "custom.card", op: "startsWith", value: "card 4711" } }),
    uses: ["field_values_text", "people_pkey"],
  },
  {
    name: "by an own choice that a third has, by name",
    request: () => list({ filter: { field: "custom.milk", op: "is", value: "oat" }, sort: ["name"] }),
    uses: ["people_by_name", "field_values"],
  },
  {
    name: "by an own date",
    request: () => list({ filter: { field: "custom.since", op: "is", value: "2021-03-01" } }),
    uses: ["field_values_time", "people_pkey"],
  },
  {
    name: "by an own link",
    request: () =>
      list({ filter: { field: "custom.friend", op: "is", value: "00000000-0000-7000-8000-000000000111" } }),
    uses: ["field_values_link", "people_pkey"],
  },
  {
    name: "sorted by an own number",
    request: () => list({ sort: ["custom.size"] }),
    uses: ["field_values_number", "people_pkey"],
  },
  {
    name: "sorted by an own number, backwards",
    request: () => list({ sort: ["-custom.size"] }),
    uses: ["field_values_number", "people_pkey"],
  },
  {
    name: "sorted by an own text",
    request: () => list({ sort: ["custom.card"] }),
    uses: ["field_values_order", "people_pkey"],
  },
  {
    name: "next page by an own text",
    request: (shop) => nextPage(shop, { sort: ["custom.card"] }),
    uses: ["field_values_order", "people_pkey"],
  },
  {
    name: "sorted by an own field that few have",
    request: () => list({ sort: ["custom.more7"], limit: 200 }),
    uses: ["field_values_number", "people_pkey"],
  },
]
