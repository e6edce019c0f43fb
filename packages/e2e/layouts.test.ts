import type { Locator, Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()
const month = new Date().getUTCMonth() + 1

beforeAll(async () => {
  const page = await shop().visit()
  const people = [
    { name: "Anna Adler", lifecycleStage: "lead", jobTitle: "Baker", birthday: { month, day: 12 } },
    { name: "Bela Berg", lifecycleStage: "lead", birthday: { month, day: 12, year: 1980 } },
    { name: "Cleo Carl", lifecycleStage: "regular" },
    { name: "Dora Dorn" },
  ]
  for (const body of people) await call(page, "POST /people", { body })
  await shop().leave()
})

const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true })
/** As a hand drags: in steps, because a browser takes a single jump for no drag. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error("What is dragged, or where to, is not in sight.")
  await page.mouse.move(start.x + 12, start.y + 8)
  await page.mouse.down()
  await page.mouse.move(start.x + 40, start.y + 20, { steps: 4 })
  await page.mouse.move(end.x + end.width / 2, end.y + Math.min(end.height / 2, 80), { steps: 6 })
  await page.mouse.up()
}
async function lay(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Layout" }).click()
  await page.getByRole("menu").getByText(name, { exact: true }).click()
}

test("a list becomes a board, whose cards are moved by dragging and by their menu", async () => {
  const page = await shop().visit()
  await page.goto("/people")
  await lay(page, "Lifecycle")
  await column(page, "Lead").getByRole("link", { name: "Anna Adler" }).waitFor()
  await column(page, "Without a value").getByRole("link", { name: "Dora Dorn" }).waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)

  const anna = column(page, "Lead").getByRole("link", { name: "Anna Adler" })
  await drag(page, anna, column(page, "Qualified"))
  await column(page, "Qualified").getByRole("link", { name: "Anna Adler" }).waitFor()
  await page.getByText("Anna Adler: Lifecycle changed").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await column(page, "Lead").getByRole("link", { name: "Anna Adler" }).waitFor()

  // By keyboard alone.
  await page.getByRole("button", { name: "More for Bela Berg" }).focus()
  await page.keyboard.press("Enter")
  await page.getByRole("menuitemradio", { name: "Regular" }).press("Enter")
  await column(page, "Regular").getByRole("link", { name: "Bela Berg" }).waitFor()
  await page.reload()
  await column(page, "Regular").getByRole("link", { name: "Bela Berg" }).waitFor()

  // Made where it belongs, one after the other.
  await column(page, "Qualified").getByRole("button", { name: "New person: Qualified" }).click()
  await page.keyboard.type("Emil Eder")
  await page.keyboard.press("Enter")
  await page.keyboard.type("Frida Falk")
  await column(page, "Qualified").getByRole("link", { name: "Emil Eder" }).waitFor()
  await page.keyboard.press("Enter")
  await column(page, "Qualified").getByRole("link", { name: "Frida Falk" }).waitFor()
  await page.getByText("Frida Falk was added").waitFor()
  await page.getByRole("button", { name: "Undo" }).last().click()
  await column(page, "Qualified").getByRole("link", { name: "Frida Falk" }).waitFor({ state: "detached" })

  // What can't be made stays typed, with the reason.
  const { data: badge } = await call(page, "POST /fields", {
    body: { entity: "people", type: "text", label: "Badge", required: "always" },
  })
  await column(page, "Qualified").getByRole("button", { name: "New person: Qualified" }).click()
  const foot = column(page, "Qualified").getByRole("textbox", { name: "New person: Qualified" })
  await foot.fill("Gero Gross")
  await foot.press("Enter")
  await column(page, "Qualified").getByText("Badge: Needed").waitFor()
  expect(await foot.inputValue()).toBe("Gero Gross")
  expect(shop().takeProblems()).toEqual([expect.stringContaining("422")])
  // Or goes on in the form, which has the name and the column's choice already.
  const way = column(page, "Qualified").getByRole("button", { name: "Open the form" })
  await way.click()
  const form = page.getByRole("dialog", { name: "New person" })
  await form.getByRole("textbox", { name: "Badge" }).fill("7")
  await settled(page)
  await expectAccessibleEverywhere(page)
  expect(await form.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Gero Gross")
  expect(await form.getByRole("combobox", { name: "Lifecycle" }).inputValue()).toBe("Qualified")
  // Put away it keeps what was typed, and the focus is where it was.
  await page.keyboard.press("Escape")
  await form.waitFor({ state: "detached" })
  await expect.poll(() => way.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.keyboard.press("Enter")
  await expect.poll(() => form.getByRole("textbox", { name: "Badge" }).inputValue()).toBe("7")
  await form.getByRole("button", { name: "Create" }).click()
  await column(page, "Qualified").getByRole("link", { name: "Gero Gross" }).waitFor()
  await foot.fill("Fritz Fuchs")
  await foot.press("Enter")
  await column(page, "Qualified").getByText("Badge: Needed").waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("422")])
  await call(page, "DELETE /fields/:id", { params: { id: badge.id } })
  await foot.press("Enter")
  await column(page, "Qualified").getByRole("link", { name: "Fritz Fuchs" }).waitFor()

  // A board without any card is still one.
  await page.goto("/people?l=board:lifecycleStage&q=nobody")
  await column(page, "Qualified").getByRole("button", { name: "New person: Qualified" }).waitFor()
  await page.goto("/people?l=board:lifecycleStage")

  await page.getByRole("button", { name: "Save as a view" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill("Pipeline")
  await page.getByRole("button", { name: "Save view" }).click()
  await page.goto("/people")
  await page.getByRole("link", { name: "Pipeline" }).click()
  await column(page, "Lead").getByRole("link", { name: "Anna Adler" }).waitFor()
})

test("birthdays stand in a calendar, from where a person is looked at and moved", async () => {
  const page = await shop().visit()
  await page.goto("/people")
  await lay(page, "Birthday")
  const cell = page.getByRole("cell", { name: /^12/ })
  await cell.getByRole("button", { name: "Look at: Anna Adler" }).waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)
  await cell.getByRole("button", { name: "Look at: Anna Adler" }).click()
  await page.getByRole("complementary", { name: /Anna Adler/ }).waitFor()
  await page.keyboard.press("Escape")

  const bela = cell.getByRole("button", { name: "Look at: Bela Berg" })
  await drag(page, bela, page.getByRole("cell", { name: /^19/ }))
  await page.getByRole("cell", { name: /^19/ }).getByRole("button", { name: "Look at: Bela Berg" }).waitFor()
  await page.getByText("Bela Berg: Birthday changed").waitFor()
  const { data } = await call(page, "POST /people/query", {
    body: { filter: { search: "Bela" }, fields: ["birthday"] },
  })
  expect(data[0]?.birthday).toEqual({ month, day: 19, year: 1980 })

  await page.getByRole("button", { name: "Next month" }).click()
  await cell.getByRole("button", { name: "Look at: Anna Adler" }).waitFor({ state: "detached" })
  await page.reload()
  await page.getByRole("button", { name: "Today" }).click()
  await cell.getByRole("button", { name: "Look at: Anna Adler" }).waitFor()

  await page.setViewportSize(phone)
  await page.getByRole("link", { name: "Anna Adler" }).waitFor()
})

test("cards are selected by click, range, column and key, and changed together", async () => {
  const page = await shop().visit()
  for (const name of ["Gina Gold", "Hans Hof", "Ida Iven"])
    await call(page, "POST /people", { body: { name, lifecycleStage: "lost" } })
  await page.goto("/people?l=board:lifecycleStage&s=name")
  const lost = column(page, "Lost")
  const tick = (name: string) => lost.getByRole("checkbox", { name: `Select: ${name}` })
  const bar = page.getByRole("region", { name: "Actions for the selection" })
  const isSelected = (count: number) => bar.getByText(`${count} selected`, { exact: true }).waitFor()
  await tick("Gina Gold").click()
  await tick("Ida Iven").click({ modifiers: ["Shift"] })
  await isSelected(3)
  await tick("Hans Hof").click()
  await isSelected(2)
  expect(await lost.getByRole("checkbox", { name: "Select all: Lost" }).getAttribute("aria-checked")).toBe(
    "mixed",
  )
  await settled(page)
  await expectAccessibleEverywhere(page)
  await lost.getByRole("checkbox", { name: "Select all: Lost" }).click()
  await isSelected(3)
  // By keyboard alone: a tick, and a range downwards from it.
  await bar.getByRole("button", { name: "Clear the selection" }).click()
  await tick("Gina Gold").focus()
  await page.keyboard.press("Space")
  await page.keyboard.press("Shift+ArrowDown")
  await isSelected(2)
  // A range begins where one has come to, beside what is selected.
  await bar.getByRole("button", { name: "Clear the selection" }).click()
  await tick("Gina Gold").click()
  await tick("Ida Iven").focus()
  await page.keyboard.press("Shift+ArrowUp")
  await isSelected(3)
  await tick("Ida Iven").click()
  await isSelected(2)
  await bar.getByRole("button", { name: "Add tag" }).click()
  await page.getByRole("dialog").getByRole("combobox").fill("fair")
  await page.keyboard.press("Enter")
  await page.getByRole("dialog").getByRole("button", { name: "Change 2 records" }).click()
  await page.getByText("2 changed").waitFor()

  await page.goto("/people?l=cards&s=name")
  const picture = (name: string) => page.getByRole("button", { name: `Select: ${name}` })
  await picture("Gina Gold").click()
  await picture("Ida Iven").click({ modifiers: ["Shift"] })
  await isSelected(3)
  await bar.getByRole("button", { name: /^Select all/ }).click()
  await bar.getByRole("button", { name: /^Select all/ }).waitFor({ state: "detached" })
})

test("cards stand side by side where there is room", async () => {
  const page = await shop().visit()
  await page.goto("/people?l=cards")
  const boxes = await Promise.all(
    ["Anna Adler", "Bela Berg"].map(async (name) => {
      const link = page.getByRole("link", { name })
      await link.waitFor()
      return link.boundingBox()
    }),
  )
  expect(boxes[0]?.y).toBe(boxes[1]?.y)
  expect(boxes[0]?.x).not.toBe(boxes[1]?.x)
})
