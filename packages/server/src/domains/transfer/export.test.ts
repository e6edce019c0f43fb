import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { temporaryFile } from "../../../testing/format-files.ts"
import { openTable } from "./formats/open-table.ts"
import { startTransferApp, type TransferApp } from "./testing/transfer-app.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

async function exported(workspace: TestWorkspace, query: string): Promise<Buffer> {
  const response = await app.server.inject({
    method: "GET",
    url: `/api/v1/export?${query}`,
    headers: { host: "localhost:3000", authorization: `Bearer ${workspace.apiKey}` },
  })
  expect(response.statusCode, response.body.slice(0, 300)).toBe(200)
  return response.rawPayload
}
async function create(workspace: TestWorkspace, entity: string, values: object): Promise<string> {
  const made = await workspace.owner.post(`/${entity}?allowDuplicate=true`, values)
  expect(made.status, made.text).toBe(201)
  return made.body.data.id
}
/** A person with something in every field, and one with nearly nothing. */
async function fullWorkspace(): Promise<TestWorkspace> {
  const workspace = await app.workspace()
  const [kern, other, source, location] = await Promise.all([
    create(workspace, "companies", {
      name: 'Kern, "Bakers"',
      domains: [{ domain: "kern.example" }],
      size: 12,
      tags: ["a;b", "[c]"],
    }),
    create(workspace, "companies", { name: 'Kern, "Bakers"', description: "Its twin" }),
    create(workspace, "sources", { name: "Fair" }),
    create(workspace, "locations", { name: "North" }),
  ])
  await workspace.owner.patch(`/companies/${other}`, { parentId: kern })
  await create(workspace, "people", {
    name: "Dr. Ana Lopez",
    givenName: "Ana",
    familyName: "Lopez",
    salutation: "Frau",
    emails: [
      { address: "ana@example.com", label: "work", preferred: true },
      { address: "ana@home.example", preferred: false },
    ],
    phones: [{ number: "030 1234567", label: "my own words" }, { raw: "12" }],
    addresses: [
      { street: "Hauptstr. 5", city: "Bonn", postalCode: "01234", country: "DE" },
      { city: "Rome" },
    ],
    social: { LinkedIn: "https://linkedin.com/in/ana", website: "https://ana.example" },
    employments: [
      { companyId: other, title: "Chef", from: "2020-01-01", current: true },
      { companyId: kern, title: "Cook", to: "2019-12-31", current: false },
      { companyId: kern, title: "Aid", to: "2018-12-31", current: false },
    ],
    lifecycleStage: "regular",
    keyCustomer: "vip",
    sourceId: source,
    locationId: location,
    ownerId: workspace.ownerId,
    tags: ["Stammkundin", "a; b"],
    birthday: { month: 2, day: 29 },
    dates: [
      { label: "anniversary", on: { month: 5, day: 6, year: 2010 } },
      { label: "First visit", on: { month: 1, day: 2 } },
    ],
    language: "pt-BR",
    preferredChannel: "inPerson",
    formOfAddress: "informal",
    styleNote: "Short.\n\nNo jokes.",
    preferences: { "Shoe size": "38", "=1+1": "-2+3" },
    consents: [
      {
        purpose: "newsletter",
        channel: "email",
        status: "given",
        basis: "consent",
        at: "2024-05-06T07:08:09.123Z",
      },
      { purpose: "newsletter", channel: "sms", status: "withdrawn" },
    ],
    description: '  two blanks before\n"quoted", and a tab\there',
  })
  await create(workspace, "people", { emails: [{ address: "bare@example.com" }] })
  await create(workspace, "people", { name: "-5" })
  await create(workspace, "people", { name: "+44 20 7946 0018", phones: [{ number: "+44 20 7946 0018" }] })
  await create(workspace, "people", {
    name: "Kim",
    phones: [{ number: "+44 20 7946 0019" }],
    emails: [{ address: "kim@example.com" }],
  })
  return workspace
}

