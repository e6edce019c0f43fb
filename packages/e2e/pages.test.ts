import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test.each([
  ["/companies", "Companies"],
  ["/deals", "Deals"],
  ["/deals?l=board:stage", "Deals"],
  ["/orders", "Orders"],
  ["/products", "Products"],
  ["/help", "Help"],
  ["/help/finding", "Finding and filtering"],
  ["/help/nothing-of-the-kind", "There is no such page"],
  ["/nowhere", "There is no such page"],
])("%s opens and is accessible", async (path, title) => {
  const page = await shop().visit()
  await page.goto(path)
  await page.getByRole("heading", { level: 1, name: title }).waitFor()
  await expectAccessibleEverywhere(page)
})

test.each(["/forgot", "/reset#a-link-that-was-never-made", "/invitation#a-link-that-was-never-made"])(
  "the guest page %s is accessible",
  async (path) => {
    const page = await shop().visit({ guest: true })
    await page.goto(path)
    await page.getByRole("heading").first().waitFor()
    await expectAccessibleEverywhere(page)
    // The link of the test is no good, and the server says so.
    expect(
      shop()
        .takeProblems()
        .filter((problem) => !/\b40[04]\b|\b422\b/.test(problem)),
    ).toEqual([])
  },
)

test("the guide is read from the help page, with its pictures, and its links stay in the app", async () => {
  const page = await shop().visit()
  await page.goto("/help")
  const guide = page.getByRole("navigation", { name: "User guide" })
  await guide.getByRole("link", { name: "First steps" }).click()
  await page.getByRole("heading", { level: 1, name: "First steps" }).waitFor()
  await page.evaluate(() => Object.assign(window, { sameApp: true }))
  await page.getByRole("article").getByRole("link", { name: "sample" }).click()
  await page.getByRole("heading", { level: 1, name: "Sample data" }).waitFor()
  expect(await page.evaluate(() => "sameApp" in window)).toBe(true)
  expect(await guide.getByRole("link", { name: "Sample data" }).getAttribute("aria-current")).toBe("page")
  await guide.getByRole("link", { name: "People and companies" }).click()
  await page.getByRole("heading", { level: 1, name: "People and companies" }).waitFor()
  const picture = page.getByRole("article").getByRole("img").first()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100)
})

test.each(["de", "es"] as const)("the pages are accessible in the language %s as well", async (language) => {
  const page = await shop().visit()
  await call(page, "PATCH /members/me", { body: { language } })
  const settings = ["profile", "members", "lists", "api-keys", "backup"].map((topic) => `/settings/${topic}`)
  for (const path of [
    "/",
    "/people",
    "/deals",
    "/tasks",
    "/import",
    "/bin",
    "/notifications",
    "/help",
    ...settings,
  ]) {
    await page.goto(path)
    await page.getByRole("heading", { level: 1 }).waitFor()
    await page.locator(`html[lang="${language}"]`).waitFor({ state: "attached" })
    await settled(page)
    await expectAccessible(page)
  }
})
