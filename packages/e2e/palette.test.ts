import { expect, test } from "vitest"
import { expectAccessible } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("Ctrl K finds a person from any page and opens them", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "José Núñez" } })
  await page.goto("/settings/profile")
  await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search or jump to" }).fill("jose nun")
  await page.getByRole("option", { name: /José Núñez/ }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "José Núñez" }).waitFor()
})

test("what is typed while the palette still loads is not lost", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "Gregor Stein" } })
  await page.route(/\/palette-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800))
    await route.continue()
  })
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.keyboard.press("Control+k")
  await page.keyboard.type("gregorx", { delay: 20 })
  await page.keyboard.press("Backspace")
  await page.getByRole("option", { name: /Gregor Stein/ }).waitFor()
  await page.keyboard.type(" stein")
  await expect.poll(() => page.getByRole("combobox").inputValue()).toBe("gregor stein")
})

test("Enter takes what is being typed, not what was found before", async () => {
  const page = await shop().visit()
  for (const name of ["Berta Lang", "Selim Kaya"]) await call(page, "POST /people", { body: { name } })
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.keyboard.press("Control+k")
  const field = page.getByRole("combobox", { name: "Search or jump to" })
  await field.fill("berta")
  await page.getByRole("option", { name: /Berta Lang/ }).waitFor()
  await page.route(/\/search\?/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600))
    await route.continue()
  })
  await field.fill("selim")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Selim Kaya" }).waitFor()
})

test("Enter while the palette still loads presses nothing on the page below", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "Tilda Moor" } })
  await page.route(/\/palette-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800))
    await route.continue()
  })
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.getByRole("button", { name: "New person" }).focus()
  await page.keyboard.press("Control+k")
  await page.keyboard.type("tilda", { delay: 20 })
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Tilda Moor" }).waitFor()
  expect(await page.getByRole("dialog").count()).toBe(0)
})

test("Ctrl K goes to a page", async () => {
  const page = await shop().visit()
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search or jump to" }).fill("companies")
  await page.getByRole("option", { name: /^Companies/ }).waitFor()
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Companies" }).waitFor()
})

test("the bin lists what was deleted and gives it back", async () => {
  const page = await shop().visit()
  const { data } = await call(page, "POST /people", { body: { name: "Paul Kern" } })
  await call(page, "DELETE /people/:id", { params: { id: data.id } })
  await page.goto("/bin")
  await page.getByRole("button", { name: "Restore: Paul Kern" }).click()
  await page.getByText("Paul Kern is back").waitFor()
  await page.goto(`/people/${data.id}`)
  await page.getByRole("button", { name: "Edit: Name" }).waitFor()
})
