import { useEffect } from "react"
import { choiceParam, useUrlState } from "../../../lib/url-state.ts"
import type { ComposerState } from "./use-composer.ts"

const codecs = { compose: choiceParam(["none", "note", "task", "call", "message"] as const, "none") }

/** Opens the composer when the address asks for it (`?compose=note|task|call|message`), once. */
export function useAskedFor(open: ComposerState["open"], deleted: boolean): void {
  const [{ compose }, setState] = useUrlState(codecs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the address asks for opens it
  useEffect(() => {
    if (compose === "none") return
    setState({ compose: "none" })
    if (deleted) return
    if (compose === "note" || compose === "task") open(compose)
    else open("activity", { kind: compose, direction: "outgoing", occurredAt: new Date().toISOString() })
  }, [compose])
}
