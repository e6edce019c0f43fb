import type { SampleName, SampleState } from "@regulars/contract/domains/sample.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { reportProgress, startOperation } from "../../kernel/operations/operations.ts"
import { insertRecords } from "../../kernel/records/insert.ts"
import { memberNames } from "../workspace/index.ts"
import { generateCoffee } from "./coffee/generate.ts"
import { type SampleEntity, type Shop, type ShopOptions, sampleEntities } from "./coffee/shop.ts"
import { inNameOfOwner } from "./owner.ts"
import { findSample, lockSample, recordsMadeBy } from "./sample.queries.ts"

const generators: Record<SampleName, (options: ShopOptions) => Shop> = { coffee: generateCoffee }
/** Records written by one statement. */
const step = 1000

/** Whether the sample is in the workspace, since when, by whom, and how much of it is left. */
export async function sampleState(ctx: Context): Promise<SampleState> {
  const sample = await findSample(ctx)
  if (!sample) return { loaded: false, name: null, loadedAt: null, loadedBy: null, counts: {} }
  const [records, names] = await Promise.all([
    recordsMadeBy(ctx, sample.id),
    memberNames(ctx, sample.createdBy ? [sample.createdBy] : []),
  ])
  const counts = Object.fromEntries(
    [...Map.groupBy(records, ({ type }) => type)].map(([type, own]) => [
      ctx.registry.entityOfSubject(type)?.name ?? type,
      own.length,
    ]),
  )
  const name = sample.createdBy && names.get(sample.createdBy)
  return {
    loaded: true,
    name: sample.name as SampleName,
    loadedAt: sample.createdAt,
    loadedBy: sample.createdBy && name ? { id: sample.createdBy, name } : null,
    counts,
  }
}

/**
 * Fills the workspace with a sample business whose history ends now, as one operation in the caller's
 * transaction. Where no member asks (the command line), it is done in the name of an owner, who so gets the
 * open tasks. Throws `conflict` when a sample is there already.
 */
export async function loadSample(ctx: Context, name: SampleName): Promise<SampleState> {
  await lockSample(ctx)
  if (await findSample(ctx))
    throw new AppError("conflict", { detail: "The sample is in this workspace already. Remove it first." })
  const acting = ctx.actor.memberId ? ctx : await inNameOfOwner(ctx)
  const shop = generators[name]({
    now: ctx.now(),
    zone: ctx.workspaceZone,
    newId: () => newId(ctx.now().getTime()),
    memberId: acting.actor.memberId,
    currency: acting.currency,
  })
  const total = sampleEntities.reduce((sum, entity) => sum + shop[entity].length, 0)
  const operationId = await startOperation(acting, { kind: "sample", input: { name }, total })
  for (const entity of sampleEntities) {
    const records = shop[entity]
    for (let start = 0; start < records.length; start += step)
      await insertRecords(acting, ofSample(acting, entity), records.slice(start, start + step), {
        operationId,
        trustLinks: true,
        unguarded: true,
      })
  }
  await reportProgress(acting, operationId, { status: "done", done: total, summary: { name } })
  return sampleState(acting)
}
/** With the workspace's own fields, of which the sample knows nothing: none has to be given. */
function ofSample({ registry }: Context, name: SampleEntity): EntityDeclaration {
  const entity = registry.entity(name) as EntityDeclaration
  const fields = Object.entries(entity.fields).map(([key, { requiredWhen: _, ...field }]) => [key, field])
  return { ...entity, fields: Object.fromEntries(fields) }
}
