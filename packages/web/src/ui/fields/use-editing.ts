import { useRef, useState } from "react"
import { isApiError } from "../../lib/api-error.ts"
import { clearDraft, readDraft, writeDraft } from "../../lib/drafts.ts"
import { useT } from "../../lib/i18n.tsx"
import { useErrorText } from "../states.tsx"

interface Draft {
  value: unknown
  problem?: string
}
/**
 * One value being edited in place. Saving closes at once, because what is shown changes at once too; when it is
 * refused the field opens again with what was typed and the reason. With `draftKey` (entity, id and field) that
 * also outlives leaving the page.
 */
export function useEditing(value: unknown, onSave: (value: unknown) => Promise<unknown>, draftKey?: string) {
  const t = useT()
  const texts = useErrorText()
  // What an ended session or a lost connection kept from being saved waits here for its reader to come back.
  const [kept] = useState(() => (draftKey ? readDraft<Draft>(`field.${draftKey}`) : undefined))
  const [draft, setDraft] = useState<Draft | null>(kept ?? null)
  const [shownProblem, setShownProblem] = useState<string>()
  const [reason, setReason] = useState(kept && t("input.unsaved"))
  // Several keys can arrive before the next render: the newest draft is needed at once.
  const newest = useRef<Draft | null>(draft)
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
  function refused(tried: unknown, error: unknown) {
    const { what, next } = texts(error)
    const fault = isApiError(error, "validation_failed") ? error.errors[0] : undefined
    const sentence = fault && (t.find(`fieldError.${fault.code}`) ?? fault.message)
    put({ value: tried })
    if (draftKey) writeDraft(`field.${draftKey}`, { value: tried })
    setReason(sentence ?? `${what} ${next}`)
  }
  return {
    open: draft !== null,
    failed: reason !== undefined,
    value: draft ? draft.value : value,
    shownProblem,
    reason,
    start: () => put({ value }),
    change(next: unknown, problem?: string) {
      put({ value: next, problem })
      if (!problem) setShownProblem(undefined)
    },
    cancel: close,
    /** Saves what is typed, or the value given; false when it can't be saved as it is. */
    commit(given?: unknown): boolean {
      const current = given === undefined ? newest.current : { value: given }
      if (!current) return true
      if (current.problem) {
        setShownProblem(current.problem)
        return false
      }
      close()
      if (!sameValue(current.value, value))
        onSave(current.value).catch((error: unknown) => refused(current.value, error))
      return true
    },
  }
}

export function sameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
