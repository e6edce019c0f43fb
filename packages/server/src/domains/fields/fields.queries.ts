import type { OwnFieldAnswer } from "@regulars/contract/domains/fields.endpoints.ts"
import { fieldOfOwn } from "@regulars/contract/kernel/own-fields.ts"
import type { Context } from "../../kernel/context.ts"
import { allOf, sql } from "../../kernel/db/sql.ts"
import { valueColumn } from "../../kernel/own-fields/values.ts"
import { ownFieldColumns } from "../../kernel/own-fields/workspace-registry.ts"
import { storage, tableNamed } from "../../kernel/records/columns.ts"

export type FieldRow = OwnFieldAnswer & { replaces: string | null }

const columns = sql`${ownFieldColumns}, version, replaces,
  created_at as "createdAt", updated_at as "updatedAt", deleted_at as "deletedAt"`

export async function fieldRows(
  ctx: Context,
  { entity, deleted }: { entity?: string | undefined; deleted: boolean },
): Promise<FieldRow[]> {
  const conditions = [
    sql`workspace_id = ${ctx.workspaceId}`,
    deleted ? sql`deleted_at is not null` : sql`deleted_at is null`,
    ...(entity === undefined ? [] : [sql`entity = ${entity}`]),
  ]
  return ctx.tx.rows<FieldRow>(
    sql`select ${columns} from own_fields where ${allOf(conditions)} order by entity, position, id`,
  )
}
export async function fieldRow(ctx: Context, id: string): Promise<FieldRow | undefined> {
  return ctx.tx.row<FieldRow>(
    sql`select ${columns} from own_fields where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
}
/** Names in use: keys of living fields, and every slot there ever was. */
export async function namesInUse(
  ctx: Context,
  entity: string,
): Promise<{ keys: Set<string>; slots: Set<string>; living: number; last: number }> {
  const rows = await ctx.tx.rows<{ key: string; slot: string; alive: boolean; position: number }>(sql`
    select key, slot, deleted_at is null as alive, position from own_fields
    where workspace_id = ${ctx.workspaceId} and entity = ${entity}`)
  const living = rows.filter(({ alive }) => alive)
  return {
    keys: new Set(living.map(({ key }) => key)),
    slots: new Set(rows.map(({ slot }) => slot)),
    living: living.length,
    last: Math.max(0, ...living.map(({ position }) => position)),
  }
}

export function insertField(ctx: Context, field: FieldRow): void {
  ctx.tx.write(sql`
    insert into own_fields (workspace_id, id, version, entity, key, slot, label, help, field_group, position, type, options,
      required, stages, default_value, is_unique, hidden, replaces, created_by, created_at, updated_at)
    values (${ctx.workspaceId}, ${field.id}, ${field.version}, ${field.entity}, ${field.key}, ${field.slot}, ${field.label},
      ${field.help}, ${field.group}, ${field.position}, ${field.type}, ${json(field.options)}::jsonb, ${field.required},
      ${json(field.stages)}::jsonb, ${json(field.default)}::jsonb, ${field.unique}, ${field.hidden}, ${field.replaces},
      ${ctx.actor.memberId}, ${field.createdAt}, ${field.updatedAt})`)
}
export function saveField(ctx: Context, field: FieldRow): void {
  ctx.tx.write(sql`
    update own_fields set version = ${field.version}, key = ${field.key}, label = ${field.label}, help = ${field.help},
      field_group = ${field.group}, position = ${field.position}, options = ${json(field.options)}::jsonb,
      required = ${field.required}, stages = ${json(field.stages)}::jsonb, default_value = ${json(field.default)}::jsonb,
      is_unique = ${field.unique}, hidden = ${field.hidden}, updated_at = ${field.updatedAt}, deleted_at = ${field.deletedAt}
    where workspace_id = ${ctx.workspaceId} and id = ${field.id}`)
}
const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

export interface StoredValue {
  id: string
  value: unknown
}
/** Values of a field by record, in the order of ids, locked: whoever changes them waits. */
export async function storedValues(
  ctx: Context,
  { entity, slot }: Pick<FieldRow, "entity" | "slot">,
  page: { after: string; limit: number; lock: boolean },
): Promise<StoredValue[]> {
  return ctx.tx.rows<StoredValue>(sql`
    select id, custom -> ${slot} as value from ${tableNamed(ctx.registry, entity)}
    where workspace_id = ${ctx.workspaceId} and custom ? ${slot} and id > ${page.after} order by id limit ${page.limit}
    ${page.lock ? sql`for no key update` : sql``}`)
}
/** Ids of the entity's records, also in the bin, in their order. */
export async function idsAfter(
  ctx: Context,
  entity: string,
  page: { after: string; limit: number },
): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select id from ${tableNamed(ctx.registry, entity)}
    where workspace_id = ${ctx.workspaceId} and id > ${page.after} order by id limit ${page.limit}`)
  return rows.map(({ id }) => id)
}
/** Writes values beside what stands in `custom`. */
export function writeValues(
  ctx: Context,
  { entity, slot }: Pick<FieldRow, "entity" | "slot">,
  values: readonly StoredValue[],
): void {
  ctx.tx.write(sql`
    update ${storage({ name: entity })} r set custom = r.custom || jsonb_build_object(${slot}::text, input.value)
    from unnest(${values.map(({ id }) => id)}::uuid[], ${values.map(({ value }) => JSON.stringify(value))}::text[]::jsonb[]) as input(id, value)
    where r.workspace_id = ${ctx.workspaceId} and r.id = input.id`)
}
/** Whether two living records hold the same value. */
export async function hasRepeated(ctx: Context, field: FieldRow): Promise<boolean> {
  const value = sql.ref(`v.${valueColumn(fieldOfOwn(field)).name}`)
  const row = await ctx.tx.row(sql`
    select ${value} from field_values v
    join ${tableNamed(ctx.registry, field.entity, "r")} on r.workspace_id = v.workspace_id and r.id = v.record_id and r.deleted_at is null
    where v.workspace_id = ${ctx.workspaceId} and v.field_id = ${field.id} and ${value} is not null
    group by ${value} having count(*) > 1 limit 1`)
  return row !== undefined
}
/** Fields removed before a moment; those of a removed object go with it. */
export async function forgottenFields(ctx: Context, before: string, most: number): Promise<FieldRow[]> {
  const names = ctx.registry.entities.map(({ name }) => name)
  return ctx.tx.rows<FieldRow>(sql`
    select ${columns} from own_fields
    where workspace_id = ${ctx.workspaceId} and deleted_at < ${before}::timestamptz and entity = any (${names}::text[])
    order by deleted_at limit ${most}`)
}
/** Takes a field's values out of some records; returns how many there were. */
export async function eraseValues(ctx: Context, field: FieldRow, limit: number): Promise<number> {
  const rows = await ctx.tx.rows(sql`
    update ${storage({ name: field.entity })} r set custom = r.custom - ${field.slot}::text
    where r.workspace_id = ${ctx.workspaceId} and r.id in (
      select id from ${tableNamed(ctx.registry, field.entity)}
      where workspace_id = ${ctx.workspaceId} and custom ? ${field.slot} order by id limit ${limit} for no key update)
    returning r.id`)
  return rows.length
}
export function eraseField(ctx: Context, { id }: FieldRow): void {
  for (const [table, column] of [
    ["field_values", "field_id"],
    ["own_fields", "id"],
  ])
    ctx.tx.write(sql`
      delete from ${sql.table(table as string)} where workspace_id = ${ctx.workspaceId} and ${sql.id(column as string)} = ${id}`)
}
