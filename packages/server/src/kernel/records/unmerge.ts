import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { beyondReach } from "../access/policy.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { computeFormulas, takenIn } from "../own-fields/complete.ts"
import { followLinks, orderRollUps } from "../own-fields/rollups.ts"
import { indexOwnValues, spreadStored, storedCustom } from "../own-fields/values.ts"
import { registryWithin } from "../own-fields/workspace-registry.ts"
import { leaveOut } from "./bin.ts"
import { columnName, type StoredRecord, table, tableNamed, type Values } from "./columns.ts"
import { hideFromSearch, indexRecords } from "./indexes.ts"
import { linkingSince, type Stayed } from "./linking.ts"
import { referencesIn } from "./links.ts"
import type { ChangedPart } from "./merge.ts"
import { changedEntries, unmergedValues } from "./merge-values.ts"
import { mergedInto } from "./merged.ts"
import { moveRowsBack } from "./moved-rows.ts"
import type { RecordChange } from "./plan-updates.ts"
import { getRecords, idsWithin } from "./read.ts"
import { replaceReferences } from "./replace-references.ts"
import { writeChanges } from "./update.ts"

export interface Unmerged {
  restored: number
  /** Records and fields that others have changed since, left as they are now. */
  kept: Stayed[]
  /** What came to the record since, and stays with it. */
  arrived: Stayed[]
}
export interface Remains {
  id: string
  intoId: string
  mergedAt: string
  record: Values
}

/**
 * Takes one merge back: the records are there again with what belonged to them, and the one that was kept is what it
 * was, apart from what has happened to it since. Entries that came from a record and were changed since go back with
 * it as they are. The survivor must still be there, in the bin or not. Throws
 * `forbidden` when it is not the caller's to change.
 */
export async function unmergeRecords(
  asked: Context,
  declared: EntityDeclaration,
  mergeId: string,
  { operationId }: { operationId: string },
): Promise<Unmerged> {
  // Everything goes back, whoever sees it, also of objects and fields that are removed for now; whether it may is asked
  // of the record that was kept.
  const registry = await registryWithin(asked, { withRemoved: true })
  const entity = registry.entity(declared.name) ?? declared
  const ctx: Context = { ...asked, access: undefined, registry }
  const remains = await ctx.tx.rows<Remains>(sql`
    select id, into_id as "intoId", merged_at as "mergedAt", record from merged_records
    where workspace_id = ${ctx.workspaceId} and merge_id = ${mergeId} and record is not null order by id`)
  const [first] = remains
  const [survivor] = first
    ? await getRecords(ctx, entity, [first.intoId], { deleted: "too", lock: true })
    : []
  if (!first) return { restored: 0, kept: [], arrived: [] }
  // Gone for good with everything that became part of it, or part of another record: nothing to go back from.
  if (!survivor) throw new AppError("conflict", { detail: "The record that was kept is not there any more." })
  if (!(await idsWithin(asked, entity, [survivor.id], "edit")).has(survivor.id)) throw beyondReach()
  const parts = await readParts(ctx, mergeId)
  const ids = remains.map(({ id }) => id)
  ctx.tx.write(
    sql`delete from merged_records where workspace_id = ${ctx.workspaceId} and merge_id = ${mergeId}`,
  )
  await reviveRows(ctx, entity, remains)
  moveRowsBack(ctx, mergeId)
  const restored = await getRecords(ctx, entity, ids, { lock: true })
  indexRecords(ctx, entity, restored)
  indexOwnValues(ctx, entity, restored)
  const wrote = parts.find(({ reference, after }) => reference === entity.name && after.id === survivor.id)
  const result: Unmerged = { restored: restored.length, kept: [], arrived: [] }
  const [back = {}] = await withoutGone(ctx, entity, [valuesBack(entity, survivor, wrote, result)])
  const own = changeTo(entity, survivor, back)
  const others = restored.map((record) =>
    changeTo(entity, record, changedEntries(entity, record, survivor, wrote?.after ?? {})),
  )
  // The one that was kept claims first what it holds now; one in the bin claims nothing.
  const living = survivor.deletedAt === null ? [own, ...others] : others
  const taken = await takenIn(
    ctx,
    entity,
    living.map(({ after }) => after),
  )
  for (const { index, error } of taken)
    result.kept.push(told(entity, living[index]!.after, [error.path], error.code))
  leaveOut(entity, living, taken)
  await turnLinksBack(ctx, { operationId, survivorId: survivor.id, result }, parts)
  await writeChanges(ctx, entity, [own, ...others], { kind: "unmerge", operationId })
  if (survivor.deletedAt !== null) hideFromSearch(ctx, [survivor.id])
  // Who linked to them meanwhile was counted elsewhere, and they count again themselves.
  await followLinks(
    ctx,
    entity,
    restored.map((after) => ({ after })),
  )
  await orderRollUps(ctx, entity, [survivor.id, ...ids])
  result.arrived = await linkingSince(ctx, entity, survivor.id, first.mergedAt)
  ctx.tx.write(
    sql`delete from merged_parts where workspace_id = ${ctx.workspaceId} and merge_id = ${mergeId}`,
  )
  return result
}
/** Formulas follow: what they are made of may have changed since, and so may they. */
export function changeTo(entity: EntityDeclaration, before: StoredRecord, values: Values): RecordChange {
  const after = { ...before, ...values }
  const computed = computeFormulas(entity, after)
  return { before, after, keys: [...new Set([...Object.keys(values), ...computed])] }
}
export function told(
  entity: EntityDeclaration,
  record: StoredRecord,
  fields: string[],
  reason: string,
): Stayed {
  return { entity: entity.name, id: record.id, fields, reason }
}
/** The values of a record from before the merge; what stays as it is goes into the result. */
export function valuesBack(
  entity: EntityDeclaration,
  record: StoredRecord,
  noted: Pick<StoredPart, "before" | "after"> | undefined,
  result: Unmerged,
): Values {
  const before = noted ? withoutIdentity(noted.before) : {}
  const after = noted ? withoutIdentity(noted.after) : {}
  const { values, kept, replaced } = unmergedValues(entity, record, before, after)
  if (kept.length > 0) result.kept.push(told(entity, record, kept, "changed_since"))
  if (replaced.length > 0) result.kept.push(told(entity, record, replaced, "field_changed"))
  return values
}

