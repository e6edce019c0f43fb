import type { MessageId } from "@regulars/locales/runtime.ts"
import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { keys } from "../../../../lib/query.ts"
import { toast, useErrorToast } from "../../../../ui/toast.tsx"
import type { GridProps } from "../grid-props.ts"
import type { Outcome, Refused, Table } from "./cells-work.ts"
import { redoLatest, remember, undoLatest } from "./history.ts"
import type { Rect } from "./range.ts"
import type { Wanted } from "./wanted.ts"

/** Rows that are copied or written at once. */
export const mostRows = 5000
type RefusedCells = ReadonlyMap<string, ReadonlyMap<string, Refused>>

/** Writes cells, takes back and makes again, one after the other; keeps what was refused, by record and field. */
export function useCellWriting(props: GridProps) {
  const { entity } = props
  const { t } = props.texts
  const client = useQueryClient()
  const showError = useErrorToast()
  const [refused, setRefused] = useState<RefusedCells>(new Map())
  const newest = useRef<Table>(props)
  newest.current = props
  const turn = useRef<Promise<unknown>>(Promise.resolve())

  /** Each piece of work knows what the one before it has left. */
  function queue(work: () => Promise<unknown>): Promise<void> {
    const next = turn.current.then(work).catch(showError)
    turn.current = next
    return next.then(() => undefined)
  }
  const refresh = () => client.invalidateQueries({ queryKey: keys.entity(entity) })
  const thenRefresh = (run: () => Promise<unknown>) => () => run().then(refresh)

  function write(rect: Rect, wanted: (row: number, column: number) => Wanted | undefined): void {
    if (rect.bottom - rect.top >= mostRows) {
      toast({ text: t("list.sheet.tooMany", { count: mostRows }), bad: true })
      return
    }
    queue(async () => {
      const { writeCells, operationStep } = await import("./cells-work.ts")
      const outcome = await writeCells(newest.current, rect, wanted)
      if (outcome.operationIds.length > 0) {
        const { undo, redo } = operationStep(outcome.operationIds, t("list.bulk.undoFailed"))
        const takeBack = remember(entity, { undo: thenRefresh(undo), redo: thenRefresh(redo) })
        const text = t("list.bulk.changed", { count: outcome.changed })
        toast({ text, undo: () => queue(takeBack) })
      }
      setRefused((old) => withOutcome(old, outcome))
      await refresh()
    })
  }
  function travel(way: typeof undoLatest, done: MessageId, none: MessageId) {
    queue(async () => toast({ text: t((await way(entity)) ? done : none) }))
  }
  return {
    queue,
    write,
    refused,
    undo: () => travel(undoLatest, "list.bulk.undone", "list.sheet.nothingToUndo"),
    redo: () => travel(redoLatest, "list.sheet.redone", "list.sheet.nothingToRedo"),
    putAway: () => setRefused(new Map()),
    settled: (id: string, field: string) =>
      setRefused((old) => withOutcome(old, { refused: [], taken: [{ id, field }] })),
  }
}

function withOutcome(
  old: RefusedCells,
  { refused, taken }: Pick<Outcome, "refused" | "taken">,
): RefusedCells {
  if (refused.length === 0 && old.size === 0) return old
  const next = new Map([...old].map(([id, cells]) => [id, new Map(cells)]))
  for (const { id, field } of taken) next.get(id)?.delete(field)
  for (const cell of refused) {
    const own = next.get(cell.id) ?? new Map<string, Refused>()
    next.set(cell.id, own.set(cell.field, cell))
  }
  return new Map([...next].filter(([, cells]) => cells.size > 0))
}
