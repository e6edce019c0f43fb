import { useState } from "react"
import { readDraft, useDraft } from "../../../../lib/drafts.ts"

interface EntryDraft<V> {
  values: V
  /** Of the entry when editing it began. */
  version: number | undefined
}
const keyOf = (id: string) => `edit.${id}`

/** Whether an entry is being edited; one that was when the page was left or reloaded is open again. */
export function useEntryOpen(id: string) {
  return useState(() => readDraft(keyOf(id)) !== undefined)
}

/** What is typed into an entry of the story; outlives a reload and a lost sign-in until `forget` is called. */
export function useEntryEdit<V>(id: string, values: V, version: number | undefined) {
  const [draft, setDraft, forget] = useDraft<EntryDraft<V>>(keyOf(id), { values, version })
  return { ...draft, change: (next: V) => setDraft({ ...draft, values: next }), forget }
}
