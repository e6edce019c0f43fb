import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { sharedData } from "../../../../testing/format-files.ts"
import { readEmail, readEmails } from "./emails.ts"

describe("readEmail", () => {
  it.each([
    ["Anna@Example.ORG", "Anna@example.org"],
    [" a.b+tag@sub.example.co.uk\t", "a.b+tag@sub.example.co.uk"],
    ["Anna Berg <anna@example.org>", "anna@example.org"],
    ['"Berg, Anna" <anna@example.org>', "anna@example.org"],
    ["mailto:anna@example.org", "anna@example.org"],
    ["o'neil@example.org", "o'neil@example.org"],
    ["info@müller.de", "info@müller.de"],
  ])("reads %s", (text, address) => {
    expect(readEmail(text)).toEqual({ value: address })
  })

  it.each([
    "anna",
    "anna@",
    "@example.org",
    "anna@@example.org",
    "anna@example..org",
    ".anna@example.org",
    "anna @example.org",
    "anna@-example.org",
    "anna@192.168.0.1",
    `${"a".repeat(65)}@example.org`,
    "a@b.org, c@d.org",
    "anna@example.org\n",
  ])("refuses %j", (text) => {
    expect(readEmail(text)).toEqual({ problem: "email_invalid" })
  })
})

describe("readEmails", () => {
  it("takes several addresses from a cell and marks the wrong ones", () => {
    expect(readEmails("a@x.com; b@y.com,\n c@z.com")).toEqual([
      { value: "a@x.com" },
      { value: "b@y.com" },
      { value: "c@z.com" },
    ])
    expect(readEmails('"Müller, Hans" <h@x.com>, Eva <e@y.com>')).toEqual([
      { value: "h@x.com" },
      { value: "e@y.com" },
    ])
    expect(readEmails("a@x.com; none")).toEqual([{ value: "a@x.com" }, { problem: "email_invalid" }])
  })
})

const suite = sharedData("email-addresses")

describe.skipIf(!suite)("the isemail suite", () => {
  const unescapeXml = (text: string) =>
    text
      .replace(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&")
  // The suite writes control characters as their pictures, U+2400 and on.
  const control = (text: string) =>
    text.replace(/[\u2400-\u241f]/g, (picture) => String.fromCharCode(picture.charCodeAt(0) - 0x2400))
  const xml = suite ? readFileSync(join(suite, "tests.xml"), "utf8") : ""
  const tests = [...xml.matchAll(/<test id[\s\S]*?<\/test>/g)].map(([test]) => ({
    address: unescapeXml(/<address>([\s\S]*?)<\/address>/.exec(test)?.[1] ?? ""),
    category: /<category>(.*?)</.exec(test)?.[1] ?? "",
  }))
  const of = (category: string) => tests.filter((test) => test.category === category)

  it("accepts all of VALID and DNSWARN", () => {
    expect(of("ISEMAIL_VALID_CATEGORY").length).toBeGreaterThan(10)
    for (const { address } of [...of("ISEMAIL_VALID_CATEGORY"), ...of("ISEMAIL_DNSWARN")]) {
      expect([address, "value" in readEmail(address)]).toEqual([address, true])
    }
  })

  it("refuses all of ERR, with control characters as such and as pictures", () => {
    expect(of("ISEMAIL_ERR").length).toBeGreaterThan(50)
    for (const { address } of of("ISEMAIL_ERR")) {
      expect([address, readEmail(address)]).toEqual([address, { problem: "email_invalid" }])
      expect([address, readEmail(control(address))]).toEqual([address, { problem: "email_invalid" }])
    }
  })
})
