import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { undoJob } from "../../kernel/operations/undo.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

const lines = (...rows: string[]) => rows.join("\r\n")
async function workspaceWith(people: object[]): Promise<TestWorkspace> {
  const workspace = await app.workspace()
  for (const person of people) {
    const made = await workspace.owner.post("/people?allowDuplicate=true", person)
    expect(made.status, made.text).toBe(201)
  }
  return workspace
}
const counts = (given: object) => ({
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  merged: 0,
  skipped: 0,
  refused: 0,
  duplicates: 0,
  ...given,
})

describe("duplicates", () => {
  it("fill what a known person lacks, by address, number, or name and company", async () => {
    const workspace = await workspaceWith([
      { name: "Ana Lopez", emails: [{ address: "ana@example.com", label: "work" }], jobTitle: "Baker" },
      { name: "Ben Ruiz", phones: [{ number: "+34 600 111 222" }] },
    ])
    await app.importFile(workspace, lines("Company name", "Kern"), { entity: "companies" })
    const kern = (await app.records(workspace, "companies"))[0]?.id
    await workspace.owner.post("/people", { name: "Cy Kern", companyId: kern })
    const { checked, result } = await app.importFile(
      workspace,
      lines(
        "Name,E-mail,Phone,Job title,Company,City",
        "Ana López,ANA@example.com,,Cook,,Madrid",
        "Ben Ruiz,ben@example.com,0034 600 111 222,,,Sevilla",
        "cy kern,cy@example.com,,,KERN,",
        "Dan New,dan@example.com,,,Kern,",
        "Ana Lopez,,,,,",
      ),
      { entity: "people" },
    )
    expect(result.counts).toEqual(checked.counts)
    expect(checked.counts).toEqual(counts({ rows: 5, created: 2, updated: 3, duplicates: 4 }))
    expect(checked.twins).toMatchObject([
      {
        line: 2,
        reason: "email",
        action: "update",
        decision: null,
        candidate: { name: "Ana Lopez", line: null },
      },
      { line: 3, reason: "phone", action: "update" },
      { line: 4, reason: "nameCompany", action: "update" },
      // A name alone, of someone we can reach: perhaps another.
      { line: 6, reason: "name", action: "keepBoth" },
    ])
    const people = await app.records(workspace, "people")
    people.sort((one, other) => String(one.jobTitle).localeCompare(String(other.jobTitle)))
    people.sort((one, other) => String(one.name).localeCompare(String(other.name)))
    expect(people).toMatchObject([
      { name: "Ana Lopez", jobTitle: "Baker", emails: [{ label: "work" }], addresses: [{ city: "Madrid" }] },
      { name: "Ana Lopez", jobTitle: null },
      { name: "Ben Ruiz", emails: [{ address: "ben@example.com" }], phones: [{ number: "+34600111222" }] },
      { name: "Cy Kern", companyId: kern, emails: [{ address: "cy@example.com" }] },
      { name: "Dan New", companyId: kern },
    ])
  })

  it("overwrite in the columns that say so, and never empty anything", async () => {
    const workspace = await workspaceWith([
      {
        name: "Ana Lopez",
        emails: [{ address: "ana@example.com" }, { address: "old@example.com" }],
        jobTitle: "Baker",
        language: "es",
        tags: ["one"],
        preferences: { Size: "38", Drink: "tea" },
      },
    ])
    await app.importFile(
      workspace,
      lines("Name,E-mail,Job title,Language,Tags,Size", "Ana L.,ana@example.com,Cook,,two,39"),
      {
        patch: {
          columns: [
            { index: 1, onUpdate: "overwrite" },
            { index: 2, onUpdate: "overwrite" },
            { index: 3, onUpdate: "overwrite", target: { field: "language" } },
            { index: 4, target: { field: "tags" } },
            { index: 5, onUpdate: "overwrite", target: { field: "preferences", key: "Size" } },
          ],
        },
      },
    )
    expect(await app.records(workspace, "people")).toMatchObject([
      {
        name: "Ana Lopez",
        emails: [{ address: "ana@example.com" }],
        jobTitle: "Cook",
        language: "es",
        tags: ["one", "two"],
        preferences: { Size: "39", Drink: "tea" },
      },
    ])
  })

  it("are skipped, kept or updated as decided for all and for single rows", async () => {
    const known = [{ name: "Ana", emails: [{ address: "ana@example.com" }] }]
    const csv = lines(
      "Name,E-mail,City",
      "Ana,ana@example.com,Rome",
      "Ana,ana@example.com,Oslo",
      "Ben,ben@example.com,Bonn",
    )
    for (const [patch, expected, people] of [
      [{ duplicates: "skip" }, { skipped: 2, created: 1, duplicates: 2 }, 2],
      [{ duplicates: "keepBoth" }, { created: 3, duplicates: 2 }, 4],
      [
        { duplicates: "skip", decisions: [{ line: 3, decision: "keepBoth" }] },
        { skipped: 1, created: 2, duplicates: 2 },
        3,
      ],
      [
        { decisions: [{ line: 2, decision: "skip" }] },
        { skipped: 1, created: 1, updated: 1, duplicates: 2 },
        2,
      ],
    ] as const) {
      const workspace = await workspaceWith(known)
      const { checked, result } = await app.importFile(workspace, csv, { patch })
      expect(checked.counts).toEqual(counts({ rows: 3, ...expected }))
      expect(result.counts).toEqual(checked.counts)
      expect(await app.records(workspace, "people")).toHaveLength(people)
    }
  })

  it("inside the file join the row before, near or a thousand rows apart", async () => {
    const workspace = await app.workspace()
    const filler = Array.from({ length: 1200 }, (_, n) => `P ${n},p${n}@example.com,,`)
    const csv = lines(
      "Name,E-mail,Phone,City",
      "Ana Lopez,ana@example.com,,",
      "Ana Lopez,ana@example.com,+34 600 111 222,",
      ...filler,
      "A. Lopez,,+34600111222,Madrid",
      "Eva Lopez,,+34600111222,Madrid",
    )
    const { checked, result } = await app.importFile(workspace, csv)
    expect(checked.counts).toEqual(counts({ rows: 1204, created: 1202, merged: 2, duplicates: 3 }))
    expect(result.counts).toEqual(checked.counts)
    expect(checked.twins).toMatchObject([
      { line: 3, reason: "email", candidate: { id: null, line: 2, name: "Ana Lopez" }, action: "update" },
      { line: 1204, reason: "phone", candidate: { line: 3 }, action: "update" },
      // One telephone, two given names: a household.
      { line: 1205, reason: "phone", action: "keepBoth" },
    ])
    const people = await app.records(workspace, "people")
    expect(people.filter(({ name }) => String(name).includes("Lopez"))).toMatchObject([
      { name: "Ana Lopez", phones: [{ number: "+34600111222" }], addresses: [{ city: "Madrid" }] },
      { name: "Eva Lopez" },
    ])
  })

  it("do not join colleagues who share a mailbox, nor namesakes with addresses of their own", async () => {
    const workspace = await app.workspace()
    const { checked } = await app.importFile(
      workspace,
      lines(
        "Name,E-mail,Company",
        "Ana Lopez,info@kern.example,Kern",
        "Ben Ruiz,info@kern.example,Kern",
        "Cy Roe,cy.one@example.com,Kern",
        "Cy Roe,cy.two@example.com,Kern",
      ),
    )
    expect(checked.counts).toMatchObject({ rows: 4, created: 4, merged: 0, duplicates: 1 })
  })

  it("know companies by domain and name, whatever the legal form", async () => {
    const workspace = await app.workspace()
    await app.importFile(workspace, lines("Company name,Website", "Kern GmbH,kern.example", "Roe Ltd,"), {
      entity: "companies",
    })
    const { result } = await app.importFile(
      workspace,
      lines(
        "Company name,Website,Industry",
        "KERN,https://www.kern.example/,Food",
        "roe ltd,roe.example,Law",
        "Bank,facebook.com/bank,",
      ),
      { entity: "companies" },
    )
    expect(result.counts).toEqual(counts({ rows: 3, updated: 2, created: 1, duplicates: 2 }))
    expect(await app.records(workspace, "companies")).toMatchObject([
      { name: "Bank", domains: [], description: "Website: facebook.com/bank" },
      { name: "Kern GmbH", industry: "Food" },
      { name: "Roe Ltd", domains: [{ domain: "roe.example" }] },
    ])
  })

  it("are found again by their ids in the product they come from", async () => {
    const workspace = await app.workspace()
    const companies = lines(
      '"ID","NAME","BILLINGCITY","SYSTEMMODSTAMP","CREATEDBYID"',
      '"001x0000002xLCVAA2","Kern","Bonn","2006-04-15T03:28:53.000Z","005x0000000fNSiAAM"',
    )
    await app.importFile(workspace, companies, { entity: "companies" })
    const contacts = lines(
      '"ID","FIRSTNAME","LASTNAME","EMAIL","ACCOUNTID","SYSTEMMODSTAMP","CREATEDBYID","MAILINGCITY"',
      '"003x0000002xLCVAA2","Ana","Lopez","ana@example.com","001x0000002xLCVAA2","2006-04-15T03:28:53.000Z","005x0000000fNSiAAM",""',
    )
    await app.importFile(workspace, contacts, { entity: "people" })
    const moved = contacts.replace("ana@example.com", "ana@new.example").replace('""', '"Rome"')
    const { result } = await app.importFile(workspace, moved, { entity: "people" })
    expect(result.counts).toMatchObject({ updated: 1, created: 0 })
    const [kern] = await app.records(workspace, "companies")
    expect(await app.records(workspace, "people")).toMatchObject([
      {
        name: "Ana Lopez",
        companyId: kern?.id,
        emails: [{ address: "ana@example.com" }, { address: "ana@new.example" }],
      },
    ])
  })
})

