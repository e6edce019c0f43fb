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
