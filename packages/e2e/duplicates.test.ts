import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()
const patient = { timeout: 20_000 }

beforeAll(async () => {
  const page = await shop().visit()
  const person = (name: string, address: string) =>
    call(page, "POST /people", {
      query: { allowDuplicate: "true" },
      body: { name, emails: [{ address }] },
    })
  await person("Anna Zywicki", "anna@zywicki.example")
  await person("Ana Zywicki", "anna@zywicki.example")
  await person("Lorenzo Quintanilla", "lq@sol.example")
  await person("Lorenso Quintanilla", "lq@sol.example")
  for (const name of ["Mia Huber", "Ben Lorca", "Lea Smith", "Tom Moser", "Eva Pinto", "Jan Kessler"])
    await person(name, `${name.replace(" ", ".")}@example.com`)
  await shop().leave()
})

const states = (page: Page) => page.getByRole("navigation", { name: "Which pairs" })
const pairs = (page: Page) => page.getByRole("article")

test("everything is compared at a click; pairs say why, and are decided by hand and by key", async () => {
  const page = await shop().visit()
  await page.goto("/duplicates")
  await page.getByText("Nobody has looked yet").waitFor()
  await expectAccessible(page)
  await page.getByRole("button", { name: "Look for duplicates" }).click()
  await expect.poll(() => pairs(page).count(), patient).toBe(2)
  // What waits is counted in the sidebar.
  await page.getByRole("link", { name: "Duplicates 2" }).waitFor()
  const anna = page.getByRole("article", { name: /Zywicki/ })
  await anna.getByText("same e-mail address").waitFor()
  await anna.getByText("similar given name, same family name").waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)

  await anna.getByRole("button", { name: /^Not the same/ }).click()
  await expect.poll(() => pairs(page).count(), patient).toBe(1)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect.poll(() => pairs(page).count(), patient).toBe(2)

  await page.keyboard.press("ArrowDown")
  const chosen = await page.locator("article[aria-current]").getAttribute("aria-label")
  await page.keyboard.press("l")
  await expect.poll(() => pairs(page).count(), patient).toBe(1)
  await states(page).getByRole("button", { name: "Later" }).click()
  await page.getByRole("article", { name: chosen ?? "" }).waitFor()
  await states(page).getByRole("button", { name: "To decide" }).click()
  await page.keyboard.press("n")
  await page.getByText("Nothing to decide").waitFor()
})

test("who is there already is told while a person is typed, and opened at a click", async () => {
  const page = await shop().visit()
  await page.goto("/people")
  await page.getByRole("button", { name: "New person" }).first().click()
  const dialog = page.getByRole("dialog", { name: "New person" })
  await dialog.getByLabel("Name").fill("Anna Zywiki")
  await dialog.getByText("Perhaps already here").waitFor()
  await dialog.getByText("same given name, similar family name").first().waitFor()
  await expectAccessible(page)
  await dialog.getByLabel("Name").fill("Wilhelmina Oxford")
  await dialog.getByText("Perhaps already here").waitFor({ state: "detached" })
  await dialog.getByLabel("E-mail").fill("anna@zywicki.example")
  await dialog.getByRole("button", { name: "Open that one: Anna Zywicki" }).click()
  await page.getByRole("heading", { name: "Anna Zywicki" }).waitFor()
})

test("a phone shows both below each other's field, reached from More", async () => {
  const page = await shop().visit()
  await page.setViewportSize(phone)
  await page.goto("/duplicates?state=notSame")
  await expect.poll(() => pairs(page).count(), patient).toBeGreaterThan(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await page
    .getByRole("button", { name: /^Decide again/ })
    .first()
    .click()
  await page.goto("/")
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Duplicates" }).click()
  await expect.poll(() => pairs(page).count(), patient).toBe(1)
  await expectAccessible(page)
})

test("a pair is merged on a page of its own, certain ones at once and with the way back", async () => {
  const page = await shop().visit()
  await page.goto("/duplicates")
  await expect.poll(() => pairs(page).count(), patient).toBe(1)
  await page.keyboard.press("m")
  await page.waitForURL(/\/people\/merge\?ids=[^,]+,[^,]+$/)
  await page.getByRole("heading", { name: "Merge: People" }).waitFor()
  await page.goBack()
  await page.getByRole("combobox", { name: "Certain from" }).selectOption("0.9")
  await page.getByText("1 pair is certain (from 90%).").waitFor()
  await expectAccessible(page)
  await page.getByRole("button", { name: "Merge it" }).click()
  await page.getByText("1 pair merged").waitFor(patient)
  await expect.poll(() => pairs(page).count(), patient).toBe(0)
  await page.getByRole("button", { name: "Undo" }).first().click()
  await expect.poll(() => pairs(page).count(), patient).toBe(1)
})
