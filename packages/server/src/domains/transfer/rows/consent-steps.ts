import { consentPurposes } from "@regulars/contract/domains/people.ts"
import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { readBoolean } from "../values/booleans.ts"
import { consentStates, readChoice } from "../values/choices.ts"
import { readMoment } from "../values/dates.ts"
import { instantOfMoment, orderOf } from "./moments.ts"
import { type ConsentParts, complain, type RowContext, type Step, saysNothing } from "./row-work.ts"

type Consent = Pick<ConsentParts, "status" | "at">
type ReadConsent = (text: string, column: ImportColumn, zone: string) => Consent | undefined

export const optInStep = step(readOptIn)
export const optOutStep = step(readOptOut)
export const optInDateStep = step((text, column, zone) => dated("given", text, column, zone))
export const optOutDateStep = step((text, column, zone) => dated("withdrawn", text, column, zone))

/** What a cell says about a consent, joined with what other columns of the row say about the same. */
function step(read: ReadConsent): (column: ImportColumn, context: RowContext) => Step {
  return (column, { zone }) => {
    const channel = column.target?.label ?? "email"
    const purpose = purposeOf(column, channel)
    return (work, text) => {
      if (saysNothing(text)) return
      const found = read(text, column, zone)
      if (!found) return complain(work, column, "consent_unknown", text)
      const key = `${purpose} ${channel}`
      const known = work.consents.get(key) ?? { channel, purpose }
      // A withdrawal weighs more than whatever else the row says.
      const status = known.status === "withdrawn" ? known.status : (found.status ?? known.status)
      const at = found.status === status ? (found.at ?? known.at) : known.at
      work.consents.set(key, { ...known, status, at })
    }
  }
}
function purposeOf({ target }: ImportColumn, channel: string): string {
  const asked = target?.key ?? ""
  if ((consentPurposes as readonly string[]).includes(asked)) return asked
  return channel === "email" ? "newsletter" : "offers"
}

function readOptIn(text: string, column: ImportColumn, zone: string): Consent | undefined {
  const state = readChoice(text, consentStates)
  if (!("value" in state)) return dated("given", text, column, zone)
  return state.value === "pending" ? {} : { status: state.value }
}
function readOptOut(text: string, column: ImportColumn, zone: string): Consent | undefined {
  const isOut = readBoolean(text)
  if (!("value" in isOut)) return dated("withdrawn", text, column, zone)
  // Not having objected is no consent.
  return isOut.value ? { status: "withdrawn" } : {}
}
function dated(
  status: "given" | "withdrawn",
  text: string,
  column: ImportColumn,
  zone: string,
): Consent | undefined {
  const moment = readMoment(text, orderOf(column))
  if ("value" in moment) return { status, at: instantOfMoment(moment.value, zone) }
  return moment.problem === "date_empty" ? {} : undefined
}
