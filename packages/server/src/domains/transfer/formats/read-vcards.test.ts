import iconv from "iconv-lite"
import { describe, expect, it } from "vitest"
import { collect, sample, sharedData, temporaryFile } from "../../../../testing/format-files.ts"
import { readVcards } from "./read-vcards.ts"
import type { VCard } from "./vcard.ts"
import { MAX_CARD_LENGTH } from "./vcard-lines.ts"

const readAll = (content: string | Buffer) => collect(readVcards(temporaryFile(content)))

/** The one card with these lines. */
async function card(lines: string | Buffer, version = "3.0"): Promise<VCard> {
  const head = `BEGIN:VCARD\r\nVERSION:${version}\r\n`
  const all = await readAll(
    Buffer.concat([Buffer.from(head), Buffer.from(lines), Buffer.from("\r\nEND:VCARD\r\n")]),
  )
  expect(all).toHaveLength(1)
  expect(all[0]!.problem).toBeUndefined()
  return all[0]!.card
}

async function file(path: string): Promise<VCard[]> {
  const all = await collect(readVcards(path))
  expect(all.filter((item) => item.problem)).toEqual([])
  return all.map((item) => item.card)
}

describe("cards as programs write them", () => {
  it("Outlook 2003, version 2.1", async () => {
    const [found] = await file(sample("vcard/outlook-2003.vcf"))
    expect(found).toMatchObject({
      name: "John Doe III",
      givenName: "John",
      familyName: "Doe",
      prefix: "Mr.",
      suffix: "III",
      nickname: "Joey",
      organization: "Company, The",
      department: "TheDepartment",
      title: "The Job Title",
      role: "TheProfession",
      note: "This is the note field!!\nSecond line\n\nThird line is empty",
      birthday: { year: 1980, month: 3, day: 21 },
      emails: [{ address: "jdoe@hotmail.com", preferred: true }],
      urls: [{ url: "http://web-page-address.com", label: "work" }],
    })
    expect(found!.phones.map(({ number, label }) => [number, label])).toEqual([
      ["BusinessPhone", "work"],
      ["HomePhone", "home"],
      ["MobilePhone", "mobile"],
      ["BusinessFaxPhone", "work fax"],
    ])
    expect(found!.addresses).toEqual([
      {
        label: "work",
        street: "TheOffice\n123 Main St",
        city: "Austin",
        region: "TX",
        postalCode: "12345",
        country: "United States of America",
      },
    ])
    expect(found!.other.map(({ name }) => name)).toEqual(["LABEL", "KEY", "FBURL", "REV"])
    expect(found!.other[0]!.value).toBe("TheOffice\n123 Main St\nAustin, TX 12345\nUnited States of America")
  })

  it("Gmail, version 3.0 with grouped labels", async () => {
    const [found] = await file(sample("vcard/gmail-single.vcf"))
    expect(found).toMatchObject({
      name: "Greg Dartmouth",
      birthday: { year: 1960, month: 9, day: 10 },
      anniversary: { year: 1970, month: 6, day: 2 },
      urls: [{ url: "http://TheProfile.com", label: "PROFILE" }],
      social: [{ service: "icq", value: "123456789" }],
      note: "This is GMail's note field.\nIt should be added as a NOTE type.\nACustomField: CustomField",
    })
    expect(found!.phones).toEqual([
      { number: "555 555 1111", label: "mobile", preferred: false },
      { number: "555 555 2222", label: "GRAND_CENTRAL", preferred: false },
    ])
    expect(found!.addresses.map(({ label }) => label)).toEqual(["home", "CustomAdrType"])
    expect(found!.other).toEqual([
      { name: "X-PHONETIC-FIRST-NAME", value: "Grregg" },
      { name: "X-PHONETIC-LAST-NAME", value: "Dart-mowth" },
      { name: "X-ABRELATEDNAMES", value: "MySpouse", label: "spouse" },
      { name: "X-ABRELATEDNAMES", value: "MyCustom", label: "CustomRelationship" },
    ])
  })

  it("the example of the standard, version 4.0", async () => {
    const [found] = await file(sample("vcard/rfc6350-example.vcf"))
    expect(found).toMatchObject({
      name: "Simon Perreault",
      suffix: "ing. jr, M.Sc.",
      birthday: { month: 2, day: 3 },
      anniversary: { year: 2009, month: 8, day: 8 },
      language: "fr",
      organization: "Viagenie",
      phones: [
        { number: "+1-418-656-9254 ext. 102", label: "work", preferred: true },
        { number: "+1-418-262-6501", label: "work mobile", preferred: false },
      ],
    })
    expect(found!.birthday).not.toHaveProperty("year")
    expect(found!.other).toContainEqual({ name: "GEO", value: "geo:46.772673,-71.282945", label: "work" })
  })

  const shared = sharedData("vcard")
  it.skipIf(!shared).each([
    ["fullcontact", 1, 5, 9, 4],
    ["gmail-list", 3, 3, 0, 0],
    ["gmail-single2", 1, 5, 11, 5],
    ["outlook-2007", 1, 1, 5, 1],
    ["rfc2426-example", 2, 3, 4, 2],
    ["thunderbird-MoreFunctionsForAddressBook-extension", 1, 5, 5, 2],
  ])("%s loses no e-mail, number or address", async (name, cards, ...contacts) => {
    const found = await file(`${shared}/${name}.vcf`)
    expect(found).toHaveLength(cards)
    const count = (key: "emails" | "phones" | "addresses") =>
      found.flatMap((it) => it[key] as unknown[]).length
    expect([count("emails"), count("phones"), count("addresses")]).toEqual(contacts)
    expect(found.every((it) => it.name !== "")).toBe(true)
  })

  it.skipIf(!shared)("pictures come out as they were", async () => {
    const [outlook] = await file(`${shared}/outlook-2007.vcf`)
    expect(outlook!.photo).toMatchObject({ type: "image/jpeg" })
    const data = (outlook!.photo as { data: Buffer }).data
    expect([data.length, data.toString("hex", 0, 3), data.toString("hex", data.length - 2)]).toEqual([
      2324,
      "ffd8ff",
      "ffd9",
    ])
  })
})

