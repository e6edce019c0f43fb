// Pictures of the user guide: `node packages/e2e/screenshots.ts [page…]` writes docs/images/<page>[-phone]-<light|dark>.png.
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { settled } from "./accessibility.ts"
import { call, desk, openShop, phone, type Shop } from "./harness.ts"
import { addOwnThings } from "./picture-shop.ts"

const folder = join(import.meta.dirname, "../../docs/images")
const views = [
  "today",
  "people",
  "person",
  "board",
  "sidebar",
  "tasks",
  "import",
  "settings",
  "roll-up",
  "objects",
  "sign-in",
  "second-step",
  "palette",
] as const
type View = (typeof views)[number]

/** What is done on a page before its picture is taken. */
const steps: Partial<Record<View, (page: Page) => Promise<unknown>>> = {
  today: (page) => page.getByRole("button", { name: "Hide" }).click(),
  async sidebar(page) {
    await page.getByRole("button", { name: /: actions$/ }).click()
    await page.getByRole("menuitem", { name: "My sidebar" }).click()
    await page.getByRole("checkbox", { name: "Customers" }).waitFor()
  },
  async "roll-up"(page) {
    await page.getByRole("button", { name: "Add a field" }).click()
    const dialog = page.getByRole("dialog", { name: "Add a field" })
    await dialog.getByLabel("Name").fill("Open tasks")
    await dialog.getByLabel("Type").selectOption("Roll-up")
    await dialog.getByLabel("Made of").selectOption("Tasks – About")
    await dialog.getByLabel("Only where").selectOption("Status: Open")
  },
  "sign-in": (page) => page.getByRole("checkbox", { name: "Administrator" }).check(),
  async "second-step"(page) {
    await page.getByRole("button", { name: "Set up" }).click()
    await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor()
  },
  async palette(page) {
    await page.keyboard.press("Control+k")
    await page.getByRole("combobox", { name: "Search or jump to" }).fill("mar")
    await page.getByRole("option", { name: /Mar/ }).first().waitFor()
  },
}

/** Opens a page and brings it into the state the picture shows. */
async function open(page: Page, view: View): Promise<void> {
  const paths: Partial<Record<View, string>> = {
    today: "/",
    person: `/people/${await somebody(page)}`,
    board: "/people?l=board:lifecycleStage",
    sidebar: "/people",
    settings: "/settings/members",
    "roll-up": "/settings/fields",
    objects: "/objects/machines",
    "sign-in": "/settings/sign-in",
    "second-step": "/settings/security",
    palette: "/people",
  }
  await page.goto(paths[view] ?? `/${view}`)
  await page.getByRole("heading", { level: 1 }).first().waitFor()
  await steps[view]?.(page)
  // Rows, names and pictures come one after the other.
  await page.waitForLoadState("networkidle").catch(() => {})
  await settled(page)
}

/** Someone of the sample with much of a story: a regular with an open task. */
async function somebody(page: Page): Promise<string> {
  const { data: tasks } = await call(page, "POST /tasks/query", {
    body: { filter: { field: "status", op: "is", value: "open" }, limit: 50 },
  })
  const about = tasks.flatMap((task) => task.about).find(({ type }) => type === "person")
  if (!about) throw new Error("The sample has no open task about a person.")
  return about.id
}

async function take(shop: Shop, view: View): Promise<void> {
  for (const [size, viewport] of Object.entries({ "": desk, "-phone": phone }))
    for (const look of ["light", "dark"] as const) {
      if (view === "palette" && size !== "") continue
      const page = await shop.visit({ viewport, dark: look === "dark" })
      await open(page, view)
      const file = join(folder, `${view}${size}-${look}.png`)
      await page.screenshot({ path: file, scale: "css", animations: "disabled" })
      console.log(file)
      await shop.leave()
    }
}

async function main(wanted: readonly View[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const shop = await openShop()
  try {
    const page = await shop.visit()
    await shop.setUp(page)
    await call(page, "POST /sample", { body: { name: "coffee" } })
    await addOwnThings(page)
    await shop.leave()
    for (const view of wanted) await take(shop, view)
    for (const problem of shop.takeProblems()) console.log(problem)
  } finally {
    await shop.close()
  }
}

const asked = process.argv.slice(2)
await main(asked.length > 0 ? views.filter((view) => asked.includes(view)) : views)
