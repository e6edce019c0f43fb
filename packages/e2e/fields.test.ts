import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()
const patient = { timeout: 10_000 }

beforeAll(async () => {
  const page = await shop().visit()
  for (const name of ["Ana Soto", "Ben Hill", "Clara Vogt"])
    await call(page, "POST /people", { body: { name } })
  await shop().leave()
})

const rows = (page: Page) => page.locator("main ul").first().getByRole("listitem")
const labelsOf = (page: Page) =>
  rows(page).evaluateAll((items) => items.map((item) => item.querySelector("strong")?.textContent))
async function openFields(page: Page): Promise<void> {
  await page.goto("/settings/fields")
  await page.getByRole("heading", { level: 1, name: "Fields" }).waitFor()
  await settled(page)
}
async function addField(
  page: Page,
  label: string,
  type: string,
  more?: (dialog: ReturnType<Page["getByRole"]>) => Promise<unknown>,
) {
  await page.getByRole("button", { name: "Add a field" }).click()
  const dialog = page.getByRole("dialog", { name: "Add a field" })
  await dialog.getByLabel("Name").fill(label)
  await dialog.getByLabel("Type").selectOption(type)
  await more?.(dialog)
  await dialog.getByRole("button", { name: "Add", exact: true }).click()
  await page.getByText(`Field added: ${label}`).waitFor()
}

test("a field is added in the settings and stands on the page, in the list, the filter and the form at once", async () => {
  const page = await shop().visit()
  await openFields(page)
  await addField(page, "Shoe size", "Number", (dialog) => dialog.getByLabel("Help text").fill("In EU sizes"))
  await addField(page, "Milk", "Choice", async (dialog) => {
    await dialog.getByLabel("Choice 1").fill("Oat")
    await dialog.getByRole("button", { name: "Add a choice" }).click()
    await dialog.getByLabel("Choice 2").fill("Soy")
    await dialog.getByLabel("Colour of Oat").selectOption("Green")
    await expectAccessible(page)
  })
  await addField(page, "Open tasks", "Roll-up", async (dialog) => {
    await dialog.getByLabel("Made of").selectOption("Tasks – About")
    await dialog.getByLabel("Only where").selectOption("Status: Open")
    await expectAccessible(page)
  })
  expect(await labelsOf(page)).toEqual(["Shoe size", "Milk", "Open tasks"])
  await expectAccessibleEverywhere(page)

  const { data } = await call(page, "POST /people/query", { body: { fields: ["name"] } })
  const ana = data.find(({ name }) => name === "Ana Soto")
  const about = [{ type: "person", id: ana?.id ?? "" }]
  await call(page, "POST /tasks", { body: { title: "Call Ana", about } })
  await page.goto(`/people/${ana?.id}`)
  await page.getByRole("button", { name: /more fields?$/ }).click()
  await page.getByRole("button", { name: "Edit: Shoe size" }).click()
  await page.getByText("In EU sizes").waitFor()
  await page.getByRole("textbox", { name: "Shoe size" }).fill("42")
  await page.keyboard.press("Enter")
  await expect
    .poll(
      async () => (await call(page, "GET /people/:id", { params: { id: ana?.id ?? "" } })).data.custom,
      patient,
    )
    .toMatchObject({ shoeSize: 42 })

  const filter = { all: [{ field: "custom.shoeSize", op: "atLeast", value: 40 }] }
  await page.goto(
    `/people?c=name,custom.shoeSize,custom.milk,custom.openTasks&f=${encodeURIComponent(JSON.stringify(filter))}`,
  )
  await page.getByRole("columnheader", { name: "Shoe size" }).waitFor()
  await settled(page)
  expect(await page.getByRole("grid").getByRole("gridcell").getByRole("link").allInnerTexts()).toEqual([
    "Ana Soto",
  ])
  await page.getByRole("gridcell", { name: "42", exact: true }).waitFor()
  // Counted in the background; the open list hears of it.
  await page.getByRole("gridcell", { name: "1", exact: true }).waitFor()
  await page
    .getByText(/Shoe size.*40/)
    .first()
    .waitFor()
})

