import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessible, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

beforeAll(async () => {
  const page = await shop().visit()
  for (const name of ["Ana Soto", "Ben Hill", "Clara Vogt", "Dora Lind"])
    await call(page, "POST /people", { body: { name, jobTitle: "Guest" } })
  await shop().leave()
})

const columns = "?c=jobTitle,birthday,lifecycleStage&s=name"
async function openPeople(page: Page): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
  await page.goto(`/people${columns}`)
  await cell(page, 3, 1).getByText("Dora Lind").waitFor()
  // What is done with the clipboard comes a moment after the list.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/clipboard-")),
  )
  await settled(page)
  await page.waitForTimeout(200)
}
/** By row from 0 and column; 0 selects the row, 1 is the name. */
const cell = (page: Page, row: number, column: number) => page.locator(`[data-cell="${row}:${column}"]`)
const textsOf = async (page: Page, column: number) =>
  Promise.all([0, 1, 2, 3].map((row) => cell(page, row, column).textContent()))
async function copyFromElsewhere(page: Page, text: string): Promise<void> {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text)
}

test("cells are marked, filled, cleared and taken back by keyboard alone", async () => {
  const page = await shop().visit()
  await openPeople(page)
  await page.keyboard.press("x")
  await cell(page, 0, 1).focus()
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("F2")
  await page.getByRole("textbox", { name: "Job title" }).fill("Chef")
  await page.keyboard.press("Enter")
  await page.getByText("Ana Soto: Job title changed").waitFor()
  await page.keyboard.press("ArrowUp")
  for (let step = 0; step < 3; step++) await page.keyboard.press("Shift+ArrowDown")
  await page.getByText("Marked: 4 rows, 1 column").waitFor({ state: "attached" })
  await expectAccessible(page)
  await page.keyboard.press("Control+d")
  await expect.poll(() => textsOf(page, 2)).toEqual(["Chef", "Chef", "Chef", "Chef"])
  await page.keyboard.press("Delete")
  await expect.poll(() => textsOf(page, 2)).toEqual(["", "", "", ""])
  await page.keyboard.press("Control+z")
  await expect.poll(() => textsOf(page, 2)).toEqual(["Chef", "Chef", "Chef", "Chef"])
  await page.keyboard.press("Control+z")
  await expect.poll(() => textsOf(page, 2)).toEqual(["Chef", "Guest", "Guest", "Guest"])
  await page.keyboard.press("Control+z")
  await expect.poll(() => textsOf(page, 2)).toEqual(["Guest", "Guest", "Guest", "Guest"])
  await page.keyboard.press("Control+Shift+z")
  await page.keyboard.press("Control+y")
  await expect.poll(() => textsOf(page, 2)).toEqual(["Chef", "Chef", "Chef", "Chef"])
})

test("a block from a spreadsheet is pasted; what can't be read stays in its cell with the reason until it is put right", async () => {
  const page = await shop().visit()
  await openPeople(page)
  await copyFromElsewhere(page, "Baker\t1980-12-25\tRegular\r\nCook\tsoon\tLead\r\n")
  await cell(page, 0, 2).click()
  await page.keyboard.press("Control+v")
  await page.getByText(/1 cell was not changed\. Birthday “soon”/).waitFor()
  expect(await textsOf(page, 2)).toEqual(["Baker", "Cook", expect.any(String), expect.any(String)])
  expect((await textsOf(page, 4)).slice(0, 2)).toEqual(["Regular", "Lead"])
  expect(await cell(page, 1, 3).getAttribute("aria-invalid")).toBe("true")
  expect(await cell(page, 1, 3).textContent()).toContain("soon")
  await expectAccessible(page)
  await page.getByRole("button", { name: "Show", exact: true }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-cell"))).toBe("1:3")
  await copyFromElsewhere(page, "1990-02-03")
  await page.keyboard.press("Control+v")
  await page.getByText(/1 cell was not changed/).waitFor({ state: "detached" })
  expect(await cell(page, 1, 3).getAttribute("aria-invalid")).toBeNull()
  await page.reload()
  await cell(page, 1, 3).getByText("1990").waitFor()
})

test("cells drawn over with the mouse are copied as a spreadsheet takes them, and pasted elsewhere in the list", async () => {
  const page = await shop().visit()
  await openPeople(page)
  await cell(page, 0, 2).hover()
  await page.mouse.down()
  await cell(page, 1, 3).hover()
  await page.mouse.up()
  await page.getByText("Marked: 2 rows, 2 columns").waitFor({ state: "attached" })
  await page.keyboard.press("Control+c")
  await page.getByText("4 cells copied").waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "Baker\t1980-12-25\nCook\t1990-02-03",
  )
  await cell(page, 2, 2).click()
  await page.keyboard.press("Control+v")
  await expect.poll(() => textsOf(page, 2)).toEqual(["Baker", "Cook", "Baker", "Cook"])
  await page.getByRole("button", { name: "Undo" }).last().click()
  await expect.poll(async () => (await textsOf(page, 2))[2]).not.toBe("Baker")
})
