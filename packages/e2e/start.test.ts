import { expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { owner, signIn } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop({ empty: true })

test("the first start leads through the set-up to Today", async () => {
  const page = await shop().visit()
  await page.goto("/")
  await page.getByRole("heading", { name: "Welcome to Regulars" }).waitFor()
  await expectAccessibleEverywhere(page)
  await shop().setUp(page)
  expect(new URL(page.url()).pathname).toBe("/")
  await page.getByRole("region", { name: "First steps" }).waitFor()
  await page.getByRole("button", { name: owner.business }).waitFor()
})

test("whoever is signed in is sent on from the pages for guests", async () => {
  const page = await shop().visit()
  for (const path of ["/set-up", "/sign-in", "/sign-in?next=%2Fpeople"]) {
    await page.goto(path)
    const title = path.endsWith("people") ? "People" : "Today"
    await page.getByRole("heading", { level: 1, name: title }).waitFor()
  }
})

test("guests are asked to sign in without a refused request", async () => {
  const page = await shop().visit({ guest: true })
  const refused: string[] = []
  page.on("response", (answer) => {
    if (answer.status() >= 400) refused.push(answer.url())
  })
  await page.goto("/sign-in")
  await page.getByRole("heading", { name: "Welcome back" }).waitFor()
  await signIn(page)
  await page.getByRole("button", { name: `Account: ${owner.name}` }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await page.getByRole("heading", { name: "Welcome back" }).waitFor()
  await page.goto("/people")
  await page.getByRole("heading", { name: "Welcome back" }).waitFor()
  expect(refused).toEqual([])
})

test("signing out and in again; a wrong password keeps what was typed", async () => {
  const page = await shop().visit({ guest: true })
  await signIn(page)
  await page.getByRole("button", { name: `Account: ${owner.name}` }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await page.getByRole("heading", { name: "Welcome back" }).waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByLabel("E-mail address").fill(owner.email)
  await page.getByRole("textbox", { name: "Password" }).fill("not the one")
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await page.getByText("E-mail address and password don't match.").waitFor()
  expect(shop().takeProblems()).toEqual([expect.stringContaining("401")])
  expect(await page.getByLabel("E-mail address").inputValue()).toBe(owner.email)
  expect(await page.getByRole("textbox", { name: "Password" }).inputValue()).toBe("not the one")
  await page.getByRole("textbox", { name: "Password" }).fill(owner.password)
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor()
})
