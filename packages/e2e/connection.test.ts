import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { useShop } from "./journeys.ts"

const shop = useShop()

const outdated = /Regulars was upgraded meanwhile, or there is no connection/
/** Errors of what could not be fetched are what these journeys are about; anything else is a fault. */
function expectOnlyMissing(): void {
  const missing = /ERR_FAILED|dynamically imported module|error occurred in one of your React components/
  expect(
    shop()
      .takeProblems()
      .filter((problem) => !missing.test(problem)),
  ).toEqual([])
}
/** Marks the page as loaded, to tell later whether it was loaded anew. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { isSamePage: true }))
const isSamePage = (page: Page) => page.evaluate(() => "isSamePage" in window)

test("a page or a window whose code can't be fetched says so, and the rest works on", async () => {
  const page = await shop().visit()
  await page.route(/\/assets\/(companies-page|palette)-[^/]*\.js/, (route) => route.abort())
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await mark(page)
  await page.keyboard.press("Control+k")
  await page.getByRole("alert").filter({ hasText: outdated }).waitFor()
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.getByRole("button", { name: "Dismiss" }).click()

  const navigation = page.getByRole("navigation").first()
  await navigation.getByRole("link", { name: "Companies" }).click()
  await page.getByRole("main").getByText(outdated).waitFor()
  await navigation.getByRole("link", { name: "People" }).click()
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  expect(await isSamePage(page)).toBe(true)
  expectOnlyMissing()
})

test("a server out of reach is told although the device has a network, until it is back", async () => {
  const page = await shop().visit()
  await page.route("**/api/v1/stream", (route) => route.abort())
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  const banner = page.getByText("No connection. What you see may be old; what you type is kept.")
  await banner.waitFor()
  await page.unroute("**/api/v1/stream")
  await banner.waitFor({ state: "detached" })
  expectOnlyMissing()
})
