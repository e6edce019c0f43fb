import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { CheckedChange, CheckOptions, Context, RefusedChange } from "../context.ts"

/**
 * Those of the changes that can't be for what other records hold, as the entity's rules declare it (`checks`): asked
 * by whoever writes them, before the rows are written, and by previews.
 */
export async function refusedByChecks(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly CheckedChange[],
  options: CheckOptions = {},
): Promise<RefusedChange[]> {
  const all: RefusedChange[] = []
  for (const { fields, emptied = [], refused } of ctx.registry.rules(entity.name).checks ?? []) {
    const concerned = changes.flatMap((change, index) =>
      fields.some((key) => isSet(change, key)) || emptied.some((key) => isEmptied(change, key))
        ? [{ change, index }]
        : [],
    )
    if (concerned.length === 0) continue
    const found = await refused(
      ctx,
      concerned.map(({ change }) => change),
      options,
    )
    for (const { index, error } of found) all.push({ index: concerned[index]?.index as number, error })
  }
  return all
}
function isEmptied({ before, after, keys }: CheckedChange, key: string): boolean {
  return before !== undefined && keys.includes(key) && (after[key] ?? null) === null
}
function isSet({ before, after, keys }: CheckedChange, key: string): boolean {
  return after[key] !== null && after[key] !== undefined && (!before || keys.includes(key))
}
