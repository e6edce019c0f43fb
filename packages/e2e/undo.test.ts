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
  await page.getByText("Undone; 1 stays as it is").waitFor()
  await page.getByText("This is in the bin.").waitFor()
  await page.getByRole("button", { name: "Open the import" }).click()
  await page.waitForURL(`/import/${importId}`)
  const kept = page.getByRole("region", { name: "1 stays as it is:" })
  await kept.getByText("Changed since").waitFor()
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
  const { data: brought } = await call(page, "POST /people/query", { body: {} })
  const pia = brought.find(({ name }) => name === "Pia Pine")?.id ?? ""
  await call(page, "PATCH /people/:id", { params: { id: pia }, body: { jobTitle: "Baker" } })
  const dialog = page.getByRole("dialog", { name: "Undo: Import: People" })
  const undo = dialog.getByRole("button", { name: "Undo", exact: true })
  await page.route("**/undo-preview", (route) => route.fulfill({ status: 500 }), { times: 1 })
  await imported.getByRole("button", { name: "Undo: Import: People" }).click()
  await dialog.getByText("could not be looked at beforehand").waitFor()
  expect(await undo.isEnabled()).toBe(true)
  await expectAccessibleEverywhere(page)
  expect(shop().takeProblems()).toEqual([expect.stringContaining("500")])
  await dialog.getByRole("button", { name: "Try again" }).click()
  await dialog.getByText("3 records made by this go to the bin").waitFor()
  const stays = dialog.getByRole("region", { name: "1 stays as it is:" })
  await stays.getByText("Changed since").waitFor()
  await stays.getByRole("link", { name: "Pia Pine" }).waitFor()
  await expectAccessibleEverywhere(page)
  await undo.click()
  await page.getByText("Undone; 1 stays as it is").waitFor()
  await imported.getByText("undone", { exact: true }).waitFor()
  const undone = page.getByRole("listitem").filter({ hasText: "0 put back, 3 taken out, 1 kept" })
  await undone.getByRole("region", { name: "1 stays as it is:" }).waitFor()
  await undone.getByText("Undone: People").waitFor()
  await page.getByRole("combobox", { name: "What" }).selectOption("Imports")
  await undone.waitFor({ state: "detached" })
  await imported.waitFor()
  await page.getByRole("combobox", { name: "Who" }).selectOption("Olivia Baker")
  await imported.waitFor()
  await page.getByRole("combobox", { name: "What" }).selectOption("Merges")
  await page.getByText("Nothing of this kind").waitFor()
  await expectAccessibleEverywhere(page)
  const { data: people } = await call(page, "POST /people/query", { body: {} })
  expect(people.map(({ name }) => name)).not.toContain("Mia Moss")
})

test("a record whose unique value another one holds meanwhile comes back without it, if one wants", async () => {
  const page = await shop().visit()
  const field = { entity: "people", type: "text", label: "Card number", unique: true } as const
  await call(page, "POST /fields", { body: field })
  const custom = { cardNumber: "K 12" }
  const { data: ruth } = await call(page, "POST /people", { body: { name: "Ruth Roe", custom } })
  await call(page, "DELETE /people/:id", { params: { id: ruth.id } })
  await call(page, "POST /people", { body: { name: "Sam Sand", custom } })

  const { data: tom } = await call(page, "POST /people", { body: { name: "Ruthie Tann" } })
  await call(page, "DELETE /people/:id", { params: { id: tom.id } })

  await page.goto("/bin?q=ruth")
  await page.getByRole("button", { name: "Restore: Ruth Roe" }).click()
  const dialog = page.getByRole("dialog", { name: "Another record has this now" })
  await dialog.getByText("K 12").waitFor()
  await dialog.getByRole("link", { name: "Sam Sand" }).waitFor()
  await expectAccessibleEverywhere(page)
  await dialog.getByRole("button", { name: "Leave it in the bin" }).click()
  for (const name of ["Ruth Roe", "Ruthie Tann"])
    await page.getByRole("checkbox", { name: `Select: ${name}` }).click()
  await page.getByRole("button", { name: "Restore 2 records" }).click()
  const partly = page.getByRole("dialog", { name: "Not all of them can come back" })
  await partly.getByText("1 will come back").waitFor()
  await partly.getByText("Another record has this already").waitFor()
  await expectAccessibleEverywhere(page)
  await partly.getByRole("button", { name: "Restore 1" }).click()
  await page.getByText("1 restored · 1 refused").waitFor()
  await page.getByRole("button", { name: "Which?" }).click()
  const refused = page.getByRole("region", { name: "1 was refused and stayed as it was:" }).first()
  await refused.getByText("Another record has this already").waitFor()

  await page.goto(`/people/${ruth.id}`)
  await page.getByRole("button", { name: "Restore" }).click()
  await dialog.getByRole("button", { name: "Restore without it" }).click()
  await page.getByText("Restored", { exact: true }).waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("409"), expect.stringContaining("409")])
})
