import type { Twin } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import { patchSchema } from "@regulars/contract/kernel/entity.schema.ts"
import { type EntityDeclaration, isWritable } from "@regulars/contract/kernel/entity.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { lookUpValues } from "../../kernel/records/lookups.ts"
import { normaliseValues } from "../../kernel/records/normalise.ts"
import { companyNames, declarationOf, loadComparables, nameOf, reasonsFor } from "./comparables.ts"
import { likelyIds } from "./duplicates.queries.ts"
import { scorerOf } from "./learn.ts"
import { subjects } from "./subjects.ts"

/** Records looked at while somebody types, and those worth showing. */
const mostLooked = 20
const mostShown = 5
/** So likely, or with so many bits for it: whoever types sees at a glance whether it is the one. */
const worthShowing = { probability: 0.1, weight: 10 }

/**
 * Who is there already and may be the one that is being written down, the likeliest first. What was typed need not be
 * complete: a value that is none yet is left out.
 */
export async function twinsOf(ctx: Context, entityName: MatchedEntity, typed: Values): Promise<Twin[]> {
  const subject = subjects[entityName]
  const entity = usableEntity(ctx, declarationOf(ctx, subject))
  const values = normaliseValues(entity, validPart(entity, typed), ctx)
  const isTelling = (field: string) => entity.duplicateKeys?.includes(field) || field === entity.title
  const same = lookUpValues(entity, values).filter(({ field }) => isTelling(field))
  const whole = [values.name ?? [values.givenName, values.familyName].filter(Boolean).join(" ")]
  const ids = await likelyIds(ctx, entityName, { same, name: fold(String(whole)).slice(0, 48) }, mostLooked)
  if (ids.length === 0) return []
  const [scorer, records, names] = await Promise.all([
    scorerOf(ctx, subject),
    loadComparables(ctx, subject, ids),
    companyNames(ctx, [values]),
  ])
  const one = subject.prepare({ values, companyName: names[String(values.companyId)] ?? null })
  const shared = new Set(same.map(({ field, value }) => `${field}\n${value}`))
  return records
    .map((record) => ({ record, ...scorer.score(one, subject.prepare(record)) }))
    .filter(
      ({ record, probability, weight }) =>
        probability >= worthShowing.probability ||
        weight >= worthShowing.weight ||
        lookUpValues(entity, record.values).some(({ field, value }) => shared.has(`${field}\n${value}`)),
    )
    .sort((left, right) => right.probability - left.probability)
    .slice(0, mostShown)
    .map(({ record, probability, reasons }) => ({
      id: record.id,
      name: nameOf(ctx, subject, record),
      probability,
      reasons: reasonsFor(ctx, subject, reasons),
    }))
}
/** Fields that are compared and hold a value by the entity's own rules. */
function validPart(entity: EntityDeclaration, typed: Values): Values {
  const schema = patchSchema(entity)
  const valid: Values = {}
  for (const [key, value] of Object.entries(typed)) {
    const field = entity.fields[key]
    if (!field || !isWritable(field)) continue
    const parsed = schema.safeParse({ [key]: value })
    if (parsed.success) valid[key] = (parsed.data as Values)[key]
  }
  return valid
}
