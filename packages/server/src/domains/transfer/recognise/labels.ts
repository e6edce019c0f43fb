import type { ColumnState } from "./candidates.ts"
import { parseHeader } from "./header.ts"
import { matchHeader } from "./header-match.ts"
import type { Meaning } from "./meanings.ts"
import { isLabelWord } from "./vocabulary.ts"
import { wordsOf } from "./words-of.ts"

/** A column that only says what its neighbour holds: "E-mail 1 - Type" beside "E-mail 1 - Value". */
export interface LabelColumn {
  /** Target id: "emails.label", "preferences.key" … */
  target: string
  /** The column it speaks of. */
  of: number
}

const LABEL_TARGETS: Partial<Record<Meaning, string>> = {
  email: "emails.label",
  phone: "phones.label",
  street: "addresses.label",
  wholeAddress: "addresses.label",
  city: "addresses.label",
  postalCode: "addresses.label",
  website: "social.label",
  social: "social.label",
  anniversary: "dates.label",
}
const LABEL_VALUES =
  /^(?:\* ?)?(?:home|work|mobile|cell|other|main|fax|work fax|home fax|personal|private|business|profile|home ?page|blog|anniversary|privat|geschäftlich|arbeit|mobil|handy|dienstlich|casa|trabajo|móvil|otro|particular|\*)?$/i
const FREE_FIELDS = /custom|relation|benutzerdefiniert|beziehung|personalizado|relaci[oó]n/i

const stemOf = (words: readonly string[]) => words.join(" ")

/** The header without its label word at the end; undefined when it has none or is nothing else. */
function labelStem(header: string): string | undefined {
  const words = wordsOf(header)
  const last = words[words.length - 1]
  return words.length > 1 && last && isLabelWord(last) ? stemOf(words.slice(0, -1)) : undefined
}

function targetOf(stem: string, header: string): string | undefined {
  if (FREE_FIELDS.test(header)) return "preferences.key"
  const [meaning] = [...matchHeader(stem).scores].sort((a, b) => b[1] - a[1])[0] ?? []
  return meaning && LABEL_TARGETS[meaning]
}

/**
 * The label columns of a table by their index. A header counts as one when another header begins with the same
 * words and number, or when it has no number and its values are labels.
 */
export function findLabelColumns(
  columns: readonly ColumnState[],
  isSettled: (column: ColumnState) => boolean,
): Map<number, LabelColumn> {
  const found = new Map<number, LabelColumn>()
  for (const column of columns) {
    const stem = labelStem(column.header)
    if (!stem || isSettled(column)) continue
    const isNumbered = parseHeader(column.header).ordinal !== undefined
    const hasLabels =
      column.profile.count > 0 && column.profile.values.every((value) => LABEL_VALUES.test(value))
    if (!isNumbered && !hasLabels) continue
    const partner = columns.find(
      (other) => other !== column && `${stemOf(wordsOf(other.header))} `.startsWith(`${stem} `),
    )
    const target = partner && targetOf(stem, column.header)
    if (partner && target) found.set(column.index, { target, of: partner.index })
  }
  return found
}

/** True for the value column of a free field ("Custom Field 1 - Value") whose label column is known. */
export function freeFieldOf(
  column: ColumnState,
  labels: ReadonlyMap<number, LabelColumn>,
): number | undefined {
  for (const [index, label] of labels)
    if (label.target === "preferences.key" && label.of === column.index) return index
  return undefined
}
