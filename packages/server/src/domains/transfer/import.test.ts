import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
let workspace: TestWorkspace
beforeAll(async () => {
  app = await startTransferApp()
  workspace = await app.workspace()
})
afterAll(() => app.close())

describe("an import", () => {
  it("goes from a file to people with everything the columns say", async () => {
    const csv = [
      "Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Land;Firma;Position;Geburtstag;Tags;Schuhgröße",
      "Änne;Müller;Anne@Example.com;030 1234567;Hauptstr. 5;10115;Berlin;Deutschland;Bäckerei Kern;Chefin;14.03.1980;vip, neu;38",
      "Bob;Meier;bob@example.com;+49 171 5551234;;;;;Bäckerei Kern;Azubi;31.12.1999;;42",
    ].join("\r\n")
    const { checked, result } = await app.importFile(workspace, csv)
    expect(checked.columns.map(({ target }) => target?.field)).toEqual([
      "givenName", "familyName", "emails", "phones", "addresses", "addresses", "addresses", "addresses", "companyName", "jobTitle", "birthday", "tags", "preferences",
    ])
    expect(checked.counts).toMatchObject({ rows: 2, created: 2, refused: 0 })
    expect(result.counts).toEqual(checked.counts)
    const people = await app.records(workspace, "people")
    const companies = await app.records(workspace, "companies")
    expect(companies).toMatchObject([{ name: "Bäckerei Kern" }])
    expect(people).toMatchObject([
      {
        name: "Änne Müller",
        emails: [{ address: "anne@example.com" }],
        phones: [{ number: "+49301234567", raw: "030 1234567" }],
        addresses: [{ street: "Hauptstr. 5", postalCode: "10115", city: "Berlin", country: "DE" }],
        companyId: companies[0]?.id,
        jobTitle: "Chefin",
        birthday: { year: 1980, month: 3, day: 14 },
        tags: ["vip", "neu"],
        preferences: { Schuhgröße: "38" },
        createdBy: workspace.ownerId,
      },
      { name: "Bob Meier", companyId: companies[0]?.id },
    ])
    expect(upload).toBeDefined()
  })
})
