import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { columnName, recordset, table, type Values } from "../../kernel/records/columns.ts"
import { lookUpForm } from "../../kernel/records/lookups.ts"
import { type Facts, factsOf, type MatchKey, type MatchReason } from "./match-keys.ts"

/** A record that shares a key with a row. */
export interface Candidate {
  id: string
  name: string
  facts: Facts
}
export type CandidatesByKey = ReadonlyMap<string, readonly Candidate[]>
export function keyText({ reason, value }: MatchKey): string {
  return `${reason} ${value}`
}

/** The field in which a key is looked up. */
function fieldFor({ title }: EntityDeclaration, reason: MatchReason): string | undefined {
  if (reason === "name" || reason === "nameCompany") return title
  return { email: "emails", domain: "domains", phone: "phones", id: undefined, externalId: undefined }[reason]
}
/** More people of one name tell nothing about which of them is meant. */
const mostPerKey = 50

interface CandidateRow {
  reason: MatchReason
  value: string
  id: string
  values: Values
  company: string | null
  externalId: string | null
}
/** Living records that share a key with any of the rows, the oldest first: one statement for each way of looking. */
export async function findCandidates(
  ctx: Context,
  entity: EntityDeclaration,
  keys: readonly MatchKey[],
  source: string,
): Promise<CandidatesByKey> {
  const wanted = [...new Map(keys.map((key) => [keyText(key), key])).values()]
  const inFields = wanted.flatMap(({ reason, value }) => {
    const field = fieldFor(entity, reason)
    return field ? [{ reason, field, value }] : []
  })
  const own = wanted.flatMap(({ reason, value }) => (reason === "id" ? [value] : []))
  const foreign = wanted.flatMap(({ reason, value }) => (reason === "externalId" ? [value] : []))
  const rows = await Promise.all([
    inFields.length === 0 ? [] : ctx.tx.rows(byFields(ctx, entity, inFields, source)),
    own.length === 0 ? [] : ctx.tx.rows(byId(ctx, entity, own)),
    foreign.length === 0 ? [] : ctx.tx.rows(byExternalId(ctx, entity, foreign, source)),
  ])
  const found = rows.flat().map((row) => [keyText(row), candidateOf(entity, row)] as const)
  return new Map(
    [...Map.groupBy(found, ([key]) => key)].map(([key, own]) => [key, own.map(([, candidate]) => candidate)]),
  )
}
function candidateOf(
  { title }: EntityDeclaration,
  { id, values, company, externalId }: CandidateRow,
): Candidate {
  const facts = factsOf(values, company === null ? "" : lookUpForm("text", company), externalId ?? "", title)
  return { id, name: String(values[title] ?? ""), facts }
}

/** What the facts are made of. */
function told(entity: EntityDeclaration): Sql {
  const keys = [entity.title, "emails", "phones", "addresses", "birthday"].filter(
    (key) => key in entity.fields,
  )
  return sql`jsonb_build_object(${sql.join(keys.flatMap((key) => [sql.lit(key), sql.ref(`r.${columnName(key)}`)]))})`
}
function employer(ctx: Context, entity: EntityDeclaration): { column: Sql; join: Sql } {
  if (!("companyId" in entity.fields)) return { column: sql`null::text`, join: sql`` }
  return {
    column: sql`c.name`,
    join: sql`left join companies c on c.workspace_id = ${ctx.workspaceId} and c.id = r.company_id`,
  }
}
function byFields(
  ctx: Context,
  entity: EntityDeclaration,
  keys: readonly { reason: string; field: string; value: string }[],
  source: string,
): Sql<CandidateRow> {
  const { column, join } = employer(ctx, entity)
  // The look-up comes first whatever the planner knows: in tables that an import is filling it knows nothing.
  return sql<CandidateRow>`
    with hits as materialized (
      select k.reason, k.value, v.record_id from ${recordset("k", keys, { reason: "text", field: "text", value: "text" })}
      cross join lateral (
        select v.record_id from record_values v
        where v.workspace_id = ${ctx.workspaceId} and v.entity = ${entity.name} and v.field = k.field and v.value = k.value
        limit ${mostPerKey}
      ) v
    )
    select hits.reason, hits.value, r.id, ${told(entity)} as values, ${column} as company,
      (select x.external_id from external_ids x where x.workspace_id = ${ctx.workspaceId} and x.record_id = r.id and x.source = ${source} limit 1) as "externalId"
    from hits
    cross join lateral (
      select * from ${table(entity)} where workspace_id = ${ctx.workspaceId} and id = hits.record_id offset 0
    ) r ${join}
    where r.deleted_at is null order by r.created_at, r.id`
}
function byId(ctx: Context, entity: EntityDeclaration, ids: readonly string[]): Sql<CandidateRow> {
  const { column, join } = employer(ctx, entity)
  return sql<CandidateRow>`
    select 'id' as reason, r.id::text as value, r.id, ${told(entity)} as values, ${column} as company, null as "externalId"
    from ${table(entity, "r")} ${join}
    where r.workspace_id = ${ctx.workspaceId} and r.id = any (${ids}::uuid[]) and r.deleted_at is null`
}
function byExternalId(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  source: string,
): Sql<CandidateRow> {
  const { column, join } = employer(ctx, entity)
  return sql<CandidateRow>`
    select 'externalId' as reason, x.external_id as value, r.id, ${told(entity)} as values, ${column} as company, x.external_id as "externalId"
    from external_ids x
    join ${table(entity, "r")} on r.workspace_id = x.workspace_id and r.id = x.record_id and r.deleted_at is null ${join}
    where x.workspace_id = ${ctx.workspaceId} and x.entity = ${entity.name} and x.source = ${source} and x.external_id = any (${ids}::text[])`
}

/** Those of the records that this operation has made or changed before. */
export async function touchedBy(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  operationId: string | undefined,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0 || operationId === undefined) return new Set()
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    with told as materialized (
      select subject_id, event_id from event_subjects
      where workspace_id = ${ctx.workspaceId} and subject_type = ${entity.singular} and subject_id = any (${ids}::uuid[])
    )
    select distinct told.subject_id as id from told
    join events e on e.workspace_id = ${ctx.workspaceId} and e.id = told.event_id and e.operation_id = ${operationId}`)
  return new Set(rows.map(({ id }) => id))
}
