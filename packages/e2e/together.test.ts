import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessibleEverywhere, settled } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

const details = (page: Page) => page.getByRole("region", { name: "Details" })
const rowOf = (page: Page, name: string) =>
  page.getByRole("grid", { name: "People: list" }).getByRole("row").filter({ hasText: name })
const question = (page: Page) => page.getByRole("dialog", { name: "Changed by someone else meanwhile" })

async function makePerson(page: Page, name: string): Promise<string> {
  const { data } = await call(page, "POST /people", { body: { name, jobTitle: "Baker" } })
  return data.id
}
const titleOf = async (page: Page, id: string) =>
  (await call(page, "GET /people/:id", { params: { id } })).data.jobTitle
const setTitle = (page: Page, id: string, jobTitle: string) =>
  call(page, "PATCH /people/:id", { params: { id }, body: { jobTitle } })

async function openPerson(page: Page, id: string, name: string): Promise<void> {
  await page.goto(`/people/${id}`)
  await page.getByRole("heading", { level: 1, name }).waitFor()
}
/** Begins to edit the job title on the person's page, without saving. */
async function typeTitle(page: Page, text: string): Promise<void> {
  await details(page).getByRole("button", { name: "Edit: Job title" }).click()
  await details(page).getByRole("textbox", { name: "Job title" }).fill(text)
}
async function cellIn(page: Page, name: string, column: string) {
  await page.goto(`/people?c=${column}&q=${encodeURIComponent(name)}`)
  await rowOf(page, name).waitFor()
  await settled(page)
  return rowOf(page, name).getByRole("gridcell").nth(2)
}
/** A clash answers 409, which the browser counts as an error of the page. */
function expectClashes(count: number): void {
  const problems = shop().takeProblems()
  expect(problems.filter((problem) => !problem.includes("409"))).toEqual([])
  expect(problems).toHaveLength(count)
}

test("two people change one field: the second sees both values and uses their own", async () => {
  const [one, other] = [await shop().visit(), await shop().visit()]
  const id = await makePerson(one, "Nora Klein")
  await openPerson(one, id, "Nora Klein")
  await openPerson(other, id, "Nora Klein")
  await typeTitle(one, "Pastry chef")
  await typeTitle(other, "Head baker")
  await one.keyboard.press("Enter")
  await details(one).getByText("Pastry chef").waitFor()
  await other.keyboard.press("Enter")

  await question(other).getByRole("group", { name: "Theirs" }).getByText("Pastry chef").waitFor()
  await question(other).getByRole("group", { name: "Yours" }).getByText("Head baker").waitFor()
  expect(await titleOf(other, id)).toBe("Pastry chef")
  await expectAccessibleEverywhere(other)
  await question(other).getByRole("button", { name: "Use mine" }).click()
  await question(other).waitFor({ state: "detached" })
  await expect.poll(() => titleOf(other, id)).toBe("Head baker")
  await details(one).getByText("Head baker").waitFor()
  expectClashes(1)
})

test("two people change one field: the second keeps the first one's, or puts the question away", async () => {
  const page = await shop().visit()
  const id = await makePerson(page, "Otto Lang")
  await openPerson(page, id, "Otto Lang")
  await typeTitle(page, "Head baker")
  await setTitle(page, id, "Pastry chef")
  await page.keyboard.press("Enter")
  await question(page).waitFor()
  await page.keyboard.press("Escape")
  const input = details(page).getByRole("textbox", { name: "Job title" })
  await details(page).getByText("Someone else changed this meanwhile.").waitFor()
  expect(await input.inputValue()).toBe("Head baker")

  await details(page).getByRole("button", { name: "Save" }).click()
  await question(page).getByRole("button", { name: "Keep theirs" }).click()
  await details(page).getByText("Pastry chef").waitFor()
  expect(await titleOf(page, id)).toBe("Pastry chef")
  expectClashes(2)
})

test("changes of different fields, and one's own quick ones, ask nothing", async () => {
  const page = await shop().visit()
  const id = await makePerson(page, "Petra Moos")
  await openPerson(page, id, "Petra Moos")
  await typeTitle(page, "Head baker")
  await call(page, "PATCH /people/:id", { params: { id }, body: { tags: ["wedding"] } })
  await page.keyboard.press("Enter")
  await details(page).getByText("Head baker").waitFor()
  await typeTitle(page, "Pastry chef")
  await page.keyboard.press("Enter")
  await typeTitle(page, "Owner")
  await page.keyboard.press("Enter")
  await expect.poll(() => titleOf(page, id)).toBe("Owner")
  expect(await question(page).count()).toBe(0)
  expect((await call(page, "GET /people/:id", { params: { id } })).data.tags).toEqual(["wedding"])
})

