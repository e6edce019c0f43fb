import { useRef, useState } from "react"
import { isApiError } from "../../lib/api-error.ts"
import { clearDraft, readDraft, writeDraft } from "../../lib/drafts.ts"
import { useT } from "../../lib/i18n.tsx"
import { useErrorText } from "../states.tsx"

/** What was there when editing began: others may change it while somebody types. */
interface Beginning {
  value?: unknown
  version?: number
}
interface Draft {
  value: unknown
  problem?: string
  from: Beginning
}
export interface EditingOptions {
  /** Names entity, id and field: what is typed then outlives leaving or reloading the page. */
  draftKey?: string
  /** Of the record that `value` is shown from. */
  version?: number
}
/** Saves a value, made from the given version of the record. */
export type SaveEdit = (value: unknown, version: number | undefined) => Promise<unknown>

/**
 * One value being edited in place. Saving closes at once, because what is shown changes at once too; when it is
 * refused the field opens again with what was typed and the reason.
 */
export function useEditing(value: unknown, onSave: SaveEdit, { draftKey, version }: EditingOptions = {}) {
  const t = useT()
  const texts = useErrorText()
  // What an ended session, a reload or a lost connection kept from being saved waits here for its reader.
  const [kept] = useState(() => (draftKey ? readDraft<Draft>(`field.${draftKey}`) : undefined))
  const [draft, setDraft] = useState<Draft | null>(kept ?? null)
  const [shownProblem, setShownProblem] = useState<string>()
  const [reason, setReason] = useState(kept && t("input.unsaved"))
  // Several keys can arrive before the next render: the newest draft is needed at once.
  const newest = useRef<Draft | null>(draft)
  const beginning = () => newest.current?.from ?? { value, version }
  function put(next: Draft | null) {
    newest.current = next
    setDraft(next)
  }
  function close() {
    put(null)
    setShownProblem(undefined)
    setReason(undefined)
    if (draftKey) clearDraft(`field.${draftKey}`)
  }
  function refused(tried: Draft, error: unknown) {
    const { what, next } = texts(error)
    const fault = isApiError(error, "validation_failed") ? error.errors[0] : undefined
    const sentence = fault && (t.find(`fieldError.${fault.code}`) ?? fault.message)
    put(tried)
    if (draftKey) writeDraft(`field.${draftKey}`, tried)
    setReason(sentence ?? `${what} ${next}`)
  }
  return {
    open: draft !== null,
    failed: reason !== undefined,
    value: draft ? draft.value : value,
    shownProblem,
    reason,
    start: () => put({ value, from: { value, version } }),
    change(next: unknown, problem?: string) {
      const typed = { value: next, problem, from: beginning() }
      put(typed)
      if (draftKey) writeDraft(`field.${draftKey}`, typed)
      if (!problem) setShownProblem(undefined)
    },
    cancel: close,
    /** Saves what is typed, or the value given; false when it can't be saved as it is. */
    commit(given?: unknown): boolean {
      const current = given === undefined ? newest.current : { value: given, from: beginning() }
      if (!current) return true
      if (current.problem) {
        setShownProblem(current.problem)
        return false
      }
      close()
      if (!sameValue(current.value, current.from.value))
        onSave(current.value, current.from.version).catch((error: unknown) => refused(current, error))
      return true
    },
  }
}

export function sameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
