import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, owner } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

beforeEach(async () => {
  const page = await shop().visit()
  await call(page, "PATCH /members/me", { body: { language: null, theme: "system" } })
})

test.each([
  ["profile", "Profile"],
  ["security", "Security"],
  ["sessions", "Devices"],
  ["workspace", "Business"],
  ["members", "Team"],
  ["lists", "Sources and locations"],
  ["fields", "Fields"],
  ["api-keys", "API keys"],
  ["mappings", "Import mappings"],
  ["activity", "Activity"],
  ["backup", "Backup"],
  ["export", "Export everything"],
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

test("a key shown once stays in sight although the list of keys can't be fetched", async () => {
  const page = await shop().visit()
  await page.goto("/settings/api-keys")
  await page.getByRole("button", { name: "New key" }).first().click()
  await page.getByLabel("What is it for?").fill("Till")
  let refused = 0
  await page.route("**/api/v1/api-keys", (route) => {
    if (route.request().method() !== "GET") return route.continue()
    refused += 1
    return route.fulfill({ status: 500, json: { code: "internal" } })
  })
  await page.getByRole("button", { name: "Make the key" }).click()
  await page.getByRole("dialog", { name: "Key “Till”" }).getByText(/^rg_/).waitFor()
  await expect.poll(() => refused).toBeGreaterThan(0)
  await settled(page)
  expect(await page.getByRole("dialog", { name: "Key “Till”" }).getByText(/^rg_/).isVisible()).toBe(true)
  expect(shop().takeProblems()).toEqual(Array.from({ length: refused }, () => expect.stringContaining("500")))
})

test("a backup is made at a click, listed, and found on the server", async () => {
  const page = await shop().visit()
  await page.goto("/settings/backup")
  await page.getByRole("heading", { level: 2, name: "No backup yet" }).waitFor()
  await page.getByRole("button", { name: "Back up now" }).click()
  await page.getByRole("heading", { level: 2, name: "Last backup" }).waitFor()
  await page.getByText("Backup made and read back").waitFor()
  await page.getByRole("button", { name: "Back up now" }).waitFor()
  expect(
    await page
      .getByRole("listitem")
      .filter({ hasText: /backup-.*\.regulars/ })
      .count(),
  ).toBe(1)
  const [file = ""] = await readdir(join(shop().dataDir, "backups"))
  expect(await page.getByText(file, { exact: true }).count()).toBe(1)
  await expectAccessibleEverywhere(page)
})

test("everything is exported and downloaded", async () => {
  const page = await shop().visit()
  await page.goto("/settings/export")
  await page.getByRole("button", { name: "Export everything" }).click()
  const button = page.getByRole("button", { name: "Download" })
  await button.waitFor()
  await expectAccessibleEverywhere(page)
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()])
  expect(download.suggestedFilename()).toMatch(/^regulars-.*\.zip$/)
  const bytes = await readFile(await download.path())
  expect(bytes.subarray(0, 2).toString()).toBe("PK")
  expect(bytes.includes("manifest.json")).toBe(true)
})

