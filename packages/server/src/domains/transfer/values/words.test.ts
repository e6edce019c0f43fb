import { describe, expect, it } from "vitest"
import { readBoolean } from "./booleans.ts"
import {
  type Choices,
  consentStates,
  formsOfAddress,
  keyCustomerLevels,
  lifecycleStages,
  preferredChannels,
  readChoice,
} from "./choices.ts"
import { splitList } from "./lists.ts"

describe("readBoolean", () => {
  it("understands three languages, digits and ticks", () => {
    for (const text of ["yes", "TRUE", "ja", "wahr", "sí", "Si", "x", "1", "✓", "on"])
      expect(readBoolean(text)).toEqual({ value: true })
    for (const text of ["No", "false", "nein", "falsch", "0", "off", "☐"])
      expect(readBoolean(text)).toEqual({ value: false })
    for (const text of ["", "maybe", "2"]) expect(readBoolean(text)).toEqual({ problem: "boolean_unknown" })
  })
})

describe("readChoice", () => {
  it.each([
    ["Kunde", lifecycleStages, "customer"],
    ["Customer - Direct", lifecycleStages, "customer"],
    ["Interessent", lifecycleStages, "lead"],
    ["Marketing Qualified Lead", lifecycleStages, "lead"],
    ["salesqualifiedlead", lifecycleStages, "qualified"],
    ["Opportunity", lifecycleStages, "qualified"],
    ["Stammkundin", lifecycleStages, "regular"],
    ["cliente habitual", lifecycleStages, "regular"],
    ["PERDIDO", lifecycleStages, "lost"],
    ["Ehemalig", lifecycleStages, "lapsed"],
    ["Newsletter", lifecycleStages, "subscriber"],
    ["qualified", lifecycleStages, "qualified"],
    ["wichtig", keyCustomerLevels, "high"],
    ["A-Kunde", keyCustomerLevels, "high"],
    ["VIP", keyCustomerLevels, "vip"],
    ["WhatsApp", preferredChannels, "chat"],
    ["per Telefon", preferredChannels, "phone"],
    ["Correo electrónico", preferredChannels, "email"],
    ["inPerson", preferredChannels, "inPerson"],
    ["Sie", formsOfAddress, "formal"],
    ["tú", formsOfAddress, "informal"],
    ["Unsubscribed", consentStates, "withdrawn"],
    ["acepta", consentStates, "given"],
    ["nein", consentStates, "refused"],
    ["green", lifecycleStages, undefined],
    ["", lifecycleStages, undefined],
  ] as [string, Choices<string>, string | undefined][])("%s", (text, among, value) => {
    expect(readChoice(text, among)).toEqual(value ? { value } : { problem: "choice_unknown" })
  })
})

describe("splitList", () => {
  it.each([
    ["vip, local ,VIP", ["vip", "local"]],
    ["school; local, gifts", ["school", "local, gifts"]],
    ["Clients ::: Friends ::: * myContacts", ["Clients", "Friends"]],
    ["* Kunden ::: * My Contacts", ["Kunden"]],
    ['"VIP","Bradford"', ["VIP", "Bradford"]],
    ["[a|b]", ["a", "b"]],
    ["one\ntwo", ["one", "two"]],
    [" , ;", []],
  ])("%j", (text, items) => {
    expect(splitList(text)).toEqual(items)
  })
})
