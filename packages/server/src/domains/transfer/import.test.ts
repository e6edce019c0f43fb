import { readFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { textRow, workbookFile } from "../../../testing/format-files.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

async function germanWorkspace(): Promise<TestWorkspace> {
  const workspace = await app.workspace()
  const settings = { country: "DE", timeZone: "Europe/Berlin" }
  expect((await workspace.owner.patch("/workspace", settings)).status).toBe(200)
  return workspace
}
const lines = (...rows: string[]) => rows.join("\r\n")

describe("an import", () => {
  it("goes from a file to people with everything the columns say", async () => {
    const workspace = await germanWorkspace()
    const csv = lines(
      "Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Land;Firma;Position;Geburtstag;Tags;Schuhgröße",
      "Änne;Müller;Anne@Example.com;030 1234567;Hauptstr. 5;10115;Berlin;Deutschland;Bäckerei Kern;Chefin;14.03.1980;vip, neu;38",
      "Bob;Meier;bob@example.com, bob@home.example;+49 171 5551234;;;;;Bäckerei Kern;Azubi;31.12.1999;;42",
    )
    const { checked, result } = await app.importFile(workspace, csv)
    expect(checked.counts).toMatchObject({ rows: 2, created: 2, refused: 0 })
    expect(result.counts).toEqual(checked.counts)
    expect(result.operation).toMatchObject({
      kind: "import",
      status: "done",
      done: 2,
      total: 2,
      canUndo: true,
    })
    const companies = await app.records(workspace, "companies")
    expect(companies).toMatchObject([{ name: "Bäckerei Kern" }])
    expect(await app.records(workspace, "people")).toMatchObject([
      {
        name: "Änne Müller",
        givenName: "Änne",
        familyName: "Müller",
        emails: [{ address: "anne@example.com" }],
        phones: [{ number: "+49301234567", raw: "030 1234567" }],
        addresses: [{ street: "Hauptstr. 5", postalCode: "10115", city: "Berlin", country: "DE" }],
        companyId: companies[0]?.id,
        jobTitle: "Chefin",
        employments: [{ companyId: companies[0]?.id, title: "Chefin", current: true }],
        birthday: { year: 1980, month: 3, day: 14 },
        tags: ["vip", "neu"],
        preferences: { Schuhgröße: "38" },
        createdBy: workspace.ownerId,
      },
      { name: "Bob Meier", emails: [{ address: "bob@example.com" }, { address: "bob@home.example" }] },
    ])
  })

  it("links owners, sources and locations by name, and makes notes and consents", async () => {
    const workspace = await germanWorkspace()
    const csv = lines(
      "Name,E-mail,Owner,Lead source,Branch,Notes,Newsletter opt-in,Opt-in date",
      `Ana,ana@example.com,${(await workspace.owner.get("/members")).body.data[0].email},Fair,North shop,Likes tea,yes,2024-05-06`,
      "Ben,ben@example.com,Nobody Known,fair,,,no,",
    )
    const location = { field: "location" }
    const { checked } = await app.importFile(workspace, csv, {
      patch: {
        columns: [
          { index: 4, target: location },
          { index: 5, target: { field: "note" } },
        ],
      },
    })
    expect(checked.counts).toMatchObject({ rows: 2, created: 2 })
    const [ana, ben] = await app.records(workspace, "people")
    expect(await app.records(workspace, "sources")).toMatchObject([{ id: ana?.sourceId, name: "Fair" }])
    expect(await app.records(workspace, "locations")).toMatchObject([
      { id: ana?.locationId, name: "North shop" },
    ])
    expect(ana).toMatchObject({
      ownerId: workspace.ownerId,
      consents: [
        {
          purpose: "newsletter",
          channel: "email",
          status: "given",
          at: "2024-05-05T22:00:00.000Z",
          source: "file.csv",
        },
      ],
    })
    expect(ben).toMatchObject({
      ownerId: null,
      sourceId: ana?.sourceId,
      preferences: { Owner: "Nobody Known" },
      consents: [{ purpose: "newsletter", status: "refused" }],
    })
    expect(await app.records(workspace, "notes")).toMatchObject([
      { text: "Likes tea", about: [{ type: "person", id: ana?.id }] },
    ])
    // The same file again writes the note no second time.
    const { result } = await app.importFile(workspace, csv, {
      patch: {
        columns: [
          { index: 4, target: location },
          { index: 5, target: { field: "note" } },
        ],
      },
    })
    expect(result.counts).toMatchObject({ unchanged: 2, created: 0, updated: 0 })
    expect(await app.records(workspace, "notes")).toHaveLength(1)
  })

  it("asks once for a column of dates that can be read in two ways", async () => {
    const workspace = await germanWorkspace()
    const csv = lines(
      "Name,E-mail,Birthday",
      "Ana,ana@example.com,03/04/1980",
      "Ben,ben@example.com,11/12/1990",
    )
    const made = await upload(workspace.owner, csv)
    const { id, columns } = made.body.data
    expect(columns[2]).toMatchObject({ dateOrder: "ambiguous", suggestedDateOrder: expect.any(String) })
    for (const step of ["check", "run"]) {
      const refused = await workspace.owner.post(`/imports/${id}/${step}`)
      expect(refused).toMatchObject({
        status: 422,
        body: { errors: [{ path: "columns.2.dateOrder", code: "date_order_needed" }] },
      })
    }
    await app.importFile(workspace, csv, { patch: { columns: [{ index: 2, dateOrder: "mdy" }] } })
    expect(await app.records(workspace, "people")).toMatchObject([
      { birthday: { year: 1980, month: 3, day: 4 } },
      { birthday: { year: 1990, month: 11, day: 12 } },
    ])
  })

  it("does not ask where a date further down the column decides", async () => {
    const workspace = await germanWorkspace()
    const rows = Array.from(
      { length: 400 },
      (_, n) => `P${n},p${n}@example.com,0${1 + (n % 9)}/0${1 + (n % 8)}/1980`,
    )
    const made = await upload(
      workspace.owner,
      lines("Name,E-mail,Birthday", ...rows, "Z,z@example.com,25/12/1980"),
    )
    expect(made.body.data.columns[2].dateOrder).toBe("dmy")
  })

  it("marks what it can't read on its cell, takes repairs, and gives refused rows back with reasons", async () => {
    const workspace = await germanWorkspace()
    const csv = lines(
      "Name,E-mail,Phone,Birthday,Country",
      "Ana,not an address,030 1234567,1980-02-30,Germany",
      "Ben,ben@example.com,,1990-01-02,Atlantis",
      ",,,,Germany",
      "=cmd()|A1,cy@example.com,call me maybe,,",
      "Dan,dan@example.com,,,",
    )
    const made = await upload(workspace.owner, csv)
    const { id } = made.body.data
    const check = async () => {
      await workspace.owner.post(`/imports/${id}/check`)
      await app.drain()
      return (await workspace.owner.get(`/imports/${id}`)).body.data
    }
    const checked = await check()
    expect(checked.counts).toMatchObject({ rows: 5, created: 1, refused: 4 })
    expect(checked.problems.map(({ line, column, code }: never) => [line, column, code])).toEqual([
      [2, 1, "email_invalid"],
      [2, 3, "date_invalid"],
      [3, 4, "country_unknown"],
      [4, null, "needs_one_of"],
      [5, 2, "phone_invalid"],
    ])
    expect(checked.problems[0]).toMatchObject({
      header: "E-mail",
      value: "not an address",
      message: "This is no e-mail address.",
    })
    expect(checked.problemGroups).toContainEqual(
      expect.objectContaining({ column: 4, code: "country_unknown", rows: 1 }),
    )
    const repairs = [
      { line: 2, column: 1, value: "ana@example.com" },
      { line: 2, column: 3, value: "1980-02-29" },
      { line: 3, column: 4, value: "Austria" },
    ]
    expect((await workspace.owner.patch(`/imports/${id}`, { repairs })).body.data.problems).toHaveLength(2)
    expect((await check()).counts).toMatchObject({ rows: 5, created: 3, refused: 2 })
    await workspace.owner.post(`/imports/${id}/run`)
    await app.drain()
    const rejects = await workspace.owner.get(`/imports/${id}/rejects`)
    expect(rejects.headers["content-disposition"]).toContain("attachment")
    expect(rejects.text.replace("\ufeff", "").split("\r\n")).toEqual([
      "Name,E-mail,Phone,Birthday,Country,Line,Reason",
      `,,,,Germany,4,"The row has no name, no e-mail address and no phone number."`,
      `"'=cmd()|A1",cy@example.com,call me maybe,,,5,Phone: This is no phone number.`,
      "",
    ])
    expect((await app.records(workspace, "people")).map(({ name }) => name)).toEqual(["Ana", "Ben", "Dan"])
    // Put right, the file of refused rows is imported as it is.
    const again = await app.importFile(workspace, rejects.text.replace("call me maybe", "030 7654321"))
    expect(again.result.counts).toMatchObject({ rows: 2, created: 1, refused: 1 })
    expect(await app.records(workspace, "people")).toContainEqual(
      expect.objectContaining({ name: "=cmd()|A1", preferences: {} }),
    )
  })

  it("keeps unreadable cells as text where somebody prefers that", async () => {
    const workspace = await germanWorkspace()
    const { result } = await app.importFile(
      workspace,
      lines("Name,E-mail,Birthday", "Ana,ana at home,someday in May"),
      {
        patch: {
          unreadable: "keep",
          columns: [
            { index: 1, target: { field: "emails", part: "address" } },
            { index: 2, target: { field: "birthday" } },
          ],
        },
      },
    )
    expect(result.counts).toMatchObject({ created: 1, refused: 0 })
    expect(await app.records(workspace, "people")).toMatchObject([
      { name: "Ana", emails: [], preferences: { "E-mail": "ana at home", Birthday: "someday in May" } },
    ])
  })

  it("reads old encodings, files without a header, and the sheet that is chosen", async () => {
    const workspace = await germanWorkspace()
    const latin = Buffer.from(lines("Name;E-Mail", "J\xfcrgen Wei\xdf;juergen@example.com"), "latin1")
    await app.importFile(workspace, latin)
    const bare = lines(
      "Ana Lopez,ana@example.com,+34 600 111 222",
      "Ben Ruiz,ben@example.com,+34 600 111 223",
    )
    const { checked } = await app.importFile(workspace, bare)
    expect(checked).toMatchObject({ headerless: true, counts: { rows: 2, created: 2 } })
    expect((await app.records(workspace, "people")).map(({ name }) => name)).toEqual([
      "Ana Lopez",
      "Ben Ruiz",
      "Jürgen Weiß",
    ])
  })

  it("reads the sheet and the encoding that are chosen, from the columns on", async () => {
    const workspace = await germanWorkspace()
    const book = readFileSync(
      await workbookFile({
        sheets: {
          First: textRow("Notes") + textRow("nothing"),
          Second: textRow("Name", "E-Mail") + textRow("Ana", "ana@example.com"),
        },
      }),
    )
    const made = await upload(workspace.owner, book, { name: "book.xlsx" })
    expect(made.body.data).toMatchObject({ format: "xlsx", sheets: ["First", "Second"], sheet: "First" })
    const patched = await workspace.owner.patch(`/imports/${made.body.data.id}`, { sheet: "Second" })
    expect(patched.body.data).toMatchObject({
      sheet: "Second",
      columns: [{ header: "Name" }, { header: "E-Mail" }],
    })
    await app.importFile(workspace, book, { name: "book.xlsx", patch: { sheet: "Second" } })
    await app.importFile(workspace, Buffer.from("Name;E-Mail\n\xa6ukasz;l@example.com", "latin1"), {
      patch: { encoding: "iso-8859-2" },
    })
    expect((await app.records(workspace, "people")).map(({ name }) => name)).toEqual(["Ana", "Śukasz"])
  })

  it("says so when its file is gone, and can be left or tried again", async () => {
    const workspace = await germanWorkspace()
    const made = await upload(workspace.owner, lines("Name", "Ana"))
    const path = `/imports/${made.body.data.id}`
    await rm(join(app.services.dataDir, "files"), { recursive: true })
    for (const step of ["check", "run"]) {
      expect((await workspace.owner.post(`${path}/${step}`)).status).toBe(202)
      await app.drain()
      expect((await workspace.owner.get(path)).body.data).toMatchObject({
        status: "failed",
        error: expect.stringContaining("missing"),
      })
    }
    expect((await workspace.owner.get("/imports")).body.data).toMatchObject([
      { status: "failed", problems: [] },
    ])
  })

  it("remembers a mapping and offers it for the next file with the same headers", async () => {
    const workspace = await germanWorkspace()
    const header = "A,B,C"
    const columns = [
      { index: 0, target: { field: "name" } },
      { index: 1, target: { field: "emails", part: "address" } },
      { index: 2, target: { field: "jobTitle" }, onUpdate: "overwrite" },
    ]
    await app.importFile(workspace, lines(header, "Ana,ana@example.com,Baker"), {
      patch: { columns, saveMappingAs: "Till" },
    })
    const next = await upload(workspace.owner, lines(header, "Ben,ben@example.com,Cook"))
    expect(next.body.data).toMatchObject({
      mappingName: "Till",
      columns: [
        { target: { field: "name" }, ask: false },
        { target: { field: "emails" } },
        { target: { field: "jobTitle" }, onUpdate: "overwrite" },
      ],
    })
    const saved = await workspace.owner.get("/import-mappings")
    expect(saved.body.data).toMatchObject([{ name: "Till", entity: "people", headers: ["A", "B", "C"] }])
    expect((await workspace.owner.delete(`/import-mappings/${saved.body.data[0].id}`)).status).toBe(204)
    expect((await workspace.owner.delete(`/import-mappings/${saved.body.data[0].id}`)).status).toBe(404)
  })

  it("refuses what is no list of customers, saying what to do", async () => {
    const workspace = await app.workspace()
    const pdf = await upload(workspace.owner, "%PDF-1.7 …", { name: "list.csv" })
    expect(pdf).toMatchObject({
      status: 415,
      body: { code: "unsupported_format", details: { reason: "pdf" } },
    })
    expect((await upload(workspace.owner, "")).text).toContain("The file is empty")
    expect((await workspace.owner.post("/imports", {})).status).toBe(415)
    const made = await upload(workspace.owner, lines("Name", "Ana"))
    const path = `/imports/${made.body.data.id}`
    const unknown = await workspace.owner.patch(path, {
      columns: [{ index: 0, target: { field: "nonsense" } }],
    })
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ code: "unknown_field" }] } })
    expect((await workspace.owner.patch(path, { columns: [{ index: 7, target: null }] })).status).toBe(422)
  })

  it("is of what somebody says the rows are, before the file or after it", async () => {
    const { owner } = await app.workspace()
    for (const entityLast of [false, true]) {
      const made = await upload(owner, lines("Name,City", "Kern,Bonn"), { entity: "companies", entityLast })
      expect(made.body.data).toMatchObject({ entity: "companies" })
    }
    const wrong = await upload(owner, lines("Name,City", "Kern,Bonn"), {
      entity: "secrets",
      entityLast: true,
    })
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: "entity" }] } })
  })

  it("imports companies with parents that stand later in the file, and what has no field as lines", async () => {
    const workspace = await germanWorkspace()
    const csv = lines(
      "Company name,Website,Employees,Part of,Revenue",
      "Kern North,https://www.kern-north.example/shop,12,Kern Group,1100.04",
      'Kern Group,kern.example,"1,200",,',
      "Kern South,,5,Kern group,",
    )
    const { result } = await app.importFile(workspace, csv, {
      entity: "companies",
      patch: { columns: [{ index: 3, target: { field: "parentName" } }] },
    })
    expect(result.counts).toMatchObject({ rows: 3, created: 3, merged: 0 })
    const [group, north, south] = await app.records(workspace, "companies")
    expect(group).toMatchObject({ name: "Kern Group", size: 1200, domains: [{ domain: "kern.example" }] })
    expect(north).toMatchObject({
      name: "Kern North",
      parentId: group?.id,
      size: 12,
      domains: [{ domain: "kern-north.example" }],
    })
    expect(String(north?.description).split("\n")).toContain("Revenue: 1100.04")
    expect(south).toMatchObject({ parentId: group?.id })
  })

  it("keeps companies that claim to be each other's parents apart instead of failing", async () => {
    const workspace = await germanWorkspace()
    const { result } = await app.importFile(
      workspace,
      lines("Company name,Part of", "One,Two", "Two,One", "Self,Self"),
      {
        entity: "companies",
        patch: { columns: [{ index: 1, target: { field: "parentName" } }] },
      },
    )
    expect(result.counts).toMatchObject({ created: 3 })
    expect(await app.records(workspace, "companies")).toMatchObject([
      { name: "One", parentId: null, description: "Part of: Two" },
      { name: "Self", parentId: null },
      { name: "Two", parentId: null, description: "Part of: One" },
    ])
  })
})

