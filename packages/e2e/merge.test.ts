import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call, phone } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

interface Twins {
  keep: string
  twin: string
}
async function makeTwins(page: Page, name: string): Promise<Twins> {
  const make = async (body: object) =>
    (await call(page, "POST /people", { query: { allowDuplicate: "true" }, body: body as { name: string } }))
      .data.id
  const keep = await make({
    name: `${name} Berg`,
    jobTitle: "Baker",
    emails: [{ address: `${name}@berg.example` }],
    language: "de",
  })
  const twin = await make({
    name: `${name} Bergh`,
    jobTitle: "Owner",
    emails: [{ address: `${name}@bergh.example` }],
    phones: [{ raw: "020 7946 0123" }],
  })
  for (const text of ["Likes rye", "Calls on Mondays"])
    await call(page, "POST /notes", { body: { text, about: [{ type: "person", id: twin }] } })
  return { keep, twin }
}
const person = async (page: Page, id: string) =>
  (await call(page, "GET /people/:id", { params: { id } })).data

test("two of the list are made one by choosing, and Undo makes them two again", async () => {
  const page = await shop().visit()
  const { keep, twin } = await makeTwins(page, "Ada")
  await page.goto("/people?q=ada&sort=name")
  for (const name of ["Ada Berg", "Ada Bergh"])
    await page.getByRole("gridcell", { name: `Select: ${name}`, exact: true }).click()
  await page
    .getByRole("region", { name: "Actions for the selection" })
    .getByRole("button", { name: "Merge…" })
    .click()
  await page.getByRole("heading", { level: 1, name: "Merge: People" }).waitFor()
  await page.getByText("From Ada Bergh: 2 Notes").waitFor()
  await expectAccessibleEverywhere(page)

  await page
    .getByRole("group", { name: "Which one stays?" })
    .getByRole("radio", { name: "Ada Berg added" })
    .check()
  const title = page.getByRole("group", { name: "Job title" })
  expect(await title.getByRole("radio", { name: "Baker" }).isChecked()).toBe(true)
  // By keyboard: the arrows choose within a group.
  await title.getByRole("radio", { name: "Baker" }).focus()
  await page.keyboard.press("ArrowDown")
  expect(await title.getByRole("radio", { name: "Owner" }).isChecked()).toBe(true)
  expect(
    await page
      .getByRole("group", { name: "E-mail" })
      .getByRole("radio", { name: "All together" })
      .isChecked(),
  ).toBe(true)
  expect(await page.getByText("020 7946 0123").count()).toBe(0)
  await page.getByRole("button", { name: "fields with nothing to choose" }).click()
  await page.getByText("020 7946 0123").waitFor()

  await page.getByRole("button", { name: "Merge 2" }).click()
  await page.waitForURL(`/people/${keep}`)
  await page.getByText("2 merged into Ada Berg").waitFor()
  await page.getByText("Olivia Baker merged “Ada Bergh” into Ada Berg").waitFor()
  await page.getByText("Likes rye").waitFor()
  const merged = await person(page, twin)
  expect(merged).toMatchObject({ id: keep, name: "Ada Berg", jobTitle: "Owner" })
  expect(merged.emails).toHaveLength(2)

  await page.getByRole("button", { name: "Undo" }).click()
  await page.getByText("Undone", { exact: true }).waitFor()
  expect(await person(page, twin)).toMatchObject({ id: twin, name: "Ada Bergh", jobTitle: "Owner" })
  expect(await person(page, keep)).toMatchObject({ id: keep, jobTitle: "Baker" })
})

test("an old link leads to the record that was kept, also while it is open elsewhere", async () => {
  const page = await shop().visit()
  const { keep, twin } = await makeTwins(page, "Bo")
  await page.goto(`/people/${twin}`)
  await page.getByRole("heading", { level: 1, name: "Bo Bergh" }).waitFor()
  await call(page, "POST /people/merge", { body: { keep, merge: [twin] } })
  await page.waitForURL(`/people/${keep}`)
  await page.getByRole("heading", { level: 1, name: /Bo Berg(?!h)/ }).waitFor()
  await page.goto(`/people/${twin}`)
  await page.waitForURL(`/people/${keep}`)
  await page.goto(`/people/merge?ids=${twin},${(await makeTwins(page, "Cy")).keep}`)
  await page.getByRole("radio", { name: "Bo Berg added" }).waitFor()
  expect(page.url()).toContain(keep)
})

test("from a record's menu the other is found by name, also on a phone; Activity tells what stayed", async () => {
  const page = await shop().visit()
  const { keep, twin } = await makeTwins(page, "Dot")
  await page.setViewportSize(phone)
  await page.goto(`/people/${keep}`)
  await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click()
  await page.getByRole("menuitem", { name: "Merge with…" }).click()
  await page.getByRole("combobox", { name: "Who or what is the same as Dot Berg?" }).fill("Dot Bergh")
  await page.getByRole("option", { name: /Dot Bergh/ }).click()
  await page.getByText("From Dot Bergh: 2 Notes").waitFor()
  await settled(page)
  const boxes = await page.getByRole("group", { name: "Job title" }).getByRole("radio").all()
  const [one, other] = await Promise.all(boxes.map((box) => box.boundingBox()))
  expect(one?.x).toBe(other?.x)
  await page.getByRole("button", { name: "Merge 2" }).click()
  await page.waitForURL(`/people/${keep}`)
  await call(page, "PATCH /people/:id", { params: { id: keep }, body: { jobTitle: "Painter" } })
  await call(page, "POST /notes", { body: { text: "Came since", about: [{ type: "person", id: twin }] } })

  await page.goto("/settings/activity")
  await page.getByRole("button", { name: "Undo: Merged: People" }).first().click()
  const dialog = page.getByRole("dialog", { name: "Undo: Merged: People" })
  await dialog.getByText("1 record will be there again").waitFor()
  await dialog.getByText("Came since", { exact: true }).waitFor()
  await expectAccessibleEverywhere(page)
  await dialog.getByRole("button", { name: "Undo", exact: true }).click()
  const undone = page.getByRole("listitem").filter({ hasText: "Merge undone: People" }).first()
  await undone.getByText("1 record is back").waitFor()
  await undone.getByText("Came since", { exact: true }).waitFor()
  await expectAccessibleEverywhere(page)
})
