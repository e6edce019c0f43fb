import { afterAll, beforeAll, expect, it } from "vitest"
import { startTransferApp, type TransferApp } from "./testing/transfer-app.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

/** Neither a name nor a number: nothing to find this one by where its id means nothing. */
const nameless = "a number nobody can read only"
const people: Record<string, object> = {
  "a name and nothing else": { name: "Only Name" },
  "an address only": { emails: [{ address: "only@example.com" }] },
  "a number only": { phones: [{ number: "+34 600 111 222" }] },
  [nameless]: { phones: [{ raw: "ring twice" }] },
  "a name that is its own address": { name: "me@example.com", emails: [{ address: "me@example.com" }] },
  "parts of a name": { givenName: "José María", familyName: "de la Cruz; Peña, Hijo", salutation: "Dr." },
  "several numbers": {
    name: "Many Phones",
    phones: [
      { number: "+49 30 1111111", label: "work" },
      { number: "+49 30 2222222", label: "work", preferred: true },
      { number: "+49 30 1111112", label: "work fax" },
      { number: "+49 170 3333333", label: "mobile" },
      { raw: "030 444 ext. 5", label: "Porter's lodge; ask" },
      { raw: "12", label: "home" },
    ],
  },
  "several addresses": {
    name: "Many Mails",
    emails: [
      { address: "a@example.com" },
      { address: "b@example.com", label: "work", preferred: true },
      { address: "c@example.com", label: "Newsletters, only" },
    ],
    addresses: [
      { country: "DE" },
      { street: "Am Markt 1\nHinterhaus", city: "Köln; Deutz", postalCode: "01067", label: "home" },
      { city: "Sevilla", region: "Andalucía", country: "ES" },
      { street: "Am Markt 2", city: "Köln", label: "home" },
    ],
  },
  "a birthday without a year": { name: "No Year", birthday: { month: 2, day: 29 } },
  "a birthday whose year is said to be unknown": { name: "Null", birthday: { month: 5, day: 6, year: null } },
  "a birthday long ago": { name: "Old", birthday: { month: 1, day: 2, year: 1804 } },
  "days of other kinds": {
    name: "Dates",
    dates: [
      { label: "anniversary", on: { month: 6, day: 7 } },
      { label: "Anniversary", on: { month: 6, day: 8, year: 2001 } },
      { label: "home", on: { month: 9, day: 1, year: null } },
      { label: "First visit, ever", on: { month: 12, day: 31, year: 1999 } },
    ],
  },
  "profiles and pages": {
    name: "Social",
    social: {
      website: "https://one.example/?a=1;b=2,c",
      "website 2": "https://two.example",
      LinkedIn: "https://www.linkedin.com/in/x",
      Skype: "live:x.y",
      "Mein Blog": "blog.example, daily",
      Website: "old.example",
    },
  },
  "own words in every place": {
    name: 'Words; "and", marks\\n: here',
    jobTitle: "Chef; de, partie",
    tags: ["a,b", "c;d", "\\e", "BEGIN:VCARD"],
    language: "pt-BR",
    description: "One\n\nEND:VCARD\nTwo\\three ",
    preferences: {
      home: "x",
      "work fax": "y",
      "Shoe size": "38",
      "a:b;c": "https://d.example/e;f",
      mobile: "z",
    },
  },
}
/** Lines whose order or case may differ. */
const arranged = /^(ADR|IMPP|X-SOCIAL|item\d)/
async function person(values: object) {
  const workspace = await app.workspace()
  const made = await workspace.owner.post("/people", values)
  expect(made.status, made.text).toBe(201)
  return workspace
}

it.each(Object.keys(people))("a person with %s comes back from a card unchanged", async (what) => {
  const workspace = await person(people[what] as object)
  const before = await app.records(workspace, "people")
  for (const format of ["vcard", "csv"]) {
    const content = (await workspace.owner.get(`/export?entity=people&format=${format}`)).text
    const { result } = await app.importFile(workspace, content, { name: `list.${format}` })
    expect(result.counts, format).toMatchObject({ rows: 1, unchanged: 1 })
    expect(await app.records(workspace, "people")).toEqual(before)
  }
})

it.each(Object.keys(people).filter((what) => what !== nameless))(
  "a person with %s is the same person in another workspace",
  async (what) => {
    const workspace = await person(people[what] as object)
    const other = await app.workspace()
    const cards = (await workspace.owner.get("/export?entity=people&format=vcard")).text
    const { result } = await app.importFile(other, cards, { name: "list.vcf" })
    expect(result.counts).toMatchObject({ created: 1, refused: 0 })
    const again = await app.importFile(other, cards, { name: "list.vcf" })
    expect(again.result.counts).toMatchObject({ unchanged: 1 })
    const back = (await other.owner.get("/export?entity=people&format=vcard")).text
    const bare = (text: string) =>
      text
        .replace(/^UID:.*$/m, "")
        .replace(/\r\n /g, "")
        .split("\r\n")
        .sort()
    expect(bare(back).filter((line) => !arranged.test(line))).toEqual(
      bare(cards).filter((line) => !arranged.test(line)),
    )
  },
)

it("a card of a firm and its people, in any order, is one firm and its people", async () => {
  const workspace = await app.workspace()
  const { id } = (await workspace.owner.post("/companies", { name: "Kern, Ltd." })).body.data
  for (const name of ["Ana", "Bo"]) await workspace.owner.post("/people", { name, companyId: id })
  await workspace.owner.post("/people", { name: "Kern, Ltd.", companyId: id })
  const before = [await app.records(workspace, "people"), await app.records(workspace, "companies")]
  const cards = (await workspace.owner.get("/export?entity=people&format=vcard&sort=-name")).text
  const { result } = await app.importFile(workspace, cards, { name: "list.vcf" })
  expect(result.counts).toMatchObject({ rows: 3, unchanged: 3 })
  expect([await app.records(workspace, "people"), await app.records(workspace, "companies")]).toEqual(before)
})
