import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { takenIn } from "../own-fields/complete.ts"
import { registryWithin } from "../own-fields/workspace-registry.ts"
import type { StoredRecord } from "./columns.ts"
import { linkingSince, type Stayed } from "./linking.ts"
import { getRecords, idsWithin } from "./read.ts"
import {
  changeTo,
  type Remains,
  readParts,
  recordsOf,
  type StoredPart,
  told,
  type Unmerged,
  valuesBack,
} from "./unmerge.ts"

/** Merges looked at beforehand; of more, the newest. */
const mostLooked = 20

interface Foreseen extends Unmerged {
  /** Of the records that would be there again, by id: they stand in no list yet. */
  names: Map<string, string>
}
/** What taking an operation's merges back would bring and leave, as far as the caller sees it. Writes nothing. */
export async function previewUnmerge(
  asked: Context,
  declared: EntityDeclaration,
  operationId: string,
): Promise<Foreseen & { isWhole: boolean }> {
  const registry = await registryWithin(asked, { withRemoved: true })
  const entity = registry.entity(declared.name) ?? declared
  const ctx: Context = { ...asked, access: undefined, registry }
  const rows = await ctx.tx.rows<{ mergeId: string; count: number }>(sql`
    select merge_id as "mergeId", count(*)::int as count from merged_records
    where workspace_id = ${ctx.workspaceId} and operation_id = ${operationId} and record is not null
    group by merge_id order by merge_id desc`)
  const result: Foreseen = {
    restored: rows.reduce((sum, { count }) => sum + count, 0),
    kept: [],
    arrived: [],
    names: new Map(),
  }
  for (const { mergeId } of rows.slice(0, mostLooked)) await foresee(ctx, entity, mergeId, result)
  return {
    ...result,
    kept: await seenOf(asked, result.kept),
    arrived: await seenOf(asked, result.arrived),
    isWhole: rows.length <= mostLooked,
  }
}

async function foresee(
  ctx: Context,
  entity: EntityDeclaration,
  mergeId: string,
  result: Foreseen,
): Promise<void> {
  const remains = await ctx.tx.rows<Remains>(sql`
    select id, into_id as "intoId", merged_at as "mergedAt", record from merged_records
    where workspace_id = ${ctx.workspaceId} and merge_id = ${mergeId} and record is not null order by id`)
  const [first] = remains
  const [survivor] = first ? await getRecords(ctx, entity, [first.intoId], { deleted: "too" }) : []
  if (!first || !survivor) return
  const parts = await readParts(ctx, mergeId)
  const wrote = parts.find(({ reference, after }) => reference === entity.name && after.id === survivor.id)
  const own = changeTo(entity, survivor, valuesBack(entity, survivor, wrote, result)).after
  const others = recordsOf(entity, remains).map(
    (values, index) => ({ ...values, id: remains[index]?.id }) as StoredRecord,
  )
  for (const { id, [entity.title]: name } of others) result.names.set(id, String(name ?? ""))
  const living = survivor.deletedAt === null ? [own, ...others] : others
  for (const { index, error } of await takenIn(ctx, entity, living, { isPreview: true }))
    result.kept.push(told(entity, living[index] as StoredRecord, [error.path], error.code))
  await foreseeLinks(
    ctx,
    parts.filter((part) => part !== wrote),
    result,
  )
  result.arrived.push(...(await linkingSince(ctx, entity, survivor.id, first.mergedAt)))
}
async function foreseeLinks(ctx: Context, parts: readonly StoredPart[], result: Unmerged): Promise<void> {
  for (const [name, own] of Map.groupBy(parts, ({ reference }) => reference)) {
    const entity = ctx.registry.entity(name)
    if (!entity) continue
    const noted = new Map(own.map((part) => [part.after.id, part]))
    for (const record of await getRecords(ctx, entity, [...noted.keys()], { deleted: "too" }))
      valuesBack(entity, record, noted.get(record.id), result)
  }
}

/** What stays, as far as the caller sees it. */
export async function seenOf(ctx: Context, stayed: readonly Stayed[]): Promise<Stayed[]> {
  const seen = new Set<string>()
  for (const [name, own] of Map.groupBy(stayed, (one) => one.entity)) {
    const entity = ctx.registry.entity(name)
    const ids = own.map(({ id }) => id)
    if (entity) for (const id of await idsWithin(ctx, entity, ids, "see")) seen.add(id)
  }
  return stayed.filter(({ id }) => seen.has(id))
}
