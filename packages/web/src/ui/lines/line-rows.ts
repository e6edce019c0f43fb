import { type Line, lineProblem } from "@regulars/contract/domains/lines.ts"

/** A line as a document holds it; what the grid has no column for is carried along. */
export interface GridLine extends Line {
  id: string
  productId?: string | null
  name?: string | null
  variant?: string | null
  unit?: string | null
}
export const mostLines = 500

/** What the grid shows: the document's lines with what was typed since, and those that are not complete yet. */
export interface LineRows {
  rows: readonly GridLine[]
  /** The document's lines these came from. */
  from: readonly GridLine[]
}

const blankLine = (): GridLine => ({ id: crypto.randomUUID() })
/** What is typed into a line. */
export const typedKeys = [
  "name",
  "productId",
  "quantity",
  "unitPrice",
  "discount",
  "discountPercent",
  "taxRate",
  "returned",
] as const satisfies (keyof GridLine)[]
export function isBlank(line: GridLine): boolean {
  return typedKeys.every((key) => line[key] === null || line[key] === undefined || line[key] === "")
}
/** Whether the document can hold the line: it says what is sold, and its numbers can be. */
function isComplete(line: GridLine): boolean {
  return Boolean(line.name?.trim()) && lineProblem(line) === null
}

/** One blank line stands at the end, to be typed into. */
function withBlank(rows: readonly GridLine[]): readonly GridLine[] {
  const last = rows.at(-1)
  return (last && isBlank(last)) || rows.length >= mostLines ? rows : [...rows, blankLine()]
}
export function rowsOf(from: readonly GridLine[]): LineRows {
  return { rows: withBlank(from), from }
}
/** The document's lines as they are now, under what is typed here and was not told yet. */
export function merged({ rows, from }: LineRows, now: readonly GridLine[]): LineRows {
  const known = new Map(from.map((line) => [line.id, line]))
  const here = new Map(rows.map((line) => [line.id, line]))
  const shown = now.flatMap((line) => {
    const [own, before] = [here.get(line.id), known.get(line.id)]
    // Removed here, and not told yet.
    if (!own && before) return []
    return own && before && !sameLine(own, before) ? { ...line, ...typedOver(own, before) } : line
  })
  const there = new Set(now.map(({ id }) => id))
  const fresh = rows.filter((line) => !there.has(line.id) && !known.has(line.id) && !isBlank(line))
  const blank = rows.filter((line) => isBlank(line)).slice(-1)
  return { rows: withBlank([...shown, ...fresh, ...blank]), from: now }
}
/** What of a line was typed here. */
function typedOver(own: GridLine, before: GridLine): Partial<GridLine> {
  const changed = Object.entries(own).filter(([key, value]) => value !== before[key as keyof GridLine])
  return Object.fromEntries(changed)
}
export function sameLine(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
/**
 * The lines to be kept: complete ones as they stand, others as the document has them, new ones not yet. One that was
 * emptied is none any more.
 */
export function toldLines({ rows, from }: LineRows): readonly GridLine[] {
  const known = new Map(from.map((line) => [line.id, line]))
  return rows.flatMap((line) => {
    const before = known.get(line.id)
    if (isBlank(line)) return []
    return isComplete(line) ? line : (before ?? [])
  })
}

export function changed(state: LineRows, id: string, changes: Partial<GridLine>): LineRows {
  const rows = state.rows.map((line) => (line.id === id ? { ...line, ...changes } : line))
  return { ...state, rows: withBlank(rows) }
}
export function removed(state: LineRows, id: string): LineRows {
  return { ...state, rows: withBlank(state.rows.filter((line) => line.id !== id)) }
}
/** Brings lines back to their place, or as near as it still is. */
export function putBack(state: LineRows, line: GridLine, place: number): LineRows {
  return { ...state, rows: withBlank(state.rows.toSpliced(place, 0, line)) }
}
/** Moves a line up or down; the blank one at the end stays there. */
export function moved(state: LineRows, id: string, step: 1 | -1): LineRows {
  const place = state.rows.findIndex((line) => line.id === id)
  const [line, other] = [state.rows[place], state.rows[place + step]]
  if (!line || !other || isBlank(line) || isBlank(other)) return state
  return { ...state, rows: state.rows.with(place, other).with(place + step, line) }
}
/** The same line once more below it, as a new one of which nothing came back yet. */
export function duplicated(state: LineRows, id: string, copyId: string): LineRows {
  const place = state.rows.findIndex((line) => line.id === id)
  const line = state.rows[place]
  if (!line || isBlank(line) || state.rows.length >= mostLines) return state
  const { returned: _, ...rest } = line
  return { ...state, rows: withBlank(state.rows.toSpliced(place + 1, 0, { ...rest, id: copyId })) }
}
/** Changes lines from a place on, one after the other, and adds what goes beyond the last; what is more than can be is left out. */
export function pastedOver(
  state: LineRows,
  place: number,
  block: readonly Partial<GridLine>[],
): { state: LineRows; left: number } {
  const room = mostLines - place
  const rows = [...state.rows]
  for (const [step, changes] of block.slice(0, room).entries())
    rows[place + step] = { ...(rows[place + step] ?? blankLine()), ...changes }
  return { state: { ...state, rows: withBlank(rows) }, left: Math.max(0, block.length - room) }
}
