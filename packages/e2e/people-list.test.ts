import { readFile } from "node:fs/promises"
import type { Api } from "@regulars/contract/endpoints.ts"
import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

beforeAll(async () => {
  const page = await shop().visit()
  const people = [
    { name: "Ana Soto", emails: [{ address: "ana@soto.example" }], jobTitle: "Chef", tags: ["catering"] },
    { name: "Ben Hill", phones: [{ raw: "020 7946 0123" }], jobTitle: "Teacher", lifecycleStage: "regular" },
    { name: "Clara Vogt", jobTitle: "Chef", lifecycleStage: "lead" },
  ]
  for (const body of people) await call(page, "POST /people", { body })
  await shop().leave()
})

const grid = (page: Page) => page.getByRole("grid", { name: "People: list" })
const rowOf = (page: Page, name: string) => grid(page).getByRole("row").filter({ hasText: name })
async function openPeople(page: Page, search = ""): Promise<void> {
  await page.goto(`/people${search}`)
  await grid(page).getByRole("row").nth(1).waitFor()
  await settled(page)
}
/** Names in sight, from top to bottom. */
async function namesIn(page: Page): Promise<string[]> {
  await settled(page)
  return grid(page).getByRole("gridcell").getByRole("link").allInnerTexts()
}

test("a person is created from anywhere by keyboard, and a likely twin is shown first", async () => {
  const page = await shop().visit()
  await openPeople(page)
  await page.keyboard.press("c")
  await page.keyboard.press("p")
  const dialog = page.getByRole("dialog", { name: "New person" })
  await dialog.getByLabel("Name").fill("Dora Lind")
  await expectAccessible(page)
  await page.keyboard.press("Enter")
  await page.getByText("Added: Dora Lind").waitFor()
  await rowOf(page, "Dora Lind").waitFor()

  await page.getByRole("button", { name: "New person" }).click()
  await dialog.getByLabel("Name").fill("Ana S.")
  await dialog.getByLabel("E-mail").fill("Ana@Soto.example")
  await dialog.getByRole("button", { name: "Create" }).click()
  await dialog.getByText("Perhaps already here").waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("409")])
  expect(await dialog.getByLabel("Name").inputValue()).toBe("Ana S.")
  await dialog.getByRole("button", { name: "Open that one" }).click()
  await page.getByRole("heading", { level: 1, name: "Ana Soto" }).waitFor()
})

test("the list is searched, sorted and filtered, and its address shows the same after a reload", async () => {
  const page = await shop().visit()
  await openPeople(page)
  await page.keyboard.press("/")
  await page.keyboard.type("vogt")
  await rowOf(page, "Ana Soto").waitFor({ state: "detached" })
  expect(await namesIn(page)).toEqual(["Clara Vogt"])
  await page.getByRole("button", { name: "Clear the search" }).click()
  await rowOf(page, "Ana Soto").waitFor()

  const heading = grid(page).getByRole("columnheader", { name: "Name" })
  const before = await heading.getAttribute("aria-sort")
  await heading.click()
  if (before === "ascending") await expectSort(page, "descending")
  else {
    await expectSort(page, "ascending")
    await heading.click()
    await expectSort(page, "descending")
  }
  const names = await namesIn(page)
  expect(names.indexOf("Clara Vogt")).toBeLessThan(names.indexOf("Ana Soto"))

  await page.getByRole("button", { name: "Filter", exact: true }).click()
  await page.getByRole("textbox", { name: "What should the filter look at?" }).fill("job title")
  await page.keyboard.press("Enter")
  await page.getByLabel("Value").fill("Che")
  // A teacher, too.
  await page.getByRole("status").getByText("3 matches").waitFor()
  await page.getByLabel("Value").fill("Chef")
  await page.getByRole("status").getByText("2 matches").waitFor()
  await page.keyboard.press("Enter")
  const chip = page.getByRole("button", { name: /^Change: Job title .*Chef/ })
  await chip.waitFor()
  await rowOf(page, "Ben Hill").waitFor({ state: "detached" })
  expect(await namesIn(page)).toEqual(["Clara Vogt", "Ana Soto"])
  await expectAccessibleEverywhere(page)

  await page.reload()
  await chip.waitFor()
  await rowOf(page, "Ana Soto").waitFor()
  expect(await namesIn(page)).toEqual(["Clara Vogt", "Ana Soto"])

  // As text to somebody else, who pastes it in the place of a field's name.
  await page.getByRole("button", { name: "Build" }).click()
  const builder = page.getByRole("dialog", { name: "Filter builder" })
  await builder.getByRole("button", { name: "Show 2 matches" }).waitFor()
  await builder.getByRole("button", { name: "Copy as text" }).click()
  await builder.getByRole("button", { name: "Copied" }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: /^Remove: Job title/ }).click()
  await rowOf(page, "Ben Hill").waitFor()
  // In the builder it comes in the place of what the list is searched for; what can't be used stays to be read.
  await page.goto("/people?q=hill")
  await rowOf(page, "Ben Hill").waitFor()
  await page.getByRole("button", { name: "Build" }).click()
  await builder.getByRole("button", { name: "Paste a filter" }).click()
  await builder.getByRole("textbox", { name: "Paste a filter" }).press("Control+v")
  await builder.getByRole("button", { name: "Show 2 matches" }).click()
  await chip.waitFor()
  await rowOf(page, "Ana Soto").waitFor()
  await page.getByRole("button", { name: /^Remove: Job title/ }).click()
  await rowOf(page, "Ben Hill").waitFor()
  const subject = page.getByRole("textbox", { name: "What should the filter look at?" })
  await page.getByRole("button", { name: "Filter", exact: true }).click()
  await subject.fill("https://shop.example/companies?q=mill")
  await page.keyboard.press("Enter")
  await page.getByText("This is a filter of another list (Companies), not of People.").waitFor()
  expect(await subject.inputValue()).toContain("/companies?q=mill")
  await subject.fill("")
  await page.keyboard.press("Control+v")
  await chip.waitFor()
  // Or onto the filters themselves.
  await page.getByRole("button", { name: /^Remove: Job title/ }).click()
  await rowOf(page, "Ben Hill").waitFor()
  await page.getByRole("button", { name: "Build" }).focus()
  await page.keyboard.press("Control+v")
  await chip.waitFor()
  await rowOf(page, "Ben Hill").waitFor({ state: "detached" })
})

