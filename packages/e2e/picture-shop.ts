import type { Page } from "playwright-core"
import { call } from "./harness.ts"

/** What the pictures show and the sample leaves to each business: an object, fields and views of its own. */
export async function addOwnThings(page: Page): Promise<void> {
  await addViews(page)
  await addMachines(page)
  await call(page, "POST /fields", {
    body: {
      entity: "people",
      type: "rollup",
      label: "Last talk",
      options: { rollup: { from: "activities.about", of: "latest", field: "occurredAt" } },
    },
  })
}

async function addViews(page: Page): Promise<void> {
  for (const [name, stage, pinned] of [
    ["Regulars", "regular", true],
    ["Leads", "lead", true],
    ["Customers", "customer", false],
    ["Lost", "lost", false],
  ] as const) {
    const filter = { all: [{ field: "lifecycleStage", op: "is", value: stage }] } as const
    await call(page, "POST /views", { body: { entity: "people", name, shared: true, pinned, filter } })
  }
}

const models = ["Espresso machine", "Filter brewer", "Grinder", "Milk steamer"]
const states = ["running", "running", "serviceDue", "running", "inRepair"]

/** Machines that stand at companies of the sample. */
async function addMachines(page: Page): Promise<void> {
  await call(page, "POST /object-types", { body: { one: "Machine", many: "Machines", icon: "tool" } })
  const choices = [
    { id: "running", label: "Running", color: "green" },
    { id: "serviceDue", label: "Service due", color: "amber" },
    { id: "inRepair", label: "In repair", color: "red" },
  ] as const
  for (const field of [
    { type: "link", label: "Stands at", options: { target: "companies" } },
    { type: "date", label: "Bought" },
    { type: "choice", label: "State", options: { choices: [...choices] } },
    { type: "money", label: "Paid", options: { currency: "GBP" } },
  ] as const)
    await call(page, "POST /fields", { body: { entity: "objects/machines", ...field } })
  const { data: companies } = await call(page, "POST /companies/query", {
    body: { fields: ["name"], sort: ["name"], limit: 14 },
  })
  for (const [index, company] of companies.entries()) {
    const custom = {
      standsAt: company.id,
      bought: `${2025 - (index % 5)}-0${(index % 9) + 1}-14`,
      state: states[index % states.length],
      paid: { amount: 40_000 + 35_000 * ((index * 7) % 11), currency: "GBP" },
    }
    const name = `${models[index % models.length]} ${index + 1}`
    // Paths of own objects are none of those `call` knows.
    const answer = await page.context().request.post("/api/v1/objects/machines", { data: { name, custom } })
    if (!answer.ok()) throw new Error(`A machine was refused: ${await answer.text()}`)
  }
}
