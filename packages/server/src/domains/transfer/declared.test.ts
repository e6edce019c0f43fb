import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

/** Entities without a vocabulary of their own: known by what their declarations call their fields. */
let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

async function create(workspace: TestWorkspace, entity: string, values: object): Promise<string> {
  const made = await workspace.owner.post(`/${entity}`, values)
  expect(made.status, made.text).toBe(201)
  return made.body.data.id
}
async function busyWorkspace(): Promise<TestWorkspace> {
  const workspace = await app.workspace()
  // Another of this name, who was there first: ids tell them apart.
  await create(workspace, "people", { name: "Ana Lopez" })
  const ana = await create(workspace, "people", { name: "Ana Lopez" })
  const kern = await create(workspace, "companies", { name: "Kern" })
  const about = [
    { type: "person", id: ana },
    { type: "company", id: kern },
  ]
  await create(workspace, "tasks", {
    title: "Call; then write",
    dueDate: "2026-04-01",
    dueTime: "14:30",
    priority: "high",
    about,
    description: "First line\nsecond",
  })
  await create(workspace, "tasks", { title: "Done already", status: "done" })
  await create(workspace, "notes", { text: "Likes\n\noat milk", about: about.slice(0, 1) })
  await create(workspace, "activities", {
    kind: "call",
    direction: "incoming",
    occurredAt: "2026-03-01T09:15:30.123Z",
    minutes: 7,
    text: "Asked for prices",
    about,
  })
  return workspace
}

describe.each(["tasks", "notes", "activities"])("%s", (entity) => {
  it.each(["keys", "labels"])(
    "exported with %s change nothing when they are imported again",
    async (header) => {
      const workspace = await busyWorkspace()
      await workspace.owner.patch("/members/me", { language: header === "labels" ? "de" : "en" })
      const before = await app.records(workspace, entity)
      const csv = (await workspace.owner.get(`/export?entity=${entity}&header=${header}`)).text
      const { checked, result } = await app.importFile(workspace, csv)
      const rows = before.length
      expect(checked).toMatchObject({ entity, problems: [] })
      expect(result.counts).toMatchObject({ rows, unchanged: rows })
      expect(await app.records(workspace, entity)).toEqual(before)
    },
  )

  it("move to another workspace, to the records of the same names", async () => {
    const workspace = await busyWorkspace()
    const other = await app.workspace()
    const people = { "Ana Lopez": await create(other, "people", { name: "Ana Lopez" }) }
    const kern = await create(other, "companies", { name: "Kern" })
    const csv = (await workspace.owner.get(`/export?entity=${entity}`)).text
    const { result } = await app.importFile(other, csv)
    expect(result.counts).toMatchObject({
      created: (await app.records(workspace, entity)).length,
      refused: 0,
    })
    const about = (await app.records(other, entity)).flatMap(
      ({ about }) => about as unknown as { id: string }[],
    )
    expect(new Set(about.map(({ id }) => id))).toEqual(
      new Set([people["Ana Lopez"], ...(entity === "notes" ? [] : [kern])]),
    )
  })
})

describe.each([
  ["sources", { name: "Fair" }],
  [
    "locations",
    {
      name: "Old town",
      addresses: [{ street: "Markt 1", city: "Bonn" }],
      phones: [{ number: "+4930123456" }],
    },
  ],
])("%s", (entity, values) => {
  it("exported change nothing when they are imported again, and move to another workspace", async () => {
    const [workspace, other] = [await app.workspace(), await app.workspace()]
    await create(workspace, entity, values)
    const before = await app.records(workspace, entity)
    const csv = (await workspace.owner.get(`/export?entity=${entity}`)).text
    // Whoever chooses the file says nothing of what it holds; its name does.
    const again = await app.importFile(workspace, csv, { name: `${entity}-2026-11-22.csv` })
    expect(again.checked.entity).toBe(entity)
    expect(again.checked.problems).toEqual([])
    expect(again.result.counts).toMatchObject({ rows: before.length, unchanged: before.length })
    expect(await app.records(workspace, entity)).toEqual(before)
    const moved = await app.importFile(other, csv, { entity })
    expect(moved.result.counts).toMatchObject({ refused: 0, created: before.length })
    expect(await app.records(other, entity)).toMatchObject([{ name: values.name }])
  })
})

