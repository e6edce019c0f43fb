import type { AnyRecord } from "../../../../lib/records.ts"

interface Column {
  value: string | null
}
/** The dragged card where a column takes it: one that stands in another, and only where cards can be moved to. */
export function cardFor<C extends Column>(
  column: C,
  dragged: AnyRecord | null,
  { by, targets }: { by: string; targets: readonly C[] },
): AnyRecord | null {
  if (!dragged || !targets.includes(column)) return null
  return (dragged[by] ?? null) === column.value ? null : dragged
}
