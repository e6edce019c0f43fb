import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { useState } from "react"
import { readDraft, writeDraft } from "../../../lib/drafts.ts"

export const composerTabs = ["note", "task", "activity"] as const
export type ComposerTab = (typeof composerTabs)[number]
export const entityOfTab = { note: "notes", task: "tasks", activity: "activities" } as const

export interface ComposerState {
  tab: ComposerTab
  /** Folded to one line until somebody wants to write. */
  isOpen: boolean
  /** Raised whenever it is opened from elsewhere, so that the form begins with the focus and its preset. */
  times: number
  draftKey: string
  choose(tab: ComposerTab): void
  open(tab: ComposerTab, preset?: Record<string, unknown>): void
  close(): void
}

/** The composer of one record: which form is shown, and opening one from elsewhere on the page. */
export function useComposer({ type, id }: RecordReference): ComposerState {
  const draftKey = `${type}.${id}`
  const draftOf = (tab: ComposerTab) => `compose.${entityOfTab[tab]}.${draftKey}`
  const [state, setState] = useState(() => {
    // What was typed before a reload is found where it was left.
    const left = composerTabs.find((tab) => readDraft(draftOf(tab)) !== undefined)
    return { tab: left ?? ("note" as ComposerTab), isOpen: left !== undefined, times: 0 }
  })
  return {
    ...state,
    draftKey,
    choose: (tab) => setState((old) => ({ ...old, tab, isOpen: true })),
    open(tab, preset) {
      if (preset) writeDraft(draftOf(tab), withPreset(readDraft(draftOf(tab)), preset))
      setState((old) => ({ tab, isOpen: true, times: old.times + 1 }))
    },
    close: () => setState((old) => ({ ...old, isOpen: false })),
  }
}
interface Draft {
  values: object
  about: RecordReference[]
}
/** A preset joins what was typed already and never wipes it. */
function withPreset(draft: Draft | undefined, preset: object): Draft {
  return { values: { ...activityDefaults, ...draft?.values, ...preset }, about: [] }
}
const activityDefaults = {
  kind: "call",
  direction: "outgoing",
  occurredAt: null,
  minutes: null,
  outcome: "",
  text: "",
}
