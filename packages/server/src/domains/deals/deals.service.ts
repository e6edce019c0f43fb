import type { DealSpan } from "@regulars/contract/domains/pipelines.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { createRecord } from "../../kernel/records/create.ts"
import { getRecord } from "../../kernel/records/read.ts"
import { spansOf } from "./deals.queries.ts"

const millisecondsOfDay = 86_400_000
/** What belongs to how one deal went. */
const ofItsCourse = [
  ...["stage", "probability", "category", "expectedClose", "openedOn", "closedOn", "nextStep", "checklist"],
  ...["wonReason", "lostReason", "lostNote"],
]

/** Stages a deal stood in, the first first; none for whoever may not see its stage. Throws `not_found`. */
export async function stagesOf(ctx: Context, id: string): Promise<DealSpan[]> {
  const entity = dealsOf(ctx)
  const [, rows] = await Promise.all([
    getRecord(ctx, entity, id, { deleted: true, keys: ["id"] }),
    spansOf(ctx, id),
  ])
  const { fields } = usableEntity(ctx, entity)
  if (!fields.stage || !fields.pipeline) return []
  const now = ctx.now().getTime()
  return rows.map(({ version: _, ...span }) => {
    const until = span.leftAt === null ? now : Date.parse(span.leftAt)
    const days = Math.max(0, until - Date.parse(span.enteredAt)) / millisecondsOfDay
    return { ...span, days: Math.round(days * 100) / 100 }
  })
}

/**
 * A new deal at the beginning of the same pipeline, with whatever the caller may see and write of the old one.
 * Throws `not_found`.
 */
export async function cloneDeal(ctx: Context, id: string, name: string | undefined): Promise<{ id: string }> {
  const entity = dealsOf(ctx)
  const deal = await getRecord(ctx, entity, id)
  const { fields } = usableEntity(ctx, entity)
  const taken = Object.entries(fields).filter(
    ([key, field]) => isWritable(field) && !field.unique && !ofItsCourse.includes(key),
  )
  const values = Object.fromEntries(taken.map(([key]) => [key, deal[key]]))
  // Entries of lists are new ones.
  for (const [key] of taken.filter(([, { type }]) => type === "list"))
    values[key] = (values[key] as object[]).map((entry) => ({ ...entry, id: undefined }))
  const made = await createRecord(ctx, entity, { ...values, name: name ?? deal.name })
  return { id: made.id }
}
function dealsOf({ registry }: Context): EntityDeclaration {
  return registry.entity("deals") as EntityDeclaration
}
