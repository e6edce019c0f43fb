import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

/** A person made for this journey, with their page open. */
async function openNew(page: Page, name: string): Promise<string> {
  const { data } = await call(page, "POST /people", { body: { name, jobTitle: "Baker" } })
  await page.goto(`/people/${data.id}`)
  await page.getByRole("heading", { level: 1, name }).waitFor()
  return data.id
}
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
)
const story = (page: Page) => page.getByRole("region", { name: "Story" })

test("a field is edited in place, and the story tells of it", async () => {
  const page = await shop().visit()
  await openNew(page, "Ines Roth")
  const details = page.getByRole("region", { name: "Details" })
  await details.getByRole("button", { name: "Edit: Job title" }).click()
  await details.getByRole("textbox", { name: "Job title" }).fill("Master baker")
  await page.keyboard.press("Enter")
  await details.getByText("Master baker").waitFor()
  await story(page).getByText("Olivia Baker changed Job title").waitFor()
  await page.reload()
  await details.getByText("Master baker").waitFor()
  await expectAccessibleEverywhere(page)
})

test("a photo shows who it is, on the page and in the list", async () => {
  const page = await shop().visit()
  const id = await openNew(page, "Paula Stein")
  const file = { name: "paula.png", mimeType: "image/png", buffer: pixel }
  const uploaded = await page.context().request.post("/api/v1/files", { multipart: { file } })
  const { data } = await uploaded.json()
  await call(page, "PATCH /people/:id", { params: { id }, body: { photoId: data.id } })
  const isShown = async () => {
    const photo = page.locator(`img[src*="${data.id}?size=small"]`).first()
    await photo.waitFor()
    await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  }
  await isShown()
  await page.getByRole("link", { name: "Download paula.png" }).first().waitFor()
  await page.goto("/people?q=Paula")
  await page.getByText("Paula Stein").first().waitFor()
  await isShown()
})

test("a note and a task are written, and the task is ticked off in the story", async () => {
  const page = await shop().visit()
  await openNew(page, "Jonas Beck")
  await story(page).getByRole("button", { name: "Write a note; @ mentions a colleague" }).click()
  await page.getByRole("textbox", { name: "Note" }).fill("Loves rye bread")
  const buffer = Buffer.from(pixel)
  buffer.writeUInt32BE(50_000, 16)
  buffer.writeUInt32BE(50_000, 20)
  await story(page)
    .locator("input[type=file]")
    .setInputFiles({ name: "poster.png", mimeType: "image/png", buffer })
  await story(page).getByText("The picture has more than 50 megapixels.").waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("422")])
  await page.getByRole("button", { name: "Save note" }).click()
  const entries = story(page).getByRole("listitem")
  await entries.filter({ hasText: "Loves rye bread" }).waitFor()

  await story(page).getByRole("tab", { name: "Task" }).click()
  const fold = story(page).getByRole("button", { name: "What is to be done?" })
  if (await fold.isVisible()) await fold.click()
  await story(page).getByRole("textbox", { name: "Task" }).fill("Send the price list")
  await page.getByRole("button", { name: "Add task" }).click()
  const task = entries.filter({ hasText: "added the task" })
  await task.getByRole("checkbox", { name: "Done: Send the price list" }).click()
  await entries.filter({ hasText: "finished the task" }).waitFor()
  await page.reload()
  await entries.filter({ hasText: "Loves rye bread" }).waitFor()
  await expect.poll(() => task.getByRole("checkbox").isChecked()).toBe(true)
  await expectAccessibleEverywhere(page)
})

test("a logged call is put right where it stands in the story", async () => {
  const page = await shop().visit()
  const id = await openNew(page, "Mona Falk")
  await call(page, "POST /activities", {
    body: {
      kind: "call",
      direction: "incoming",
      occurredAt: new Date().toISOString(),
      text: "Wants rolls",
      about: [{ type: "person", id }],
    },
  })
  const entry = story(page).getByRole("listitem").filter({ hasText: "took a call" })
  await entry.getByRole("button", { name: "Edit the activity" }).click()
  await entry.getByRole("textbox", { name: "Summary" }).fill("Wants forty rolls")
  await expectAccessible(page)
  await page.keyboard.press("Control+Enter")
  await entry.getByText("Wants forty rolls").waitFor()
  await page.reload()
  await entry.getByText("Wants forty rolls").waitFor()
})

test("a person goes to the bin and comes back, by Undo and by their page", async () => {
  const page = await shop().visit()
  const id = await openNew(page, "Karl Brandt")
  const toBin = async () => {
    await page.getByRole("button", { name: "More", exact: true }).click()
    await page.getByRole("menuitem", { name: "Delete" }).click()
    await page.waitForURL("/people")
  }
  await toBin()
  await page.getByText("Moved to the bin: Karl Brandt").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByRole("heading", { level: 1, name: "Karl Brandt" }).waitFor()
  await page.getByRole("button", { name: "Edit: Job title" }).waitFor()

  await toBin()
  await page.goto(`/people/${id}`)
  await page.getByText("This is in the bin. It can be restored for 30 days.").waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Restore" }).click()
  await page.getByRole("button", { name: "Edit: Job title" }).waitFor()
})

test("the address opens the composer: a note, a task, a call", async () => {
  const page = await shop().visit()
  const id = await openNew(page, "Lena Wolf")
  await page.goto(`/people/${id}?compose=note`)
  await story(page).getByRole("textbox", { name: "Note" }).waitFor()
  await page.goto(`/people/${id}?compose=task`)
  await story(page).getByRole("textbox", { name: "Task" }).waitFor()
  await page.goto(`/people/${id}?compose=call`)
  await story(page).getByRole("button", { name: "Log activity" }).waitFor()
  expect(await story(page).getByRole("radio", { name: "Call" }).isChecked()).toBe(true)
  expect(new URL(page.url()).search).toBe("")
})
