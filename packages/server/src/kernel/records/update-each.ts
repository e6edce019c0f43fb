import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { surelyTaken, takenIn } from "../own-fields/complete.ts"
import type { Apart } from "./apart.ts"
import type { WriteOptions } from "./insert.ts"
import { type Patch, planEach, type RecordChange } from "./plan-updates.ts"
import { writeChanges } from "./update.ts"

/**
 * Changes those of many records that can be, as `updateRecords` does, and names what refuses the others, in as many
 * statements however many these are. What only the writing brings to light is thrown for all of them.
 */
export async function updateEach<P extends Patch>(
  ctx: Context,
  entity: EntityDeclaration,
  patches: readonly P[],
  options: WriteOptions = {},
): Promise<Apart<P, RecordChange>> {
  if (patches.length === 0) return { results: [], refused: [] }
  const { changes, refused } = await planEach(ctx, entity, patches, options)
  const real = changes.filter(({ keys }) => keys.length > 0)
  const afters = real.map(({ after }) => after)
  const taken = await takenIn(ctx, entity, afters, { keys: real.map(({ keys }) => keys) })
  if (taken.length > 0) {
    const faults = surelyTaken(taken, afters)
    const stay = patches.flatMap((item) => {
      const errors = faults.get(item.id)
      return errors ? [{ item, error: new AppError("validation_failed", { errors }) }] : []
    })
    const out = new Set([...refused, ...stay].map(({ item }) => item))
    // The others were planned as if these changed, too: one of them may want what one of these keeps.
    const others = patches.filter((patch) => !out.has(patch))
    const rest = await updateEach(ctx, entity, others, options)
    return { results: rest.results, refused: [...refused, ...stay, ...rest.refused] }
  }
  await writeChanges(ctx, entity, real, { kind: "update", ...options })
  return { results: changes, refused }
}
