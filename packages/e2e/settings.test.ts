import { beforeEach, expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { call, owner } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

beforeEach(async () => {
  const page = await shop().visit()
  await call(page, "PATCH /members/me", { body: { language: null, theme: "system" } })
})

test.each([
  ["profile", "Profile"],
  ["sessions", "Devices"],
  ["workspace", "Business"],
  ["members", "Team"],
  ["api-keys", "API keys"],
  ["mappings", "Import mappings"],
  ["backup", "Backup"],
])("the settings page %s opens for everyone who may", async (path, title) => {
  const page = await shop().visit()
  await page.goto(`/settings/${path}`)
  await page.getByRole("heading", { level: 1, name: title }).waitFor()
  await expectAccessibleEverywhere(page)
})

test("a setting is found by searching and saved at once", async () => {
  const page = await shop().visit()
  await page.goto("/settings")
  await page.getByRole("searchbox", { name: "Search the settings" }).fill("currency")
  await page.getByRole("link", { name: "Business" }).click()
  const name = page.getByLabel("Name")
  await name.fill("Corner Bakery & Café")
  await page.keyboard.press("Tab")
  await page.getByRole("button", { name: "Corner Bakery & Café" }).waitFor()
  await name.fill(owner.business)
  await page.keyboard.press("Tab")
  await page.getByRole("button", { name: owner.business, exact: true }).waitFor()
})

test("the language changes at once, for German and Spanish", async () => {
  const page = await shop().visit()
  await page.goto("/settings/profile")
  await page.getByText("Deutsch", { exact: true }).click()
  await page.getByRole("heading", { level: 1, name: "Profil" }).waitFor()
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("de")
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "Personen" }).waitFor()
  await page.goto("/settings/profile")
  await page.getByText("Español", { exact: true }).click()
  await page.getByRole("heading", { level: 1, name: "Perfil" }).waitFor()
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "Personas" }).waitFor()
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("es")
})

test("dark is chosen in the profile and kept after a reload", async () => {
  const page = await shop().visit()
  await page.goto("/settings/profile")
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await page.getByText("Dark", { exact: true }).click()
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await page.reload()
  await page.getByRole("heading", { level: 1, name: "Profile" }).waitFor()
  expect(await background()).toBe(dark)
  await page.getByText("As the device", { exact: true }).click()
  await expect.poll(background).toBe(light)
})

test("a key for another program is shown once, works, and is revoked", async () => {
  const page = await shop().visit()
  await page.goto("/settings/api-keys")
  await page.getByRole("button", { name: "New key" }).click()
  await page.getByLabel("What is it for?").fill("Till")
  await page.getByRole("button", { name: "Make the key" }).click()
  const shown = page.getByRole("dialog", { name: "Key “Till”" })
  const key = await shown.getByText(/^rg_/).textContent()
  await shown.getByRole("button", { name: "Done" }).click()
  const ask = () =>
    fetch(`${shop().origin}/api/v1/people/query`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: "{}",
    }).then(({ status }) => status)
  expect(await ask()).toBe(200)
  await page.getByRole("button", { name: "Revoke" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click()
  await page.getByText("Key “Till” revoked").waitFor()
  expect(await ask()).toBe(401)
})
