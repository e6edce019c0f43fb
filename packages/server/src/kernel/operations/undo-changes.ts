import { isDeepStrictEqual } from "node:util"
import { customSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { isOwnKey, ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import { mayWrite } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import type { Refusal } from "../records/apart.ts"
import type { StoredRecord, Values } from "../records/columns.ts"
import type { Stayed } from "../records/linking.ts"
import { getRecords, idsWithin } from "../records/read.ts"
import { leftAlone, namedFields } from "./left-alone.ts"

/** Records looked at in one go: to write them, and only to look. */
const step = 500
const previewStep = 2000
export const firstId = "00000000-0000-0000-0000-000000000000"

export interface ValuePatch {
  id: string
  values: Values
}
/** What taking back an operation's changes comes to, for some records of an entity. */
export interface ChangesPlan {
  entity: EntityDeclaration
  records: ReadonlyMap<string, StoredRecord>
  /** Those it removed. */
  restore: string[]
  /** Those it restored. */
  remove: string[]
  patches: ValuePatch[]
  kept: Stayed[]
  /** Kept ones whoever undoes does not see. */
  unseen: number
}
export interface Page {
  /** Last record, or event, dealt with. */
  after: string | null
  /** Nothing will be written. */
  isPreview?: boolean
  /** Changes that need not be looked at, as a condition on them. */
  without?: Sql
}
export interface PageResult<P> {
  plans: P[]
  /** How many records were looked at. */
  count: number
  after: string | null
  isLast: boolean
}

/** What is left of patches without the fields that were refused; nothing of those that were refused as a whole. */
export function withoutRefused(refused: readonly Refusal<ValuePatch>[]): ValuePatch[] {
  return refused.flatMap(({ item, error }) => {
    const named = namedFields(error)
    const values = Object.entries(item.values).filter(([key]) => !named.includes(key))
    const isPart = values.length > 0 && values.length < Object.keys(item.values).length
    return isPart ? [{ id: item.id, values: Object.fromEntries(values) }] : []
  })
}

interface ChangeRow {
  recordId: string
  entity: string
  kind: "update" | "remove" | "restore"
  before: Values
  after: Values
  ownFields: Record<string, string> | null
}
/** What an operation changed in the next records, in the order of their ids, and what of it can be put back. */
export async function planChanges(
  ctx: Context,
  operationId: string,
  page: Page,
): Promise<PageResult<ChangesPlan>> {
  const most = page.isPreview ? previewStep : step
  const rows = await ctx.tx.rows<ChangeRow>(sql`
    select record_id as "recordId", entity, kind, before, after, own_fields as "ownFields" from changes
    where workspace_id = ${ctx.workspaceId} and operation_id = ${operationId} and record_id in (
      select distinct record_id from changes
      where workspace_id = ${ctx.workspaceId} and operation_id = ${operationId} and record_id > ${page.after ?? firstId} ${page.without ? sql`and not ${page.without}` : sql``}
      order by record_id limit ${most})
    order by record_id, version desc`)
  const plans: ChangesPlan[] = []
  for (const [name, own] of Map.groupBy(rows, (row) => row.entity)) {
    const entity = ctx.registry.entity(name)
    if (entity)
      plans.push(
        await planRecords(
          ctx,
          entity,
          Map.groupBy(own, (row) => row.recordId),
          page,
        ),
      )
  }
  const count = new Set(rows.map(({ recordId }) => recordId)).size
  return { plans, count, after: rows.at(-1)?.recordId ?? page.after, isLast: count < most }
}

async function planRecords(
  ctx: Context,
  entity: EntityDeclaration,
  changes: ReadonlyMap<string, ChangeRow[]>,
  { isPreview }: Page,
): Promise<ChangesPlan> {
  const ids = [...changes.keys()]
  const found = await getRecords(ctx, entity, ids, { deleted: "too", lock: !isPreview })
  const records = new Map(found.map((record) => [record.id, record]))
  const [editable, deletable] = await Promise.all([
    idsWithin(ctx, entity, ids, "edit"),
    idsWithin(ctx, entity, ids, "delete"),
  ])
  const plan: ChangesPlan = {
    ...{ entity, records, restore: [], remove: [], patches: [], kept: [], unseen: 0 },
  }
  for (const [id, rows] of changes) {
    const record = records.get(id)
    const kind = rows[0]?.kind
    if (!(kind === "update" ? editable : deletable).has(id)) {
      // Counted, and named only where they see it.
      if (record) plan.kept.push(leftAlone(entity, record, ["record"], "forbidden"))
      else plan.unseen += 1
      continue
    }
    const isThere = record?.deletedAt === null
    if (kind === "remove" && record && !isThere) plan.restore.push(id)
    else if (kind === "restore" && isThere) plan.remove.push(id)
    else if (kind === "update" && isThere) {
      const { values, kept } = oldValues(ctx, entity, record, rows)
      for (const [reason, fields] of kept) plan.kept.push(leftAlone(entity, record, fields, reason))
      if (Object.keys(values).length > 0) plan.patches.push({ id, values })
    }
  }
  return plan
}

/** The values before the operation, for the fields that still hold what it wrote; the others by the reason. */
function oldValues(
  ctx: Context,
  entity: EntityDeclaration,
  record: StoredRecord,
  rows: readonly ChangeRow[],
): { values: Values; kept: Map<string, string[]> } {
  const values: Values = {}
  const reasons = new Map<string, string>()
  for (const { before, after, ownFields } of rows) {
    for (const [key, written] of Object.entries(after)) {
      const field = entity.fields[key]
      if (isOwnKey(key) && !isSameField(field, ownFields?.[key], { key, value: before[key] })) {
        reasons.set(key, "field_changed")
        continue
      }
      if (!field || (!isWritable(field) && !(key in before))) continue
      if (isWritable(field) && !mayWrite(ctx, entity, key)) {
        reasons.set(key, "forbidden")
        continue
      }
      const now = key in values ? values[key] : record[key]
      if (isDeepStrictEqual(now, written)) values[key] = before[key]
      // An undo that could not go on may have put it back already.
      else if (isWritable(field) && !isDeepStrictEqual(now, before[key])) reasons.set(key, "changed_since")
    }
  }
  const kept = Map.groupBy(reasons.keys(), (key) => reasons.get(key) as string)
  return { values, kept }
}
/**
 * Whether an own field is the one a value was noted of: after a change of type the name is another field's. Where
 * that was not noted yet, the value must at least be one of the field's.
 */
function isSameField(
  field: Field | undefined,
  notedId: string | undefined,
  { key, value }: { key: string; value: unknown },
): boolean {
  if (notedId !== undefined) return field?.own?.id === notedId
  if (!field || field.formula !== undefined || value === null || value === undefined) return true
  const schema = customSchema({ fields: { [key]: field } } as never, { isNew: false })
  return schema.safeParse({ [key.slice(ownPrefix.length)]: value }).success
}
