import { type KeyboardEvent, useRef } from "react"
import { extend, type Selection, selectAll, toggle, toggleAll } from "./selection.ts"

interface Cards {
  ids: readonly string[]
  selection: Selection
  select: (selection: Selection) => void
  /** Cards side by side. */
  perLine?: number
  /** Ctrl A takes these beside what is selected elsewhere, instead of these alone. */
  isPart?: boolean
}

/**
 * Selecting cards as rows of the table are: a click on the tick, Shift for a range, `x`, Ctrl A, arrows from tick to
 * tick. A card says by `data-card` at which place it stands; its tick is its `data-tick`.
 */
export function useCardSelection({ ids, selection, select, perLine = 1, isPart = false }: Cards) {
  const last = useRef<string | null>(null)
  function pick(index: number, isRange: boolean, before = selection): void {
    const from = last.current === null ? -1 : ids.indexOf(last.current)
    last.current = ids[index] ?? null
    select(
      isRange
        ? extend(before, ids, { from: from < 0 ? index : from, to: index })
        : toggle(before, ids, index),
    )
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const { target, key } = event
    const card = target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null
    if (!card || event.altKey) return
    const index = Number(card.dataset.card)
    const control = event.ctrlKey || event.metaKey
    if (control && key.toLowerCase() === "a") select(isPart ? toggleAll(selection, ids) : selectAll(ids))
    else if (control) return
    else if (key === "x") pick(index, false)
    else if (!(target as Element).closest("[data-tick]")) return
    else {
      const step = steps[key]?.(perLine)
      if (step === undefined) return
      const next = Math.min(ids.length - 1, Math.max(0, index + step))
      if (event.shiftKey) {
        const id = ids[index] ?? ""
        // A card one has only come to begins a range of its own.
        const isNew = id !== last.current && !selection.ids.has(id)
        if (isNew) last.current = id
        pick(next, true, isNew ? { ...selection, anchor: null } : selection)
      }
      const list = event.currentTarget
      list.querySelector<HTMLElement>(`[data-card="${next}"] [data-tick]`)?.focus()
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return { pick, onKeyDown }
}
const steps: Record<string, (perLine: number) => number | undefined> = {
  ArrowDown: (perLine) => perLine,
  ArrowUp: (perLine) => -perLine,
  ArrowRight: (perLine) => (perLine > 1 ? 1 : undefined),
  ArrowLeft: (perLine) => (perLine > 1 ? -1 : undefined),
}