export interface StoredPart extends ChangedPart {
  reference: string
}
/**
 * Changed records, as they are noted, each once, also where fields that came back later were turned after the others;
 * rows of other tables are brought back by the database alone.
 */
export async function readParts(ctx: Context, mergeId: string): Promise<StoredPart[]> {
  const names = ctx.registry.entities.map(({ name }) => name)
  const rows = await ctx.tx.rows<StoredPart>(sql`
    select reference, before, after from merged_parts
    where workspace_id = ${ctx.workspaceId} and merge_id = ${mergeId} and reference = any (${names}::text[]) order by position`)
  const parts = new Map<string, StoredPart>()
  for (const part of rows) {
    const id = `${part.reference} ${part.after.id}`
    const earlier = parts.get(id)
    parts.set(id, earlier ? joined(earlier, part) : part)
  }
  return [...parts.values()]
}
function joined({ reference, before, after }: StoredPart, later: StoredPart): StoredPart {
  const ownFields = { ...(after.ownFields as Values), ...(later.after.ownFields as Values) }
  // Where somebody changed the record between the two, this is a version it does not have.
  const version = after.version + 1
  return {
    reference,
    before: { ...later.before, ...before },
    after: { ...after, ...later.after, ownFields, version },
  }
}

/** Merged records as they were, without what every record has. */
export function recordsOf(entity: EntityDeclaration, remains: readonly Remains[]): Values[] {
  const keys = ["custom", ...Object.keys(entity.fields)]
  return spreadStored(
    entity,
    remains.map(({ record }) => Object.fromEntries(keys.map((key) => [key, record[columnName(key)]]))),
  )
}

