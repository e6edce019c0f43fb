import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { VCard } from "../formats/vcard.ts"
import { keepsTexts } from "../recognise/targets.ts"
import { assembleRow } from "./assemble-row.ts"
import { draftChecker } from "./check-draft.ts"
import { type CellProblem, type Draft, isOwn } from "./draft.ts"
import { ownStep } from "./own-steps.ts"
import { stepFor } from "./row-steps.ts"
import { blankDraft, newWork, type RowContext, type Step } from "./row-work.ts"

/** A row of the file, or a card laid out as one. */
export interface SourceRow {
  line: number
  cells: string[]
  /** What the reader of the file found wrong with it; `column` counts from 1. */
  problem?: { code: string; column?: number; expected?: number; limit?: number }
  card?: VCard
}
/** Cells put right by hand: by line, then by column. */
export type Repairs = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Makes the function that understands the rows of one import. Pure: the same row gives the same draft. */
export function rowReader(
  columns: readonly ImportColumn[],
  repairs: Repairs,
  context: RowContext,
): (row: SourceRow) => Draft {
  const steps: { index: number; own: boolean; take: Step }[] = columns.flatMap((column) => {
    const own = isOwn(column)
    const take = own ? ownStep(column, context) : stepFor(column, context)
    return take ? [{ index: column.index, own, take }] : []
  })
  const check = draftChecker(columns, context.entity)
  return (row) => {
    const cells = repaired(row, repairs[row.line])
    if (cells.every((cell) => cell.trim() === "")) return blankDraft(row.line, cells)
    const work = newWork(context.unreadable === "keep" && keepsTexts(context.entity))
    for (const { index, own, take } of steps) {
      const cell = cells[index] ?? ""
      const text = own ? cell : cell.trim()
      if (text.trim() !== "") take(work, text)
    }
    const draft = assembleRow(work, { line: row.line, cells }, context)
    const fault = rowProblem(row, repairs[row.line])
    if (fault) draft.problems.unshift(fault)
    return check(draft)
  }
}

function repaired(row: SourceRow, own: Readonly<Record<string, string>> | undefined): readonly string[] {
  if (!own) return row.cells
  const cells = [...row.cells]
  for (const [column, text] of Object.entries(own)) cells[Number(column)] = text
  return cells
}
/** A fault of the row itself, unless somebody has put the cell right. */
function rowProblem(
  row: SourceRow,
  own: Readonly<Record<string, string>> | undefined,
): CellProblem | undefined {
  const { problem } = row
  if (!problem) return undefined
  const column = problem.column === undefined ? null : problem.column - 1
  if (own && (column === null || column in own)) return undefined
  const limit = problem.expected ?? problem.limit
  return {
    column,
    code: problem.code,
    value: column === null ? "" : (row.cells[column] ?? "").slice(0, 200),
    ...(limit !== undefined && { limit }),
  }
}