describe("undoing an import", () => {
  it("removes what it made, restores what it changed, and keeps and lists what a person edited since", async () => {
    const workspace = await workspaceWith([
      { name: "Ana", emails: [{ address: "ana@example.com" }], jobTitle: "Baker" },
      { name: "Ben", emails: [{ address: "ben@example.com" }] },
    ])
    const { owner } = workspace
    const before = await app.records(workspace, "people")
    const { id } = await app.importFile(
      workspace,
      lines(
        "Name,E-mail,Job title,Company,Notes",
        "Ana,ana@example.com,Cook,,",
        "Ben,ben@example.com,Clerk,,",
        "Cy,cy@example.com,,Kern,Met at the fair",
        "Dan,dan@example.com,,Kern,",
      ),
      {
        patch: {
          columns: [
            { index: 2, onUpdate: "overwrite" },
            { index: 4, target: { field: "note" } },
          ],
        },
      },
    )
    app.clock.advance(60_000)
    const people = await app.records(workspace, "people")
    const [ana, , cy] = people
    expect(ana).toMatchObject({ jobTitle: "Cook" })
    await owner.patch(`/people/${ana?.id}`, { jobTitle: "Chef" })
    await owner.post("/tasks", { title: "Call Cy", about: [{ type: "person", id: cy?.id }] })
    const undone = await owner.post(`/imports/${id}/undo`)
    expect(undone.status, undone.text).toBe(202)
    await app.drain()
    expect((await owner.get(`/imports/${id}`)).body.data).toMatchObject({
      status: "undone",
      operation: { canUndo: false },
    })
    const after = await app.records(workspace, "people")
    expect(after).toMatchObject([
      { name: "Ana", jobTitle: "Chef" },
      { name: "Ben", jobTitle: null, emails: before[1]?.emails },
      { name: "Cy" },
    ])
    const { body } = await owner.get("/operations")
    expect(body.data[0]).toMatchObject({
      kind: "undo",
      summary: {
        restored: 1,
        keptCount: 3,
        kept: [
          { id: ana?.id, fields: ["jobTitle"] },
          // The task stands on her employer's timeline, too.
          { name: "Kern", fields: ["record"] },
          { id: cy?.id, fields: ["record"] },
        ],
      },
    })
    expect((await owner.post(`/imports/${id}/undo`)).status).toBe(409)
  })

  it("takes back a large one whole, in steps, though an undo before it was stopped half-way", async () => {
    const workspace = await app.workspace()
    const { owner } = workspace
    const csv = lines(
      "Name,E-mail,Notes",
      ...Array.from({ length: 2500 }, (_, n) => `P ${n},p${n}@example.com,${n % 3 === 0 ? `note ${n}` : ""}`),
      // Changes somebody whom the import itself has made.
      "P 2499,p2499@example.com,one more note",
    )
    const { id } = await app.importFile(workspace, csv, {
      patch: { columns: [{ index: 2, target: { field: "note" } }] },
    })
    const operationId = (await owner.get(`/imports/${id}`)).body.data.operation.id
    const first = (await owner.post(`/operations/${operationId}/undo`)).body.data.id
    // One step for what was changed, one for the first of what was created.
    for (let step = 0; step < 2; step++)
      await app.inWorkspace(workspace, (ctx) => undoJob.handle(ctx, { id: first }))
    expect((await owner.get(`/imports/${id}`)).body.data).toMatchObject({ undo: { status: "running" } })
    // What is under way with an import that has ended is its undo.
    expect((await owner.post(`/imports/${id}/cancel`)).status).toBe(200)
    await app.drain()
    const stopped = (await owner.get(`/operations/${first}`)).body.data
    expect(stopped).toMatchObject({ status: "cancelled", summary: { removed: 1000 } })
    expect((await owner.get(`/imports/${id}`)).body.data).toMatchObject({
      status: "done",
      operation: { canUndo: true },
      undo: stopped,
    })
    expect((await owner.post(`/imports/${id}/cancel`)).status).toBe(409)
    const second = (await owner.post(`/operations/${operationId}/undo`)).body.data.id
    await app.drain()
    expect((await owner.get(`/operations/${second}`)).body.data).toMatchObject({
      status: "done",
      summary: { keptCount: 0 },
    })
    expect(await app.records(workspace, "people")).toEqual([])
    expect(await app.records(workspace, "notes")).toEqual([])
  })
})

