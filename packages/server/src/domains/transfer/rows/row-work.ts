import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Values } from "../../../kernel/records/columns.ts"
import type { Reading } from "../values/reading.ts"
import type { AboutWish, CellProblem, Draft, LinkWish } from "./draft.ts"

/** What reading a row depends on, beside its cells. */
export interface RowContext {
  entity: EntityDeclaration
  /** Country of local phone numbers, currency of amounts and zone of times without one. */
  country: string
  currency: string
  zone: string
  /** The product the file comes from, where it was recognised. */
  source: string | null
  unreadable: "refuse" | "keep"
  /** Said as the source of consents. */
  fileName: string
}

export interface ConsentParts {
  channel: string
  purpose: string
  status?: "given" | "refused" | "withdrawn"
  at?: string
}
/** A row while its cells are read, one after the other. */
export interface Work {
  values: Values
  /** Entries of lists by field and group. */
  items: Map<string, Map<number, Values>>
  /** Texts kept under a name, because they have no field of their own. */
  texts: [key: string, text: string][]
  /** Names and values that stand in columns of their own, by group. */
  pairs: Map<number, { key?: string; text?: string }>
  consents: Map<string, ConsentParts>
  birthday: { day?: string; month?: string; year?: string }
  middleName?: string
  links: LinkWish[]
  about: AboutWish[]
  notes: string[]
  createdAt?: string
  ownId?: string
  externalId?: string
  problems: CellProblem[]
  /** What can't be read is kept as text instead of refusing the row. */
  keepsUnreadable: boolean
}
/** Takes one cell that holds something. */
export type Step = (work: Work, text: string) => void

export function newWork(keepsUnreadable: boolean): Work {
  return {
    values: {},
    items: new Map(),
    texts: [],
    pairs: new Map(),
    consents: new Map(),
    birthday: {},
    links: [],
    about: [],
    notes: [],
    problems: [],
    keepsUnreadable,
  }
}
/** The entry of a list that a column speaks of, made when it is the first to do so. */
export function itemOf(work: Work, field: string, group: number): Values {
  const items = work.items.get(field) ?? new Map<number, Values>()
  work.items.set(field, items)
  const item = items.get(group) ?? {}
  items.set(group, item)
  return item
}
/** A cell that can't be read: the row is refused, or the text is kept under the column's header. */
export function complain(work: Work, column: ImportColumn, code: string, text: string): void {
  if (work.keepsUnreadable) work.texts.push([column.header, text])
  else work.problems.push({ column: column.index, code, value: text })
}
/** Reads a cell as one value, or complains. */
export function readingStep<T>(
  column: ImportColumn,
  read: (text: string) => Reading<T>,
  take: (work: Work, value: T) => void,
): Step {
  return (work, text) => {
    if (saysNothing(text)) return
    const reading = read(text)
    if ("value" in reading) take(work, reading.value)
    else if (reading.problem !== "date_empty") complain(work, column, reading.problem, text)
  }
}
/** Columns without a group speak of an entry of their own. */
export function groupOf({ target, index }: ImportColumn): number {
  return target?.group ?? 1000 + index
}
/** What people and programs write into a cell to say that there is nothing. */
const nothing = /^(?:n\/?a|n\.a\.|#n\/a|-+|[–—]|\?+|none|null|nil|k\.? ?a\.?|keine?|s\/d|ninguno)$/i
export function saysNothing(text: string): boolean {
  return text.length < 8 && nothing.test(text)
}
export function blankDraft(line: number, cells: readonly string[]): Draft {
  return { line, cells, values: {}, lines: [], links: [], about: [], notes: [], problems: [], isBlank: true }
}
