import { useEffect } from "react"
import { choiceParam, useUrlState } from "../../../lib/url-state.ts"
import type { ComposerState } from "./use-composer.ts"

const codecs = { compose: choiceParam(["none", "note", "task", "call"] as const, "none") }

/** Opens the composer when the address asks for it (`?compose=note|task|call`), once. */
export function useAskedFor({ open }: ComposerState, deleted: boolean): void {
  const [{ compose }, setState] = useUrlState(codecs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the address asks for opens it
  useEffect(() => {
    if (compose === "none") return
    setState({ compose: "none" })
    if (deleted) return
    if (compose === "call") open("activity", { kind: "call" })
    else open(compose)
  }, [compose])
}
