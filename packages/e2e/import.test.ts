import { expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

const file = `Name;E-mail;Phone;Town
Ana Soto;ana@soto.example;020 7946 0101;Leeds
Ben Hill;ben@hill.example;020 7946 0102;York
Clara Vogt;not an address;020 7946 0103;Hull
`

test("a CSV file is recognised, checked, imported and undone", async () => {
  const page = await shop().visit()
  await page.goto("/import")
  await page.getByRole("heading", { level: 1, name: "Import" }).waitFor()
  await expectAccessibleEverywhere(page)
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Choose a file" }).click()
  const chooser = await choosing
  await chooser.setFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(file) })

  await page.getByRole("heading", { level: 1, name: "customers.csv" }).waitFor()
  await page.getByText("Which column goes where?").waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Check the file" }).click()
  await page.getByText("1 cell can't be read").waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Import 2 people" }).click()
  await page.getByText("The import is done").waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "See the new people" }).click()
  await page.getByRole("link", { name: "Ben Hill" }).waitFor()

  await page.goto("/import")
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByText("Undone", { exact: true }).waitFor()
  const { count } = await call(page, "POST /people/query", { body: { count: "exact" } })
  expect(count?.value).toBe(0)
})

const doubtful = `Name;E-mail;Town
Dan Moss;dan(at)moss.example;Leeds
Eve Hart;eve@hart.example;York
`

test("a cell is repaired, a twin decided and the mapping kept, on a phone", async () => {
  const page = await shop().visit({ viewport: phone })
  await call(page, "POST /people", {
    body: { name: "Eve Hart", emails: [{ address: "eve@hart.example" }] },
  })
  await page.goto("/import")
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Choose a file" }).click()
  const chooser = await choosing
  await chooser.setFiles({ name: "moss.csv", mimeType: "text/csv", buffer: Buffer.from(doubtful) })
  await page.getByRole("button", { name: "Save mapping as…" }).click()
  await page.getByRole("textbox", { name: "Name of the mapping" }).fill("Till")
  await page.keyboard.press("Enter")
  await page.getByText("Mapping saved: Till").waitFor()

  await page.getByRole("button", { name: "Check the file" }).click()
  await page.getByText("1 cell can't be read").waitFor()
  await page.getByRole("textbox", { name: "Row 2, E-mail" }).fill("dan@moss.example")
  await page.keyboard.press("Enter")
  await page.getByText("1 cell can't be read").waitFor({ state: "detached" })
  await page.getByLabel("What to do with Eve Hart").selectOption({ label: "Skip" })
  await page.getByRole("button", { name: "Check again" }).click()
  await page.getByRole("button", { name: "Import 1 person" }).click()
  await page.getByText("The import is done").waitFor()
  const { data } = await call(page, "POST /people/query", { body: { sort: ["name"] } })
  expect(data.map(({ name }) => name)).toEqual(["Dan Moss", "Eve Hart"])
})

const todos = `Aufgabe;Fällig am;Priorität;Kunde
Torte anbieten;24.12.2026;dringend;Fay Lane
Rechnung prüfen;31.02.2027;normal;Fay Lane
Mehl bestellen;1.2.2027;;
`

