import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { allOf, anyOf, sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { table, type Values } from "./columns.ts"
import { lookUpValues } from "./lookups.ts"
import { idsWithin } from "./read.ts"

export interface Candidate {
  id: string
  name: string
  /** The field that is the same in both. */
  field: string
  value: string
}

function keysOf(entity: EntityDeclaration, values: Values): { field: string; value: string }[] {
  return lookUpValues(entity, values).filter(({ field }) => entity.duplicateKeys?.includes(field))
}

/** Records that share an e-mail address, a number or whatever the entity declares as telling. */
async function findCandidates(ctx: Context, entity: EntityDeclaration, values: Values): Promise<Candidate[]> {
  const keys = keysOf(entity, values)
  if (keys.length === 0) return []
  const { tx } = ctx
  const same = keys.map(({ field, value }) => allOf([sql`v.field = ${field}`, sql`v.value = ${value}`]))
  // The look-up comes first whatever the planner knows: in a table just filled it knows nothing yet.
  return tx.rows<Candidate>(sql`
    with same as materialized (
      select v.record_id, v.field, v.value from record_values v
      where v.workspace_id = ${tx.workspaceId} and v.entity = ${entity.name} and ${anyOf(same)} limit 100)
    select r.id, coalesce(s.title, '') as name, same.field, same.value
    from same
    join ${table(entity, "r")} on r.workspace_id = ${tx.workspaceId} and r.id = same.record_id and r.deleted_at is null
    left join search_index s on s.workspace_id = ${tx.workspaceId} and s.record_id = same.record_id
    order by r.created_at, r.id limit 10`)
}

/**
 * Refuses a creation that looks like a twin. Calls with the same key wait for each other, so that of many at
 * once only the first gets through; the others are answered with the record it made.
 */
export async function refuseDuplicates(
  ctx: Context,
  entity: EntityDeclaration,
  values: Values,
): Promise<void> {
  const keys = keysOf(entity, values).map(
    ({ field, value }) => `${ctx.workspaceId}/${entity.name}/${field}/${value}`,
  )
  if (keys.length === 0) return
  const locked = ctx.tx.rows(
    sql`select pg_advisory_xact_lock(key) from (select distinct hashtextextended(k, 0) as key from unnest(${keys}::text[]) k order by 1) keys`,
  )
  const [, candidates] = await Promise.all([locked, findCandidates(ctx, entity, values)])
  if (candidates.length === 0) return
  const seen = await idsWithin(
    ctx,
    entity,
    candidates.map(({ id }) => id),
    "see",
  )
  throw new AppError("duplicate_suspected", {
    detail: "This looks like a record that is there already.",
    // That there is one is said also where the caller can't see it; which, is not.
    details: { candidates: candidates.filter(({ id }) => seen.has(id)) },
  })
}
