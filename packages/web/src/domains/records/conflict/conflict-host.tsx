import { conflicts } from "../../../lib/conflicts.ts"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { useRegistry } from "../../../lib/registry.ts"
import { Later } from "../../../ui/later.tsx"

const ConflictDialog = lazyPart(() => import("./conflict-dialog.tsx"), "ConflictDialog", "soon")

/** Where the question is asked which of two changes of a field stays; part of the app, once. */
export function ConflictHost() {
  const [conflict] = useRegistry(conflicts)
  if (!conflict) return null
  return (
    <Later onClose={() => conflict.choose("undecided")}>
      <ConflictDialog conflict={conflict} />
    </Later>
  )
}
