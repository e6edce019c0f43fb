import { expect, test } from "vitest"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("on a phone: bottom navigation, cards, tabs of a person, nothing wider than the screen", async () => {
  const page = await shop().visit({ viewport: phone })
  await call(page, "POST /people", {
    body: { name: "Nora Weiss", phones: [{ raw: "020 7946 0188" }], jobTitle: "Florist" },
  })
  await page.goto("/")
  const bar = page.getByRole("navigation", { name: "Main navigation" })
  const fits = () =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  await bar.getByRole("link", { name: "People" }).click()
  const card = page.getByRole("list", { name: "People" }).getByRole("listitem")
  await card.filter({ hasText: "Nora Weiss" }).waitFor()
  expect(await page.getByRole("link", { name: "Call: Nora Weiss" }).getAttribute("href")).toBe(
    "tel:+442079460188",
  )
  expect(await fits()).toBe(true)

  await card.getByRole("link", { name: "Nora Weiss", exact: true }).click()
  await page.getByRole("heading", { level: 1, name: "Nora Weiss" }).waitFor()
  await page.getByRole("tab", { name: "Details" }).click()
  await page.getByText("Florist").first().waitFor()
  await page.getByRole("tab", { name: "Related" }).click()
  await page.getByRole("heading", { name: "Open tasks" }).waitFor()
  await page.getByRole("tab", { name: "Story" }).click()
  await page.getByText("Olivia Baker added Nora Weiss").waitFor()
  expect(await fits()).toBe(true)

  await bar.getByRole("button", { name: "New" }).click()
  await page.getByRole("menuitem", { name: "New task" }).waitFor()
  await page.keyboard.press("Escape")
  await bar.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Settings" }).click()
  await page.getByRole("link", { name: "Profile" }).click()
  await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor()
  expect(await fits()).toBe(true)
})

test("every page fits a screen 320 px wide, as at 400 % zoom", async () => {
  const page = await shop().visit({ viewport: { width: 320, height: 640 } })
  const { data } = await call(page, "POST /people", { body: { name: "Otto Longname-Winterscheidt" } })
  const wide: string[] = []
  for (const path of ["/", "/people", `/people/${data.id}`, "/companies", "/tasks", "/settings", "/help"]) {
    await page.goto(path)
    await page.getByRole("heading", { level: 1 }).first().waitFor()
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
    if (scrollWidth > clientWidth) wide.push(`${path}: ${scrollWidth} px`)
  }
  expect(wide).toEqual([])
})
