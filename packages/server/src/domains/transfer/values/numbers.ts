import type { Reading } from "./reading.ts"

/** The decimal mark of a column; "ambiguous" when its values fit both ("1.234"). */
export type DecimalMark = "," | "." | "ambiguous"

const CURRENCY = /€|\$|£|¥|₹|\b(?:eur|euros?|usd|gbp|chf|mxn|cop|ars|clp|pen|sfr|fr)\b\.?|%/gi

/** The bare number of a cell: digits, marks and sign, without currency, blanks and Swiss apostrophes. */
function bareNumber(text: string): string | undefined {
  let bare = text.replace(CURRENCY, "").replace(/[\s\u00a0\u202f'’]/g, "")
  // "1.200,-" and "1'200.–" are how shops in German-speaking countries write whole amounts.
  bare = bare.replace(/[.,][-–—]+$/, "")
  let sign = ""
  if (/^\(.*\)$/.test(bare)) [bare, sign] = [bare.slice(1, -1), "-"]
  else if (/^.+[-−]$/.test(bare)) [bare, sign] = [bare.slice(0, -1), "-"]
  else if (/^[-−+]/.test(bare)) [bare, sign] = [bare.slice(1), bare.startsWith("+") ? "" : "-"]
  return /^[\d.,]*\d$/.test(bare) ? sign + bare : undefined
}

/** Which mark a single number must be using; undefined when it has none, "ambiguous" when either fits. */
function markOf(bare: string): DecimalMark | undefined {
  const marks = bare.match(/[.,]/g)
  if (!marks) return undefined
  const last = marks[marks.length - 1] as "," | "."
  if (marks.some((mark) => mark !== last)) return last
  const other = last === "," ? "." : ","
  if (marks.length > 1) return other
  const [whole = "", rest = ""] = bare.replace("-", "").split(last)
  if (rest.length !== 3 || whole.length > 3 || whole === "" || whole.startsWith("0")) return last
  return "ambiguous"
}

/** The decimal mark the samples of a column share; undefined when no sample has any mark. */
export function detectDecimal(samples: readonly string[]): DecimalMark | undefined {
  let seen: DecimalMark | undefined
  for (const sample of samples) {
    const bare = bareNumber(sample)
    const mark = bare === undefined ? undefined : markOf(bare)
    if (mark === undefined || (mark === "ambiguous" && seen)) continue
    if (seen && seen !== "ambiguous" && seen !== mark) return "ambiguous"
    seen = mark
  }
  return seen
}

/**
 * Reads a number or an amount ("1.234,50 €", "$1,200", "1'200.-", "(12.5)").
 * With an ambiguous mark only numbers which can be read in one way are accepted.
 */
export function readNumber(text: string, decimal: DecimalMark): Reading<number> {
  const bare = bareNumber(text.trim())
  if (bare === undefined) return { problem: "number_invalid" }
  const own = markOf(bare)
  if (own === undefined) return { value: Number(bare) }
  if (decimal === "ambiguous" && own === "ambiguous") return { problem: "number_ambiguous" }
  const mark = decimal === "ambiguous" ? (own as "," | ".") : decimal
  const [whole = "", fraction, ...more] = bare.split(mark)
  const group = mark === "," ? "." : ","
  const grouped = new RegExp(
    `^-?(\\d*|\\d{1,3}(\\${group}\\d{3})+|\\d{1,2}(\\${group}\\d{2})*\\${group}\\d{3})$`,
  )
  if (more.length > 0 || !grouped.test(whole) || /[.,]/.test(fraction ?? ""))
    return { problem: "number_invalid" }
  return { value: Number(`${whole.replaceAll(group, "")}${fraction ? `.${fraction}` : ""}`) }
}

/** True for anything that reads as one number in either way of writing. */
export function looksNumeric(text: string): boolean {
  return bareNumber(text.trim()) !== undefined
}
