import { expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("the sample is loaded from the first steps, fills Today, and is removed in one click", async () => {
  const page = await shop().visit()
  await page.goto("/")
  const steps = page.getByRole("region", { name: "First steps" })
  await steps.getByText("Bring in your customers").waitFor()
  await expectAccessibleEverywhere(page)
  await steps.getByRole("button", { name: "Load sample" }).click()
  await page.getByText("You are looking at a sample coffee shop.").waitFor()
  await page.getByRole("heading", { name: "Not heard from for long" }).waitFor()
  await expectAccessibleEverywhere(page)
  const { data: loaded } = await call(page, "GET /sample")
  expect(loaded.counts.people).toBeGreaterThan(0)

  await page.getByRole("button", { name: "Remove sample" }).click()
  await page.getByText("The sample is gone.").waitFor()
  await page.getByRole("heading", { name: "Not heard from for long" }).waitFor({ state: "detached" })
  expect((await call(page, "GET /sample")).data.loaded).toBe(false)
})

test("what is due is ticked off on Today and brought back with Undo", async () => {
  const page = await shop().visit()
  const dueDate = new Date().toISOString().slice(0, 10)
  const { data: session } = await call(page, "GET /session")
  await call(page, "POST /tasks", {
    body: { title: "Ring the miller", dueDate, assigneeId: session.member?.id },
  })
  await page.goto("/")
  const tick = page.getByRole("button", { name: "Done: Ring the miller" })
  await tick.click()
  await tick.waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Undo" }).click()
  await tick.waitFor()
})
