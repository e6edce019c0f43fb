import { test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("a page that stayed open through an upgrade offers to reload", async () => {
  const page = await shop().visit()
  let isFirst = true
  await page.route("**/api/v1/stream", (route) => {
    if (!isFirst) return route.continue()
    isFirst = false
    return route.fulfill({ contentType: "text/event-stream", body: "retry: 50\n\n" })
  })
  // Both stand before the page opens: it asks for the new shell as soon as its stream is back.
  await page.route(shop().origin, async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replace(/\/assets\/shell-[^"]+\.js/, "/assets/shell-next.js")
    await route.fulfill({ response: answer, body })
  })
  await page.goto("/people")
  const offer = page.getByRole("status").filter({ hasText: "Regulars was upgraded" })
  await offer.getByRole("button", { name: "Reload" }).waitFor()
  await expectAccessibleEverywhere(page)
  await page.unroute(shop().origin)
  await offer.getByRole("button", { name: "Reload" }).click()
  await offer.waitFor({ state: "detached" })
})

test("a page whose code is gone after an upgrade offers to reload", async () => {
  const page = await shop().visit()
  await page.goto("/people")
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await page.route(/\/tasks-page-[^/]*\.js$/, (route) => route.fulfill({ status: 404 }))
  await page.getByRole("link", { name: "Tasks" }).click()
  await page.getByText("This page could not be shown").waitFor()
  shop().takeProblems()
  await page.unroute(/\/tasks-page-[^/]*\.js$/)
  await page.getByRole("button", { name: "Reload" }).click()
  await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor()
})