async function expectSort(page: Page, direction: string): Promise<void> {
  const heading = grid(page).getByRole("columnheader", { name: "Name" })
  await expect.poll(() => heading.getAttribute("aria-sort")).toBe(direction)
  await settled(page)
}

test("a cell is edited where it stands and is saved", async () => {
  const page = await shop().visit()
  await openPeople(page, "?c=jobTitle")
  const cell = rowOf(page, "Ben Hill").getByRole("gridcell").nth(2)
  await cell.click()
  await page.keyboard.press("Enter")
  const input = page.getByRole("textbox", { name: "Job title" })
  await input.fill("Head teacher")
  await page.keyboard.press("Enter")
  await input.waitFor({ state: "detached" })
  await page.getByText("Ben Hill: Job title changed").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await cell.getByText("Teacher", { exact: true }).waitFor()
  await cell.click()
  await page.keyboard.press("Enter")
  await input.fill("Head teacher")
  await page.keyboard.press("Enter")
  await page.getByText("Ben Hill: Job title changed").waitFor()
  await page.reload()
  await cell.getByText("Head teacher").waitFor()
  await cell.click()
  await page.keyboard.press("Enter")
  await input.fill("Never saved")
  await page.keyboard.press("Escape")
  await cell.getByText("Head teacher").waitFor()
})

test("a call begun from a cell of the list is offered to be logged", async () => {
  const page = await shop().visit()
  await openPeople(page, "?c=phones,emails")
  // No program of this browser takes the call.
  await page.evaluate(() => document.addEventListener("click", (event) => event.preventDefault(), true))
  await rowOf(page, "Ana Soto").hover()
  await rowOf(page, "Ana Soto").getByRole("link", { name: "Write to: ana@soto.example" }).click()
  await page.getByText("Wrote to Ana Soto?").waitFor()
  await page.getByRole("button", { name: "Dismiss" }).click()
  await rowOf(page, "Ben Hill").hover()
  await expectAccessibleEverywhere(page)
  await rowOf(page, "Ben Hill").hover()
  await rowOf(page, "Ben Hill")
    .getByRole("link", { name: /^Call: / })
    .click()
  expect(new URL(page.url()).pathname).toBe("/people")
  await page.getByText("Called Ben Hill?").waitFor()
  await page.getByRole("button", { name: "Log it" }).click()
  await page.getByRole("heading", { level: 1, name: "Ben Hill" }).waitFor()
  expect(await page.getByRole("radio", { name: "Call" }).isChecked()).toBe(true)
})

