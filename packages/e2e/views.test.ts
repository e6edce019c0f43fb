import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { newMember, useShop } from "./journeys.ts"

const shop = useShop()
/** As long as a page may take on a busy machine. */
const patient = { timeout: 10_000 }

beforeAll(async () => {
  const page = await shop().visit()
  for (const body of [
    { name: "Ana Soto", jobTitle: "Chef" },
    { name: "Ben Hill", jobTitle: "Teacher" },
    { name: "Clara Vogt", jobTitle: "Chef" },
  ])
    await call(page, "POST /people", { body })
  await shop().leave()
})

const isChef = { all: [{ field: "jobTitle", op: "contains", value: "Chef" }] } as const
const chefs = `/people?s=-name&c=name,jobTitle&f=${encodeURIComponent(JSON.stringify(isChef))}`
const tabs = (page: Page) => page.getByRole("navigation", { name: "People: views" })
const tab = (page: Page, name: string) => tabs(page).getByRole("link", { name })
async function namesOf(page: Page): Promise<string[]> {
  await settled(page)
  return page.getByRole("grid").getByRole("gridcell").getByRole("link").allInnerTexts()
}
async function tabNames(page: Page): Promise<string[]> {
  return tabs(page).getByRole("link").allInnerTexts()
}
/** Chooses from the menu of the open view. */
async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole("button", { name: /: actions$/ }).click()
  await page.getByRole("menuitem", { name: entry, exact: true }).click()
}
async function saveAs(page: Page, name: string): Promise<void> {
  await choose(page, "Save as a view")
  await page.getByRole("dialog", { name: "New view" }).getByLabel("Name").fill(name)
  await page.keyboard.press("Enter")
  await page.getByText(`Saved: ${name}`).waitFor()
}
const opensWith = async (page: Page) => (await call(page, "GET /views", { query: {} })).defaults.people
const showsAs = (page: Page, expected: string[]) =>
  expect.poll(() => namesOf(page), patient).toEqual(expected)

test("what a list shows is kept as a view, opened again by its tab, and changed", async () => {
  const page = await shop().visit()
  await page.goto(chefs)
  await page.getByRole("button", { name: "Save as a view" }).click()
  const dialog = page.getByRole("dialog", { name: "New view" })
  await dialog.getByLabel("Name").fill("Chefs")
  await expectAccessible(page)
  await page.keyboard.press("Enter")
  await tab(page, "Chefs").waitFor()
  expect(await tab(page, "Chefs").getAttribute("aria-current")).toBe("page")
  const address = new URL(page.url())
  expect(address.searchParams.get("s")).toBe("-name")
  expect(JSON.parse(address.searchParams.get("f") ?? "")).toEqual(isChef)

  await tab(page, "All people").click()
  await showsAs(page, ["Ana Soto", "Ben Hill", "Clara Vogt"])
  await tab(page, "Chefs").click()
  await showsAs(page, ["Clara Vogt", "Ana Soto"])
  await page.getByRole("button", { name: "Save changes" }).waitFor({ state: "detached" })
  // The address alone shows the same to whoever has it.
  expect(new URL(page.url()).search).toBe(address.search)

  await page.getByRole("columnheader", { name: "Name" }).click()
  await page.getByRole("button", { name: "Save changes" }).waitFor()
  await choose(page, "Discard changes")
  await showsAs(page, ["Clara Vogt", "Ana Soto"])
  await page.getByRole("columnheader", { name: "Name" }).click()
  await page.getByRole("button", { name: "Save changes" }).click()
  await page.getByRole("button", { name: "Undo" }).waitFor()
  await page.getByRole("button", { name: "Save changes" }).waitFor({ state: "detached" })
  await tab(page, "All people").click()
  await tab(page, "Chefs").click()
  await showsAs(page, ["Ana Soto", "Clara Vogt"])
  await expectAccessibleEverywhere(page)
})

test("a view is renamed, pinned, shared, put elsewhere and deleted, each with a way back", async () => {
  const page = await shop().visit()
  await page.goto(chefs)
  await saveAs(page, "Cooks")
  await saveAs(page, "Kitchen")
  await choose(page, "Rename view")
  const dialog = page.getByRole("dialog", { name: "Rename view" })
  await dialog.getByLabel("Name").fill("Kitchen team")
  await page.keyboard.press("Enter")
  await tab(page, "Kitchen team").waitFor()

  const before = await tabNames(page)
  await choose(page, "Move left")
  const moved = [...before.slice(0, -2), "Kitchen team", "Cooks"]
  await expect.poll(() => tabNames(page), patient).toEqual(moved)
  await tab(page, "Kitchen team").dragTo(tab(page, "Cooks"))
  await expect.poll(() => tabNames(page), patient).toEqual(before)

  await tab(page, "Kitchen team").getByRole("img", { name: "Only you see this" }).waitFor()
  await choose(page, "Share with everyone")
  await page.getByText("Everyone sees Kitchen team now").waitFor()
  await tab(page, "Kitchen team").getByRole("img").waitFor({ state: "detached" })

  const elsewhere = await shop().visit()
  await elsewhere.goto("/companies")
  await elsewhere.getByRole("link", { name: "All companies" }).waitFor()
  await choose(page, "Pin for everyone")
  const main = (where: Page) => where.getByRole("navigation", { name: "Main" })
  // Whoever looks at the workspace sees it come.
  await main(elsewhere).getByRole("link", { name: "Kitchen team" }).waitFor()
  const pinned = main(page).getByRole("link", { name: "Kitchen team" })
  await pinned.waitFor()
  await page.goto("/tasks")
  await pinned.click()
  await showsAs(page, ["Clara Vogt", "Ana Soto"])

  await choose(page, "Delete view")
  await page.getByText("View deleted: Kitchen team").waitFor()
  await tab(page, "Kitchen team").waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Undo" }).click()
  await tab(page, "Kitchen team").waitFor()
  await showsAs(page, ["Clara Vogt", "Ana Soto"])

  await choose(page, "Delete view")
  await tab(page, "Kitchen team").waitFor({ state: "detached" })
  await choose(page, "Deleted views")
  await page.getByRole("button", { name: "Restore: Kitchen team" }).waitFor()
  await expectAccessible(page)
  await page.getByRole("button", { name: "Restore: Kitchen team" }).click()
  await tab(page, "Kitchen team").waitFor()

  await choose(page, "Delete view")
  await tab(page, "Kitchen team").waitFor({ state: "detached" })
  await page.goto("/bin")
  await page.getByRole("button", { name: "Views", exact: true }).click()
  await page.getByRole("button", { name: "Restore: Kitchen team" }).waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Restore: Kitchen team" }).click()
  await page.getByText("No deleted views").waitFor()
  await page.getByRole("button", { name: "Open" }).click()
  await showsAs(page, ["Clara Vogt", "Ana Soto"])
})

