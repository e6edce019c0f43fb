import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { type KeyboardEvent, useState } from "react"
import { errorsByField } from "../../../lib/api-error.ts"
import { useDraft } from "../../../lib/drafts.ts"
import { useT } from "../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../lib/records.ts"
import { type Begin, begun } from "./begun.ts"
import { type Composed, useCompose } from "./use-compose.ts"

export interface ComposeProps {
  /** Whom it is about; a form without any lets them be chosen. */
  about?: readonly RecordReference[]
  /** Values to begin with, `about` among them. */
  begin?: Begin
  /** Name of the draft, which outlives a reload. */
  draftKey: string
  autoFocus?: boolean
  onSaved?: (record: AnyRecord) => void
  onCancel?: () => void
}
/** Own values as `custom.<key>`. */
export type OwnValues = Record<string, unknown>
/** What every one of these forms has besides its own. */
export interface ComposedValues {
  own?: OwnValues
}
interface Draft<V> {
  values: V
  about: RecordReference[]
}

/**
 * State of a form that writes something about somebody. Saving empties it at once; when the server refuses,
 * what was typed comes back with the reason.
 */
export function useComposeForm<V extends ComposedValues>(
  entity: Composed,
  initial: V,
  { about, begin, draftKey, onSaved }: ComposeProps,
) {
  const t = useT()
  const compose = useCompose(entity)
  const [draft, setDraft, clear] = useDraft<Draft<V>>(`compose.${entity}.${draftKey}`, {
    values: begun(entity, initial, { ...begin, about: null }),
    about: (begin?.about ?? []) as RecordReference[],
  })
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  /** Raised when the form is emptied or refilled: inputs that hold their own text begin anew. */
  const [generation, setGeneration] = useState(0)
  const faults = errorsByField(error)
  const subjects = [...(about ?? []), ...draft.about]

  function empty() {
    clear()
    setGeneration((count) => count + 1)
  }
  async function save(values: Record<string, unknown>) {
    if (busy) return
    const kept = draft
    setError(null)
    setBusy(true)
    // Beside a timeline what is saved is seen there at once; a dialog stays as it is until it closes.
    if (about) empty()
    try {
      const record = await compose({ ...values, ...kept.values.own, about: subjects })
      if (!about) empty()
      onSaved?.(record)
    } catch (problem) {
      setDraft(kept)
      setError(problem)
      if (about) setGeneration((count) => count + 1)
    } finally {
      setBusy(false)
    }
  }
  return {
    entity,
    values: draft.values,
    chosen: draft.about,
    change: (changes: Partial<V>) => setDraft({ ...draft, values: { ...draft.values, ...changes } }),
    choose: (chosen: RecordReference[]) => setDraft({ ...draft, about: chosen }),
    save,
    clear: empty,
    busy,
    error,
    generation,
    faultOf(path: string) {
      const fault = faults[path]
      return fault && (t.find(`fieldError.${fault.code}`) ?? fault.message)
    },
  }
}

/** Ctrl Enter (⌘ Enter on a Mac) saves from wherever one is typing. */
export function onSaveKey(save: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    save()
  }
}