test("selected people go to the bin together and come back with Undo", async () => {
  const page = await shop().visit()
  for (const name of ["Twin Once", "Twin Twice"]) await call(page, "POST /people", { body: { name } })
  await openPeople(page, "?q=twin")
  await rowOf(page, "Twin Once").getByRole("gridcell", { name: "Select: Twin Once" }).click()
  await rowOf(page, "Twin Twice").getByRole("gridcell", { name: "Select: Twin Twice" }).click()
  const bar = page.getByRole("region", { name: "Actions for the selection" })
  await bar.getByRole("button", { name: "Delete" }).click()
  await page.getByText("2 moved to the bin").waitFor()
  await page.getByText("Nothing matches").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await rowOf(page, "Twin Once").waitFor()
  await rowOf(page, "Twin Twice").waitFor()
})

test("a task is assigned to each selected person after a look at what that comes to, and taken back", async () => {
  const page = await shop().visit()
  await openPeople(page)
  const names = ["Ana Soto", "Ben Hill"]
  for (const name of names)
    await rowOf(page, name)
      .getByRole("gridcell", { name: `Select: ${name}` })
      .click()
  const bar = page.getByRole("region", { name: "Actions for the selection" })
  await bar.getByRole("button", { name: "Task…" }).click()
  const dialog = page.getByRole("dialog", { name: "A task for each" })
  await dialog.getByRole("textbox", { name: "Task" }).fill("Ask about the fair")
  await dialog.getByRole("button", { name: "Tomorrow" }).click()
  await dialog.getByText("2 get a task each").waitFor()
  await expectAccessibleEverywhere(page)
  await dialog.getByRole("button", { name: "Assign 2 tasks" }).click()
  await page.getByText("2 tasks assigned").waitFor()
  const made = async () => (await call(page, "POST /tasks/query", { body: {} })).data
  expect((await made()).filter(({ title }) => title === "Ask about the fair")).toHaveLength(2)
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByText("Undone", { exact: true }).waitFor()
  expect(await made()).toEqual([])

  // Tags say who has them already.
  await call(page, "POST /people/bulk", {
    body: {
      filter: { field: "name", op: "is", value: "Ana Soto" },
      action: "addTags",
      input: { tags: ["fair"] },
    },
  })
  await bar.getByRole("button", { name: "Add tag" }).click()
  const tagging = page.getByRole("dialog", { name: "Add tag" })
  await tagging.getByRole("combobox").fill("fair")
  await page.keyboard.press("Enter")
  await tagging.getByText("1 will change · 1 is so already").waitFor()
  await page.keyboard.press("Escape")
})

test("selected people are taken out as a file, with the columns of the list", async () => {
  const page = await shop().visit()
  await openPeople(page, "?c=jobTitle")
  await rowOf(page, "Ana Soto").getByRole("gridcell", { name: "Select: Ana Soto" }).click()
  const bar = page.getByRole("region", { name: "Actions for the selection" })
  await bar.getByRole("button", { name: "Export" }).click()
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).click(),
  ])
  const text = await readFile(await download.path(), "utf8")
  expect(text).toContain("Ana Soto")
  expect(text).toContain("Chef")
  expect(text).not.toMatch(/Ben Hill|Clara Vogt|soto\.example/)
})

test("the End key reaches the last of more than 2,000 people", async () => {
  const page = await shop().visit()
  const names = Array.from({ length: 2050 }, (_, index) => `Zz Guest ${String(index + 1).padStart(4, "0")}`)
  await importPeople(page, names)
  await openPeople(page, "?s=name")
  await grid(page).getByRole("gridcell").getByRole("link").first().waitFor()
  await rowOf(page, "Ana Soto").getByRole("gridcell").nth(2).click()
  await page.keyboard.press("End")
  await rowOf(page, "Zz Guest 2050").waitFor()
  const last = await grid(page).getAttribute("aria-rowcount")
  expect(await rowOf(page, "Zz Guest 2050").getAttribute("aria-rowindex")).toBe(last)
})

async function importPeople(page: Page, names: readonly string[]): Promise<void> {
  const file = {
    name: "guests.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `Name,E-mail\n${names.map((name, index) => `${name},guest${index}@example.com`).join("\n")}\n`,
    ),
  }
  const answer = await page.context().request.post("/api/v1/imports", { multipart: { file } })
  const { data } = (await answer.json()) as Api["POST /imports"]["response"]
  const params = { id: data.id }
  await call(page, "POST /imports/:id/run", { params })
  await expect
    .poll(async () => (await call(page, "GET /imports/:id", { params })).data.status, { timeout: 60_000 })
    .toBe("done")
}
