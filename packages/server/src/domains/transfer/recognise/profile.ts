import { fold } from "../values/fold.ts"
import { type Cell, DETECTORS, type Detector } from "./detectors.ts"

/** What the sample values of a column are like. */
export interface Profile {
  /** Values that are not blank. */
  count: number
  /** Distinct values among them, and their share (1: no value twice). */
  distinct: number
  unique: number
  /** Distinct values, the most frequent first. */
  values: readonly string[]
  /** Share of the values, 0 to 1, which a detector recognises. */
  share: (detector: Detector) => number
}

// Enough for any share to settle; more would only cost time on columns of prose.
const MOST_VALUES = 60

/** A value prepared for the detectors. */
export function cellOf(raw: string): Cell {
  // Spreadsheets keep long numbers as text with an apostrophe before them.
  const text = raw.replace(/^'(?=[\d+])/, "")
  const folded = fold(text)
  return {
    text,
    folded,
    words: folded.split(/[\s,/]+/).filter((word) => word !== ""),
    hasDigit: /\d/.test(text),
  }
}

const isMissing = (text: string) =>
  text === "" || /^(?:-|–|—|n\/a|null|#n\/a|nan|0[./-]0[./-]00(?:00)?)$/i.test(text)

/** Looks at the values of one column; detectors run when first asked for. */
export function profileColumn(values: readonly string[]): Profile {
  const counts = new Map<string, number>()
  for (const value of values) {
    const text = value.trim()
    if (!isMissing(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_VALUES)
  const cells = ranked.map(([text, times]) => ({ cell: cellOf(text), times }))
  const total = ranked.reduce((sum, [, times]) => sum + times, 0)
  const count = [...counts.values()].reduce((sum, times) => sum + times, 0)
  const shares = new Map<Detector, number>()
  const share = (detector: Detector): number => {
    const known = shares.get(detector)
    if (known !== undefined) return known
    const hits = cells.reduce((sum, { cell, times }) => sum + (DETECTORS[detector](cell) ? times : 0), 0)
    const found = total === 0 ? 0 : hits / total
    shares.set(detector, found)
    return found
  }
  return {
    count,
    distinct: counts.size,
    unique: count === 0 ? 0 : counts.size / count,
    values: ranked.map(([text]) => text),
    share,
  }
}
