import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"

export interface Change {
  field: string
  from: unknown
  to: unknown
}
export type ShownChange = Change & { declared: Field } & (
    | { kind: "value" }
    /** Collections: what came and what went, each as a value of the same field. */
    | { kind: "entries"; added: unknown[]; removed: unknown[] }
  )

/** Fields that only follow from another which changed along with them. */
const follows: Record<string, string> = { employments: "companyId", text: "body", doneAt: "status" }

/** Field changes as they are shown: without echoes, and of collections only what differs. */
export function shownChanges(entity: EntityDeclaration, changes: readonly Change[]): ShownChange[] {
  const changed = new Set(changes.map(({ field }) => field))
  return changes.flatMap((change): ShownChange[] => {
    const declared = fieldOf(entity, change.field)
    const cause = follows[change.field]
    // Going to the bin and coming back are sentences of their own.
    if (!declared || change.field === "deletedAt" || (cause && changed.has(cause))) return []
    if (!Array.isArray(change.from ?? []) || !Array.isArray(change.to ?? []))
      return [{ ...change, declared, kind: "value" }]
    if (!["list", "tags", "links", "files"].includes(declared.type))
      return [{ ...change, declared, kind: "value" }]
    const from = (change.from ?? []) as unknown[]
    const to = (change.to ?? []) as unknown[]
    const text = (entry: unknown) => contentOf(entry)
    const before = new Set(from.map(text))
    const after = new Set(to.map(text))
    const added = to.filter((entry) => !before.has(text(entry)))
    const removed = from.filter((entry) => !after.has(text(entry)))
    return [{ ...change, declared, kind: "entries", added, removed }]
  })
}
/** An entry without the id the product gave it: the same content in a new row is no change. */
function contentOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return String(entry)
  const { id, ...rest } = entry as Record<string, unknown>
  const parts = Object.entries(rest).sort(([one], [other]) => one.localeCompare(other))
  // A reference ({ type, id }) is nothing but its id.
  return JSON.stringify("type" in rest ? [id, parts] : parts)
}