describe("stopping an import", () => {
  it("ends it between two chunks; what is there stays, and can be undone", async () => {
    const workspace = await app.workspace()
    const { owner } = workspace
    const csv = lines("Name,E-mail", ...Array.from({ length: 2500 }, (_, n) => `P ${n},p${n}@example.com`))
    const made = await upload(owner, csv)
    const path = `/imports/${made.body.data.id}`
    await owner.post(`${path}/run`)
    const { runImport } = await import("./run-import.ts")
    expect(await runImport(app.services, workspace.id, made.body.data.id, { milliseconds: 0 })).toBe(true)
    expect((await owner.get(path)).body.data).toMatchObject({
      status: "running",
      progress: { done: 1000, total: 2500 },
    })
    expect((await owner.patch(path, { duplicates: "skip" })).status).toBe(409)
    expect((await owner.post(`${path}/cancel`)).status).toBe(200)
    await app.drain()
    const cancelled = (await owner.get(path)).body.data
    expect(cancelled).toMatchObject({
      status: "cancelled",
      counts: { created: 1000 },
      operation: { canUndo: true },
    })
    expect(await app.records(workspace, "people")).toHaveLength(1000)
    await owner.post(`${path}/undo`)
    await app.drain()
    expect(await app.records(workspace, "people")).toHaveLength(0)
  })

  it("leaves a check that is stopped ready to be changed", async () => {
    const workspace = await app.workspace()
    const made = await upload(workspace.owner, lines("Name", "Ana"))
    const path = `/imports/${made.body.data.id}`
    await workspace.owner.post(`${path}/check`)
    expect((await workspace.owner.post(`${path}/cancel`)).body.data.status).toBe("recognised")
    await app.drain()
    expect((await workspace.owner.get(path)).body.data.status).toBe("recognised")
    expect((await workspace.owner.post(`${path}/cancel`)).status).toBe(409)
  })
})
