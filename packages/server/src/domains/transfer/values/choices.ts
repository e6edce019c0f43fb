import { fold } from "./fold.ts"
import type { Reading } from "./reading.ts"
import {
  CHANNEL_WORDS,
  CONSENT_WORDS,
  FORM_WORDS,
  KEY_CUSTOMER_WORDS,
  LIFECYCLE_WORDS,
} from "./words/choice-words.ts"

export type LifecycleStage = "subscriber" | "lead" | "qualified" | "customer" | "regular" | "lapsed" | "lost"
export type KeyCustomer = "high" | "medium" | "low" | "vip" | "potential"
export type PreferredChannel = "email" | "phone" | "sms" | "chat" | "post" | "inPerson" | "social"
export type FormOfAddress = "formal" | "informal"
/** "pending" is no consent yet: nothing to record. */
export type ConsentState = "given" | "refused" | "withdrawn" | "pending"

/** A closed set of values and the words each is known by, folded, in English, German and Spanish. */
export type Choices<T extends string> = ReadonlyMap<string, T>

/** Letters and digits only: "Sales-Qualified Lead", "sales_qualified_lead" and "salesqualifiedlead" are one. */
const key = (text: string) => fold(text).replace(/[^\p{L}\p{N}✓✔]+/gu, "")

function choices<T extends string>(words: Record<T, string>): Choices<T> {
  const entries = Object.entries(words) as [T, string][]
  return new Map(
    entries.flatMap(([value, list]) =>
      [value, ...list.split(",")].map((word) => [key(word), value] as const),
    ),
  )
}

/** The same for choices that are known by these words alone. */
export function choicesOf(words: Iterable<readonly [word: string, value: string]>): Choices<string> {
  return new Map([...words].map(([word, value]) => [key(word), value] as const))
}

export const lifecycleStages = choices<LifecycleStage>(LIFECYCLE_WORDS)
export const keyCustomerLevels = choices<KeyCustomer>(KEY_CUSTOMER_WORDS)
export const preferredChannels = choices<PreferredChannel>(CHANNEL_WORDS)
export const formsOfAddress = choices<FormOfAddress>(FORM_WORDS)
export const consentStates = choices<ConsentState>(CONSENT_WORDS)

/**
 * Reads a word as one of a closed set of values, whatever its case, accents and punctuation. Of a compound such as
 * "Customer - Direct" or "Lead (neu)" the first part decides.
 */
export function readChoice<T extends string>(text: string, among: Choices<T>): Reading<T> {
  const value = among.get(key(text)) ?? among.get(key(text.split(/\s[-–:/]\s|\(|,|;/)[0] ?? ""))
  return value === undefined ? { problem: "choice_unknown" } : { value }
}
