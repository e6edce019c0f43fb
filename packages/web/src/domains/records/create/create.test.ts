import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { describe, expect, it } from "vitest"
import { ApiError } from "../../../lib/api-error.ts"
import { begun } from "../compose/begun.ts"
import { askedFields } from "./asked-fields.ts"
import { twinsOf } from "./twins.ts"
import { companyOf, emptyCompany, emptyPerson, personOf } from "./typed.ts"

describe("what is created", () => {
  it("holds only what was typed", () => {
    expect(personOf({ ...emptyPerson, name: " Ana " })).toEqual({ name: "Ana" })
    expect(personOf({ name: "", email: "a@example.com", phone: "030 1", companyId: "c" })).toEqual({
      emails: [{ address: "a@example.com" }],
      phones: [{ raw: "030 1" }],
      companyId: "c",
    })
  })
  it("takes the domain out of a web address, and leaves nonsense for the server to refuse", () => {
    const domains = (domain: string) => companyOf({ ...emptyCompany, name: "Acme", domain }).domains
    expect(domains("https://www.acme.example/shop")).toEqual([{ domain: "acme.example" }])
    expect(domains("nonsense")).toEqual([{ domain: "nonsense" }])
    expect(domains("")).toBeUndefined()
  })
})

describe("a form that begins with something", () => {
  it("has it in its own inputs, and shows an input for all else that can be written", () => {
    const begin = { name: "Ana", companyId: "c", lifecycleStage: "lead", jobTitle: null }
    const typed = begun("people", emptyPerson, begin)
    expect(typed).toEqual({ ...emptyPerson, name: "Ana", companyId: "c", own: { lifecycleStage: "lead" } })
    expect(personOf(typed)).toEqual({ name: "Ana", companyId: "c", lifecycleStage: "lead" })
    const unusable = { lastActivityAt: "2026-01-01T00:00:00Z", emails: [{ address: "a@b.example" }], shoe: 1 }
    expect(begun("people", emptyPerson, unusable)).toEqual(emptyPerson)
  })
})

describe("likely twins", () => {
  const twin = (id: string, field: string) => ({ id, name: "Ana", field, value: "x" })
  it("are named once each, by the first thing they share", () => {
    const error = new ApiError({
      code: "duplicate_suspected",
      status: 409,
      details: { candidates: [twin("1", "emails"), twin("1", "phones"), twin("2", "phones")] },
    })
    expect(twinsOf(error)).toEqual([twin("1", "emails"), twin("2", "phones")])
  })
  it("are none for any other error", () => {
    expect(twinsOf(new ApiError({ code: "conflict", status: 409 }))).toEqual([])
    expect(twinsOf(null)).toEqual([])
  })
})

describe("a form without one of its own", () => {
  const plain = { singular: "deal", name: "deals", title: "name", defaultSort: "name" }
  const askedOf = (fields: EntityDeclaration["fields"]) => askedFields({ ...plain, fields })

  it("asks for what a record can't be without and what its list shows, the name aside", () => {
    const fields = {
      name: { type: "text", required: true, column: true },
      stage: { type: "choice", choices: ["new"], required: true, default: "new" },
      companyId: { type: "link", target: "companies", column: true },
      channel: { type: "choice", choices: ["till"], required: true },
      note: { type: "longText" },
    } as const
    expect(askedOf(fields)).toEqual(["companyId", "channel"])
  })
  it("never asks for what the product writes, what is hidden, or what needs a page", () => {
    const fields = {
      total: { type: "money", readOnly: true, required: true, column: true },
      secret: { type: "text", hidden: true, column: true },
      lines: { type: "list", key: "name", item: { name: { type: "text" } }, column: true },
    } as const
    expect(askedOf(fields)).toEqual([])
  })
})