test("a backup is verified, downloaded and deleted; the plan of backups is changed", async () => {
  const page = await shop().visit()
  await page.goto("/settings/backup")
  await page.getByRole("button", { name: "Back up now" }).click()
  await page.getByText("Backup made and read back").waitFor()
  const row = page
    .getByRole("listitem")
    .filter({ hasText: /backup-.*\.regulars/ })
    .first()
  await row.getByRole("button", { name: /Verify/ }).click()
  await page.getByText(/is whole: all \d+ parts were read/).waitFor()

  const downloading = page.waitForEvent("download")
  await row.getByRole("button", { name: /Download the backup/ }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^backup-.*\.regulars$/)
  const kept = await readFile(join(shop().dataDir, "backups", download.suggestedFilename()))
  expect((await readFile(await download.path())).equals(kept)).toBe(true)

  const days = page.getByLabel("Days they are kept")
  await days.fill("7")
  await days.blur()
  await page.getByLabel("A backup each night at two").uncheck()
  await settled(page)
  await page.reload()
  await page.getByLabel("A backup each night at two").waitFor()
  expect(await page.getByLabel("A backup each night at two").isChecked()).toBe(false)
  expect(await page.getByLabel("Days they are kept").inputValue()).toBe("7")

  await row.getByRole("button", { name: /Delete the backup/ }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
  await page.getByText(download.suggestedFilename(), { exact: true }).waitFor({ state: "detached" })
  expect(await readdir(join(shop().dataDir, "backups"))).not.toContain(download.suggestedFilename())
})

test("a restored copy says that it sends nothing, until the owner resumes", async () => {
  const page = await shop().visit()
  const plan = { daily: true, keepDays: 30, keepCount: 14 }
  let sendingPaused = true
  await page.route("**/api/v1/backups", (route) =>
    route.fulfill({ json: { data: [], folder: "/backups", plan, sendingPaused, alone: true } }),
  )
  await page.goto("/settings/backup")
  await page.getByRole("status").filter({ hasText: "This is a restored copy" }).waitFor()
  await expectAccessibleEverywhere(page)
  sendingPaused = false
  await page.getByRole("button", { name: "Resume sending" }).click()
  await page.getByText("Mail is sent again").waitFor()
  await page.getByText("This is a restored copy").waitFor({ state: "detached" })
})

test("a backup that fails says why, and that nothing was lost", async () => {
  const page = await shop().visit()
  const failed = {
    id: "01a20173-9423-701e-abf2-d125880b15d2",
    kind: "backup",
    status: "failed",
    entity: null,
    done: 0,
    total: null,
    summary: { error: "no space left on device" },
    error: "no space left on device",
    createdBy: null,
    createdAt: new Date().toISOString(),
    finishedAt: new Date().toISOString(),
    canUndo: false,
  }
  await page.route("**/api/v1/operations?*", (route) =>
    route.fulfill({ json: { data: [failed], page: { next: null } } }),
  )
  await page.goto("/settings/backup")
  await page.getByRole("alert").filter({ hasText: "no space left on device" }).waitFor()
  await page.getByRole("button", { name: "Back up now" }).waitFor()
  await expectAccessibleEverywhere(page)
})

test("a source is added, renamed and taken back; one that is there already is not doubled", async () => {
  const page = await shop().visit()
  await page.goto("/settings/lists")
  const sources = page.getByRole("region", { name: "Sources" })
  const add = sources.getByRole("textbox", { name: "New source" })
  await add.fill("Farmers' market")
  await page.keyboard.press("Enter")
  const name = sources.getByRole("textbox", { name: "Name: Farmers' market" })
  await name.waitFor()
  await add.fill("farmers' market")
  await page.keyboard.press("Enter")
  await sources.getByText("That name is there already.").waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("409")])
  await name.fill("Saturday market")
  await page.keyboard.press("Enter")
  await sources.getByRole("textbox", { name: "Name: Saturday market" }).waitFor()
  await sources.getByRole("button", { name: "Delete: Saturday market" }).click()
  await page.getByText("Moved to the bin: Saturday market").waitFor()
  await sources.getByText("Nothing here yet").waitFor()
  await page.getByRole("button", { name: "Undo" }).last().click()
  await sources.getByRole("textbox", { name: "Name: Saturday market" }).waitFor()
  const locations = page.getByRole("region", { name: "Locations" })
  await locations.getByRole("textbox", { name: "New location" }).fill("Harbour shop")
  await page.keyboard.press("Enter")
  await locations.getByRole("button", { name: "Address and phone: Harbour shop" }).click()
  await page.getByRole("dialog", { name: "Harbour shop" }).getByText("Phone").waitFor()
  await page.keyboard.press("Escape")
  await expectAccessibleEverywhere(page)
})

test("a stage is added that asks for a company, and goes again when its deals have gone elsewhere", async () => {
  const page = await shop().visit()
  await page.goto("/settings/pipelines")
  const pipeline = page.getByRole("region", { name: "Sales" })
  await pipeline.getByRole("button", { name: "Add a stage" }).click()
  const dialog = page.getByRole("dialog", { name: "Add a stage" })
  await dialog.getByLabel("Name").fill("Tasting")
  await dialog.getByRole("group", { name: "Needed to come here" }).getByLabel("Company").check()
  await dialog.getByLabel("To be ticked off").fill("Beans chosen")
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Add", exact: true }).click()
  await pipeline.getByText("asks for 2 things").waitFor()
  await expectAccessibleEverywhere(page)

  const company = await call(page, "POST /companies", { body: { name: "Corner Bakery" } })
  const made = await call(page, "POST /deals", {
    body: { name: "Beans for the bakery", stage: "tasting", companyId: company.data.id },
  })
  await page.goto(`/deals/${made.data.id}`)
  await page.getByRole("heading", { level: 1, name: "Beans for the bakery" }).waitFor()
  await page.getByRole("heading", { name: "Stages" }).waitFor()
  await settled(page)
  await expectAccessible(page)

  await page.goto("/settings/pipelines")
  await pipeline.getByRole("button", { name: "Remove: Tasting" }).click()
  const question = page.getByRole("dialog", { name: "Remove: Tasting" })
  await question.getByRole("button", { name: "Remove", exact: true }).click()
  await question.getByText("1 deal stands here").waitFor()
  await question.getByLabel("Move to").selectOption("Qualified")
  await question.getByRole("button", { name: "Move and remove" }).click()
  await pipeline.getByText("Tasting").waitFor({ state: "detached" })
  const moved = await call(page, "GET /deals/:id", { params: { id: made.data.id }, query: {} })
  expect(moved.data.stage).toBe("qualified")
  shop().takeProblems()
})