describe("who may import", () => {
  it("is managers and above; members see imports, viewers do not", async () => {
    const workspace = await app.workspace()
    const [viewer, member, manager] = await Promise.all(
      (["viewer", "member", "manager"] as const).map((role) => app.member(workspace, role)),
    )
    const csv = lines("Name", "Ana")
    expect((await upload(viewer!, csv)).status).toBe(403)
    expect((await upload(member!, csv)).status).toBe(403)
    const made = await upload(manager!, csv)
    expect(made.status).toBe(201)
    const path = `/imports/${made.body.data.id}`
    expect((await viewer!.get(path)).status).toBe(403)
    expect((await member!.get(path)).status).toBe(200)
    expect((await member!.post(`${path}/run`)).status).toBe(403)
    const { operation } = (await manager!.post(`${path}/run`)).body.data
    expect((await member!.post(`/operations/${operation.id}/cancel`)).status).toBe(403)
    await app.drain()
    expect((await member!.post(`/operations/${operation.id}/undo`)).status).toBe(403)
    const undo = await manager!.post(`/operations/${operation.id}/undo`)
    expect(undo.status).toBe(202)
    await app.drain()
    expect((await member!.post(`/operations/${undo.body.data.id}/undo`)).status).toBe(403)
  })

  it("is nobody of another workspace", async () => {
    const [one, other] = [await app.workspace(), await app.workspace()]
    const made = await upload(one.owner, lines("Name", "Ana"))
    const path = `/imports/${made.body.data.id}`
    for (const call of [
      other.owner.get(path),
      other.owner.patch(path, { duplicates: "skip" }),
      other.owner.post(`${path}/check`),
      other.owner.post(`${path}/run`),
      other.owner.post(`${path}/cancel`),
      other.owner.post(`${path}/undo`),
      other.owner.get(`${path}/rejects`),
    ])
      expect((await call).status).toBe(404)
    expect((await other.owner.get("/imports")).body.data).toEqual([])
    await one.owner.post(`${path}/run`)
    await app.drain()
    expect(await app.records(one, "people")).toHaveLength(1)
    expect(await app.records(other, "people")).toHaveLength(0)
  })
})
