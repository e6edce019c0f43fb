import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { column, recordset, table } from "../../kernel/records/columns.ts"

export interface Named {
  id: string
  name: string
}

/** Records of these ids, also from the bin: who links to one there already keeps the link. */
export async function namedById(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
): Promise<Named[]> {
  if (ids.length === 0) return []
  return ctx.tx.rows<Named>(sql`
    select id, coalesce(${column(entity, entity.title)}, '') as name from ${table(entity)}
    where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])`)
}
/** For each folded name the oldest living record that bears it; names are found where the title is looked up. */
export async function idsByName(
  ctx: Context,
  entity: EntityDeclaration,
  names: readonly string[],
): Promise<Map<string, string>> {
  if (names.length === 0 || !entity.fields[entity.title]?.lookUp) return new Map()
  const rows = await ctx.tx.rows<{ value: string; id: string }>(sql`
    with hits as materialized (
      select value, record_id from record_values
      where workspace_id = ${ctx.workspaceId} and entity = ${entity.name} and field = ${entity.title} and value = any (${names}::text[])
    )
    select distinct on (hits.value) hits.value, r.id from hits
    cross join lateral (
      select id, created_at, deleted_at from ${table(entity)} where workspace_id = ${ctx.workspaceId} and id = hits.record_id offset 0
    ) r
    where r.deleted_at is null order by hits.value, r.created_at, r.id`)
  return new Map(rows.map(({ value, id }) => [value, id]))
}
/** Companies by their ids in the product the file comes from. */
export async function companiesByExternalId(
  ctx: Context,
  source: string,
  ids: readonly string[],
): Promise<(Named & { externalId: string })[]> {
  if (ids.length === 0) return []
  return ctx.tx.rows(sql`
    select c.id, c.name, x.external_id as "externalId" from external_ids x
    join companies c on c.workspace_id = x.workspace_id and c.id = x.record_id and c.deleted_at is null
    where x.workspace_id = ${ctx.workspaceId} and x.entity = 'companies' and x.source = ${source} and x.external_id = any (${ids}::text[])`)
}
/** Everybody who works here, or did. */
export async function allMembers(ctx: Context): Promise<(Named & { email: string })[]> {
  return ctx.tx.rows(sql`
    select id, name, email from members where workspace_id = ${ctx.workspaceId} order by active desc, created_at, id`)
}

/** Remembers what records are called in the product they came from; the latest import is right. */
export async function saveExternalIds(
  ctx: Context,
  entity: string,
  source: string,
  rows: readonly { externalId: string; recordId: string }[],
): Promise<void> {
  if (rows.length === 0) return
  const unique = [...new Map(rows.map((row) => [row.externalId, { ...row }])).values()]
  await ctx.tx.rows(sql`
    insert into external_ids (workspace_id, entity, source, external_id, record_id)
    select ${ctx.workspaceId}::uuid, ${entity}, ${source}, "externalId", "recordId"
    from ${recordset("input", unique, { externalId: "text", recordId: "uuid" })}
    on conflict (workspace_id, entity, source, external_id) do update set record_id = excluded.record_id`)
}
/** Texts of the notes about each record, so that the same file does not write them twice. */
export async function noteTexts(
  ctx: Context,
  subjectType: string,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx.rows<{ id: string; text: string }>(sql`
    with told as materialized (
      select subject_id, event_id from event_subjects
      where workspace_id = ${ctx.workspaceId} and subject_type = ${subjectType} and subject_id = any (${ids}::uuid[])
        and event_type = 'note.created'
    )
    select told.subject_id as id, n.text from told
    join events e on e.workspace_id = ${ctx.workspaceId} and e.id = told.event_id
    join notes n on n.workspace_id = ${ctx.workspaceId} and n.id = (e.data -> 'ids' ->> 0)::uuid and n.deleted_at is null and n.text is not null`)
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [id, new Set(own.map(({ text }) => text))]),
  )
}
