import type { TestApp, TestWorkspace } from "./app.ts"

export interface Twin extends TestWorkspace {
  /** Stands in every text of this workspace and in none of the other's. */
  mark: string
  ids: Record<
    | "people"
    | "companies"
    | "notes"
    | "tasks"
    | "activities"
    | "sources"
    | "locations"
    | "deals"
    | "products"
    | "orders"
    | "machines",
    string
  >
}

/** Two workspaces with mirrored data in which every value carries its owner's mark. */
export async function makeTwins(app: TestApp): Promise<[Twin, Twin]> {
  return [await makeTwin(app, "azure"), await makeTwin(app, "crimson")]
}

async function makeTwin(app: TestApp, mark: string): Promise<Twin> {
  const workspace = await app.workspace(`The ${mark} shop`)
  const create = async (entity: string, values: object): Promise<string> => {
    const answer = await workspace.owner.post(`/${entity}`, values)
    if (answer.status !== 201) throw new Error(`${entity}: ${answer.text}`)
    return answer.body.data.id
  }
  await create("fields", { entity: "people", type: "text", label: `${mark} foot`, key: "foot" })
  await create("fields", { entity: "people", type: "number", label: `${mark} size`, key: "size" })
  const sources = await create("sources", { name: `${mark} source` })
  const locations = await create("locations", {
    name: `${mark} corner`,
    addresses: [{ street: `${mark} street 1`, city: `${mark} town` }],
  })
  const companies = await create("companies", {
    name: `${mark} works`,
    domains: [{ domain: `${mark}.example` }],
    tags: [`${mark} tag`],
    industry: `${mark} trade`,
  })
  const people = await create("people", {
    name: `Pat ${mark}`,
    emails: [{ address: `pat@${mark}.example` }],
    phones: [{ number: "+49301234567" }],
    tags: [`${mark} tag`],
    companyId: companies,
    sourceId: sources,
    locationId: locations,
    lifecycleStage: "regular",
    preferences: { usual: `${mark} tea` },
    description: `${mark} description`,
    custom: { foot: `${mark} foot`, size: 42 },
  })
  const about = [{ type: "person", id: people }]
  const notes = await create("notes", { text: `${mark} note`, about })
  const tasks = await create("tasks", { title: `${mark} task`, dueDate: "2026-03-18", about })
  const activities = await create("activities", {
    kind: "call",
    occurredAt: "2026-03-17T09:00:00Z",
    text: `${mark} call`,
    about,
  })
  const deals = await create("deals", {
    name: `${mark} deal`,
    companyId: companies,
    people: [{ personId: people, role: `${mark} buyer` }],
    sourceId: sources,
    locationId: locations,
    amount: { amount: 120_00, currency: "EUR" },
    nextStep: `${mark} step`,
    competitors: [`${mark} rival`],
    tags: [`${mark} tag`],
  })
  const sold = await makeSold(create, { people, companies, sources, locations }, mark)
  await create("object-types", { one: `${mark} machine`, many: `${mark} machines`, key: "machines" })
  const entity = "objects/machines"
  await create("fields", { entity, type: "text", label: `${mark} serial`, key: "serial" })
  const ownLink = async (label: string, target: string, key: string) =>
    create("fields", { entity, type: "link", label, key, options: { target } })
  await ownLink(`${mark} keeper`, "people", "keeper")
  await ownLink(`${mark} spare`, entity, "spareFor")
  const machines = await create(entity, {
    name: `${mark} mill`,
    custom: { serial: `${mark} serial`, keeper: people },
  })
  const filter = { field: "tags", op: "isAnyOf", value: [`${mark} tag`] }
  await create("views", { entity: "people", name: `${mark} view`, shared: true, filter })
  const ids = {
    ...{ people, companies, notes, tasks, activities, sources, locations },
    ...{ deals, ...sold, machines },
  }
  return { ...workspace, mark, ids }
}

type Create = (entity: string, values: object) => Promise<string>
/** What a workspace sells, and has sold. */
async function makeSold(
  create: Create,
  ids: Pick<Twin["ids"], "people" | "companies" | "sources" | "locations">,
  mark: string,
): Promise<Pick<Twin["ids"], "products" | "orders">> {
  const products = await create("products", {
    name: `${mark} beans`,
    sku: `${mark}-1`,
    price: { amount: 12_50, currency: "EUR" },
    cost: { amount: 6_10, currency: "EUR" },
    variants: [{ name: `${mark} kilo` }],
  })
  const orders = await create("orders", {
    number: `${mark} 7`,
    personId: ids.people,
    companyId: ids.companies,
    locationId: ids.locations,
    sourceId: ids.sources,
    email: `pat@${mark}.example`,
    lines: [{ productId: products, name: `${mark} beans`, quantity: "2" }],
    payments: [{ amount: "5", reference: `${mark} till` }],
    note: `${mark} note`,
    tags: [`${mark} tag`],
  })
  return { products, orders }
}
