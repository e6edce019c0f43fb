import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { newMember, useShop } from "./journeys.ts"

const shop = useShop()
const pictures = process.env.REGULARS_PICTURES

test("a role is copied from a built-in one, narrowed, saved, and shown as what a member sees", async () => {
  const page = await shop().visit()
  await page.goto("/settings/roles")
  await page.getByRole("button", { name: "Copy: Staff" }).click()
  const name = page.getByLabel("Name of the role")
  await expect.poll(() => name.inputValue()).toBe("Staff (copy)")
  await name.fill("Counter")
  const companies = page.getByRole("group", { name: "Companies" })
  await companies.getByLabel("See").selectOption("own")
  // Nothing reaches further than what is seen.
  await expect.poll(() => companies.getByLabel("Change").inputValue()).toBe("own")
  const people = page.getByRole("group", { name: "People" })
  await people.getByRole("button", { name: "Fields" }).click()
  await people.getByLabel("Phone", { exact: true }).selectOption("hidden")
  // An import would name what the role does not reach: the server says so, at once to be seen.
  await page.getByLabel("Imports").uncheck()
  await settled(page)
  if (pictures) await page.screenshot({ path: `${pictures}/role.png`, fullPage: true })
  await expectAccessibleEverywhere(page)
  if (pictures) {
    await page.emulateMedia({ colorScheme: "dark" })
    await page.setViewportSize({ width: 360, height: 740 })
    await page.screenshot({ path: `${pictures}/role-phone.png`, fullPage: true })
    await page.emulateMedia({ colorScheme: "light" })
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  await page.getByRole("button", { name: "Save" }).click()
  await page.getByRole("button", { name: "Change: Counter" }).waitFor()
  if (pictures) await page.screenshot({ path: `${pictures}/roles.png` })
  await expectAccessible(page)

  await call(page, "POST /people", { body: { name: "Of Olivia" } })
  const ben = await newMember(shop(), page, "ben@bakery.example")
  await page.goto("/settings/members")
  await page.getByRole("combobox", { name: "Role of Ben" }).click()
  await page.getByRole("option", { name: /Counter/ }).click()
  await page.getByText("Ben is now: Counter").waitFor()
  await page.getByRole("button", { name: "Actions for Ben" }).click()
  await page.getByRole("menuitem", { name: "What this person sees and may do" }).click()
  const dialog = page.getByRole("dialog", { name: "What Ben sees and may do" })
  await expect
    .poll(() => dialog.getByRole("group", { name: "Companies" }).getByLabel("See").inputValue())
    .toBe("own")
  await settled(page)
  if (pictures) await page.screenshot({ path: `${pictures}/member.png` })
  await expectAccessible(page)
  // Ben is offered what his role leaves him: no phones, and companies of his own alone.
  await call(page, "POST /companies", { body: { name: "Of Olivia Ltd" } })
  await ben.goto("/people")
  await ben.getByRole("link", { name: "Of Olivia" }).waitFor()
  await settled(ben)
  expect(await ben.getByRole("columnheader", { name: "Phone" }).count()).toBe(0)
  if (pictures) await ben.screenshot({ path: `${pictures}/ben.png` })
  // Of a filter somebody sends him, what he can't use is named and left out.
  const sent = {
    all: [
      { field: "phones", op: "isEmpty" },
      { field: "name", op: "contains", value: "Olivia" },
    ],
  }
  await ben.getByRole("button", { name: "Filter", exact: true }).click()
  await ben
    .getByRole("textbox", { name: "What should the filter look at?" })
    .fill(`/people?f=${encodeURIComponent(JSON.stringify(sent))}`)
  await ben.keyboard.press("Enter")
  await ben.getByText("Left out, because it can’t be used here: Phone").waitFor()
  await ben.getByRole("button", { name: "Change: Name contains “Olivia”" }).waitFor()
  expect(new URL(ben.url()).searchParams.get("f")).not.toContain("phones")
  await ben.goto("/companies")
  await ben.getByRole("heading", { level: 1, name: "Companies" }).waitFor()
  await settled(ben)
  expect(await ben.getByText("Of Olivia Ltd").count()).toBe(0)

  // What becomes somebody else's is gone from his open page.
  const [mine, hers] = [await call(ben, "GET /session"), await call(page, "GET /session")]
  const { data: mill } = await call(page, "POST /companies", {
    body: { name: "Of Ben Ltd", ownerId: mine.data.member?.id },
  })
  await ben.goto(`/companies/${mill.id}`)
  await ben.getByRole("heading", { level: 1, name: "Of Ben Ltd" }).waitFor()
  await call(page, "PATCH /companies/:id", {
    params: { id: mill.id },
    body: { ownerId: hers.data.member?.id },
  })
  await ben.getByText("This isn't here any more.").waitFor()
  expect(await ben.getByText("Of Ben Ltd").count()).toBe(0)
  await expectAccessible(ben)

  // The role can be given by an invitation, too.
  await page.goto("/settings/members")
  await page.getByRole("button", { name: "Invite someone" }).click()
  const form = page.getByRole("dialog", { name: "Invite someone" })
  await form.getByLabel("E-mail address").fill("tom@bakery.example")
  await form.getByRole("combobox", { name: "Role" }).click()
  await page.getByRole("option", { name: /^Counter/ }).click()
  await form.getByRole("button", { name: "Make an invitation" }).click()
  const secret = page.getByRole("dialog", { name: "Invitation for tom@bakery.example" })
  const link = (await secret.getByText(/\/invitation#/).textContent()) ?? ""
  await secret.getByRole("button", { name: "Done" }).click()
  await page.getByText(/^Counter · /).waitFor()
  const tom = await shop().visit({ guest: true })
  await tom.goto(link)
  await tom.getByText("The invitation is for tom@bakery.example, as Counter.").waitFor()
})

test("a team is made, a record is shared with it, and the page says who sees it", async () => {
  const page = await shop().visit()
  await page.goto("/settings/teams")
  await page.getByRole("textbox", { name: "New team" }).fill("Night shift")
  await page.getByRole("button", { name: "Add", exact: true }).click()
  await page.getByRole("combobox", { name: "Add someone to Night shift" }).click()
  await page.getByRole("option", { name: /Olivia/ }).click()
  await page.getByRole("button", { name: "Take out: Olivia Baker" }).waitFor()
  if (pictures) await page.screenshot({ path: `${pictures}/teams.png` })
  await expectAccessibleEverywhere(page)

  const { data } = await call(page, "POST /companies", { body: { name: "Mill & Sons" } })
  await page.goto(`/companies/${data.id}`)
  await page.getByRole("button", { name: "More", exact: true }).click()
  await page.getByRole("menuitem", { name: "Share" }).click()
  await page.getByRole("combobox", { name: "With" }).click()
  await page.getByRole("option", { name: "Night shift" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Share" }).click()
  await page.getByRole("button", { name: "End sharing with Night shift" }).waitFor()
  if (pictures) await page.screenshot({ path: `${pictures}/share.png` })
  await expectAccessible(page)
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "More", exact: true }).click()
  await page.getByRole("menuitem", { name: "Who can see this" }).click()
  await page.getByRole("dialog").getByText("Olivia Baker").waitFor()
  await settled(page)
  if (pictures) await page.screenshot({ path: `${pictures}/access.png` })
  await expectAccessible(page)
})
