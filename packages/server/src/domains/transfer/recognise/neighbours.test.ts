import { describe, expect, it } from "vitest"
import { columnOf, recogniseFixture, tableOf, targetsOf } from "../../../../testing/recognise-fixtures.ts"
import { recogniseTable } from "./recognise.ts"
import { idOf } from "./targets.ts"

describe("columns that belong together", () => {
  it("keeps the addresses of an export apart, whatever the order of their parts", () => {
    const table = tableOf({
      "Billing City": ["Austin"],
      "Shipping Street": ["1 Dock Rd"],
      "Billing Street": ["5 Main St"],
      "Shipping Zip/Postal Code": ["78702"],
      "Billing Zip/Postal Code": ["78701"],
      "Account Name": ["Edge Inc"],
      "Number of Employees": ["12"],
    })
    const targets = targetsOf(table)
    expect(targets["Billing Street"]).toMatchObject({ part: "street", group: targets["Billing City"]!.group })
    expect(targets["Billing Zip/Postal Code"]!.group).toBe(targets["Billing City"]!.group)
    expect(targets["Shipping Zip/Postal Code"]).toMatchObject({
      part: "postalCode",
      label: "other",
      group: targets["Shipping Street"]!.group,
    })
    expect(targets["Shipping Street"]!.group).not.toBe(targets["Billing Street"]!.group)
  })

  it("numbers e-mail addresses and telephones, and ties each label column to its value", () => {
    const targets = targetsOf(recogniseFixture("google-new"))
    expect(targets["E-mail 2 - Value"]).toEqual({ field: "emails", part: "address", group: 2 })
    expect(targets["E-mail 2 - Label"]).toEqual({ field: "emails", part: "label", group: 2 })
    expect(targets["Phone 1 - Label"]).toEqual({ field: "phones", part: "label", group: 1 })
    expect(targets["Address 1 - Label"]).toMatchObject({
      part: "label",
      group: targets["Address 1 - City"]!.group,
    })
    expect(targets["Custom Field 1 - Label"]).toEqual({ field: "preferences", part: "key", group: 1 })
    expect(targets["Custom Field 1 - Value"]).toMatchObject({ field: "preferences", part: "value", group: 1 })
  })

  it("takes the second line of a street for one, and a second address for another", () => {
    const lines = targetsOf(tableOf({ "Address 1": ["5 Main St"], "Address 2": ["Apt 3"], City: ["Austin"] }))
    expect(lines["Address 2"]).toMatchObject({ part: "street2", group: 1 })
    const two = targetsOf(
      tableOf({
        "Address 1 - Street": ["5 Main St"],
        "Address 1 - City": ["Austin"],
        "Address 2 - Street": ["9 Elm St"],
        "Address 2 - City": ["Dallas"],
      }),
    )
    expect(two["Address 2 - Street"]).toMatchObject({ part: "street", group: 2 })
    expect(two["Address 2 - City"]!.group).toBe(2)
  })
})

describe("columns speak for each other", () => {
  it("numbers the lines of a street that also has a label", () => {
    const targets = targetsOf(
      tableOf({ "Billing Address 1": [], "Billing Address 2": [], "Billing City": [], "First Name": [] }),
    )
    expect(targets["Billing Address 1"]).toMatchObject({ part: "street" })
    expect(targets["Billing Address 2"]).toMatchObject({ part: "street2" })
  })

  it("begins another address where the parts come again", () => {
    const { columns } = tableOf({
      Vorname: [],
      Straße: [],
      PLZ: [],
      Ort: [],
      Strasse: [],
      Postleitzahl: [],
      Stadt: [],
    })
    expect(columns.slice(1).map((column) => column.target.group)).toEqual([1, 1, 1, 2, 2, 2])
  })

  it("takes a birthday beside month and year for the day", () => {
    const targets = targetsOf(tableOf({ Vorname: [], Geburtstag: [], Geburtsmonat: [], Geburtsjahr: [] }))
    expect(targets.Geburtstag).toEqual({ field: "birthday", part: "day" })
  })

  it("takes a title for whichever of salutation and job is not there yet, without any values", () => {
    expect(targetsOf(tableOf({ Title: [], "First Name": [], "Job Title": [] })).Title).toEqual({
      field: "salutation",
    })
    expect(targetsOf(tableOf({ Salutation: [], "First Name": [], Title: [] })).Title).toEqual({
      field: "jobTitle",
    })
  })

  it("knows what a product means by a header that says little", () => {
    const { source, columns } = recogniseFixture("outlook-es")
    expect(source).toBe("outlook")
    const particular = columns.find((column) => column.header === "Particular")
    expect(particular).toMatchObject({
      reason: "source",
      target: { field: "phones", part: "number", label: "home" },
    })
  })

  it("names the network of a profile from the header or the addresses", () => {
    const table = tableOf({
      "First Name": ["A", "B"],
      "LinkedIn URL": [],
      Profile: [],
      "Social media": ["https://www.instagram.com/a", "https://instagram.com/b"],
      Website: ["a.org", "b.org"],
    })
    const labels = table.columns
      .filter((column) => column.target.field === "social")
      .map((column) => column.target.label)
    expect(labels).toEqual(["linkedin", "instagram", "website"])
  })
})

