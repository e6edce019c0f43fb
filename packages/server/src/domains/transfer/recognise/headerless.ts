import { DETECTORS } from "./detectors.ts"
import { matchHeader } from "./header-match.ts"
import { cellOf } from "./profile.ts"

/** Forms that occur as values and never as the name of a column. */
const OF_VALUES = ["email", "phone"] as const

/**
 * Whether the first row of a table holds values instead of names, because the file has no header. One address or
 * number among the headers is proof enough where no more of them name a column.
 */
export function headersAreValues(headers: readonly string[]): boolean {
  const cells = headers.filter((header) => header.trim() !== "").map((header) => cellOf(header.trim()))
  const values = cells.filter((cell) => OF_VALUES.some((detector) => DETECTORS[detector](cell)))
  const names = cells.filter((cell) => Math.max(0, ...matchHeader(cell.text).scores.values()) > 0.8)
  return values.length > 0 && values.length >= names.length
}
