import type { EntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { useCallback, useState } from "react"
import { isApiError } from "../../../lib/api-error.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { useErrorText } from "../../../ui/states.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { type ChangeWithUndo, usePatchWithUndo } from "../use-patch-with-undo.ts"
import type { CellBefore, Leave } from "./cell-editor.tsx"
import type { Column } from "./columns.ts"
import type { Cell } from "./grid-navigation.ts"
import { remember } from "./sheet/history.ts"

/** The cell that is being edited. */
export interface Editing {
  id: string
  key: string
  /** What was typed when the server refused it, with the reason. */
  refused?: CellChange & { reason: string }
  /** What was pasted and not taken; without `text` where this kind of field can't hold it. */
  refusedText?: (Partial<RefusedText> & Pick<RefusedText, "reason">) | undefined
}
interface RefusedText {
  text: string
  reason: string
}
/** Whether what was pasted can stand in the editor as it is. */
const typedIn = ({ type }: Column["field"]) =>
  ["text", "longText", "email", "url", "domain", "phone"].includes(type)
const withText = ({ text, reason }: RefusedText) => ({
  reason: text === "" ? reason : `“${text}”: ${reason}`,
})
/** A cell as it is to be saved, and what stood there before. */
export interface CellChange {
  id: string
  key: string
  value: unknown
  before: CellBefore
  /** Of the record. */
  name: string
}
interface Around {
  columns: readonly Column[]
  rows: number
  go: (cell: Cell, focus?: boolean) => void
  start: (cell: Cell) => boolean
}
/** The one cell being edited. A refused value opens its cell again with what was typed and the reason. */
export function useCellEditing(entity: EntityName) {
  const t = useT()
  const labels = useLabels(entity)
  const texts = useErrorText()
  const showError = useErrorToast()
  const patch = usePatchWithUndo(entity)
  const [current, setCurrent] = useState<Editing>()

  const start = useCallback((id: string, { key, field }: Column, refused?: RefusedText): boolean => {
    if (!isWritable(field)) return false
    setCurrent({ id, key, refusedText: refused && (typedIn(field) ? refused : withText(refused)) })
    return true
  }, [])
  function reasonOf(error: unknown): string {
    const fault = isApiError(error, "validation_failed") ? error.errors[0] : undefined
    const { what, next } = texts(error)
    return fault ? (t.find(`fieldError.${fault.code}`) ?? fault.message) : `${what} ${next}`
  }
  return {
    current,
    start,
    save(change: CellChange) {
      const { id, key, value, before, name } = change
      const text = t("list.cell.changed", { name, field: labels.field(key) })
      const put: ChangeWithUndo = {
        id,
        changes: { [key]: value },
        before: { [key]: before.value },
        version: before.version,
      }
      patch(put, text, (step) => remember(entity, step)).catch((error: unknown) =>
        setCurrent((other) => {
          if (!other) return { id, key, refused: { ...change, reason: reasonOf(error) } }
          // Someone is typing elsewhere by now: that goes on, and the refusal is told beside it.
          queueMicrotask(() => showError(error))
          return other
        }),
      )
    },
    /** Closes the editor and puts the focus where the key that closed it leads. */
    leave(how: Leave, { row, column }: Cell, { rows, columns, go, start: startAt }: Around) {
      setCurrent(undefined)
      if (how === "elsewhere") return
      if (how === "down") go({ row: Math.min(row + 1, rows - 1), column })
      else if (how === "stay") go({ row, column })
      else {
        const step = how === "next" ? 1 : -1
        for (let next = column + step; next > 0 && next <= columns.length; next += step)
          if (startAt({ row, column: next })) return go({ row, column: next }, false)
        go({ row, column })
      }
    },
  }
}
