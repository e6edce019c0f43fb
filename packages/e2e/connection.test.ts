import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

const outdated = /Regulars was upgraded meanwhile, or there is no connection/
/** Errors of what could not be fetched are what these journeys are about; anything else is a fault. */
function expectOnlyMissing(): void {
  const missing =
    /ERR_FAILED|ERR_INTERNET_DISCONNECTED|dynamically imported module|preload CSS|error occurred in one of your React components/
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
  const missing = /\/assets\/(companies-page|palette)-[^/]*\.js/
  await page.route(missing, (route) => route.abort())
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
  await expectAccessibleEverywhere(page)
  await page.unroute(missing)
  await page.getByRole("button", { name: "Try again" }).click()
  await page.getByRole("heading", { level: 1, name: "Companies" }).waitFor()
  await navigation.getByRole("link", { name: "People" }).click()
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("dialog").getByRole("combobox").waitFor()
  expect(await isSamePage(page)).toBe(true)
  expectOnlyMissing()
})

test("a page that was opened without a connection is there when it is back, with its looks", async () => {
  const page = await shop().visit()
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await mark(page)
  await page.context().setOffline(true)
  await page.evaluate(() => history.pushState(null, "", "/help"))
  await page.getByRole("main").getByText(outdated).waitFor()
  await page.context().setOffline(false)
  await page.getByRole("heading", { level: 1, name: "Help" }).waitFor()
  const sheets = () => page.evaluate(() => [...document.styleSheets].map(({ href }) => href))
  expect(await sheets()).toContainEqual(expect.stringContaining("/help-page-"))
  expect(await isSamePage(page)).toBe(true)
  expectOnlyMissing()
})

test("a window whose code can't be fetched offers to try again and leaves the page as it is", async () => {
  const page = await shop().visit()
  const missing = /\/assets\/(modal|menu-window)-[^/]*\.js/
  await page.route(missing, (route) => route.abort())
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  const told = page.getByRole("alert").filter({ hasText: outdated })
  const menu = page.getByRole("main").getByRole("button", { name: "Export" })
  await menu.click()
  await told.waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Close" }).click()
  await told.waitFor({ state: "detached" })
  await page.keyboard.press("?")
  await told.waitFor()
  await page.unroute(missing)
  await page.getByRole("button", { name: "Try again" }).click()
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor()
  expect(await told.count()).toBe(0)
  await page.keyboard.press("Escape")
  await menu.click()
  await page.getByRole("menu").waitFor()
  expectOnlyMissing()
})

test("a window opened from a menu whose code can't be fetched can be closed", async () => {
  const page = await shop().visit()
  await page.route(/\/assets\/labels-dialog-[^/]*\.js/, (route) => route.abort())
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  const told = page.getByRole("alert").filter({ hasText: outdated })
  for (let turn = 0; turn < 2; turn++) {
    await page.getByRole("main").getByRole("button", { name: "Export" }).click()
    await page.getByRole("menuitem", { name: "Address labels" }).click()
    await told.waitFor()
    await page.getByRole("button", { name: "Close" }).click()
    await told.waitFor({ state: "detached" })
  }
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