/** Puts the rows back as they were, without links to what is gone for good since. */
async function reviveRows(
  ctx: Context,
  entity: EntityDeclaration,
  remains: readonly Remains[],
): Promise<void> {
  const records = recordsOf(entity, remains)
  const settled = await withoutGone(ctx, entity, records, new Set(remains.map(({ id }) => id)))
  const rows = remains.map(({ record }, index) => {
    const values = settled[index] as Values
    const columns = Object.keys(entity.fields).map((key) => [columnName(key), values[key]])
    return { ...record, ...Object.fromEntries(columns), custom: storedCustom(entity, values) }
  })
  const columns = await ctx.tx.rows<{ name: string }>(sql`
    select attname as name from pg_attribute
    where attrelid = ${entity.name}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`)
  const names = sql.join(columns.map(({ name }) => sql.id(name)))
  ctx.tx.write(sql`
    insert into ${table(entity)} (${names})
    select ${names} from jsonb_populate_recordset(null::${table(entity)}, ${JSON.stringify(rows)}::text::jsonb)`)
}
/**
 * Values that are put back, with links to what became part of another record since leading there, and without those to
 * what is gone for good.
 */
async function withoutGone(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly Values[],
  revived: ReadonlySet<string> = new Set(),
): Promise<Values[]> {
  const gone = await goneSince(ctx, entity, records, revived)
  return records.map((values) => ({
    ...values,
    ...replaceReferences(ctx.registry, entity, values, (_, id) =>
      gone.has(id) ? (gone.get(id) ?? null) : id,
    ),
  }))
}
/** Ids that lead nowhere now, with the record each was merged into, or null. */
async function goneSince(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly Values[],
  revived: ReadonlySet<string>,
): Promise<Map<string, string | null>> {
  const references = records
    .flatMap((record) => referencesIn(ctx, entity, record))
    .filter(({ target, id }) => target !== "" && !revived.has(id))
  const byTarget = Map.groupBy(references, ({ target }) => target)
  const missing = await Promise.all(
    [...byTarget].map(async ([target, wanted]) => {
      const ids = [...new Set(wanted.map(({ id }) => id))]
      const rows = await ctx.tx.rows<{ id: string }>(sql`
        select id from ${tableNamed(ctx.registry, target)} where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])`)
      const there = new Set(rows.map(({ id }) => id))
      return ids.filter((id) => !there.has(id))
    }),
  )
  const into = await mergedInto(ctx, missing.flat())
  return new Map(missing.flat().map((id) => [id, into.get(id) ?? null]))
}

interface TurningBack {
  operationId: string
  survivorId: string
  result: Unmerged
}
/** Turns the links back that the merge turned, as far as they still point at the survivor. */
async function turnLinksBack(
  ctx: Context,
  { operationId, survivorId, result }: TurningBack,
  parts: readonly StoredPart[],
): Promise<void> {
  for (const [name, own] of Map.groupBy(parts, ({ reference }) => reference)) {
    const entity = ctx.registry.entity(name)
    const noted = new Map(
      own.filter(({ after }) => after.id !== survivorId).map((part) => [part.after.id, part]),
    )
    if (!entity || noted.size === 0) continue
    const records = await getRecords(ctx, entity, [...noted.keys()], { deleted: "too", lock: true })
    const found = records.map((record) => {
      const part = noted.get(record.id) as StoredPart
      const values = valuesBack(entity, record, part, result)
      return { record, values, isUntouched: record.version === part.after.version }
    })
    const settled = await withoutGone(
      ctx,
      entity,
      found.map(({ values }) => values),
    )
    const changes = found.map(({ record, isUntouched }, index) => ({
      change: changeTo(entity, record, settled[index] as Values),
      isUntouched,
    }))
    // Where somebody changed it since, the domain works out anew on which timelines it belongs.
    for (const isUntouched of [true, false]) {
      const some = changes.filter((one) => one.isUntouched === isUntouched).map(({ change }) => change)
      const changed = some.filter(({ keys }) => keys.length > 0)
      await writeChanges(ctx, entity, changed, {
        kind: "update",
        operationId,
        withoutAfterWrite: isUntouched,
      })
    }
  }
}
function withoutIdentity({ id: _, version: __, ...values }: ChangedPart["before"]): Values {
  return values
}
