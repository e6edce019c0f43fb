import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test.each([
  ["/companies", "Companies"],
  ["/help", "Help"],
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

test.each(["de", "es"] as const)("the pages are accessible in the language %s as well", async (language) => {
  const page = await shop().visit()
  await call(page, "PATCH /members/me", { body: { language } })
  const settings = ["profile", "members", "lists", "api-keys", "backup"].map((topic) => `/settings/${topic}`)
  for (const path of ["/", "/people", "/tasks", "/import", "/bin", "/notifications", "/help", ...settings]) {
    await page.goto(path)
    await page.getByRole("heading", { level: 1 }).waitFor()
    await settled(page)
    expect(await page.locator("html").getAttribute("lang")).toBe(language)
    await expectAccessible(page)
  }
})