test("a list of tasks is known as such, repaired by keyboard alone, and its undo tells what was kept", async () => {
  const page = await shop().visit()
  const { data: fay } = await call(page, "POST /people", { body: { name: "Fay Lane" } })
  await page.goto("/import")
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Choose a file" }).focus()
  await page.keyboard.press("Enter")
  const chooser = await choosing
  await chooser.setFiles({ name: "todos.csv", mimeType: "text/csv", buffer: Buffer.from(todos) })
  await expect.poll(() => page.getByLabel("These are").inputValue()).toBe("tasks")
  await page.getByRole("button", { name: "Check the file" }).focus()
  await page.keyboard.press("Enter")
  await page.getByText("1 cell can't be read").waitFor()
  const cell = page.getByRole("textbox", { name: "Row 3, Fällig am" })
  // The button that led here is gone; the keyboard goes on from the new step, not from the top of the page.
  const step = () => page.evaluate(() => document.activeElement?.textContent?.includes("Why"))
  await expect.poll(step).toBe(true)
  await cell.fill("28.02.2027")
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "Check again" }).click()
  await page.getByRole("button", { name: "Import 3 rows" }).click()
  await page.getByText("The import is done").waitFor()

  const { data: made } = await call(page, "POST /tasks/query", { body: { sort: ["dueDate"] } })
  expect(made).toMatchObject([
    { title: "Torte anbieten", dueDate: "2026-12-24", priority: "high", about: [{ id: fay.id }] },
    { title: "Mehl bestellen", dueDate: "2027-02-01" },
    { title: "Rechnung prüfen", dueDate: "2027-02-28" },
  ])
  await call(page, "PATCH /tasks/:id", { params: { id: made[1]?.id ?? "" }, body: { priority: "low" } })
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByText("The import was undone").waitFor()
  await page.getByText("1 stays as it is:").waitFor()
  await page.getByText("Mehl bestellen").waitFor()
  await expectAccessibleEverywhere(page)
})

test("an undo that could not be finished is told on the page of the import, with the reason", async () => {
  const page = await shop().visit()
  await page.goto("/import")
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Choose a file" }).click()
  const chooser = await choosing
  const rows = "Name;E-mail\nHal Reed;hal@reed.example\n"
  await chooser.setFiles({ name: "reed.csv", mimeType: "text/csv", buffer: Buffer.from(rows) })
  await page.getByRole("button", { name: "Check the file" }).click()
  await page.getByRole("button", { name: "Import 1 person" }).click()
  await page.getByText("The import is done").waitFor()
  // No import one can make here by hand is refused when it is undone; so its answer is changed on the way.
  await page.route("**/api/v1/imports/*", async (route) => {
    const response = await route.fetch()
    const json = await response.json()
    json.data.undo = { ...json.data.operation, kind: "undo", status: "failed", error: "The disk is full." }
    await route.fulfill({ response, json })
  })
  await page.reload()
  await page.getByRole("alert").getByText("could not be undone to its end").waitFor()
  await page.getByRole("alert").getByText("The disk is full.").waitFor()
  await page.getByRole("button", { name: "Undo" }).waitFor()
})

test("a file that can't be read is named for what it is", async () => {
  const page = await shop().visit()
  await page.goto("/import")
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Choose a file" }).click()
  const chooser = await choosing
  await chooser.setFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("%PDF-1.7 …") })
  await page.getByText("This is a PDF.").waitFor()
  expect(
    shop()
      .takeProblems()
      .filter((problem) => !problem.includes("415")),
  ).toEqual([])
})

test("a file without a header row is read from its first line", async () => {
  const page = await shop().visit()
  await page.goto("/import")
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Choose a file" }).click()
  const chooser = await choosing
  const rows = "Finn Gray,finn@gray.example\nGail Frost,gail@frost.example\n"
  await chooser.setFiles({ name: "bare.csv", mimeType: "text/csv", buffer: Buffer.from(rows) })
  const headerless = page.getByRole("checkbox", { name: "This file has no header row" })
  await headerless.waitFor()
  const first = page.getByRole("table").getByRole("listitem").filter({ hasText: "Finn Gray" })
  for (const wanted of [false, true]) {
    if ((await headerless.isChecked()) !== wanted) await headerless.click()
    await expect.poll(() => headerless.isChecked()).toBe(wanted)
    await expect.poll(() => first.count()).toBe(wanted ? 1 : 0)
  }
  await expectAccessibleEverywhere(page)
})

test("people are exported as a file a spreadsheet opens", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "Dora Lind" } })
  await page.goto("/people")
  await page.getByRole("link", { name: "Dora Lind" }).waitFor()
  await page.getByRole("button", { name: "Export" }).click()
  const download = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: "CSV" }).first().click()
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/\.csv$/)
  const parts: Buffer[] = []
  for await (const part of await saved.createReadStream()) parts.push(part as Buffer)
  expect(Buffer.concat(parts).toString("utf8")).toContain("Dora Lind")
})
