import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { collect, sharedData } from "../../../../testing/format-files.ts"
import { columnOf, loadFixtures, tableOf, targetsOf } from "../../../../testing/recognise-fixtures.ts"
import { openTable } from "../formats/open-table.ts"
import { recogniseTable } from "./recognise.ts"
import { definitionOf } from "./targets.ts"

describe("nothing is dropped silently", () => {
  it("keeps what it does not understand under its own header, and asks", () => {
    const table = tableOf({ Name: ["Anna Berg", "Karl Weiß"], "Zorp level": ["3", "4"], Quux: ["u", "v"] })
    for (const header of ["Zorp level", "Quux"]) {
      expect(columnOf(table, header)).toMatchObject({
        ask: true,
        target: { field: "preferences", key: header },
      })
    }
  })

  it("keeps known things without a field of their own, without asking", () => {
    const table = tableOf({
      Name: ["Anna Berg"],
      "Letzter Einkauf": ["01.02.2024"],
      "Shoe size": ["38"],
      CIF: ["B123"],
    })
    for (const column of table.columns.slice(1))
      expect(column).toMatchObject({ ask: false, target: { field: "preferences", key: column.header } })
  })

  it("leaves nothing with values out before asking, in any export", () => {
    for (const { headers, samples } of [...loadFixtures("development"), ...loadFixtures("held-out")]) {
      for (const column of recogniseTable({ headers, samples }).columns) {
        const hasValues = samples.some((row) => (row[column.index] ?? "") !== "")
        if (column.target.field === "ignore" && hasValues)
          expect([column.header, column.ask]).toEqual([column.header, true])
      }
    }
  })

  it("settles two columns for one place, and asks about the one that lost", () => {
    const table = tableOf({
      "Contact Owner": ["Mia", "Tom"],
      "Sales rep": ["Ann", "Bob"],
      "First Name": ["A", "B"],
      "Last Name": ["C", "D"],
    })
    const owners = table.columns.filter((column) => column.target.field === "owner")
    expect(owners).toHaveLength(1)
    const lost = table.columns.find((column) => column.reason === "taken")!
    expect(lost).toMatchObject({ ask: true, target: { field: "preferences" } })
    expect(lost.alternatives.map((alternative) => alternative.target.field)).toContain("owner")
  })

  it("gives every column one target of the vocabulary that survives JSON", () => {
    for (const { headers, samples } of [...loadFixtures("development"), ...loadFixtures("held-out")]) {
      const { columns, entity } = recogniseTable({ headers, samples })
      expect(columns.map((column) => column.index)).toEqual(headers.map((_, index) => index))
      for (const { target, confidence, alternatives } of columns) {
        expect(JSON.parse(JSON.stringify(target))).toEqual(target)
        for (const one of [target, ...alternatives.map((alternative) => alternative.target)]) {
          expect(definitionOf(one)?.entities, JSON.stringify(one)).toContain(entity)
        }
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }
    }
  })

  it("keeps consent to a fax or a call from becoming one to e-mail", () => {
    const table = tableOf({
      "First Name": ["A", "B"],
      "Fax Opt Out": ["1", "0"],
      "Do Not Call": ["0", "1"],
      "Email Opt Out": ["0", "1"],
    })
    expect(columnOf(table, "Fax Opt Out").target.field).toBe("preferences")
    expect(columnOf(table, "Do Not Call").target).toEqual({
      field: "consent",
      part: "optOut",
      label: "phone",
    })
    expect(columnOf(table, "Email Opt Out").target).toEqual({
      field: "consent",
      part: "optOut",
      label: "email",
    })
  })
})

describe("how dates and numbers are written", () => {
  it("says the order, or that it has to be asked, once per column", () => {
    const table = tableOf({
      Name: ["Anna Berg", "Karl Weiß"],
      Birthday: ["25/12/1980", "03/04/1985"],
      Created: ["03/04/2025", "05/06/2025"],
    })
    expect(columnOf(table, "Birthday").dateOrder).toBe("dmy")
    expect(columnOf(table, "Created")).toMatchObject({
      dateOrder: "ambiguous",
      suggestedDateOrder: "dmy",
      ask: false,
    })
  })

  it("suggests the workspace's way where the file gives no hint, and the header's where it spells it out", () => {
    const columns = { Name: ["Anna Berg"], Created: ["03/04/2025"] }
    expect(columnOf(tableOf(columns, { locale: "en-US" }), "Created").suggestedDateOrder).toBe("mdy")
    expect(columnOf(tableOf(columns, { locale: "es-ES" }), "Created").suggestedDateOrder).toBe("dmy")
    expect(
      columnOf(tableOf({ "Date of birth (MM/DD/YYYY)": ["03/04/1985"] }), "Date of birth (MM/DD/YYYY)")
        .dateOrder,
    ).toBe("mdy")
    expect(
      columnOf(tableOf({ "Geburtsdatum TT/MM/JJJJ": ["03/04/1985"] }), "Geburtsdatum TT/MM/JJJJ").dateOrder,
    ).toBe("dmy")
  })

  it("says the decimal mark of columns of amounts", () => {
    const table = tableOf({
      Firma: ["Berg GmbH", "Weiß AG"],
      Jahresumsatz: ["1.200,50", "980,00"],
      Mitarbeiter: ["12", "1.200"],
      "Annual revenue": ["1,200.50", "980.00"],
    })
    expect(table.columns.map((column) => column.decimal)).toEqual([undefined, ",", "ambiguous", "."])
  })
})

