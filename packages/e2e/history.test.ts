import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("a record's history tells who changed what, and puts back what was there", async () => {
  const page = await shop().visit()
  const { data: person } = await call(page, "POST /people", {
    body: { name: "Hanna History", jobTitle: "Baker" },
  })
  await call(page, "PATCH /people/:id", { params: { id: person.id }, body: { jobTitle: "Master baker" } })
  await page.goto(`/people/${person.id}`)
  await page.getByRole("button", { name: "More" }).first().click()
  await page.getByRole("menuitem", { name: "History" }).click()
  const dialog = page.getByRole("dialog", { name: "History of Hanna History" })
  await dialog.getByText("Changed").waitFor()
  await dialog.getByText("Added").waitFor()
  // At this size only: on another layout of the page its windows close.
  await expectAccessible(page)
  await dialog.getByLabel("Field").selectOption("jobTitle")
  await dialog.getByText("Master baker").waitFor()
  await dialog.getByRole("button", { name: "Put back what was there: Job title" }).click()
  await page.getByText("Put back: Job title").waitFor()
  const { data: now } = await call(page, "GET /people/:id", { params: { id: person.id } })
  expect(now.jobTitle).toBe("Baker")
})

test("the audit log tells what happened, filters it, and its chain is verified at a click", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "Agnes Audit" } })
  await page.goto("/settings/audit")
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor()
  await page.getByRole("link", { name: "Agnes Audit" }).waitFor()
  await page.getByRole("button", { name: "Verify the chain" }).click()
  await page.getByText(/^The chain holds/).waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByLabel("What").selectOption("security")
  await page.getByText("Signed in", { exact: true }).waitFor()
  expect(await page.getByRole("link", { name: "Agnes Audit" }).count()).toBe(0)
})
