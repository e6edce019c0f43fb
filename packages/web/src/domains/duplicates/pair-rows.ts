import type { DuplicatePair } from "@regulars/contract/domains/duplicates.endpoints.ts"
import { comparedFields } from "@regulars/contract/domains/duplicates.ts"
import type { Formats } from "@regulars/locales/formats.ts"
import type { MessageId } from "@regulars/locales/runtime.ts"
import type { Meaning } from "../../ui/chip.tsx"
import { isEmptyValue } from "../../ui/fields/is-empty.ts"

/** A field of a pair, with what the comparison says of it. */
export interface PairRow {
  field: string
  reasons: { comparison: string; level: string }[]
  /** Whether it speaks for their being the same: above nought for, below against, nought where it says nothing. */
  weight: number
}

/** Fields of which at least one of the two says something, in the order in which people read them. */
export function rowsOf({ entity, records, reasons }: DuplicatePair): PairRow[] {
  const says = (field: string) => records.some(({ values }) => !isEmptyValue(values[field]))
  // Where a name is not taken apart, its parts were read from the whole.
  const fieldOf = (field: string) =>
    (field === "givenName" || field === "familyName") && !says("givenName") && !says("familyName")
      ? "name"
      : field
  const order = Object.keys(comparedFields[entity])
  const inOrder = reasons.toSorted(
    (one, other) => order.indexOf(one.comparison) - order.indexOf(other.comparison),
  )
  const fields = new Set(Object.values(comparedFields[entity]).map(fieldOf))
  return [...fields].filter(says).map((field) => {
    const own = inOrder.filter(
      ({ comparison }) => fieldOf(comparedFields[entity][comparison] ?? "") === field,
    )
    return { field, reasons: own, weight: own.reduce((sum, { weight }) => sum + weight, 0) }
  })
}

/** How sure it is, in words. */
export function certaintyOf(probability: number): { label: MessageId; meaning: Meaning } {
  if (probability >= 0.99) return { label: "duplicates.certainty.sure", meaning: "good" }
  if (probability >= 0.85) return { label: "duplicates.certainty.likely", meaning: "info" }
  return { label: "duplicates.certainty.perhaps", meaning: "soon" }
}

/** Never "100 %": nobody has decided yet. */
export function percentOf(probability: number, formats: Formats): string {
  return formats.number(Math.min(0.99, Math.floor(probability * 100) / 100), { style: "percent" })
}

/** The page that makes one of both, the older first. */
export function mergePath({ entity, records }: DuplicatePair): string {
  return `/${entity}/merge?ids=${records.map(({ id }) => id).join(",")}`
}
