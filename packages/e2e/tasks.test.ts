import { expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("tasks are added, ticked off and brought back", async () => {
  const page = await shop().visit()
  await page.goto("/tasks")
  await page.getByText("Nothing left to do").waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByPlaceholder("Call Ana about the order").fill("Order flour")
  await page.keyboard.press("Enter")
  const tick = page.getByRole("checkbox", { name: "Done: Order flour" })
  await tick.waitFor()
  await expectAccessibleEverywhere(page)
  await tick.click()
  await page.getByText("Done: Order flour").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await tick.waitFor()
  expect(await tick.isChecked()).toBe(false)
})

test("what someone else adds appears without a reload", async () => {
  const page = await shop().visit()
  await page.goto("/tasks?whose=all")
  await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor()
  const other = await shop().visit()
  await call(other, "POST /tasks", { body: { title: "Water the plants" } })
  await page.getByRole("checkbox", { name: "Done: Water the plants" }).waitFor()
})

test("a link opens one task, and what is changed there stands in the list", async () => {
  const page = await shop().visit()
  const { data } = await call(page, "POST /tasks", { body: { title: "Ring the miller" } })
  await page.goto(`/tasks?whose=all&p=${data.id}`)
  const dialog = page.getByRole("dialog", { name: "Ring the miller" })
  await dialog.getByRole("button", { name: "Edit: Task" }).click()
  await dialog.getByRole("textbox", { name: "Task" }).fill("Ring the new miller")
  await page.keyboard.press("Enter")
  const renamed = page.getByRole("dialog", { name: "Ring the new miller" })
  await renamed.waitFor()
  await expectAccessibleEverywhere(page)
  await page.keyboard.press("Escape")
  await renamed.waitFor({ state: "detached" })
  expect(new URL(page.url()).searchParams.get("p")).toBeNull()
  await page.getByRole("checkbox", { name: "Done: Ring the new miller" }).waitFor()
})

test("a task opens from its line, by Enter, and from the page of the person it is about", async () => {
  const page = await shop().visit()
  const { data: person } = await call(page, "POST /people", { body: { name: "Nora Bell" } })
  const about = [{ type: "person", id: person.id }]
  await call(page, "POST /tasks", { body: { title: "Bring the samples", about } })
  const dialog = page.getByRole("dialog", { name: "Bring the samples" })
  const close = async () => {
    await page.keyboard.press("Escape")
    await dialog.waitFor({ state: "detached" })
  }
  await page.goto("/tasks?whose=all")
  const open = page.getByRole("button", { name: "Open: Bring the samples" })
  await open.click()
  await dialog.getByRole("button", { name: "Edit: Task" }).waitFor()
  await close()
  expect(new URL(page.url()).search).toBe("?whose=all")
  await page.getByRole("listitem", { name: "Bring the samples" }).focus()
  await page.keyboard.press("Enter")
  await dialog.waitFor()
  await close()

  await page.goto(`/people/${person.id}`)
  await page.getByRole("region", { name: "Related" }).getByRole("link", { name: "Bring the samples" }).click()
  await dialog.waitFor()
})

test("a task is handed to a colleague by mouse where it stands", async () => {
  const page = await shop().visit()
  const { data } = await call(page, "POST /tasks", { body: { title: "Lock the shop", assigneeId: null } })
  await page.goto("/tasks?whose=all")
  await page.getByRole("button", { name: "Assigned to None, change: Lock the shop" }).click()
  await page.getByRole("combobox", { name: "Assigned to" }).click()
  await page.getByRole("option", { name: /Olivia Baker/ }).click()
  const assigned = async () =>
    (await call(page, "GET /tasks/:id", { params: { id: data.id } })).data.assigneeId
  await expect.poll(assigned).not.toBe(null)
})
