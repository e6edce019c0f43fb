import { stageOptions } from "@regulars/contract/domains/deals.ts"
import type { DealSpan } from "@regulars/contract/domains/pipelines.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { createRecord } from "../../kernel/records/create.ts"
import { referencesIn, unknownReferences } from "../../kernel/records/links.ts"
import { getRecord } from "../../kernel/records/read.ts"
import { spansOf } from "./deals.queries.ts"
import { firstStage } from "./deals.rules.ts"

const millisecondsOfDay = 86_400_000
/** What belongs to how one deal went. */
const ofItsCourse = [
  ...["stage", "probability", "openedOn", "closedOn", "checklist"],
  ...["wonReason", "lostReason", "lostNote"],
]
/** And what is taken over only where the stage it begins in asks for it. */
const ofItsStage = ["category", "expectedClose", "nextStep"]

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
 * A new deal at the beginning of the same pipeline, with whatever the caller may see and write of the old one, but for
 * links that lead nowhere. Throws `not_found`.
 */
export async function cloneDeal(ctx: Context, id: string, name: string | undefined): Promise<{ id: string }> {
  const entity = dealsOf(ctx)
  const deal = await getRecord(ctx, entity, id)
  const { fields } = usableEntity(ctx, entity)
  // Whoever may not write the pipeline begins in the first one.
  const asked = askedAtFirst(ctx, fields.pipeline && isWritable(fields.pipeline) ? deal.pipeline : undefined)
  const left = [...ofItsCourse, ...ofItsStage.filter((key) => !asked.includes(key))]
  const taken = Object.entries(fields).filter(
    ([key, field]) => isWritable(field) && !field.unique && !left.includes(key),
  )
  const values = await withoutLost(ctx, entity, Object.fromEntries(taken.map(([key]) => [key, deal[key]])))
  // Entries of lists are new ones.
  for (const [key] of taken.filter(([, { type }]) => type === "list"))
    values[key] = ((values[key] ?? []) as object[]).map((entry) => ({ ...entry, id: undefined }))
  const made = await createRecord(ctx, entity, { ...values, name: name ?? deal.name })
  return { id: made.id }
}
/** Fields without which no deal begins in a pipeline. */
function askedAtFirst({ registry }: Context, pipeline: unknown): readonly string[] {
  const stage = firstStage(registry.choiceLists, typeof pipeline === "string" ? pipeline : undefined)
  return stageOptions(stage).requires
}
/** Values without the links that lead nowhere any more; entries of lists go where they are nothing without theirs. */
async function withoutLost(ctx: Context, entity: EntityDeclaration, values: Values): Promise<Values> {
  const { unknown } = await unknownReferences(ctx, referencesIn(ctx, entity, values))
  const lost = new Set(unknown.map(({ path }) => path))
  const kept = Object.entries(values).map(([key, value]): [string, unknown] => {
    if (lost.has(key)) return [key, null]
    const field = entity.fields[key]
    if (!field || !Array.isArray(value)) return [key, value]
    return [
      key,
      value.flatMap((entry, index) => entryWithoutLost(field, entry, { lost, path: `${key}.${index}` })),
    ]
  })
  return Object.fromEntries(kept)
}
function entryWithoutLost(
  field: Field,
  entry: unknown,
  { lost, path }: { lost: ReadonlySet<string>; path: string },
): unknown[] {
  if (field.type !== "list") return lost.has(path) || lost.has(`${path}.id`) ? [] : [entry]
  const parts = Object.entries(field.item).filter(([part]) => lost.has(`${path}.${part}`))
  if (parts.some(([, { required }]) => required)) return []
  return [{ ...(entry as Values), ...Object.fromEntries(parts.map(([part]) => [part, null])) }]
}
function dealsOf({ registry }: Context): EntityDeclaration {
  return registry.entity("deals") as EntityDeclaration
}
