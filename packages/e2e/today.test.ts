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

test("a due task is put to another day on Today, and back with Undo", async () => {
  const page = await shop().visit()
  const dueDate = new Date().toISOString().slice(0, 10)
  const { data: session } = await call(page, "GET /session")
  const { data: task } = await call(page, "POST /tasks", {
    body: { title: "Sharpen the knives", dueDate, assigneeId: session.member?.id },
  })
  const dueDateNow = async () =>
    (await call(page, "GET /tasks/:id", { params: { id: task.id } })).data.dueDate
  await page.goto("/")
  await page.getByRole("button", { name: "Change the day: Sharpen the knives" }).click()
  await page.getByRole("button", { name: "Tomorrow" }).click()
  await expect.poll(dueDateNow).not.toBe(dueDate)
  await page.getByRole("button", { name: "Undo" }).click()
  await expect.poll(dueDateNow).toBe(dueDate)
})

test("the numbers on Today count what their links open", async () => {
  const page = await shop().visit()
  const soon = new Date(Date.now() + 3 * 86_400_000)
  const birthday = { month: soon.getUTCMonth() + 1, day: soon.getUTCDate() }
  const rows = ["Ada", "Bea", "Cleo", "Dina"].map((name) => ({ name }))
  const added = await page.context().request.post("/api/v1/people/batch", { data: { rows } })
  expect(added.ok()).toBe(true)
  await call(page, "POST /people", { body: { name: "Emil", birthday, keyCustomer: "vip" } })
  const { data: session } = await call(page, "GET /session")
  const late = { title: "Pay the baker", dueDate: "2024-02-01", assigneeId: session.member?.id }
  await call(page, "POST /tasks", { body: late })
  const follow = async (section: string, count: number) => {
    await page.goto("/")
    const heading = page.getByRole("heading", { level: 2, name: section })
    await heading.getByRole("link", { name: `${count}, open the list` }).click()
  }
  const names = () => page.getByRole("grid").getByRole("gridcell").getByRole("link").allInnerTexts()

  await follow("New people", 5)
  await page.getByRole("grid").getByText("Ada").waitFor()
  expect((await names()).toSorted()).toEqual(["Ada", "Bea", "Cleo", "Dina", "Emil"])
  await follow("Birthdays", 1)
  await expect.poll(names).toEqual(["Emil"])
  await follow("Not heard from for long", 1)
  await expect.poll(names).toEqual(["Emil"])
  await follow("Overdue", 1)
  const group = page.getByRole("heading", { level: 2, name: "Overdue" })
  await expect.poll(() => group.evaluate((heading) => heading === document.activeElement)).toBe(true)
})

test("a call begun on Today is offered to be logged", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", {
    body: { name: "Fritz", keyCustomer: "vip", phones: [{ raw: "020 7946 0123" }] },
  })
  await page.goto("/")
  // No program of this browser takes the call.
  await page.evaluate(() => document.addEventListener("click", (event) => event.preventDefault(), true))
  await page.getByRole("link", { name: "Call: Fritz" }).first().click()
  await page.getByRole("button", { name: "Log it" }).click()
  await page.getByRole("heading", { level: 1, name: "Fritz" }).waitFor()
  expect(await page.getByRole("radio", { name: "Call" }).isChecked()).toBe(true)
})
