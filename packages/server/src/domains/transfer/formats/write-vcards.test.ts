import { createWriteStream, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { collect, sharedData, temporaryPath } from "../../../../testing/format-files.ts"
import { readVcards } from "./read-vcards.ts"
import { emptyCard, type VCard, vcardDate } from "./vcard.ts"
import { type VCardVersion, writeVcards } from "./write-vcards.ts"

const VERSIONS: VCardVersion[] = ["4.0", "3.0"]

async function write(cards: VCard[], version: VCardVersion): Promise<string> {
  const path = temporaryPath("out.vcf")
  expect(await writeVcards(createWriteStream(path), cards, { version })).toEqual({ cards: cards.length })
  return path
}

async function roundTrip(cards: VCard[], version: VCardVersion): Promise<VCard[]> {
  const all = await collect(readVcards(await write(cards, version)))
  expect(all.filter((item) => item.problem)).toEqual([])
  return all.map((item) => item.card)
}

const FULL: VCard = {
  ...emptyCard(),
  name: "Dr. Zoë Ångström; Jr",
  givenName: "Zoë",
  familyName: "Ångström, von",
  prefix: "Dr.",
  nickname: "Zo, Z",
  organization: "Acme; Sons",
  department: "R&D, East",
  title: "Owner",
  role: "Boss",
  emails: [
    { address: "zoe@example.com", label: "work", preferred: true },
    { address: "z@example.com", label: 'Mum\'s: "old"; one', preferred: false },
  ],
  phones: [
    { number: "+44 20 7946 0958", label: "work mobile", preferred: false },
    { number: "030 1234", preferred: true },
  ],
  addresses: [
    { label: "home", street: "1, Main St\nFlat 2", city: "København", postalCode: "1050", country: "DK" },
  ],
  urls: [{ url: "https://example.com/?a=1,2;b" }, { url: "https://example.com", label: "shop" }],
  birthday: { month: 2, day: 29 },
  anniversary: { year: 2001, month: 12, day: 31 },
  note: "First\n\nBEGIN:VCARD\nC:\\new; a, b 😀 ".concat("long ".repeat(40), "end"),
  categories: ["regular", "a, b"],
  photo: { type: "image/png", data: Buffer.from("89504e47", "hex") },
  social: [
    { service: "skype", value: "skype:zoe" },
    { service: "my network", value: "https://example.com/zoe" },
    { service: "icq", value: "12 34" },
  ],
  language: "da",
  uid: "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
  other: [
    { name: "GENDER", value: "F" },
    { name: "X-SHOE-SIZE", value: "38\nor, 39", label: "Summer" },
  ],
}

describe.each(VERSIONS)("version %s", (version) => {
  it("comes back with everything on the card", async () => {
    expect(await roundTrip([FULL, { ...emptyCard(), name: "B" }], version)).toEqual([
      FULL,
      { ...emptyCard(), name: "B" },
    ])
  })

  it("comes back unchanged, whatever the text", async () => {
    const unit = fc.constantFrom(..."ab ,;:\\n\"'^=.\n😀üN", "\\n", "END:VCARD", "\t")
    const text = fc.string({ unit, minLength: 1, maxLength: 60 }).map((value) => `x${value.trim()}x`)
    const label = text.map((value) => value.replaceAll("\n", " "))
    const card = fc.record({
      name: text,
      note: text,
      title: text,
      organization: text,
      department: text,
      familyName: text.map((value) => value.replaceAll("\n", " ")),
      emails: fc.array(fc.record({ address: text, label, preferred: fc.boolean() }), { maxLength: 2 }),
      addresses: fc.array(fc.record({ street: text, city: text, label }), { maxLength: 2 }),
      categories: fc.array(text, { maxLength: 3 }),
      birthday: fc
        .tuple(fc.option(fc.integer({ min: 1605, max: 2100 }), { nil: undefined }), fc.nat(11), fc.nat(27))
        .map(([year, month, day]) => vcardDate(year, month + 1, day + 1)!),
      other: fc.array(fc.record({ name: fc.constant("X-A"), value: text, label }), { maxLength: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(card, { minLength: 1, maxLength: 3 }), async (cards) => {
        const full = cards.map((it) => ({ ...emptyCard(), ...it }))
        expect(await roundTrip(full, version)).toEqual(full)
      }),
      { numRuns: 200 },
    )
  })

  it("folds at 75 bytes without cutting characters", async () => {
    const path = await write([{ ...emptyCard(), name: "é😀".repeat(60) }], version)
    const lines = readFileSync(path, "utf8").split("\r\n")
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    expect(lines.join("")).not.toContain("\ufffd")
  })

  const shared = sharedData("vcard")
  it
    .skipIf(!shared)
    .each([
      "fullcontact",
      "gmail-list",
      "gmail-single",
      "gmail-single2",
      "outlook-2003",
      "outlook-2007",
      "rfc2426-example",
      "rfc6350-example",
      "thunderbird-MoreFunctionsForAddressBook-extension",
    ])("loses nothing of %s", async (name) => {
    const cards = (await collect(readVcards(`${shared}/${name}.vcf`))).map((item) => item.card)
    expect(await roundTrip(cards, version)).toEqual(cards)
  })
})

it("keeps names and values from breaking out of their line", async () => {
  const hostile: VCard = {
    ...emptyCard(),
    name: "A\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:B",
    social: [{ service: 'x"\r\nEND:VCARD', value: "a\r\nEND:VCARD" }],
    other: [{ name: "X\r\nEND:VCARD", value: "v\r\nEND:VCARD", label: "l\r\nEND:VCARD" }],
    photo: { type: "image/png\r\nEND:VCARD", uri: "http://x\r\nEND:VCARD" },
  }
  for (const version of VERSIONS) expect(await roundTrip([hostile], version)).toHaveLength(1)
})
