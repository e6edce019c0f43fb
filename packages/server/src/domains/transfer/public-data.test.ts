import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sample, sharedData } from "../../../testing/format-files.ts"
import { startTransferApp, type TransferApp } from "./testing/transfer-app.ts"

/** Files that other programs wrote, and what is known about them. */
let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

describe("files of other programs", () => {
  it("import 423 Salesforce accounts, Windows-1252 letters and all, and change nothing the second time", async ({
    skip,
  }) => {
    const folder = sharedData("salesforce-export")
    if (!folder) return skip("needs ../shared/data/salesforce-export beside the repository")
    const workspace = await app.workspace()
    const content = readFileSync(join(folder, "accountData.csv"))
    const { checked, result } = await app.importFile(workspace, content, { entity: "companies" })
    expect(checked).toMatchObject({ source: "salesforce", problems: [] })
    expect(result.counts).toMatchObject({ rows: 423, created: 423, refused: 0, merged: 0 })
    const companies = await app.records(workspace, "companies")
    expect(companies).toHaveLength(423)
    expect(companies.find(({ name }) => name === "Gravity Investments")).toMatchObject({
      addresses: [
        {
          street: "00045742 150 Palmer Drive",
          city: "FORT COLLINS",
          region: "CO",
          postalCode: "80525",
          country: "US",
        },
      ],
      createdAt: "2006-04-15T03:23:15.000Z",
    })
    expect(companies.map(({ name, description }) => `${name} ${description}`).join()).not.toContain("\ufffd")
    const again = await app.importFile(workspace, content, { entity: "companies" })
    expect(again.result.counts).toMatchObject({ rows: 423, unchanged: 423, created: 0, updated: 0 })
  })

  it("import the 85 accounts of a sales pipeline with their parents, misspellings kept", async ({ skip }) => {
    const folder = sharedData("sales-pipeline")
    if (!folder) return skip("needs ../shared/data/sales-pipeline beside the repository")
    const workspace = await app.workspace()
    const content = readFileSync(join(folder, "accounts.csv"), "utf8")
    const header = content.split(/\r?\n/)[0]?.split(",") ?? []
    const target = (name: string, field: object) => ({ index: header.indexOf(name), target: field })
    const { checked, result } = await app.importFile(workspace, content, {
      entity: "companies",
      patch: {
        columns: [
          target("account", { field: "name" }),
          target("sector", { field: "industry" }),
          target("employees", { field: "size" }),
          target("office_location", { field: "addresses", part: "country", group: 1 }),
          target("subsidiary_of", { field: "parentName" }),
        ],
      },
    })
    expect(checked.problems).toEqual([])
    expect(result.counts).toMatchObject({ rows: 85, created: 85, refused: 0 })
    const companies = await app.records(workspace, "companies")
    const byName = new Map(companies.map((company) => [company.name, company]))
    const rows = content
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(","))
    const parents = rows.filter((row) => row[6])
    expect(parents.length).toBeGreaterThan(5)
    for (const row of parents)
      expect(byName.get(row[0] as never)?.parentId).toBe(byName.get(row[6] as never)?.id)
    expect(companies.filter(({ industry }) => industry === "technolgy")).toHaveLength(
      rows.filter((row) => row[1] === "technolgy").length,
    )
    expect(companies.map(({ size }) => size).sort()).toEqual(rows.map((row) => Number(row[4])).sort())
  })

  it("import contact cards without losing names, numbers, addresses or unknown properties", async () => {
    const shared = sharedData("vcard")
    const folder = shared ?? sample("vcard")
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".vcf"))) {
      const workspace = await app.workspace()
      const content = readFileSync(join(folder, file))
      const cards = content.toString("latin1").match(/^BEGIN:VCARD/gim)?.length
      const { checked, result } = await app.importFile(workspace, content, { name: file })
      expect(checked, file).toMatchObject({ format: "vcard", entity: "people" })
      expect(result.counts, file).toMatchObject({ rows: cards, refused: 0 })
      const again = await app.importFile(workspace, content, { name: file })
      expect(again.result.counts, file).toMatchObject({ created: 0, updated: 0, refused: 0 })
    }
  })

  it("keep what a card says, each thing in its place", async () => {
    const workspace = await app.workspace()
    await app.importFile(workspace, readFileSync(sample("vcard/outlook-2003.vcf")), { name: "card.vcf" })
    const [john] = await app.records(workspace, "people")
    expect(john).toMatchObject({
      name: "John Doe III",
      givenName: "John",
      familyName: "Doe",
      salutation: "Mr.",
      jobTitle: "The Job Title",
      birthday: { year: 1980, month: 3, day: 21 },
      emails: [{ address: "jdoe@hotmail.com", preferred: true }],
      phones: [
        { raw: "BusinessPhone", label: "work" },
        { raw: "HomePhone", label: "home" },
        { raw: "MobilePhone", label: "mobile" },
        { raw: "BusinessFaxPhone", label: "work fax" },
      ],
      addresses: [
        {
          label: "work",
          street: "TheOffice, 123 Main St",
          city: "Austin",
          region: "TX",
          postalCode: "12345",
          country: "US",
        },
      ],
      description: "This is the note field!!\nSecond line\n\nThird line is empty",
      preferences: { Nickname: "Joey", Department: "TheDepartment", Role: "TheProfession" },
      social: { work: "http://web-page-address.com" },
    })
    expect(await app.records(workspace, "companies")).toMatchObject([
      { id: john?.companyId, name: "Company, The" },
    ])
  })
})
