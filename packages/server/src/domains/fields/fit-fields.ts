import type { OwnFieldAnswer } from "@regulars/contract/domains/fields.endpoints.ts"
import { ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import { hiddenKeys } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { registryWithin } from "../../kernel/own-fields/workspace-registry.ts"
import { brokenOf } from "./broken-fields.ts"
import { orderComputation } from "./compute-records.ts"
import { fieldRows } from "./fields.queries.ts"
import { followMerges, isTarget, requireAlone, save } from "./fields.service.ts"

/**
 * Fits the fields of an object that was just restored to what has become of others meanwhile: roll-ups, and formulas
 * over them, that can't do without a field which is gone or of another type go to the removed fields, as links to an
 * object that is removed do; the others lead to what their records were merged into. Returns the fields that went, as
 * far as the caller sees them.
 */
export async function fitFields(asked: Context, entity: string): Promise<OwnFieldAnswer[]> {
  requireAlone(asked)
  const ctx = { ...asked, registry: await registryWithin(asked) }
  const declared = ctx.registry.entity(entity)
  const hidden = declared ? hiddenKeys(ctx, declared) : []
  const deletedAt = ctx.now().toISOString()
  const gone: OwnFieldAnswer[] = []
  for (let fields = await fieldRows(ctx, { deleted: false }); ; ) {
    const own = fields.filter((one) => one.entity === entity)
    const leadsNowhere = own.find(
      ({ type, options }) => type === "link" && !isTarget(ctx, options.target ?? ""),
    )
    const brokenId = (leadsNowhere ?? brokenOf(ctx.registry, fields, { entity, rollups: own }))?.id
    const broken = fields.find(({ id }) => id === brokenId)
    if (!broken) break
    gone.push(save(ctx, { ...broken, deletedAt }))
    fields = fields.filter((one) => one !== broken)
  }
  await followMerges(ctx, entity)
  // Work on the records may have ended undone while the object was removed.
  await orderComputation(ctx, entity)
  return gone.filter(({ key }) => !hidden.includes(ownPrefix + key))
}
