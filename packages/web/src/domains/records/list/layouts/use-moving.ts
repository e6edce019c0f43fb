import type { EntityName } from "@regulars/contract/entities.ts"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { titleOf } from "../../../../lib/format.ts"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import { keys } from "../../../../lib/query.ts"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { useErrorToast } from "../../../../ui/toast.tsx"
import { useAsked } from "../../use-asked.tsx"
import { usePatchWithUndo } from "../../use-patch-with-undo.ts"

export interface Moved {
  row: AnyRecord
  value: unknown
}
/**
 * Moves records by writing one field. `moved`: where they stand already, until the lists have been read again; a
 * refused one goes back and the reason is told; what the record lacks for it is asked for by the `dialog`. `show` has a record that was just made stand there, too.
 */
export function useMoving(entity: EntityName, by: string) {
  const t = useT()
  const labels = useLabels(entity)
  const client = useQueryClient()
  const patch = usePatchWithUndo(entity)
  const { change, dialog } = useAsked(entity)
  const showError = useErrorToast()
  const [moved, setMoved] = useState<ReadonlyMap<string, Moved>>(new Map())
  async function move(row: AnyRecord, value: unknown): Promise<boolean> {
    const { id, version } = row
    const name = titleOf(row, declarationOf(entity).title) || t("state.unnamed")
    const here: Moved = { row: { ...row, [by]: value }, value }
    setMoved((old) => new Map(old).set(id, here))
    const text = t("list.cell.changed", { name, field: labels.field(by) })
    try {
      const isMoved = await change(
        { id, version, changes: { [by]: value }, before: { [by]: row[by] } },
        name,
        (given) => patch(given, text),
      )
      if (isMoved) await client.invalidateQueries({ queryKey: keys.lists(entity) })
      return isMoved
    } catch (error) {
      showError(error)
      return false
    } finally {
      // Moved on meanwhile, it stays where that brought it.
      setMoved((old) => new Map([...old].filter(([, one]) => one !== here)))
    }
  }
  async function show(row: AnyRecord, value: unknown): Promise<void> {
    const here: Moved = { row, value }
    setMoved((old) => new Map(old).set(row.id, here))
    await client.invalidateQueries({ queryKey: keys.lists(entity) })
    setMoved((old) => new Map([...old].filter(([, one]) => one !== here)))
  }
  return { moved, show, dialog, move }
}
