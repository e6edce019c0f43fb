import type { KeyboardEvent } from "react"

const steps: Record<string, 1 | -1> = { ArrowRight: 1, ArrowLeft: -1 }

/**
 * Left and right on a board: from tick to tick of the columns side by side, with Alt the card itself goes there
 * (`move`, by its place in its column).
 */
export function stepAside(event: KeyboardEvent, move: (index: number, step: 1 | -1) => void): void {
  const step = steps[event.key]
  const { target } = event
  const card = target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null
  if (!step || !card || event.ctrlKey || event.metaKey || event.shiftKey) return
  const index = Number(card.dataset.card)
  if (event.altKey) move(index, step)
  else if (!(target as Element).closest("[data-tick]")) return
  else tickBeside(card.closest("section"), index, step)?.focus()
  event.preventDefault()
  event.stopPropagation()
}
/** The tick at the same place of the next column that has a card, or at its end. */
function tickBeside(column: Element | null, index: number, step: 1 | -1): HTMLElement | null {
  const next = step > 0 ? column?.nextElementSibling : column?.previousElementSibling
  if (!next) return null
  const ticks = [...next.querySelectorAll<HTMLElement>("[data-card] [data-tick]")]
  return ticks.at(Math.min(index, ticks.length - 1)) ?? tickBeside(next, index, step)
}
