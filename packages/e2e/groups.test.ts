import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

beforeAll(async () => {
  const page = await shop().visit()
  const companies = [
    { name: "Harbour Works", size: 30, lifecycleStage: "regular" },
    { name: "Hill Farm", size: 4, lifecycleStage: "lead" },
    { name: "Mill", size: 6, lifecycleStage: "lead" },
    { name: "Nameless Inn" },
  ]
  for (const body of companies) await call(page, "POST /companies", { body })
  await shop().leave()
})

const group = (page: Page, name: string) => page.getByRole("region", { name, exact: true })
const sums = (page: Page) => page.getByRole("region", { name: "Sums of this list" })

test("a list is grouped with counts and sums, its groups open and close, and a view keeps it", async () => {
  const page = await shop().visit()
  await page.goto("/companies?c=size,lifecycleStage")
  await page.getByRole("gridcell").getByText("Mill").waitFor()
  await expect
    .poll(() => sums(page).textContent())
    .toMatch(/3 values.*Sum 40.*Average 13\.33.*Smallest 4.*Largest 30/)

  await page.getByRole("button", { name: "Group" }).focus()
  await page.keyboard.press("Enter")
  await page.getByRole("menu").getByText("Lifecycle", { exact: true }).click()
  const lead = group(page, "Lead").getByRole("button", { expanded: true })
  const regular = group(page, "Regular").getByRole("button", { expanded: false })
  await lead.waitFor()
  expect(await lead.textContent()).toMatch(/Lead2.*Sum 10/)
  await group(page, "Lead").getByText("Hill Farm").waitFor()
  await regular.focus()
  await page.keyboard.press("Enter")
  await group(page, "Regular").getByText("Harbour Works").waitFor()
  // A group's own head takes its rows beside those of other groups.
  const all = (name: string) => group(page, name).getByRole("columnheader", { name: "Select all" })
  await all("Lead").click()
  await page.getByText("2 selected", { exact: true }).waitFor()
  await all("Regular").click()
  await page.getByText("3 selected", { exact: true }).waitFor()
  await all("Lead").click()
  await page.getByText("1 selected", { exact: true }).waitFor()
  await settled(page)
  await expectAccessibleEverywhere(page)
  await lead.click()
  await group(page, "Lead").getByText("Hill Farm").waitFor({ state: "detached" })

  await page.reload()
  await group(page, "Lead").getByText("Hill Farm").waitFor()
  await page.getByRole("button", { name: "Save as a view" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill("By stage")
  await page.keyboard.press("Enter")
  await page.getByRole("dialog").waitFor({ state: "detached" })
  await page.goto("/companies")
  await page.getByText("By stage").first().click()
  await group(page, "Regular").waitFor()
})

test("on a phone a group holds cards, and its heading stays in sight while they scroll", async () => {
  const page = await shop().visit({ viewport: phone })
  const lead = "lead"
  for (let place = 1; place <= 20; place++)
    await call(page, "POST /companies", {
      body: { name: `Shop ${place}`, size: place, lifecycleStage: lead },
    })
  await page.goto("/companies?c=size,lifecycleStage&g=lifecycleStage&s=name")
  const heading = group(page, "Lead").getByRole("button", { expanded: true })
  await heading.waitFor()
  expect(await heading.textContent()).toMatch(/Lead22.*Sum 220/)
  await group(page, "Lead").getByRole("link", { name: "Hill Farm" }).waitFor()
  await settled(page)
  const top = (await heading.boundingBox())?.y
  await group(page, "Lead").getByRole("link", { name: "Shop 1", exact: true }).hover()
  await page.mouse.wheel(0, 700)
  await group(page, "Lead").getByRole("link", { name: "Shop 19" }).waitFor()
  expect((await heading.boundingBox())?.y).toBe(top)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
  await expectAccessible(page)
  await heading.click()
  await group(page, "Lead").getByRole("link").first().waitFor({ state: "detached" })
})

test("sums and groups follow the filter", async () => {
  const page = await shop().visit()
  await page.goto("/companies?c=size,lifecycleStage&g=lifecycleStage&q=harbour")
  await group(page, "Regular").getByText("Harbour Works").waitFor()
  expect(await group(page, "Lead").count()).toBe(0)
  await expect.poll(() => sums(page).textContent()).toMatch(/1 value.*Sum 30/)
})