it("reads a list of tasks with headers and words in German, and keeps what has no field", async () => {
  const workspace = await app.workspace()
  const ana = await create(workspace, "people", { name: "Ana Lopez" })
  const csv =
    "Aufgabe;Fällig;Status;Betrifft;Raum\nAnrufen;24.12.2026;Erledigt;Ana Lopez;12\nSchreiben;1.2.2027;Offen;Niemand;\n"
  const { checked, result } = await app.importFile(workspace, csv, { entity: "tasks" })
  expect(checked.columns.map(({ ask }) => ask)).toEqual([false, false, false, false, true])
  expect(result.counts).toMatchObject({ created: 2 })
  expect(await app.records(workspace, "tasks")).toMatchObject([
    {
      title: "Anrufen",
      dueDate: "2026-12-24",
      status: "done",
      about: [{ type: "person", id: ana }],
      description: "Raum: 12",
    },
    {
      title: "Schreiben",
      dueDate: "2027-02-01",
      status: "open",
      about: [],
      description: "Betrifft: Niemand",
    },
  ])
})

it.each([
  [
    "tasks",
    "Aufgabe;Beschreibung;Fällig am;Priorität;Zuständig;Kunde\nAngebot;;24.12.2026;dringend;;Ana Lopez\n",
    { title: "Angebot", dueDate: "2026-12-24", priority: "high" },
  ],
  [
    "activities",
    "Fecha;Tipo;Duración;Cliente;Notas\n13/05/2026 10:15;Llamada telefónica;12;Ana Lopez;Todo bien\n",
    { kind: "call", minutes: 12, text: "Todo bien" },
  ],
  [
    "notes",
    "Notiz;Betrifft;Datum\nMag Hafermilch;Ana Lopez;13.05.2025\n",
    { text: "Mag Hafermilch", createdAt: "2025-05-13T00:00:00.000Z" },
  ],
])(
  "recognises %s by the words people use for their fields, though a customer is named",
  async (entity, csv, values) => {
    const workspace = await app.workspace()
    const ana = await create(workspace, "people", { name: "Ana Lopez" })
    const { checked } = await app.importFile(workspace, csv)
    expect(checked).toMatchObject({ entity, problems: [] })
    expect(await app.records(workspace, entity)).toMatchObject([
      { ...values, about: [{ type: "person", id: ana }] },
    ])
  },
)

it.each([
  "Customer,Type,Date,Notes\nAna Lopez,Wholesale,2026-05-13,Likes oat milk\n",
  "Kunde;Notiz\nAna Lopez;Mag Hafermilch\n",
  "Name,Task,Date,E-mail\nAna Lopez,Baker,2026-05-13,ana@example.com\n",
])("takes a list of customers for people, whatever else it says of them: %s", async (csv) => {
  const workspace = await app.workspace()
  expect((await upload(workspace.owner, csv)).body.data.entity).toBe("people")
})

it("names the row that a rule of the entity refuses, in the check and in the run", async () => {
  const workspace = await app.workspace()
  const csv = "title,dueTime,dueDate\nGood,10:00,2026-05-05\nNo day,11:00,\nBad time,25:99,2026-05-05\n"
  const { checked, result } = await app.importFile(workspace, csv, { entity: "tasks" })
  expect(checked.problems).toMatchObject([
    { line: 3, header: "dueDate", code: "required" },
    { line: 4, header: "dueTime", code: "time_invalid", value: "25:99" },
  ])
  expect(result.counts).toMatchObject({ created: 1, refused: 2 })
})

it("can be told what a file holds after it was uploaded", async () => {
  const workspace = await app.workspace()
  const { id, entity } = (await upload(workspace.owner, "title,description\nA,B\n", { entity: "people" }))
    .body.data
  expect(entity).toBe("people")
  const changed = await workspace.owner.patch(`/imports/${id}`, { entity: "tasks" })
  expect(changed.body.data).toMatchObject({
    entity: "tasks",
    columns: [{ target: { field: "title" } }, { target: { field: "description" } }],
  })
})
