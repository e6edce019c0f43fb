import { useEffect } from "react"
import type { ListState } from "../list/list-state.ts"
import type { useViewsOf } from "./use-views.ts"
import { isUntouched, stateOf } from "./view-state.ts"

/**
 * Opens the view a list opens with where the address asks for nothing. Answers whether it is known what to show, so
 * that no other list appears before it.
 */
export function useOpening(
  { opening, isPending }: ReturnType<typeof useViewsOf>,
  state: ListState,
  setState: (change: Partial<ListState>) => void,
): boolean {
  const isBare = state.v === "" && isUntouched(state)
  useEffect(() => {
    if (isBare && opening) setState({ ...stateOf(opening), p: state.p })
  }, [isBare, opening, setState, state.p])
  return !(isBare && (isPending || opening !== undefined))
}
