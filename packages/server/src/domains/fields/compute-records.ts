import type { Context, JobHandler } from "../../kernel/context.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { computeRecords, rolledUpInto } from "../../kernel/own-fields/rollups.ts"
import { fieldsHaveChanged } from "../../kernel/own-fields/workspace-registry.ts"
import { writeSearchEntries } from "../../kernel/records/indexes.ts"
import {
  beginComputation,
  endComputation,
  lockComputation,
  moveComputation,
  openComputations,
} from "./computations.queries.ts"
import { idsAfter } from "./fields.queries.ts"

/** Records looked at in one transaction. */
const step = 1000
/** Until work that could not go on is tried again. */
const pause = 60 * 60_000

/**
 * Orders what records of an entity hold because of their fields to be brought to a changed declaration: results of
 * formulas, roll-ups (also of other entities over these) and search text. Belongs into the transaction of the change; where such work is under way it starts over.
 */
export async function orderComputation(ctx: Context, entity: string): Promise<void> {
  for (const name of new Set([entity, ...rolledUpInto(ctx.registry, entity)]))
    await orderStep(ctx, computeJob.name, await beginComputation(ctx, name))
}

/** Orders the same for every entity with results of its own, after records were written past what follows from them. */
export async function orderResults(ctx: Context): Promise<void> {
  for (const { name, fields } of ctx.registry.entities)
    if (Object.values(fields).some(({ formula, rollup }) => formula !== undefined || rollup))
      await orderStep(ctx, computeJob.name, await beginComputation(ctx, name))
}

/** Goes through all records in steps; whoever writes one meanwhile writes it by the new declaration. */
export const computeJob: JobHandler = {
  name: "fields.compute",
  undertaking: {
    open: openComputations,
    // Nobody waits for it, but what it left undone would be found wrongly for ever.
    fail: (ctx, id) => orderStep(ctx, computeJob.name, id, new Date(ctx.now().getTime() + pause)),
  },
  async handle(ctx, payload) {
    const id = String(payload.id)
    const work = await lockComputation(ctx, id)
    if (!work) return
    const entity = ctx.registry.entity(work.entity)
    const ids = entity ? await idsAfter(ctx, entity.name, { after: work.doneTo, limit: step }) : []
    if (entity) {
      const { records } = await computeRecords(ctx, entity, ids)
      // Those in the bin get theirs when they come back.
      writeSearchEntries(
        ctx,
        entity,
        records.filter(({ deletedAt }) => deletedAt === null),
      )
    }
    if (ids.length === step) {
      moveComputation(ctx, id, ids.at(-1) as string)
      return orderStep(ctx, computeJob.name, id)
    }
    endComputation(ctx, id)
    fieldsHaveChanged(ctx)
    const told = { type: "changed", entity: work.entity, id: null, version: null } as const
    ctx.tx.afterCommit(() => ctx.services.live.publish(ctx.workspaceId, told))
  },
}