describe("whose table it is", () => {
  it("can be told", () => {
    const headers = ["Name", "E-Mail", "Telefon"]
    expect(recogniseTable({ headers, samples: [], entity: "companies" })).toMatchObject({
      entity: "companies",
      entityConfidence: 1,
    })
    expect(recogniseTable({ headers, samples: [], entity: "companies" }).columns[0]?.target).toEqual({
      field: "name",
    })
  })

  it("is people when they are named beside their company", () => {
    const table = tableOf({
      Firma: ["Berg GmbH", "Weiß AG"],
      Ansprechpartner: ["Anna Berg", "Karl Weiß"],
      Telefon: ["089 1234567", "030 1234567"],
    })
    expect(table.entity).toBe("people")
    expect(targetsOf(table)).toMatchObject({
      Firma: { field: "companyName" },
      Ansprechpartner: { field: "name" },
    })
  })

  it("is people where a full name is called so, even without values", () => {
    expect(tableOf({ "Razón social": [], "Apellido y nombre": [], Teléfono: [] }).entity).toBe("people")
    expect(tableOf({ "Razón social": [], "Nombre comercial": [], Teléfono: [], CIF: [] }).entity).toBe(
      "companies",
    )
  })

  it("reads an empty table without failing", () => {
    expect(recogniseTable({ headers: [], samples: [] }).columns).toEqual([])
    expect(recogniseTable({ headers: ["", "Name"], samples: [["", "Anna Berg"]] }).columns[0]).toMatchObject({
      ask: false,
      target: { field: "preferences", key: "Column 1" },
    })
  })
})

describe("public exports", () => {
  const read = async (folder: string, file: string) => {
    const table = await openTable(join(folder, file))
    const rows = (await collect(table.rows())).flat()
    await table.close()
    return recogniseTable({ headers: table.columns, samples: rows.slice(0, 200).map((row) => row.cells) })
  }
  const salesforce = sharedData("salesforce-export")
  const pipeline = sharedData("sales-pipeline")

  it.skipIf(!salesforce)("Salesforce accounts", async () => {
    const table = await read(salesforce!, "accountData.csv")
    expect(table).toMatchObject({ entity: "companies", source: "salesforce" })
    expect(targetsOf(table)).toMatchObject({
      ID: { field: "externalId" },
      NAME: { field: "name" },
      PARENTID: { field: "parentName", part: "externalId" },
      BILLINGSTREET: { field: "addresses", part: "street", group: 1 },
      BILLINGPOSTALCODE: { field: "addresses", part: "postalCode", group: 1 },
      SHIPPINGCOUNTRY: { field: "addresses", part: "country", group: 2 },
      PHONE: { field: "phones", part: "number" },
      FAX: { field: "phones", part: "number", label: "fax" },
      WEBSITE: { field: "domains" },
      INDUSTRY: { field: "industry" },
      NUMBEROFEMPLOYEES: { field: "size" },
      ANNUALREVENUE: { field: "preferences", key: "ANNUALREVENUE" },
      DESCRIPTION: { field: "description" },
      CREATEDDATE: { field: "createdAt" },
      SYSTEMMODSTAMP: { field: "ignore" },
    })
  })

  it.skipIf(!pipeline)("accounts of a sales pipeline", async () => {
    const table = await read(pipeline!, "accounts.csv")
    expect(table.entity).toBe("companies")
    expect(targetsOf(table)).toMatchObject({
      account: { field: "name" },
      sector: { field: "industry" },
      year_established: { field: "preferences" },
      revenue: { field: "preferences" },
      employees: { field: "size" },
      office_location: { field: "addresses", part: "country" },
      subsidiary_of: { field: "parentName" },
    })
  })
})