test("fields are put in order by keyboard, renamed, and what a change of type would lose is shown first", async () => {
  const page = await shop().visit()
  await openFields(page)
  await page.getByRole("button", { name: "Move up: Milk" }).focus()
  await page.keyboard.press("Enter")
  await expect.poll(() => labelsOf(page), patient).toEqual(["Milk", "Shoe size", "Open tasks"])
  // Where it can't go further up, the focus goes on to the arrow beside it.
  await page.locator("[aria-label='Move down: Milk']:focus").waitFor()

  await addField(page, "Table", "Text")
  const { data } = await call(page, "POST /people/query", { body: { fields: ["name"] } })
  for (const [place, table] of ["7", "window", "12"].entries())
    await call(page, "PATCH /people/:id", {
      params: { id: data[place]?.id ?? "" },
      body: { custom: { table } },
    })
  await page.getByRole("button", { name: "Edit: Table" }).click()
  const dialog = page.getByRole("dialog", { name: "Edit: Table" })
  await dialog.getByLabel("Name").fill("Table number")
  await dialog.getByLabel("Type").selectOption("Number")
  await dialog.getByRole("button", { name: "Save" }).click()
  await dialog.getByText("1 value of 3 can't be kept:").waitFor()
  await dialog.getByText("window").waitFor()
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Change, losing 1 value" }).click()
  await page.getByText("Field changed: Table number").waitFor()
  const tables = async () =>
    (await call(page, "POST /people/query", { body: { fields: ["name", "custom.table"] } })).data.map(
      ({ custom }) => custom.table,
    )
  expect((await tables()).toSorted()).toEqual([12, 7, null])
  await page.getByRole("button", { name: "Undo" }).last().click()
  await expect.poll(async () => (await tables()).toSorted(), patient).toEqual(["12", "7", "window"])
})

test("a removed field is gone from the pages, and comes back with its values", async () => {
  const page = await shop().visit()
  await openFields(page)
  await page.getByRole("button", { name: "Remove: Shoe size" }).click()
  await page.getByText("Field removed: Shoe size.").waitFor()
  await expect.poll(() => labelsOf(page), patient).not.toContain("Shoe size")
  await page.getByText(/removed fields?$/).click()
  await page.getByRole("button", { name: "Restore: Shoe size" }).click()
  await expect.poll(() => labelsOf(page), patient).toContain("Shoe size")
  const { data } = await call(page, "POST /people/query", {
    body: { filter: { field: "custom.shoeSize", op: "is", value: 42 } },
  })
  expect(data).toHaveLength(1)
})

test("a field that must be given is asked for by the form that creates", async () => {
  const page = await shop().visit()
  await openFields(page)
  await addField(page, "Club number", "Text", (dialog) =>
    dialog.getByLabel("Must be given").selectOption("Always"),
  )
  await page.goto("/people")
  await page.getByRole("button", { name: "New person" }).click()
  const dialog = page.getByRole("dialog", { name: "New person" })
  await dialog.getByLabel("Name").fill("Dora Lind")
  await dialog.getByLabel("Club number").fill("K 17")
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Create" }).click()
  await page.getByText("Added: Dora Lind").waitFor()
  await call(page, "DELETE /fields/:id", {
    params: {
      id:
        (await call(page, "GET /fields", { query: {} })).data.find(({ key }) => key === "clubNumber")?.id ??
        "",
    },
  })
})

test("fields of tasks and notes stand in their forms and in the story, under a heading of one's own", async () => {
  const page = await shop().visit()
  await openFields(page)
  await page.getByRole("button", { name: "Tasks", exact: true }).click()
  await addField(page, "Room", "Text", async (dialog) => {
    await dialog.getByLabel("Heading").selectOption("New heading …")
    await dialog.getByRole("textbox", { name: "New heading" }).fill("Workshop")
    await expectAccessible(page)
  })
  await rows(page).filter({ hasText: "Room" }).getByText("Workshop").waitFor()
  await call(page, "POST /fields", { body: { entity: "notes", label: "Mood", type: "text" } })
  const { data } = await call(page, "POST /people/query", { body: { fields: ["name"], limit: 1 } })
  const id = data[0]?.id ?? ""

  const story = page.getByRole("region", { name: "Story" })
  await page.goto(`/people/${id}?compose=task`)
  await story.getByRole("textbox", { name: "Task" }).fill("Mend the grinder")
  await story.getByRole("button", { name: "1 more field" }).click()
  await story.getByRole("textbox", { name: "Room" }).fill("B 12")
  await expectAccessible(page)
  await page.getByRole("button", { name: "Add task" }).click()
  await story
    .getByRole("listitem")
    .filter({ hasText: "Mend the grinder" })
    .getByText("B 12")
    .first()
    .waitFor()

  await page.goto(`/people/${id}?compose=note`)
  await story.getByRole("textbox", { name: "Note" }).fill("Came by")
  await story.getByRole("button", { name: "1 more field" }).click()
  await story.getByRole("textbox", { name: "Mood" }).fill("Cheerful")
  await page.getByRole("button", { name: "Save note" }).click()
  const note = story.getByRole("listitem").filter({ hasText: "Came by" })
  await note.getByText("Cheerful").waitFor()
  await note.getByRole("button", { name: "Edit the note" }).click()
  await note.getByRole("textbox", { name: "Mood" }).fill("Busy")
  await note.getByRole("button", { name: "Save" }).click()
  await note.getByText("Busy").waitFor()
  await page.reload()
  await note.getByText("Busy").waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)
})
