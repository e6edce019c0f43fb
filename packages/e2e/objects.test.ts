import { beforeAll, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

beforeAll(async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "Ana Soto" } })
  await shop().leave()
})

test("an object is declared in the settings and has its list, page, search and place on a person's page at once", async () => {
  const page = await shop().visit()
  await page.goto("/settings/objects")
  await page.getByRole("button", { name: "Add a kind of object" }).click()
  const dialog = page.getByRole("dialog", { name: "Add a kind of object" })
  await dialog.getByLabel("One is called").fill("Machine")
  await dialog.getByLabel("Many are called").fill("Machines")
  await dialog.getByRole("button", { name: "Tool" }).click()
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Create" }).click()
  await page.getByText("Added: Machines").waitFor()
  await expectAccessibleEverywhere(page)

  await page.getByRole("button", { name: "Fields: Machines" }).click()
  await page.getByRole("button", { name: "Add a field" }).click()
  const field = page.getByRole("dialog", { name: "Add a field" })
  await field.getByLabel("Name").fill("Keeper")
  await field.getByLabel("Type").selectOption("Link to a record")
  await field.getByRole("button", { name: "Add", exact: true }).click()
  await page.getByText("Field added: Keeper").waitFor()

  await page
    .getByRole("navigation", { name: "Main navigation" })
    .getByRole("link", { name: "Machines" })
    .click()
  await page.getByRole("heading", { level: 1, name: "Machines" }).waitFor()
  await settled(page)
  await expectAccessible(page)
  await page.getByRole("main").getByRole("button", { name: "New: Machine" }).first().click()
  const form = page.getByRole("dialog", { name: "New: Machine" })
  await form.getByLabel("Name").fill("Espresso press")
  await form.getByRole("button", { name: "Create" }).click()
  await page.getByRole("gridcell", { name: "Espresso press", exact: true }).waitFor()
  await page.getByText("1 entry").waitFor()

  // Whoever types its name again is told of it.
  await page.getByRole("main").getByRole("button", { name: "New: Machine" }).first().click()
  await form.getByLabel("Name").fill("espresso")
  await form.getByText("Perhaps already here").waitFor()
  await expectAccessible(page)
  await form.getByRole("button", { name: "Open that one" }).click()
  await page.getByRole("heading", { level: 1, name: "Espresso press" }).waitFor()
  await page.getByText(/added Espresso press/).waitFor()
  await page.getByRole("button", { name: "Edit: Keeper" }).click()
  await page.getByRole("combobox", { name: "Keeper" }).fill("Ana")
  await page.getByRole("option", { name: /Ana Soto/ }).click()
  await page.getByRole("link", { name: "Ana Soto" }).first().click()

  await page.getByRole("heading", { level: 1, name: "Ana Soto" }).waitFor()
  await page.getByText(/linked Espresso press/).waitFor()
  await page.getByRole("heading", { level: 2, name: "Machines" }).waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)

  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search or jump to" }).fill("espresso")
  await page.getByRole("option", { name: /Espresso press/ }).click()
  await page.getByRole("heading", { level: 1, name: "Espresso press" }).waitFor()
})

test("a removed object is gone from the sidebar and comes back with its records", async () => {
  const page = await shop().visit()
  await page.goto("/settings/objects")
  await page.getByRole("button", { name: "Remove: Machines" }).click()
  const link = page
    .getByRole("navigation", { name: "Main navigation" })
    .getByRole("link", { name: "Machines" })
  await expect.poll(() => link.count(), { timeout: 10_000 }).toBe(0)
  await page.getByText("1 removed object").click()
  await page.getByRole("button", { name: "Restore: Machines" }).click()
  await link.click()
  await page.getByRole("gridcell", { name: "Espresso press", exact: true }).waitFor()
})
