import type { Comparison } from "./model.ts"
import { isWithinEdits } from "./string-distance.ts"

interface DateParts {
  /** Empty where only day and month are known. */
  year: string
  month: string
  day: string
  digits: string
}

const forms = /^(?:(\d{4})|-)-?(\d{2})-?(\d{2})(?!\d)/

/**
 * A day such as a birthday, as `yyyy-mm-dd`, `yyyymmdd`, or `--mm-dd` without year. The day need not exist: who types
 * 31 for 13 is who we look for.
 */
export function compareDates<R>(
  name: string,
  read: (record: R) => string | null | undefined,
): Comparison<R, DateParts> {
  return {
    name,
    levels: [
      { name: "same", m: 0.8, u: 0.0002 },
      { name: "sameDay", m: 0.01, u: 0.0027 },
      { name: "swapped", m: 0.02, u: 0.0002 },
      { name: "similar", m: 0.07, u: 0.002 },
      { name: "nearly", m: 0.05, u: 0.02 },
      { name: "different", m: 0.05, u: 0.9751 },
    ],
    prepare: (record) => partsOf(read(record)),
    compare: levelOf,
    // 1 January is what forms say when nobody knew.
    terms: { of: ({ digits }) => [digits], shared: ({ digits }) => digits },
  }
}

/** The parts of a date as digits; `undefined` where the text is none. */
export function partsOf(text: string | null | undefined): DateParts | undefined {
  const found = forms.exec((text ?? "").trim())
  if (!found) return undefined
  const [, year = "", month = "", day = ""] = found
  return { year, month, day, digits: year + month + day }
}

function levelOf(one: DateParts, other: DateParts): number {
  if (one.digits === other.digits) return 0
  const sameMonth = one.month === other.month
  const sameDay = one.day === other.day
  if (one.year === "" || other.year === "") return sameMonth && sameDay ? 1 : 5
  const sameYear = one.year === other.year
  if (sameYear && one.month === other.day && one.day === other.month) return 2
  if (isWithinEdits(one.digits, other.digits, 1)) return 3
  return Number(sameYear) + Number(sameMonth) + Number(sameDay) >= 2 ? 4 : 5
}
