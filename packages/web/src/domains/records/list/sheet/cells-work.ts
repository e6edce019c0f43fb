import type { EntityName } from "@regulars/contract/entities.ts"
import type { CellChange, CellsAnswer, RefusedCell } from "@regulars/contract/kernel/cells-endpoints.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { gatherCustom } from "@regulars/contract/kernel/own-fields.ts"
import { call, request } from "../../../../lib/api.ts"
import type { AnyRecord } from "../../../../lib/records.ts"
import { followOperation } from "../../operations.ts"
import type { Step } from "../../use-patch-with-undo.ts"
import type { Column } from "../columns.ts"
import type { Rect } from "./range.ts"
import type { Wanted } from "./wanted.ts"

/** A cell that was to hold something else, and why it doesn't. */
export interface Refused {
  id: string
  field: string
  /** What was to stand there, as text. */
  text: string
  code: string
  message: string
}
export interface Table {
  entity: EntityName
  ids: readonly string[]
  columns: readonly Column[]
  rowOf: (index: number) => AnyRecord | undefined
}
export interface Outcome {
  changed: number
  operationIds: string[]
  refused: Refused[]
  /** Cells that were taken. */
  taken: { id: string; field: string }[]
}
/** Records that go in one request, and so in one operation. */
const mostAtOnce = 1000

/** Writes cells of a table: `wanted` says what is to stand in each of them, undefined for those to leave alone. */
export async function writeCells(
  { entity, ids, columns, rowOf }: Table,
  { top, bottom, left, right }: Rect,
  wanted: (row: number, column: number) => Wanted | undefined,
): Promise<Outcome> {
  const changes: CellChange[] = []
  const outcome: Outcome = { changed: 0, operationIds: [], refused: [], taken: [] }
  const texts = new Map<string, string>()
  for (let row = top; row <= bottom; row++) {
    const id = ids[row]
    if (id === undefined) continue
    const change = { id, version: rowOf(row)?.version, values: {}, texts: {} } satisfies CellChange
    for (let at = left; at <= right; at++) {
      const column = columns[at - 1]
      const cell = column && wanted(row, at)
      if (!column || !cell) continue
      const { key, field } = column
      texts.set(`${id} ${key}`, cell.text)
      if (!isWritable(field))
        outcome.refused.push({ id, field: key, text: cell.text, code: "read_only", message: "" })
      else if ("value" in cell) Object.assign(change.values, { [key]: cell.value })
      else Object.assign(change.texts, { [key]: cell.text })
    }
    if (Object.keys(change.values).length + Object.keys(change.texts).length > 0)
      changes.push({ ...change, values: gatherCustom(change.values) })
  }
  for (let start = 0; start < changes.length; start += mostAtOnce) {
    const body = { changes: changes.slice(start, start + mostAtOnce) }
    const { data } = (await request(`POST /${entity}/cells`, { body })) as { data: CellsAnswer }
    outcome.changed += data.changed
    if (data.operationId) outcome.operationIds.push(data.operationId)
    const withText = (cell: RefusedCell) => ({ ...cell, text: texts.get(`${cell.id} ${cell.field}`) ?? "" })
    outcome.refused.push(...data.refused.map(withText))
  }
  const refused = new Set(outcome.refused.map(({ id, field }) => `${id} ${field}`))
  for (const place of texts.keys()) {
    const [id = "", field = ""] = place.split(" ")
    if (!refused.has(place)) outcome.taken.push({ id, field })
  }
  return outcome
}

/** Operations taken back together; done again by taking their undoing back. */
export function operationStep(operationIds: readonly string[], failed: string): Step {
  let latest = [...operationIds]
  const turn = async () => {
    const next: string[] = []
    for (const id of [...latest].reverse()) {
      const { data } = await call("POST /operations/:id/undo", { params: { id } })
      const ended = await followOperation(data.id, () => {})
      if (ended.status !== "done") throw new Error(ended.error ?? failed)
      next.push(data.id)
    }
    latest = next
  }
  return { undo: turn, redo: turn }
}