test("a member takes a pinned view off their own sidebar, adds one and orders them, and nobody else's changes", async () => {
  const page = await shop().visit()
  for (const name of ["Morning", "Noon", "Night"])
    await call(page, "POST /views", {
      body: { entity: "people", name, shared: true, pinned: name !== "Night", filter: isChef },
    })
  const ben = await newMember(shop(), page, "ben@bakery.example")
  await ben.goto("/people")
  const pinnedFor = (where: Page) =>
    where
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: /Morning|Noon|Night/ })
      .allInnerTexts()
  await expect.poll(() => pinnedFor(ben), patient).toEqual(["Morning", "Noon"])
  await tab(ben, "Morning").click()
  await choose(ben, "Take off my sidebar")
  await expect.poll(() => pinnedFor(ben), patient).toEqual(["Noon"])
  await ben.getByRole("button", { name: "Undo" }).click()
  await expect.poll(() => pinnedFor(ben), patient).toEqual(["Morning", "Noon"])

  await choose(ben, "My sidebar")
  const dialog = ben.getByRole("dialog", { name: "My sidebar" })
  await dialog.getByRole("checkbox", { name: "Morning" }).uncheck()
  await dialog.getByRole("checkbox", { name: "Night" }).check()
  await dialog.getByRole("button", { name: "Up: Night" }).click()
  await expect.poll(() => pinnedFor(ben), patient).toEqual(["Night", "Noon"])
  await settled(ben)
  await expectAccessibleEverywhere(ben)
  await ben.reload()
  await expect.poll(() => pinnedFor(ben), patient).toEqual(["Night", "Noon"])
  await page.goto("/people")
  await expect.poll(() => pinnedFor(page), patient).toEqual(["Morning", "Noon"])
})

test("a list opens with the view that is everyone's, or with one's own", async () => {
  const page = await shop().visit()
  const { data } = await call(page, "POST /views", {
    body: { entity: "people", name: "First", shared: true, filter: isChef },
  })
  await page.goto("/people")
  await tab(page, "First").click()
  await choose(page, "Open first for everyone")
  await page.getByText("What the list opens with was changed").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await expect.poll(() => opensWith(page), patient).toBeUndefined()
  await choose(page, "Open first for everyone")
  await expect.poll(() => opensWith(page), patient).toEqual({ everyone: data.id, own: null })
  await page.goto("/people")
  await showsAs(page, ["Ana Soto", "Clara Vogt"])
  expect(new URL(page.url()).searchParams.get("v")).toBe(data.id)

  await tab(page, "All people").click()
  await showsAs(page, ["Ana Soto", "Ben Hill", "Clara Vogt"])
  await choose(page, "Open first for me")
  await expect.poll(() => opensWith(page), patient).toEqual({ everyone: data.id, own: "all" })
  await page.goto("/people")
  await showsAs(page, ["Ana Soto", "Ben Hill", "Clara Vogt"])
  for (const whose of ["me", "everyone"] as const)
    await call(page, "POST /views/default", { body: { entity: "people", for: whose, viewId: null } })
})

test("a link with a condition on what is gone opens without it and says so", async () => {
  const page = await shop().visit()
  const filter = { all: [{ field: "shoeSize", op: "is", value: 43 }, ...isChef.all] }
  await page.goto(`/people?s=gone&c=name,gone&f=${encodeURIComponent(JSON.stringify(filter))}`)
  await page.getByText("shoeSize can’t be used here: this condition is left out.").waitFor()
  await showsAs(page, ["Ana Soto", "Clara Vogt"])
  await expectAccessibleEverywhere(page)
  await saveAs(page, "What still goes")
  expect(JSON.parse(new URL(page.url()).searchParams.get("f") ?? "")).toEqual(isChef)
  await page.goBack()
  await page.getByRole("status").getByRole("button", { name: "Remove" }).click()
  await page.getByText("shoeSize can’t be used here").waitFor({ state: "detached" })
  expect(JSON.parse(new URL(page.url()).searchParams.get("f") ?? "")).toEqual(isChef)
})

test("on a phone views are swiped through, and pinned ones stand behind More", async () => {
  const page = await shop().visit({ viewport: phone })
  for (const name of ["A rather long name for a view", "Another one that is long"])
    await call(page, "POST /views", { body: { entity: "people", name, pinned: true, filter: isChef } })
  await page.goto("/people")
  const last = tab(page, "Another one that is long")
  await last.waitFor()
  await page.getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Another one that is long" }).click()
  await page.getByText("Ben Hill").waitFor({ state: "detached" })
  await expect.poll(async () => (await last.boundingBox())?.x ?? 999, patient).toBeLessThan(300)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
  await expectAccessible(page)
})
