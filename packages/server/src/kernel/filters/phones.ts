import type { Operator } from "@regulars/contract/kernel/filter.ts"
import { anyOf, likeText, type Sql, sql } from "../db/sql.ts"
import { lookUpForm } from "../records/lookups.ts"

/**
 * Whether `v.value`, a number in its look-up form (`+4930123456`), is meant by one of the texts as people type
 * numbers: with the country's code, with 00 before it, or with the zero that is dialled within the country. A text
 * without a digit means no number.
 */
export function phoneWanted(op: Operator, texts: readonly string[]): Sql {
  const numbers = texts.map(dialled).filter((number) => number !== "")
  const end = op === "startsWith" || op === "contains" ? "%" : ""
  // Behind the plus come one to three digits of a country, then the number without its zero.
  const local = numbers
    .filter((number) => /^0\d/.test(number))
    .flatMap((number) => ["+_", "+__", "+___"].map((country) => `${country}${number.slice(1)}${end}`))
  const start = op === "contains" ? "%" : ""
  const conditions = end
    ? [...numbers.map((number) => `${start}${likeText(number)}${end}`)].map(
        (pattern) => sql`v.value like ${pattern}`,
      )
    : [sql`v.value = any (${numbers}::text[])`]
  return anyOf([...conditions, ...local.map((pattern) => sql`v.value like ${pattern}`)])
}
function dialled(text: string): string {
  return lookUpForm("phone", text.replace("(0)", "")).replace(/^00(?=[1-9])/, "+")
}