test("a cell of the list and its Undo never overwrite what a colleague wrote meanwhile", async () => {
  const page = await shop().visit()
  const id = await makePerson(page, "Rita Sand")
  const cell = await cellIn(page, "Rita Sand", "jobTitle")
  await cell.click()
  await page.keyboard.press("Enter")
  const input = page.getByRole("textbox", { name: "Job title" })
  await input.fill("Head baker")
  await setTitle(page, id, "Pastry chef")
  await page.keyboard.press("Enter")
  await question(page).getByRole("button", { name: "Keep theirs" }).click()
  await cell.getByText("Pastry chef").waitFor()
  expect(await page.getByText("Rita Sand: Job title changed").count()).toBe(0)

  await cell.press("F2")
  await input.fill("Manager")
  await page.keyboard.press("Enter")
  await page.getByText("Rita Sand: Job title changed").waitFor()
  await setTitle(page, id, "Owner")
  await page.getByRole("button", { name: "Undo" }).click()
  await question(page).getByRole("group", { name: "Theirs" }).getByText("Owner").waitFor()
  await question(page).getByRole("group", { name: "Yours" }).getByText("Pastry chef").waitFor()
  expect(await titleOf(page, id)).toBe("Owner")
  await question(page).getByRole("button", { name: "Keep theirs" }).click()
  await cell.getByText("Owner").waitFor()
  expectClashes(2)
})

test("Undo after choosing another company in the list brings the old job back as it was", async () => {
  const page = await shop().visit()
  const companies = [
    await call(page, "POST /companies", { body: { name: "Old Mill" } }),
    await call(page, "POST /companies", { body: { name: "New Oven" } }),
  ].map(({ data }) => data.id)
  const employments = [
    { companyId: companies[0] as string, title: "Miller", from: "2019-05-01", current: true },
  ]
  const { data: person } = await call(page, "POST /people", { body: { name: "Samuel Tor", employments } })
  const cell = await cellIn(page, "Samuel Tor", "companyId")
  await cell.getByText("Old Mill").waitFor()
  await cell.click()
  await page.keyboard.press("Enter")
  await page.getByRole("combobox", { name: "Company" }).fill("New Oven")
  await page.getByRole("option", { name: "New Oven" }).first().click()
  await page.getByText("Samuel Tor: Company changed").waitFor()
  await cell.getByText("New Oven").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await cell.getByText("Old Mill").waitFor()
  const params = { id: person.id }
  await expect
    .poll(async () => (await call(page, "GET /people/:id", { params })).data.employments)
    .toEqual(person.employments)
  expect((await call(page, "GET /people/:id", { params })).data.jobTitle).toBe("Miller")
})

test("what was typed into a field, a note or a name and not saved is there after a reload", async () => {
  const page = await shop().visit()
  const id = await makePerson(page, "Tina Uhl")
  const paragraph = { type: "paragraph", content: [{ type: "text", text: "Loves rye" }] }
  await call(page, "POST /notes", {
    body: { body: { type: "doc", content: [paragraph] }, about: [{ type: "person", id }] },
  })
  await openPerson(page, id, "Tina Uhl")
  const note = page
    .getByRole("region", { name: "Story" })
    .getByRole("listitem")
    .filter({ hasText: "wrote a note" })
  await note.getByRole("button", { name: "Edit the note" }).click()
  await note.getByRole("textbox").press("End")
  await page.keyboard.type(" and spelt")
  await typeTitle(page, "Head baker")
  await page.reload()

  await details(page).getByText("This was typed but not saved yet.").waitFor()
  const input = details(page).getByRole("textbox", { name: "Job title" })
  expect(await input.inputValue()).toBe("Head baker")
  await details(page).getByRole("button", { name: "Save" }).click()
  await expect.poll(() => titleOf(page, id)).toBe("Head baker")

  await note.getByRole("textbox").getByText("Loves rye and spelt").waitFor()
  await note.getByRole("textbox").press("Escape")
  await note.getByRole("textbox").waitFor({ state: "detached" })
  await note.getByRole("button", { name: "Edit the note" }).click()
  await note.getByRole("textbox").getByText("Loves rye and spelt").waitFor()
  await note.getByRole("textbox").press("Control+Enter")
  await note.getByRole("textbox").waitFor({ state: "detached" })
  await page.reload()
  await note.getByText("Loves rye and spelt").waitFor()
  expect(await note.getByRole("textbox").count()).toBe(0)
  await details(page).getByText("Head baker").waitFor()
  expect(await input.count()).toBe(0)
})

