import { CsvParser } from "./csv-parser.ts"
import { FormatError } from "./format-error.ts"

/** Those that hardly occur inside text come first. */
const CANDIDATES = ["\t", "|", ";", ","]
const SAMPLE_ROWS = 100

export type CsvDialect = {
  delimiter: string
  newline: "\n" | "\r"
  /** 1 when the first line only names the delimiter ("sep=;", an Excel habit). */
  rowsBefore: number
}

/**
 * How the start of a CSV text is written.
 * @throws FormatError `validation_failed` when the wanted delimiter can't be one
 */
export function findDialect(sample: string, wanted?: string): CsvDialect {
  if (wanted !== undefined && (wanted.length !== 1 || /["\r\n]/.test(wanted))) {
    throw new FormatError(
      "validation_failed",
      "The delimiter must be one character, not a quote or line break",
      {
        reason: "invalid_delimiter",
        remedy: "Use a comma, semicolon, tab or vertical bar",
      },
    )
  }
  const newline = findNewline(sample)
  const named = /^sep=(.)\r?[\r\n]/i.exec(sample)
  const delimiter =
    wanted ?? named?.[1] ?? guessDelimiter(named ? sample.slice(named[0].length) : sample, newline)
  return { delimiter, newline, rowsBefore: named ? 1 : 0 }
}

/** A lone "\r" ends lines only in files that have no "\n" outside quotes (old Macs keep "\n" inside cells). */
function findNewline(sample: string): "\n" | "\r" {
  const unquoted = sample.replace(/"[^"]*(?:"|$)/g, "")
  return !unquoted.includes("\n") && unquoted.includes("\r") ? "\r" : "\n"
}

/**
 * The candidate under which most rows have the same number of cells; among equals, the one that makes more cells.
 * A first row that stays whole speaks against it, unless three or more columns follow (then it may be a title).
 */
function guessDelimiter(sample: string, newline: "\n" | "\r"): string {
  let best = { delimiter: ",", agreement: 0, width: 1 }
  for (const delimiter of CANDIDATES) {
    const widths = sampleWidths(sample, delimiter, newline)
    const { width, count } = mostCommon(widths)
    if (width < 2 || (widths[0] === 1 && width < 3)) continue
    const agreement = count / widths.length
    if (agreement > best.agreement || (agreement === best.agreement && width > best.width)) {
      best = { delimiter, agreement, width }
    }
  }
  return best.delimiter
}

function sampleWidths(sample: string, delimiter: string, newline: "\n" | "\r"): number[] {
  const parser = new CsvParser({ delimiter, newline })
  const rows = []
  for (let start = 0; start < sample.length && rows.length < SAMPLE_ROWS; start += 16_384) {
    rows.push(...parser.push(sample.slice(start, start + 16_384)))
  }
  // The last row of a sample may be cut off, so it counts only when it is all there is.
  if (rows.length < 2) rows.push(...parser.end())
  return rows.slice(0, SAMPLE_ROWS).map((row) => row.cells.length)
}

function mostCommon(widths: readonly number[]): { width: number; count: number } {
  const counts = new Map<number, number>()
  let best = { width: 0, count: 0 }
  for (const width of widths) {
    const count = (counts.get(width) ?? 0) + 1
    counts.set(width, count)
    if (count > best.count || (count === best.count && width > best.width)) best = { width, count }
  }
  return best
}
