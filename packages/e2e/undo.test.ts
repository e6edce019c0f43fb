import type { Api } from "@regulars/contract/endpoints.ts"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

/** Imports people as a program would; answers the id of the import. */
async function importPeople(page: Page, text: string): Promise<string> {
  const file = { name: "market.csv", mimeType: "text/csv", buffer: Buffer.from(text) }
  const answer = await page.context().request.post("/api/v1/imports", { multipart: { file } })
  const { data } = (await answer.json()) as Api["POST /imports"]["response"]
  const params = { id: data.id }
  await call(page, "POST /imports/:id/run", { params })
  await expect
    .poll(async () => (await call(page, "GET /imports/:id", { params })).data.status, { timeout: 30_000 })
    .toBe("done")
  return data.id
}

test("an import undone from a person's story says what was changed since and stays", async () => {
  const page = await shop().visit()
  const importId = await importPeople(
    page,
    "Name,E-mail\nGina Holt,gina@holt.example\nHugo Iversen,hugo@iversen.example\n",
  )
  const { data: people } = await call(page, "POST /people/query", { body: {} })
  const idOf = (name: string) => people.find((person) => person.name === name)?.id ?? ""
  await call(page, "PATCH /people/:id", { params: { id: idOf("Gina Holt") }, body: { jobTitle: "Grocer" } })

  await page.goto(`/people/${idOf("Hugo Iversen")}`)
  await page.getByRole("button", { name: "Undo this import" }).click()
  const dialog = page.getByRole("dialog", { name: "Undo this import" })
  await dialog.getByText("everything the import brought: 2 records").waitFor()
  await dialog.getByRole("link", { name: "Open the import" }).waitFor()
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Undo this import" }).click()
  await page.getByText("Undone; 1 changed since was kept").waitFor()
  await page.getByText("This is in the bin.").waitFor()
  await page.getByRole("button", { name: "Open the import" }).click()
  await page.waitForURL(`/import/${importId}`)
  const kept = page.getByRole("region", { name: "1 record was changed since and stays:" })
  await kept.getByText("stays as a whole").waitFor()
  await expectAccessibleEverywhere(page)
  await kept.getByRole("link", { name: "Gina Holt" }).click()
  await page.getByRole("heading", { level: 1, name: "Gina Holt" }).waitFor()

  await page.getByRole("button", { name: "Undo this import" }).click()
  await dialog.getByText("This import can no longer be undone.").waitFor()
  expect(await dialog.getByRole("button", { name: "Undo this import" }).count()).toBe(0)
})

test("an undo the server could not finish is told as a failure, with the reason", async () => {
  const page = await shop().visit()
  for (const name of ["Ivo Jung", "Ivo Kern"]) await call(page, "POST /people", { body: { name } })
  await page.goto("/people?q=ivo")
  for (const name of ["Ivo Jung", "Ivo Kern"])
    await page.getByRole("gridcell", { name: `Select: ${name}` }).click()
  await page
    .getByRole("region", { name: "Actions for the selection" })
    .getByRole("button", { name: "Delete" })
    .click()
  await page.getByText("2 moved to the bin").waitFor()
  // No change one can make here by hand is refused when it is undone; so its answer is changed on the way.
  await page.route("**/api/v1/operations/*", async (route) => {
    const response = await route.fetch()
    const json = await response.json()
    if (json.data.kind === "undo") Object.assign(json.data, { status: "failed", error: "The disk is full." })
    await route.fulfill({ response, json })
  })
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByRole("alert").getByText("This could not be undone. The disk is full.").waitFor()
  expect(await page.getByText("Undone", { exact: true }).count()).toBe(0)
})

test("the settings tell what was done to many records, by whom, and take it back", async () => {
  const page = await shop().visit()
  await page.goto("/settings/activity")
  await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor()

  await importPeople(page, "Name\nMia Moss\nNoa Nett\nOda Oak\nPia Pine\n")
  const imported = page.getByRole("listitem").filter({ hasText: "4 new, 0 updated, 0 refused" })
  await imported.getByText("Import: People").waitFor()
  await imported.getByText("Olivia Baker").waitFor()
  await expectAccessibleEverywhere(page)
  await imported.getByRole("button", { name: "Undo: Import: People" }).click()
  await page.getByText("Undone", { exact: true }).waitFor()
  await imported.getByText("undone", { exact: true }).waitFor()
  const undo = page.getByRole("listitem").filter({ hasText: "0 put back, 4 taken out, 0 kept" })
  await undo.getByText("Undone: People").waitFor()
  const { data: people } = await call(page, "POST /people/query", { body: {} })
  expect(people.map(({ name }) => name)).not.toContain("Mia Moss")
})