/** A page that hears nothing of what others do. */
async function visitDeaf(): Promise<Page> {
  const page = await shop().visit()
  await page.route("**/api/v1/stream", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: "retry: 3600000\n\n" }),
  )
  return page
}
async function makeTask(page: Page, title: string, about: { type: string; id: string }[] = []) {
  const { data: session } = await call(page, "GET /session")
  const dueDate = new Date().toISOString().slice(0, 10)
  const body = { title, dueDate, about, assigneeId: session.member?.id }
  return (await call(page, "POST /tasks", { body })).data
}
const taskOf = async (page: Page, id: string) => (await call(page, "GET /tasks/:id", { params: { id } })).data
const setTask = (page: Page, id: string, body: object) =>
  call(page, "PATCH /tasks/:id", { params: { id }, body })

test("a task's title and day, changed by two people, are asked about on Tasks", async () => {
  const page = await visitDeaf()
  const { id } = await makeTask(page, "Order flour")
  await page.goto("/tasks")
  await page.getByRole("button", { name: "Order flour", exact: true }).click()
  const input = page.getByRole("textbox", { name: "Task", exact: true })
  await input.fill("Order rye flour")
  await setTask(page, id, { title: "Order spelt flour", dueDate: "2031-05-06" })
  await page.keyboard.press("Enter")
  await question(page).getByRole("group", { name: "Theirs" }).getByText("Order spelt flour").waitFor()
  await question(page).getByRole("button", { name: "Use mine" }).click()
  await question(page).waitFor({ state: "detached" })
  await expect.poll(async () => (await taskOf(page, id)).title).toBe("Order rye flour")

  await page.getByRole("checkbox", { name: "Done: Order rye flour" }).waitFor()
  await setTask(page, id, { dueDate: "2031-05-07" })
  await page.getByRole("button", { name: "Change the day: Order rye flour" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Tomorrow" }).click()
  await question(page).getByRole("button", { name: "Keep theirs" }).click()
  await page.getByRole("button", { name: "Change the day: Order rye flour" }).getByText("May 2031").waitFor()
  expect((await taskOf(page, id)).dueDate).toBe("2031-05-07")
  expectClashes(2)
})

test("a task's day, changed by two people, is asked about on Today, and nothing is said to be done", async () => {
  const page = await visitDeaf()
  const { id } = await makeTask(page, "Sharpen the knives")
  await page.goto("/")
  const day = page.getByRole("button", { name: "Change the day: Sharpen the knives" })
  await day.waitFor()
  await setTask(page, id, { dueDate: "2031-05-06" })
  await day.click()
  await page.getByRole("button", { name: "Tomorrow" }).click()
  await question(page).getByRole("group", { name: "Theirs" }).getByText("May 2031").waitFor()
  await expectAccessibleEverywhere(page)
  await question(page).getByRole("button", { name: "Keep theirs" }).click()
  await page.getByRole("heading", { level: 2, name: "Later" }).waitFor()
  expect((await taskOf(page, id)).dueDate).toBe("2031-05-06")
  expect(await page.getByText("Another day: Sharpen the knives").count()).toBe(0)
  expectClashes(1)
})

test("a task that somebody else renamed meanwhile is ticked off without a question, wherever it stands", async () => {
  const page = await visitDeaf()
  const person = await makePerson(page, "Ursula Veit")
  const related = page.getByRole("region", { name: "Related" })
  const places = {
    "/": (title: string) => page.getByRole("button", { name: `Done: ${title}` }),
    "/tasks": (title: string) => page.getByRole("checkbox", { name: `Done: ${title}` }),
    [`/people/${person}`]: (title: string) => related.getByRole("checkbox", { name: `Done: ${title}` }),
  }
  for (const [index, [path, tick]] of Object.entries(places).entries()) {
    const { id } = await makeTask(page, `Bake ${index}`, [{ type: "person", id: person }])
    await page.goto(path)
    await tick(`Bake ${index}`).waitFor()
    await setTask(page, id, { title: `Bake ${index} rolls` })
    await tick(`Bake ${index}`).click()
    await page.getByText(`Done: Bake ${index}`).first().waitFor()
    expect(await taskOf(page, id)).toMatchObject({ status: "done", title: `Bake ${index} rolls` })
    await page.getByRole("button", { name: "Undo" }).last().click()
    await expect.poll(async () => (await taskOf(page, id)).status).toBe("open")
    expect(await question(page).count()).toBe(0)
  }
})
