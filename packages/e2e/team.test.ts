import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call, owner, signIn } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("an invited viewer joins in a browser of their own and can change nothing", async () => {
  const page = await shop().visit()
  const { data: person } = await call(page, "POST /people", { body: { name: "Lena Fuchs" } })
  await page.goto("/settings/members")
  await page.getByRole("button", { name: "Invite someone" }).click()
  const form = page.getByRole("dialog", { name: "Invite someone" })
  await form.getByLabel("E-mail address").fill("vera@bakery.example")
  await form
    .getByRole("button", { name: "Role" })
    .or(form.getByRole("combobox", { name: "Role" }))
    .click()
  await page.getByRole("option", { name: /^Viewer/ }).click()
  await expectAccessible(page)
  await form.getByRole("button", { name: "Make an invitation" }).click()
  const secret = page.getByRole("dialog", { name: "Invitation for vera@bakery.example" })
  const link = (await secret.getByText(/\/invitation#/).textContent()) ?? ""
  await secret.getByRole("button", { name: "Done" }).click()

  const viewer = await shop().visit({ guest: true })
  await viewer.goto(link)
  await viewer.getByRole("heading", { name: `Join ${owner.business}` }).waitFor()
  await expectAccessibleEverywhere(viewer)
  await viewer.getByLabel("Your name").fill("Vera View")
  await viewer.getByRole("textbox", { name: "New password" }).fill("looking is enough")
  await viewer.getByRole("button", { name: "Join", exact: true }).click()
  await viewer.getByRole("heading", { level: 1, name: "Today" }).waitFor()

  await viewer.goto("/people")
  await viewer.getByRole("link", { name: "Lena Fuchs" }).waitFor()
  expect(await viewer.getByRole("button", { name: "New person" }).count()).toBe(0)
  await viewer.goto(`/people/${person.id}`)
  await viewer.getByRole("heading", { level: 1, name: "Lena Fuchs" }).waitFor()
  await viewer.getByText("Olivia Baker added Lena Fuchs").waitFor()
  expect(await viewer.getByRole("button", { name: /^Edit: / }).count()).toBe(0)
  expect(await viewer.getByRole("region", { name: "Write something" }).count()).toBe(0)
  await viewer.goto("/settings/api-keys")
  await viewer.getByText("Not open to this role").waitFor()
})

test("a link to one's own people shows each reader theirs", async () => {
  const page = await shop().visit()
  const { data: session } = await call(page, "GET /session")
  for (const name of ["Moritz Adler", "Moritz Berg"])
    await call(page, "POST /people", {
      body: { name, ...(name.endsWith("r") && { ownerId: session.member?.id }) },
    })
  await page.goto("/people?q=moritz&c=ownerId")
  await page.getByRole("link", { name: "Moritz Berg" }).waitFor()
  await page.getByRole("button", { name: "Filter", exact: true }).click()
  await page.getByRole("textbox", { name: "What should the filter look at?" }).fill("owner")
  await page.keyboard.press("Enter")
  await page.getByRole("combobox", { name: "Value" }).click()
  await page.getByRole("option", { name: "Me Whoever is looking at the list" }).click()
  await expectAccessible(page)
  await page.getByRole("button", { name: "Done", exact: true }).click()
  await page.getByRole("button", { name: "Change: Owner is me" }).waitFor()
  await page.getByRole("link", { name: "Moritz Berg" }).waitFor({ state: "detached" })
  await page.getByRole("link", { name: "Moritz Adler" }).waitFor()

  const viewer = await shop().visit({ guest: true })
  await signIn(viewer, { email: "vera@bakery.example", password: "looking is enough" })
  await viewer.goto(page.url())
  await viewer.getByRole("button", { name: "Change: Owner is me" }).waitFor()
  await viewer.getByText("Nothing matches").waitFor()
})

test("signing another device out ends it at once", async () => {
  const other = await shop().visit({ guest: true })
  await signIn(other)
  await other.goto("/people")
  await other.getByRole("heading", { level: 1, name: "People" }).waitFor()
  const page = await shop().visit()
  await page.goto("/settings/sessions")
  await page.getByText("This device").waitFor()
  const gone = other.waitForURL(/\/sign-in/, { timeout: 10_000 })
  const started = Date.now()
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click()
  await page.getByText("Device signed out").waitFor()
  await gone
  console.log(`The other device was signed out after ${Date.now() - started} ms.`)
  await other.getByText("The sign-in had ended. What was typed is kept.").waitFor()
  const problems = shop().takeProblems()
  expect(problems.filter((problem) => !problem.includes("401"))).toEqual([])
})
