import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context, ReferenceRule } from "../context.ts"
import { allOf, type Sql, sql } from "../db/sql.ts"

/** Records that are made one: what belongs to the others goes to the survivor, and the way back is noted. */
export interface Merge {
  id: string
  entity: EntityDeclaration
  survivorId: string
  /** In the order in which they were given. */
  otherIds: readonly string[]
  operationId: string
}

/** Moves the rows of other tables that name the records, as the rules of their references say. */
export function moveRows(ctx: Context, merge: Merge): void {
  for (const [reference, rule] of ctx.registry.references) {
    // One record after the other: two of them may have a row that is to be one.
    for (const otherId of rule.becomes === "stays" ? [] : merge.otherIds) {
      const move = { ...partsOf(reference), reference, rule, merge, otherId }
      if (rule.becomes === "text") replaceText(ctx, move)
      else if (rule.becomes === "drop") dropRows(ctx, move, sql`true`)
      else {
        if (rule.distinct) dropRows(ctx, move, sameRowOfSurvivor(ctx, move))
        renameRows(ctx, move)
      }
    }
  }
}
interface Move {
  table: string
  column: string
  reference: string
  rule: ReferenceRule
  merge: Merge
  otherId: string
}
function partsOf(reference: string): { table: string; column: string } {
  const [table = "", column = ""] = reference.split(".")
  return { table, column }
}
function ofKind({ kind }: ReferenceRule, { name, singular }: EntityDeclaration): Sql[] {
  return kind ? [sql`t.${sql.id(kind.column)} = ${kind.holds === "name" ? name : singular}`] : []
}
function rowsOf(ctx: Context, { column, rule, merge, otherId }: Move): Sql {
  return allOf([
    sql`t.workspace_id = ${ctx.workspaceId}`,
    sql`t.${sql.id(column)} = ${otherId}::uuid`,
    ...ofKind(rule, merge.entity),
  ])
}
function sameRowOfSurvivor(ctx: Context, { table, column, rule, merge }: Move): Sql {
  const columns = [...(rule.kind ? [rule.kind.column] : []), ...(rule.key ?? [])]
  return sql`exists (
    select from ${sql.table(table)} s where s.workspace_id = ${ctx.workspaceId} and s.${sql.id(column)} = ${merge.survivorId}::uuid
      and ${allOf(columns.map((name) => sql`s.${sql.id(name)} = t.${sql.id(name)}`))})`
}

function dropRows(ctx: Context, move: Move, which: Sql): void {
  ctx.tx.write(sql`
    with gone as (
      delete from ${sql.table(move.table)} t where ${rowsOf(ctx, move)} and ${which} returning to_jsonb(t) as row
    )
    insert into merged_parts (workspace_id, merge_id, reference, before)
    select ${ctx.workspaceId}::uuid, ${move.merge.id}::uuid, ${move.reference}, row from gone`)
}
function renameRows(ctx: Context, move: Move): void {
  const { column, otherId, merge, rule } = move
  const { origin } = rule
  const note = origin ? sql`, ${sql.id(origin)} = coalesce(t.${sql.id(origin)}, ${otherId}::uuid)` : sql``
  const origins = origin
    ? sql`|| jsonb_build_object(${origin}::text, nullif(after ->> ${origin}, ${otherId}))`
    : sql``
  ctx.tx.write(sql`
    with moved as (
      update ${sql.table(move.table)} t set ${sql.id(column)} = ${merge.survivorId}::uuid ${note} where ${rowsOf(ctx, move)}
      returning to_jsonb(t) as after
    )
    insert into merged_parts (workspace_id, merge_id, reference, before, after)
    select ${ctx.workspaceId}::uuid, ${merge.id}::uuid, ${move.reference},
      after || jsonb_build_object(${column}::text, ${otherId}::text) ${origins}, after from moved`)
}
/** Ids are told apart from any other text by their length and form: replacing them needs no knowledge of the JSON. */
function replaceText(ctx: Context, { table, column, reference, merge, otherId }: Move): void {
  const name = sql.id(column)
  ctx.tx.write(sql`
    with found as (
      select ctid as place, to_jsonb(t) as before from ${sql.table(table)} t
      where workspace_id = ${ctx.workspaceId} and ${name}::text like ${`%${otherId}%`}
    ), changed as (
      update ${sql.table(table)} t set ${name} = replace(t.${name}::text, ${otherId}, ${merge.survivorId})::jsonb
      from found where t.ctid = found.place returning found.before, to_jsonb(t) as after
    )
    insert into merged_parts (workspace_id, merge_id, reference, before, after)
    select ${ctx.workspaceId}::uuid, ${merge.id}::uuid, ${reference}, before, after from changed`)
}

/** Brings the rows back that a merge moved or dropped, as far as they are still there and still name the survivor. */
export function moveRowsBack(ctx: Context, mergeId: string): void {
  for (const [reference, rule] of ctx.registry.references) {
    if (rule.becomes === "stays") continue
    const { table, column } = partsOf(reference)
    const own = [column, ...(rule.kind ? [rule.kind.column] : []), ...(rule.key ?? [])]
    // None of these is ever null; "is not distinct from" would read the whole table for each row.
    const same = own.map((name) => sql`t.${sql.id(name)} = a.${sql.id(name)}`)
    const back = [column, ...(rule.origin ? [rule.origin] : [])]
    const parts = sql`
      merged_parts p
      cross join lateral jsonb_populate_record(null::${sql.table(table)}, p.before) b
      cross join lateral jsonb_populate_record(null::${sql.table(table)}, p.after) a
      where p.workspace_id = ${ctx.workspaceId} and p.merge_id = ${mergeId} and p.reference = ${reference}`
    ctx.tx.write(sql`
      update ${sql.table(table)} t set ${sql.join(back.map((name) => sql`${sql.id(name)} = b.${sql.id(name)}`))}
      from ${parts} and p.after is not null and t.workspace_id = p.workspace_id and ${allOf(same)}`)
    const alive = (rule.within ?? []).map(({ column: name, table: other }) => {
      const named = sql`b.${sql.id(name)}`
      return sql`(${named} is null or exists (select from ${sql.table(other)} w where w.workspace_id = p.workspace_id and w.id = ${named}))`
    })
    ctx.tx.write(sql`
      insert into ${sql.table(table)} select b.* from ${parts} and ${allOf([sql`p.after is null`, ...alive])} on conflict do nothing`)
  }
}