/** Everything about the records that an import could change. */
async function state(workspace: TestWorkspace): Promise<unknown> {
  const entities = ["people", "companies", "sources", "locations", "notes"]
  return Promise.all(entities.map((entity) => app.records(workspace, entity)))
}

describe("an export", () => {
  it.each([
    ["csv", "keys"],
    ["csv", "labels"],
    ["xlsx", "keys"],
    ["xlsx", "labels"],
    ["vcard", "keys"],
  ] as const)("as %s with %s changes nothing when it is imported again", async (format, header) => {
    const workspace = await fullWorkspace()
    await workspace.owner.patch("/members/me", { language: header === "labels" ? "de" : "en" })
    const before = await state(workspace)
    for (const entity of format === "vcard" ? ["people"] : ["people", "companies"]) {
      const content = await exported(workspace, `entity=${entity}&format=${format}&header=${header}`)
      const { checked, result } = await app.importFile(workspace, content, { name: `list.${format}` })
      const rows = entity === "people" ? 5 : 2
      expect(checked.entity).toBe(entity)
      expect(result.counts).toMatchObject({
        rows,
        unchanged: rows,
        updated: 0,
        created: 0,
        refused: 0,
        merged: 0,
      })
    }
    expect(await state(workspace)).toEqual(before)
  })

  it("moves to another workspace by names and addresses where ids mean nothing", async () => {
    const workspace = await fullWorkspace()
    const other = await app.workspace()
    for (const entity of ["companies", "people"]) {
      const content = await exported(workspace, `entity=${entity}`)
      const { result } = await app.importFile(other, content, { patch: { duplicates: "keepBoth" } })
      expect(result.counts).toMatchObject({ refused: 0, updated: 0, created: entity === "people" ? 5 : 2 })
    }
    const told = ({
      name,
      birthday,
      tags,
      description,
      jobTitle,
      emails,
      dates,
    }: Record<string, unknown>) => ({
      ...{ name, birthday, tags, description, jobTitle },
      emails: (emails as object[]).map((email) => ({ ...email, id: "" })),
      dates: (dates as object[]).map((date) => ({ ...date, id: "" })),
    })
    const strip = (rows: Record<string, never>[]) => rows.map(told)
    expect(strip(await app.records(other, "people"))).toEqual(strip(await app.records(workspace, "people")))
    expect(await app.records(other, "sources")).toMatchObject([{ name: "Fair" }])
  })

  it("takes what somebody changed in the spreadsheet", async () => {
    const workspace = await fullWorkspace()
    const csv = (await exported(workspace, "entity=people"))
      .toString()
      .replace("Cook", "Master cook")
      .replace(",Chef,", ",Boss,")
    const { result } = await app.importFile(workspace, csv)
    expect(result.counts).toMatchObject({ updated: 1, unchanged: 4 })
    const ana = (await app.records(workspace, "people")).find(({ familyName }) => familyName === "Lopez")
    expect(ana?.employments).toMatchObject([{ title: "Boss" }, { title: "Master cook" }, { title: "Aid" }])
  })

  it("keeps formulas out of spreadsheets, and numbers as they were", async () => {
    const workspace = await app.workspace()
    const names = [
      "=1+1",
      "+1+1",
      "-1+1",
      "@sum(a1)",
      "\t=1",
      " =1",
      "'=1",
      '"=1',
      "-5",
      "+44 20 7946 0018",
      '=HYPERLINK("http://x")',
    ]
    for (const name of names) await create(workspace, "people", { name, description: `x\n${name}` })
    const csv = (await exported(workspace, "entity=people&fields=name,description")).toString()
    for (const line of csv.split("\r\n")) expect(line).not.toMatch(/^\ufeff?["']?[=@\t]/)
    const path = temporaryFile(await exported(workspace, "entity=people&format=xlsx&fields=name"))
    const sheet = await openTable(path)
    const cells: string[] = []
    for await (const batch of sheet.rows()) cells.push(...batch.map((row) => row.cells[0] ?? ""))
    await sheet.close()
    expect(readFileSync(path).includes("<f>")).toBe(false)
    expect(cells.sort()).toEqual(names.map((name) => name.trim()).sort())
    const { result } = await app.importFile(workspace, csv)
    expect(result.counts).toMatchObject({ unchanged: names.length, updated: 0 })
  })

  it("holds the list that was asked for: filtered, sorted, with the fields wanted", async () => {
    const workspace = await fullWorkspace()
    const filter = encodeURIComponent(JSON.stringify({ field: "emails", op: "isNotEmpty" }))
    const csv = (
      await exported(workspace, `entity=people&filter=${filter}&sort=-name&fields=name,emails`)
    ).toString()
    expect(
      csv
        .replace("\ufeff", "")
        .split("\r\n")
        .map((line) => line.split(",").slice(0, 2).join(",")),
    ).toEqual([
      "name,emails.1.address",
      "Kim,kim@example.com",
      "Dr. Ana Lopez,ana@example.com",
      ",bare@example.com",
      "",
    ])
    const labels = (await exported(workspace, "entity=tasks&header=labels")).toString()
    expect(labels).toContain("Assigned to")
  })

  it("of chosen records holds these, in the list's order, and nobody else's", async () => {
    const [workspace, other] = [await app.workspace(), await app.workspace()]
    const names = Array.from({ length: 1000 }, (_, index) => ({ name: `Guest ${1000 + index}` }))
    const made = []
    for (let times = 0; times < 3; times++)
      made.push(...(await workspace.owner.post("/people/batch", { rows: names })).body.data)
    const all: string[] = made.map(({ id }) => id)
    const everyone = await workspace.owner.post("/export", { entity: "people", fields: ["name"], ids: all })
    expect(everyone.status).toBe(200)
    expect(everyone.text.trim().split("\r\n").length).toBe(3001)

    const [first, second, third] = all as [string, string, string]
    const stranger = await create(other, "people", { name: "Not yours" })
    await workspace.owner.delete(`/people/${third}`)
    const chosen = { entity: "people", ids: [first, second.toUpperCase(), third, stranger] }
    const namesOf = (text: string) => text.match(/Guest \d+|Not yours/g)
    const csv = await workspace.owner.post("/export", { ...chosen, sort: "-name", fields: ["name"] })
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8")
    expect(namesOf(csv.text)).toEqual(["Guest 1001", "Guest 1000"])
    const filter = { field: "name", op: "is", value: "Guest 1001" }
    expect(namesOf((await workspace.owner.post("/export", { ...chosen, filter })).text)).toEqual([
      "Guest 1001",
    ])
    const cards = await workspace.owner.post("/export", { ...chosen, format: "vcard" })
    expect(cards.text.match(/^UID:.*$/gm)).toHaveLength(2)

    const member = await app.member(workspace, "member")
    expect((await member.post("/export", chosen)).status).toBe(403)
    for (const ids of [["x"], [], "x", [null], Array.from({ length: 10_001 }, () => first)])
      expect((await workspace.owner.post("/export", { entity: "people", ids })).status).toBe(422)
  })

  it("is for managers who may read the list, and refuses what it doesn't know", async () => {
    const workspace = await app.workspace()
    const [member, manager] = [await app.member(workspace, "member"), await app.member(workspace, "manager")]
    expect((await member.get("/export?entity=people")).status).toBe(403)
    const answer = await manager.get("/export?entity=people")
    expect(answer).toMatchObject({
      status: 200,
      headers: { "content-disposition": expect.stringContaining("people-2026-03-18.csv") },
    })
    for (const query of [
      "entity=secrets",
      "entity=companies&format=vcard",
      "entity=people&fields=password",
      "entity=people&filter=nonsense",
      "entity=people&sort=emails",
    ])
      expect((await manager.get(`/export?${query}`)).status, query).toBe(422)
    const other = await app.workspace()
    await create(other, "people", { name: "Not yours" })
    expect((await manager.get("/export?entity=people")).text).not.toContain("Not yours")
  })
})