describe("values decide where headers do not", () => {
  it("tells a title that is a job from one that is a salutation", () => {
    expect(
      targetsOf(tableOf({ Title: ["Mr.", "Dr.", "Mrs."], "First name": ["A", "B", "C"] })).Title,
    ).toEqual({ field: "salutation" })
    expect(
      targetsOf(tableOf({ Title: ["Owner", "Sales Manager", "Baker"], "First name": ["A", "B", "C"] })).Title,
    ).toEqual({ field: "jobTitle" })
  })

  it("takes Name for the family name only beside a given name", () => {
    const both = tableOf({
      Vorname: ["Hans", "Eva"],
      Name: ["Müller", "Freiin von Rohr"],
      "E-Mail": ["h@x.de", "e@x.de"],
    })
    expect(targetsOf(both).Name).toEqual({ field: "familyName" })
    expect(
      targetsOf(tableOf({ Name: ["Hans Müller", "Eva Rohr"], "E-Mail": ["h@x.de", "e@x.de"] })).Name,
    ).toEqual({ field: "name" })
    const repeated = tableOf({
      "Given Name": ["Hans", "Eva"],
      Name: ["Hans Müller", "Eva Rohr"],
      "Family Name": ["Müller", "Rohr"],
    })
    expect(targetsOf(repeated)).toMatchObject({
      Name: { field: "name" },
      "Family Name": { field: "familyName" },
    })
  })

  it("does not believe a header its values contradict", () => {
    const table = tableOf({
      Name: ["Anna Berg", "Karl Weiß", "Eva Roth"],
      Birthday: ["blue", "red", "green"],
      Phone: ["a@x.de", "b@x.de", "c@x.de"],
    })
    expect(columnOf(table, "Birthday")).toMatchObject({
      ask: true,
      target: { field: "preferences", key: "Birthday" },
    })
    expect(columnOf(table, "Phone").target).toMatchObject({ field: "emails" })
  })

  it("reads a file without a header, its first record included", () => {
    const table = recogniseTable({
      headers: ["Anna", "Schmidt", "anna@example.org", "0171 5550101", "80331", "München"],
      samples: [
        ["Max", "Weber", "max@example.org", "0172 5550102", "10115", "Berlin"],
        ["Eva", "Roth", "eva@example.org", "0173 5550103", "50667", "Köln"],
      ],
    })
    expect(table.isHeaderless).toBe(true)
    expect(table.columns.map((column) => idOf(column.target))).toEqual([
      "givenName",
      "familyName",
      "emails.address",
      "phones.number",
      "addresses.postalCode",
      "addresses.city",
    ])
    expect(recogniseTable({ headers: ["Name", "Stadt", "ask@example.org"], samples: [] }).isHeaderless).toBe(
      false,
    )
    expect(
      tableOf({ Name: ["Anna Berg"], "contact.email": ["a@x.de"], "Umsatz 2023": ["12"] }).isHeaderless,
    ).toBe(false)
  })
})