describe("text", () => {
  it("is decoded by its charset, else as UTF-8, else as Windows-1252", async () => {
    const lines = Buffer.concat([
      iconv.encode("FN;CHARSET=ISO-8859-2:Řehoř Novák\r\n", "latin2"),
      Buffer.from("TITLE:Geschäftsführer\r\n"),
      iconv.encode("NOTE:Preis in €", "windows-1252"),
    ])
    expect(await card(lines)).toMatchObject({
      name: "Řehoř Novák",
      title: "Geschäftsführer",
      note: "Preis in €",
    })
  })

  it("may be quoted-printable in any charset, over several lines", async () => {
    const lines =
      "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen=20=\r\n=C3=84pfel\r\n" +
      "N;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=C4pfel;J=FCrgen"
    expect(await card(lines, "2.1")).toMatchObject({
      name: "Jürgen Äpfel",
      familyName: "Äpfel",
      givenName: "Jürgen",
    })
  })

  it("is unfolded before it is decoded, since a fold may cut a character", async () => {
    const bytes = Buffer.from("FN:Zoë Ångström")
    const lines = Buffer.concat([bytes.subarray(0, 6), Buffer.from("\r\n "), bytes.subarray(6)])
    expect((await card(lines)).name).toBe("Zoë Ångström")
    expect((await card("NOTE:one\r\n two", "2.1")).note).toBe("one two")
    expect((await card("NOTE:one\r\n two", "4.0")).note).toBe("onetwo")
  })

  it("has escapes of its version", async () => {
    expect((await card("NOTE:a\\, b\\; c\\\\d\\ne\\Nf")).note).toBe("a, b; c\\d\ne\nf")
    expect((await card("NOTE:C:\\new\\;x", "2.1")).note).toBe("C:\\new;x")
    expect((await card("N:Doe, Jr;J", "2.1")).familyName).toBe("Doe, Jr")
  })

  it("may be UTF-16", async () => {
    const text = "\ufeffBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Žofie 😀\r\nEND:VCARD\r\n"
    expect((await readAll(iconv.encode(text, "utf-16le")))[0]!.card.name).toBe("Žofie 😀")
  })
})

