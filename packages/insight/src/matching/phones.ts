import type { Comparison } from "./model.ts"
import { isWithinEdits } from "./string-distance.ts"
import { digitsOf } from "./text.ts"

/** Shorter ones are extensions or halves of a number. */
const shortest = 6
/** So many last digits belong to one subscriber, as far as that can be told without knowing the country. */
const ending = 8
const enough = 7

/** Telephone numbers, as E.164 or as somebody wrote them. Of several, the most alike two count. */
export function comparePhones<R>(
  name: string,
  read: (record: R) => readonly string[] | undefined,
): Comparison<R, string[]> {
  return {
    name,
    levels: [
      { name: "same", m: 0.6, u: 0.00001 },
      { name: "sameEnding", m: 0.08, u: 0.000005 },
      { name: "similar", m: 0.04, u: 0.0001 },
      { name: "different", m: 0.28, u: 0.999885 },
    ],
    prepare: (record) => {
      const numbers = (read(record) ?? []).map(nationalDigits).filter((digits) => digits.length >= shortest)
      return numbers.length > 0 ? [...new Set(numbers)] : undefined
    },
    compare: (ones, others) => {
      let best = 3
      for (const one of ones) for (const other of others) best = Math.min(best, levelOf(one, other))
      return best
    },
    terms: { of: (numbers) => numbers, shared: (ones, others) => ones.find((one) => others.includes(one)) },
  }
}

/** The digits without the zeros that stand for "abroad" or "long distance". */
function nationalDigits(number: string): string {
  return digitsOf(number).replace(/^0+/, "")
}

/** What stays of each number whether the country is written or not: its last digits, for blocking. */
export function phoneKeys(numbers: readonly string[] = []): string[] {
  return numbers
    .map(nationalDigits)
    .flatMap((digits) => (digits.length >= enough ? digits.slice(-enough) : []))
}

function levelOf(one: string, other: string): number {
  if (one === other) return 0
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= enough && (long.endsWith(short) || short.slice(-ending) === long.slice(-ending)))
    return 1
  return short.length >= ending && isWithinEdits(one, other, 1) ? 2 : 3
}
