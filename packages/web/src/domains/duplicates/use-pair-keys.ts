import type { DuplicatePair } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { PairState } from "@regulars/contract/domains/duplicates.ts"
import { useShortcut } from "../../lib/shortcuts.ts"

interface PairKeys {
  pairs: readonly DuplicatePair[]
  /** Place of the pair the keys act on. */
  at: number
  choose: (id: string) => void
  /** Absent where the member may not decide. */
  decide: ((pair: DuplicatePair, decision: PairState) => Promise<void>) | undefined
  /** Opens the page that makes one of both; absent for whom that is not allowed. */
  merge: ((pair: DuplicatePair) => void) | undefined
}
/** Goes through the pairs with the arrows, or j and k; n and l decide the chosen one and go on to the next, m merges it. */
export function usePairKeys({ pairs, at, choose, decide, merge }: PairKeys): void {
  const go = (step: 1 | -1) => {
    const next = pairs[Math.max(0, Math.min(pairs.length - 1, at + step))]
    if (!next) return
    choose(next.id)
    const card = document.querySelector<HTMLElement>(`[data-pair="${next.id}"]`)
    card?.focus({ preventScroll: true })
    card?.scrollIntoView({ block: "nearest" })
  }
  const say = (decision: PairState) => {
    const pair = pairs[at]
    const next = pairs[at + 1] ?? pairs[at - 1]
    if (!pair || pair.state === decision) return
    if (next) choose(next.id)
    decide?.(pair, decision)
  }
  useShortcut({ keys: "ArrowDown", label: "duplicates.keys.next", group: "page", run: () => go(1) })
  useShortcut({ keys: "ArrowUp", label: "duplicates.keys.previous", group: "page", run: () => go(-1) })
  useShortcut({ keys: "j", label: "duplicates.keys.next", group: "page", run: () => go(1) })
  useShortcut({ keys: "k", label: "duplicates.keys.previous", group: "page", run: () => go(-1) })
  useShortcut(
    decide ? { keys: "n", label: "duplicates.notSame", group: "page", run: () => say("notSame") } : null,
  )
  useShortcut(
    decide ? { keys: "l", label: "duplicates.later", group: "page", run: () => say("later") } : null,
  )
  const mergeChosen = () => pairs[at] && merge?.(pairs[at])
  useShortcut(merge ? { keys: "m", label: "duplicates.merge", group: "page", run: mergeChosen } : null)
}
