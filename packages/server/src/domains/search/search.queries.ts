import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { permitted, seesNamed } from "../../kernel/access/policy.ts"
import type { Context } from "../../kernel/context.ts"
import { allOf, likeText, sql } from "../../kernel/db/sql.ts"
import { table } from "../../kernel/records/columns.ts"

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
  const seen = seesNamed(ctx, { type: sql`f.entity`, id: sql`v.record_id`, by: "name" })
  return ctx.tx.rows<NameHit>(sql`
    select f.entity, f.field, t.beginning as text, v.value, v.record_id as id
    from unnest(${entities}::text[], ${keys}::text[]) f (entity, field)
    cross join unnest(${texts}::text[], ${ends}::text[]) t (beginning, ending)
    cross join lateral (
      select v.value, v.record_id from record_values v
      where v.workspace_id = ${ctx.workspaceId} and v.entity = f.entity and v.field = f.field and v.value >= t.beginning and v.value < t.ending
        ${seen ? sql`and ${seen}` : sql``}
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

/**
 * The same two among the records of one entity that the caller's rights reach. What is theirs is looked up first: the
 * text functions know no rights, and whom they find first may all be others'.
 */
export async function findInReach(
  ctx: Context,
  query: { text: string; patterns: readonly string[] },
  entity: EntityDeclaration,
  how: { nearly: boolean; limit: number },
): Promise<TextHit[]> {
  if (query.patterns.length === 0) return []
  const text = likeText(query.text)
  const score = how.nearly
    ? sql`word_similarity(${query.text}, left(s.body, 48))`
    : sql`(case when s.body like ${`${text}%`} then 4 when s.body like ${`% ${text}%`} then 3 else 2 end)::real`
  const wanted = how.nearly
    ? sql`${score} >= 0.43`
    : allOf(query.patterns.map((pattern) => sql`s.body like ${pattern}`))
  const { name } = entity
  return ctx.tx.rows<TextHit>(sql`
    select s.record_id as id, ${score} as score from search_index s
    where s.workspace_id = ${ctx.workspaceId} and s.entity = ${name} and ${wanted} and s.record_id in (
      select ${sql.ref(`${name}.id`)} from ${table(entity)}
      where ${sql.ref(`${name}.workspace_id`)} = ${ctx.workspaceId} and ${permitted(ctx, entity)})
    order by score desc, s.record_id desc limit ${how.limit}`)
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
