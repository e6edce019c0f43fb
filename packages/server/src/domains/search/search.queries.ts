import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"

export interface NameHit {
  entity: string
  field: string
  /** The beginning it was found by. */
  text: string
  value: string
  id: string
}
/** Records with a looked-up value that begins with one of `texts`: some of each field, from its stretch of the index. */
export async function findBeginnings(
  ctx: Context,
  fields: readonly { entity: string; field: string }[],
  texts: readonly string[],
  limit: number,
): Promise<NameHit[]> {
  const [entities, keys] = [fields.map(({ entity }) => entity), fields.map(({ field }) => field)]
  const ends = texts.map((text) => `${text}\u{10FFFF}`)
  return ctx.tx.rows<NameHit>(sql`
    select f.entity, f.field, t.beginning as text, v.value, v.record_id as id
    from unnest(${entities}::text[], ${keys}::text[]) f (entity, field)
    cross join unnest(${texts}::text[], ${ends}::text[]) t (beginning, ending)
    cross join lateral (
      select v.value, v.record_id from record_values v
      where v.workspace_id = ${ctx.workspaceId} and v.entity = f.entity and v.field = f.field and v.value >= t.beginning and v.value < t.ending
      order by v.value, v.record_id limit ${limit}
    ) v`)
}

export interface TextHit {
  id: string
  score: number
}
/** Records whose text holds every pattern, those first whose text or a word of it begins with what was typed. */
export async function findInTexts(
  ctx: Context,
  query: { text: string; patterns: readonly string[] },
  entities: readonly string[],
  limit: number,
): Promise<TextHit[]> {
  if (query.patterns.length === 0) return []
  return ctx.tx.rows<TextHit>(sql`
    select record_id as id, score from search_best(${query.text}, ${query.patterns}::text[], ${entities}::text[], ${limit})`)
}
/** People and companies with a name that is nearly what was typed. */
export async function findNearest(
  ctx: Context,
  text: string,
  entities: readonly string[],
  limit: number,
): Promise<TextHit[]> {
  return ctx.tx.rows<TextHit>(sql`
    select record_id as id, score from search_nearest(${text}, ${entities}::text[], ${limit})`)
}

export interface Titled {
  entity: string
  id: string
  title: string
  subtitle: string | null
}
/** Titles of those that are alive: what lies in the bin has no search entry. */
export async function titlesOf(ctx: Context, ids: readonly string[]): Promise<Titled[]> {
  if (ids.length === 0) return []
  return ctx.tx.rows<Titled>(sql`
    select entity, record_id as id, title, subtitle from search_index
    where workspace_id = ${ctx.workspaceId} and record_id = any (${ids}::uuid[])`)
}