describe("properties", () => {
  it("give a name to cards without one", async () => {
    expect((await card("N:Doe;John;Q,Public;Dr.;Jr.")).name).toBe("Dr. John Q Public Doe Jr.")
    expect((await card("ORG:Acme\\; Sons;Sales;East")).name).toBe("Acme; Sons")
    expect((await card("EMAIL:a@example.com")).name).toBe("a@example.com")
  })

  it("keep dates only where they are dates", async () => {
    expect((await card("BDAY:1980-02-30")).other).toEqual([{ name: "BDAY", value: "1980-02-30" }])
    expect((await card("BDAY;VALUE=text:circa 1800", "4.0")).other).toEqual([
      { name: "BDAY", value: "circa 1800" },
    ])
    expect((await card("BDAY:1980-03-21T00:00:00Z")).birthday).toEqual({ year: 1980, month: 3, day: 21 })
    expect((await card("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29")).birthday).toEqual({ month: 2, day: 29 })
  })

  it("keep second values where only one has a place", async () => {
    const found = await card("TITLE:A\r\nTITLE:B\r\nORG:C\r\nORG:D;E\r\nUID:1\r\nTITLE:A")
    expect(found).toMatchObject({ title: "A", organization: "C", uid: "1" })
    expect(found.other).toEqual([
      { name: "TITLE", value: "B" },
      { name: "ORG", value: "D;E" },
    ])
  })

  it("may have quoted parameters with every delimiter in them", async () => {
    const found = await card(
      'item1.TEL;TYPE="work,cell";X-NOTE="a:b;c":+49 30 1\r\nADR;LABEL="Main St 1^nBerlin":;;;;;;',
      "4.0",
    )
    expect(found.phones).toEqual([{ number: "+49 30 1", label: "work mobile", preferred: false }])
    expect(found.addresses).toEqual([{ street: "Main St 1\nBerlin" }])
  })

  it("hold pictures as data or address", async () => {
    expect((await card("PHOTO:data:image/png;base64,iVBORw==", "4.0")).photo).toEqual({
      type: "image/png",
      data: Buffer.from("iVBORw==", "base64"),
    })
    expect((await card("PHOTO;VALUE=uri:http://example.com/a.jpg")).photo).toEqual({
      uri: "http://example.com/a.jpg",
    })
    const loose = "PHOTO;JPEG;BASE64:\r\n/9j/4AAQ\r\nSkZJRg==\r\n\r\nTEL;CELL:1"
    expect(await card(loose, "2.1")).toMatchObject({
      photo: { type: "image/jpeg", data: Buffer.from("/9j/4AAQSkZJRg==", "base64") },
      phones: [{ number: "1", label: "mobile" }],
    })
  })

  it("hold messengers and networks", async () => {
    const lines =
      "IMPP;X-SERVICE-TYPE=Skype:skype:anna\r\nX-SOCIALPROFILE;TYPE=twitter:https://example.com/a\r\nX-JABBER:j@x"
    expect((await card(lines)).social).toEqual([
      { service: "skype", value: "skype:anna" },
      { service: "twitter", value: "https://example.com/a" },
      { service: "jabber", value: "j@x" },
    ])
  })

  it("hold the card of an assistant as text", async () => {
    const found = await card("AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ben\r\nEND:VCARD\r\nFN:Anna", "2.1")
    expect(found.name).toBe("Anna")
    expect(found.other).toEqual([{ name: "AGENT", value: expect.stringContaining("FN:Ben") }])
  })
})

describe("faults", () => {
  it("concern one card and not the next", async () => {
    const all = await readAll(
      "BEGIN:VCARD\nVERSION:3.0\nFN:A\nBEGIN:VCARD\nVERSION:3.0\nFN:B\nno property\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:C",
    )
    expect(all.map(({ line, card: { name }, problem }) => [line, name, problem])).toEqual([
      [1, "A", { code: "unterminated_card", line: 1 }],
      [4, "B", { code: "unreadable_line", line: 7 }],
      [10, "C", { code: "unterminated_card", line: 10 }],
    ])
    expect(all[1]!.card.phones).toHaveLength(1)
  })

  it("of size are cut, not kept in memory", async () => {
    const line = `NOTE:${"x".repeat(1_000_000)}\n`
    const all = await readAll(
      `BEGIN:VCARD\nFN:Big\n${line.repeat(20)}END:VCARD\nBEGIN:VCARD\nFN:Next\nEND:VCARD\n`,
    )
    expect(all.map(({ card: { name }, problem }) => [name, problem?.code])).toEqual([
      ["Big", "card_too_large"],
      ["Next", undefined],
    ])
    await expect(readAll(`BEGIN:VCARD\nNOTE:${"x".repeat(MAX_CARD_LENGTH + 1)}`)).rejects.toMatchObject({
      code: "validation_failed",
    })
  })

  it("in the encoding don't swallow the end of a card", async () => {
    const all = await readAll(
      "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
    )
    expect(all.map(({ card: { name, note } }) => name || note)).toEqual(["a=", "B"])
  })

  it("of kind are told", async () => {
    await expect(readAll("a,b\n1,2\n")).rejects.toMatchObject({ details: { reason: "empty" } })
  })
})
