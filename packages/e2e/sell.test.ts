import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()
const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true })

test("a deal moves through its pipeline by keys and by its menu; losing it asks for a reason", async () => {
  const page = await shop().visit()
  const amount = { amount: 120_000, currency: "EUR" }
  const { data: deal } = await call(page, "POST /deals", { body: { name: "Cakes for the fair", amount } })
  await page.goto("/deals?l=board:stage")
  const card = (stage: string) => column(page, stage).getByRole("link", { name: "Cakes for the fair" })
  await card("New").waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)

  const tick = (stage: string) => column(page, stage).getByRole("checkbox", { name: /Cakes for the fair/ })
  await tick("New").focus()
  await page.keyboard.press("Alt+ArrowRight")
  await card("Qualified").waitFor()
  const isFocused = () => tick("Qualified").evaluate((box) => box === document.activeElement)
  await expect.poll(isFocused).toBe(true)
  await column(page, "Qualified").getByText("Weighted amount: Sum €300.00").waitFor()

  const more = page.getByRole("button", { name: "More for Cakes for the fair" })
  await more.press("Enter")
  await page.getByRole("menuitemradio", { name: "Lost" }).press("Enter")
  const dialog = page.getByRole("dialog", { name: "Cakes for the fair" })
  await dialog.getByRole("combobox", { name: "Lost because" }).waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)
  await page.keyboard.press("Escape")
  await card("Qualified").waitFor()

  await more.press("Enter")
  await page.getByRole("menuitemradio", { name: "Lost" }).press("Enter")
  await dialog.getByRole("combobox", { name: "Lost because" }).fill("Price")
  await page.keyboard.press("Enter")
  await dialog.getByRole("button", { name: "Save" }).click()
  await card("Lost").waitFor()
  const stands = async () => (await call(page, "GET /deals/:id", { params: { id: deal.id } })).data
  await expect.poll(async () => (await stands()).lostReason).toBe("price")
  expect(shop().takeProblems()).toEqual([expect.stringContaining("422"), expect.stringContaining("422")])
  await page.getByRole("button", { name: "Undo" }).last().click()
  await card("Qualified").waitFor()

  // The page of the deal asks just so.
  await card("Qualified").click()
  await page.getByRole("heading", { level: 1, name: "Cakes for the fair" }).waitFor()
  await page.getByRole("button", { name: "Edit: Stage, Qualified" }).click()
  await page.getByRole("menuitemradio", { name: "Lost" }).click()
  await dialog.getByRole("combobox", { name: "Lost because" }).waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("422")])

  // Another pipeline has stages of its own, and a place of its own in the address.
  const stages = [{ label: "Asked" }, { label: "Signed", kind: "won" as const }]
  await call(page, "POST /pipelines", { body: { label: "Renewals", stages } })
  await page.goto("/deals?l=board:stage")
  await card("Qualified").waitFor()
  await page.getByRole("combobox", { name: "Pipeline" }).selectOption("Renewals")
  await column(page, "Signed").waitFor()
  await page.reload()
  await column(page, "Asked").getByRole("button", { name: "New deal: Asked" }).waitFor()
  expect(await column(page, "Qualified").count()).toBe(0)
  await settled(page)
  await expectAccessibleEverywhere(page)
})

test("the lines of an order are written by keyboard alone", async () => {
  const page = await shop().visit()
  await page.setViewportSize({ width: 1440, height: 900 })
  const price = { amount: 2490, currency: "GBP" }
  await call(page, "POST /products", { body: { name: "Espresso beans", price, taxRate: 7 } })
  const { data: order } = await call(page, "POST /orders", { body: { pricesIncludeTax: true } })
  await page.goto(`/orders/${order.id}`)
  const grid = page.getByRole("region", { name: "Lines" })
  const cell = (column: string, line: number) => grid.getByLabel(`${column}, line ${line}`, { exact: true })
  const isFocused = (column: string, line: number) =>
    expect.poll(() => cell(column, line).evaluate((input) => input === document.activeElement)).toBe(true)
  const written = async () =>
    (await call(page, "GET /orders/:id", { params: { id: order.id } })).data.lines.map(
      ({ name, quantity, unitPrice }) => [name, quantity ?? null, unitPrice],
    )

  await cell("Product or service", 1).focus()
  await page.keyboard.type("espr")
  await page.locator('[role="option"][data-combobox-selected]', { hasText: "Espresso beans" }).waitFor()
  await page.keyboard.press("Enter")
  await isFocused("Quantity", 1)
  await page.keyboard.type("2")
  await page.keyboard.press("Tab")
  expect(await cell("Price", 1).inputValue()).toBe("24.90")
  await page.keyboard.press("Tab")
  await page.keyboard.type("10")
  await page.keyboard.press("Enter")
  await isFocused("Product or service", 2)
  await page.keyboard.type("Delivery")
  await page.keyboard.press("Tab")
  await page.keyboard.press("Tab")
  await page.keyboard.type("5")
  await grid.getByText("£49.82").waitFor()
  await page.keyboard.press("Enter")
  await expect.poll(written).toEqual([
    ["Espresso beans", "2", "24.9"],
    ["Delivery", null, "5"],
  ])
  await settled(page)
  await expectAccessibleEverywhere(page)

  await cell("Price", 2).focus()
  await page.keyboard.press("Alt+ArrowUp")
  await isFocused("Price", 1)
  await page.keyboard.press("Control+d")
  await isFocused("Price", 2)
  await expect
    .poll(async () => (await written()).map(([name]) => name))
    .toEqual(["Delivery", "Delivery", "Espresso beans"])
  await page.keyboard.press("Control+Delete")
  await page.getByText("Removed: Delivery").waitFor()
  await expect.poll(async () => (await written()).length).toBe(2)
  await page.getByRole("button", { name: "Undo" }).last().click()
  await expect.poll(async () => (await written()).length).toBe(3)

  // From a spreadsheet, over the last line and beyond it.
  await cell("Product or service", 3).evaluate((input, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  }, "Cups\t3\t2,50\nLids\t3\t0.2")
  await expect
    .poll(async () => (await written()).slice(2))
    .toEqual([
      ["Cups", "3", "2.5"],
      ["Lids", "3", "0.2"],
    ])

  // By hand, too.
  await cell("Product or service", 5).fill("beans")
  await page.getByRole("option", { name: /Espresso beans/ }).click()
  await isFocused("Quantity", 5)

  // What can't be kept stays typed, and says why.
  await cell("Tax", 1).fill("190")
  await cell("Tax", 1).press("Tab")
  await grid.getByText("Tax: Between 0 and 100 %").waitFor()
  await cell("Tax", 1).fill("")
  await page.setViewportSize(phone)
  await page.reload()
  await cell("Product or service", 4).waitFor()
  expect(await cell("Product or service", 4).inputValue()).toBe("Lids")
  await settled(page)
  await expectAccessibleEverywhere(page)
})
