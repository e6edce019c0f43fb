import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { owner } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop({ empty: true })

/** Presses Tab until the element with this accessible name has the focus. */
async function tabTo(page: Page, role: "textbox" | "button" | "link", name: string): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  for (let step = 0; step < 40; step++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`Tab does not reach the ${role} "${name}".`)
}

test("from the set-up to the first note with the keyboard alone", async () => {
  const page = await shop().visit()
  await page.goto("/")
  await page.getByRole("heading", { name: "Welcome to Regulars" }).waitFor()
  for (const [name, text] of [
    ["Name of the business", owner.business],
    ["Your name", owner.name],
    ["E-mail address", owner.email],
    ["Password", owner.password],
  ] as const) {
    await tabTo(page, "textbox", name)
    await page.keyboard.type(text)
  }
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor()

  await page.keyboard.press("c")
  await page.keyboard.press("p")
  await page.getByRole("dialog", { name: "New person" }).waitFor()
  await page.keyboard.type("Mara Keller")
  await page.keyboard.press("Enter")
  await page.getByText("Added: Mara Keller").waitFor()

  await page.keyboard.press("g")
  await page.keyboard.press("p")
  await page.getByRole("grid").getByText("Mara Keller").waitFor()
  await page.keyboard.press("/")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Mara Keller" }).waitFor()

  await page.keyboard.press("n")
  await expect
    .poll(() => page.getByRole("textbox", { name: "Note" }).evaluate((box) => box === document.activeElement))
    .toBe(true)
  await page.keyboard.type("Comes every Friday")
  await page.keyboard.press("Control+Enter")
  await page.getByRole("listitem").filter({ hasText: "Comes every Friday" }).waitFor()
})
