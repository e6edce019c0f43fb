import type { InSteps } from "../steps.ts"
import { amountOf, choiceOf, type Subject, tagsOf } from "./features.ts"
import { type NumberShape, type Shape, within } from "./shapes.ts"

/** Rows of numbers of which most are nought: row r has `amounts[i]` in `columns[i]`, i from `starts[r]` on. */
export interface Rows {
  width: number
  starts: Uint32Array
  /** Ascending within a row; column 0 is 1 in each, for the intercept. */
  columns: Uint16Array
  amounts: Float32Array
}
export type Emit = (column: number, amount: number) => void

/** A feature's columns from `first` on. */
export interface Placed {
  shape: Shape
  first: number
  width: number
}

/** Where each shape's columns stand, one after the other. */
export function placed(shapes: readonly Shape[]): Placed[] {
  let first = 1
  return shapes.map((shape) => {
    const width = widthOf(shape)
    first += width
    return { shape, first: first - width, width }
  })
}
function widthOf(shape: Shape): number {
  if (shape.kind === "tags") return shape.values.length
  if ("values" in shape) return shape.values.length + Number(shape.other) + Number(shape.missing)
  return 1 + shape.knots.length + Number(shape.missing)
}

/** What a subject has in the columns of a feature. */
export function emitFeature({ shape, first }: Placed, subject: Subject, emit: Emit): void {
  if (shape.kind === "tags") {
    const tags = tagsOf(shape, subject)
    shape.values.forEach((tag, index) => {
      if (tags.has(tag)) emit(first + index, 1)
    })
  } else if ("values" in shape) {
    const value = choiceOf(shape, subject)
    const index = value === undefined ? -1 : shape.values.indexOf(value)
    const others = first + shape.values.length
    if (index >= 0) emit(first + index, 1)
    else if (value !== undefined && shape.other) emit(others, 1)
    else if (value === undefined && shape.missing) emit(others + Number(shape.other), 1)
  } else {
    const amount = amountOf(shape, subject)
    if (amount !== undefined) emitAmount(shape, first, amount, emit)
    else if (shape.missing) emit(first + 1 + shape.knots.length, 1)
  }
}

/** The line, and the part each of the two nearest knots has. */
export function emitAmount(
  { knots, mean, deviation }: NumberShape,
  first: number,
  amount: number,
  emit: Emit,
): void {
  const value = within(knots, amount)
  emit(first, (value - mean) / deviation)
  const above = knots.findIndex((knot) => knot >= value)
  const [low, high] = [knots[above - 1] ?? value, knots[above] as number]
  const part = low < high ? (value - low) / (high - low) : 1
  if (part < 1) emit(first + above, 1 - part)
  emit(first + 1 + above, part)
}

/** Subjects taken in one step. */
const perStep = 500
/** A number fills up to three columns, a choice one, tags as many as there are. */
const usualEntries = 3

/** All subjects as rows. */
export function* rowsOf(places: readonly Placed[], subjects: readonly Subject[]): InSteps<Rows> {
  const starts = new Uint32Array(subjects.length + 1)
  const room = subjects.length * (1 + usualEntries * places.length)
  let columns = new Uint16Array(room)
  let amounts = new Float32Array(room)
  let filled = 0
  const emit: Emit = (column, amount) => {
    if (filled === columns.length) {
      columns = grown(columns, new Uint16Array(filled * 2))
      amounts = grown(amounts, new Float32Array(filled * 2))
    }
    columns[filled] = column
    amounts[filled++] = amount
  }
  for (const [row, subject] of subjects.entries()) {
    if (row % perStep === 0) yield
    emit(0, 1)
    for (const place of places) emitFeature(place, subject, emit)
    starts[row + 1] = filled
  }
  return { width: places.reduce((sum, { width }) => sum + width, 1), starts, columns, amounts }
}
function grown<A extends Uint16Array | Float32Array>(from: A, into: A): A {
  into.set(from)
  return into
}

/** Rows of one number each beside the intercept. */
export function rowsOfNumbers(numbers: Float64Array): Rows {
  const { length } = numbers
  return {
    width: 2,
    starts: Uint32Array.from({ length: length + 1 }, (_, row) => 2 * row),
    columns: Uint16Array.from({ length: 2 * length }, (_, index) => index % 2),
    amounts: Float32Array.from({ length: 2 * length }, (_, index) =>
      index % 2 ? (numbers[(index - 1) / 2] as number) : 1,
    ),
  }
}
