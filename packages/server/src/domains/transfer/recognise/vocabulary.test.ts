import { describe, expect, it } from "vitest"
import { matchHeader } from "./header-match.ts"
import { ALL_MEANINGS, MEANINGS } from "./meanings.ts"
import { SOURCE_DEFINITIONS } from "./source-definitions.ts"
import { german } from "./synonyms/de.ts"
import { english } from "./synonyms/en.ts"
import { spanish } from "./synonyms/es.ts"
import { definitionOf, TARGETS, targetFrom } from "./targets.ts"

const best = (header: string) => [...matchHeader(header).scores].sort((a, b) => b[1] - a[1])[0]?.[0]

describe("headers", () => {
  it.each([
    // Case, accents, camelCase, underscores and names of programming interfaces
    ["BILLINGPOSTALCODE", "postalCode"],
    ["NUMBEROFEMPLOYEES", "size"],
    ["hs_lead_status", "lifecycleStage"],
    ["emailAddress1", "email"],
    ["contact_last_name", "familyName"],
    ["Straße", "street"],
    ["STRASSE", "street"],
    ["Dirección línea 2", "street2"],
    ["fechadenacimiento", "birthday"],
    // Signs, brackets and questions
    ["Mailing Zip/Postal Code", "postalCode"],
    ["Customer #", "externalId"],
    ["E-Mail (privat)", "email"],
    ["Date of birth (DD/MM/YYYY)", "birthday"],
    ["How did you hear about us?", "source"],
    ["¿Cómo nos conoció?", "source"],
    // Compounds, abbreviations and misspellings
    ["Rechnungsstraße", "street"],
    ["Kundenmail", "email"],
    ["Geb.-Dat.", "birthday"],
    ["Kd.-Nr.", "externalId"],
    ["C.P.", "postalCode"],
    ["Postleitzal", "postalCode"],
    ["Nacname", "familyName"],
    ["Emial", "email"],
    ["Observ.", "note"],
    // What stands beside a word
    ["Company Name", "organisation"],
    ["Contact Owner", "owner"],
    ["Email Opt Out", "optOut"],
    ["Last purchase date", "attribute"],
    ["City/Town/Village", "city"],
  ])("%s means %s", (header, meaning) => {
    expect(best(header)).toBe(meaning)
  })

  it.each([
    ["Telefon (privat)", "home"],
    ["Business Fax", "fax"],
    ["Móvil", "mobile"],
    ["Correo del trabajo", "work"],
    ["Phone", undefined],
  ])("%s is labelled %s", (header, label) => {
    expect(matchHeader(header).labels.label).toBe(label)
  })

  it("that say nothing are known as such", () => {
    for (const header of ["", "Column 7", "Spalte3", "campo_2", "F1", "Unnamed: 0"])
      expect(matchHeader(header).parsed.isBlank).toBe(true)
    for (const header of ["Name", "About", "X-Ray"]) expect(matchHeader(header).parsed.isBlank).toBe(false)
  })
})

describe("the vocabulary", () => {
  it("sends every meaning and every known header to a target that exists", () => {
    for (const meaning of ALL_MEANINGS) {
      const { people, companies } = MEANINGS[meaning]
      expect(definitionOf(targetFrom(people))?.entities, meaning).toContain("people")
      expect(definitionOf(targetFrom(companies))?.entities, meaning).toContain("companies")
    }
    for (const source of SOURCE_DEFINITIONS) {
      for (const [header, target] of Object.entries(source.targets)) {
        expect(definitionOf(targetFrom(target.split(":")[0]!)), `${source.id}: ${header}`).toBeDefined()
      }
    }
  })

  it("has a name for every meaning in every language", () => {
    const sameEverywhere = ["organisationId", "parentId", "technical"]
    for (const language of [english, german, spanish]) {
      for (const meaning of ALL_MEANINGS)
        if (!sameEverywhere.includes(meaning)) expect(language.meanings[meaning], meaning).toBeTruthy()
    }
  })

  it("understands every name that is listed", () => {
    const names = [english, german, spanish].flatMap((language) =>
      ALL_MEANINGS.flatMap((meaning) =>
        (language.meanings[meaning] ?? "")
          .split(",")
          .map((entry) => ({ meaning, name: entry.trim().replace("~", "") })),
      ),
    )
    const lost = names.filter(
      ({ meaning, name }) => name !== "" && (matchHeader(name).scores.get(meaning) ?? 0) < 0.45,
    )
    expect(lost).toEqual([])
  })

  it("lists every target once", () => {
    expect(new Set(TARGETS.map((target) => target.id)).size).toBe(TARGETS.length)
  })
})
