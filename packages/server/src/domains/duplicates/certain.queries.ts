import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { bothAlive } from "./duplicates.queries.ts"

/** From which probability on pairs are certain in this workspace. */
export async function certainFrom(ctx: Context): Promise<number> {
  const row = await ctx.tx.row<{ from: number }>(
    sql`select certain_from as "from" from workspaces where id = ${ctx.workspaceId}`,
  )
  return row?.from ?? 1
}
export function setCertainFrom(ctx: Context, from: number): void {
  ctx.tx.write(sql`update workspaces set certain_from = ${from} where id = ${ctx.workspaceId}`)
}

export interface CertainPair {
  id: string
  oneId: string
  otherId: string
}
/** Undecided pairs that are certain, `without` some, the surest first; never two with different given names, whatever else is alike. */
export async function certainPairs(
  ctx: Context,
  entity: MatchedEntity,
  from: number,
  { limit, without = [] }: { limit: number; without?: readonly string[] },
): Promise<CertainPair[]> {
  const otherName = JSON.stringify([{ comparison: "givenName", level: "different" }])
  return ctx.tx.rows<CertainPair>(sql`
    select p.id, p.one_id as "oneId", p.other_id as "otherId" from duplicate_pairs p
    where p.workspace_id = ${ctx.workspaceId} and p.entity = ${entity} and p.state = 'open' and p.probability >= ${from}
      and not p.reasons @> ${otherName}::text::jsonb and p.id <> all (${without}::uuid[]) and ${bothAlive(ctx, entity)}
    order by p.probability desc, p.id desc limit ${limit}`)
}

/**
 * What was said of records that became part of another one is said of that: two who were not the same stay so. Their
 * own pairs stay, too, and show again when the merge is taken back.
 */
export function passOnDecisions(ctx: Context, survivorId: string, mergedIds: readonly string[]): void {
  const [one, other] = [sql`least(${survivorId}::uuid, d.other)`, sql`greatest(${survivorId}::uuid, d.other)`]
  ctx.tx.write(sql`
    insert into duplicate_pairs (workspace_id, id, entity, one_id, other_id, probability, reasons, state, decided_by, decided_at, found_at, seen_at)
    select distinct on (d.other) ${ctx.workspaceId}::uuid, gen_random_uuid(), d.entity, ${one}, ${other},
      d.probability, d.reasons, d.state, d.decided_by, d.decided_at, d.found_at, d.seen_at
    from (
      select p.*, case when p.one_id = any (${mergedIds}::uuid[]) then p.other_id else p.one_id end as other from duplicate_pairs p
      where p.workspace_id = ${ctx.workspaceId} and p.state = 'notSame'
        and (p.one_id = any (${mergedIds}::uuid[]) or p.other_id = any (${mergedIds}::uuid[]))
    ) d
    where d.other <> ${survivorId}::uuid and d.other <> all (${mergedIds}::uuid[])
    order by d.other, d.decided_at desc
    on conflict (workspace_id, one_id, other_id)
    do update set state = excluded.state, decided_by = excluded.decided_by, decided_at = excluded.decided_at`)
}
