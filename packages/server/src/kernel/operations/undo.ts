import { isDeepStrictEqual } from "node:util"
import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { actingFor } from "../access/standing.ts"
import { mayWrite } from "../access/usable.ts"
import type { Context, JobHandler } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { orderStep } from "../jobs/undertakings.ts"
import { removeRecords, restoreRecords } from "../records/bin.ts"
import type { StoredRecord, Values } from "../records/columns.ts"
import { getRecords, idsWithin } from "../records/read.ts"
import { updateRecords } from "../records/update.ts"
import { refuseMergedOn } from "./merge.ts"
import {
  controlPermission,
  getOperation,
  giveUpUndo,
  isOpen,
  lockOperation,
  operationsOf,
  reportProgress,
  requireControl,
  startOperation,
} from "./operations.ts"

/** Changed records looked at in one transaction. */
const step = 500
/** Stored bytes of creation events looked at in one: some hundred that tell of a record each, or one of many. */
const stepBytes = 20_000
/** Kept records named in the result; the count is complete. */
const listed = 200

/** Starts taking an operation back, as an operation of its own. */
export async function startUndo(ctx: Context, id: string): Promise<Operation> {
  const state = await lockOperation(ctx, id)
  await requireControl(ctx, id)
  const { canUndo } = await getOperation(ctx, id)
  if (!canUndo)
    throw new AppError("conflict", {
      detail: state.status === "undone" ? "This has been undone already." : "This can't be undone now.",
    })
  const isMerge = state.kind === "merge"
  if (isMerge) await refuseMergedOn(ctx, id)
  const undoId = await startOperation(ctx, {
    kind: isMerge ? "unmerge" : "undo",
    entity: state.entity,
    undoOf: id,
    total: state.done,
  })
  await ctx.tx.rows(
    sql`update operations set undone_by = ${undoId} where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
  await orderStep(ctx, isMerge ? "operations.unmerge" : "operations.undo", undoId)
  return getOperation(ctx, undoId)
}

interface Kept {
  id: string
  entity: string
  /** Fields left as they are because someone changed them since; `record` when the whole record was kept. */
  fields: string[]
}
interface Position {
  phase: "changes" | "creations"
  /** Last record dealt with, or last event when it is about creations. */
  after: string | null
  kept: Kept[]
  keptCount: number
  restored: number
  removed: number
}

/** One step of an undo: first what was changed, newest first per record; then what was created. */
export const undoJob: JobHandler = {
  name: "operations.undo",
  undertaking: operationsOf("undo"),
  handle: (ctx, { id }) => undoStep(ctx, String(id)),
}
async function undoStep(ctx: Context, undoId: string): Promise<void> {
  const state = await lockOperation(ctx, undoId)
  if (!isOpen(state) || !state.undoOf) return
  if (state.cancelRequested) {
    await reportProgress(ctx, undoId, { status: "cancelled" })
    return giveUpUndo(ctx, undoId)
  }
  const start: Position = { phase: "changes", after: null, kept: [], keptCount: 0, restored: 0, removed: 0 }
  const position = { ...start, ...(state.input as unknown as Partial<Position>) }
  const undoPhase = position.phase === "changes" ? undoChanges : undoCreations
  const permission = await controlPermission(ctx, state.undoOf)
  const acting = await actingFor(ctx, state.createdBy, permission)
  const { count, isLast } = await undoPhase(acting, undoId, state.undoOf, position)
  const ended = isLast && position.phase === "creations"
  if (isLast && !ended) Object.assign(position, { phase: "creations", after: null })
  const { kept, keptCount, restored, removed } = position
  const undo = { restored, removed, keptCount, kept: kept.slice(0, listed) }
  await reportProgress(ctx, undoId, {
    status: ended ? "done" : "running",
    done: state.done + count,
    input: position as unknown as Values,
    summary: undo,
  })
  if (!ended) return orderStep(ctx, "operations.undo", undoId)
  // What was taken back says itself what became of it, for whoever looks at an import later.
  const { summary } = await lockOperation(ctx, state.undoOf)
  await reportProgress(ctx, state.undoOf, { status: "undone", summary: { ...summary, undo } })
}

/** How many records a step dealt with, and whether its phase ends with it. */
interface StepResult {
  count: number
  isLast: boolean
}
interface ChangeRow {
  recordId: string
  entity: string
  kind: "update" | "remove" | "restore"
  before: Values
  after: Values
}
async function undoChanges(
  ctx: Context,
  undoId: string,
  operationId: string,
  position: Position,
): Promise<StepResult> {
  const rows = await ctx.tx.rows<ChangeRow>(sql`
    select record_id as "recordId", entity, kind, before, after from changes
    where workspace_id = ${ctx.workspaceId} and operation_id = ${operationId} and record_id in (
      select distinct record_id from changes
      where workspace_id = ${ctx.workspaceId} and operation_id = ${operationId} and record_id > ${position.after ?? "00000000-0000-0000-0000-000000000000"}
      order by record_id limit ${step})
    order by record_id, version desc`)
  const byRecord = Map.groupBy(rows, (row) => row.recordId)
  for (const [name, own] of Map.groupBy(rows, (row) => row.entity)) {
    const entity = ctx.registry.entity(name)
    if (entity)
      await undoRecordChanges(
        ctx,
        { entity, undoId, operationId, position },
        Map.groupBy(own, (row) => row.recordId),
      )
  }
  position.after = rows.at(-1)?.recordId ?? position.after
  return { count: byRecord.size, isLast: byRecord.size < step }
}
interface Undoing {
  entity: EntityDeclaration
  undoId: string
  operationId: string
  position: Position
}
async function undoRecordChanges(
  ctx: Context,
  undoing: Undoing,
  changes: ReadonlyMap<string, ChangeRow[]>,
): Promise<void> {
  const { entity, undoId, position } = undoing
  const options = { operationId: undoId }
  const records = new Map(
    (await getRecords(ctx, entity, [...changes.keys()], { deleted: "too", lock: true })).map((record) => [
      record.id,
      record,
    ]),
  )
  const ids = [...changes.keys()]
  const [editable, deletable] = await Promise.all([
    idsWithin(ctx, entity, ids, "edit"),
    idsWithin(ctx, entity, ids, "delete"),
  ])
  for (const [id, rows] of changes)
    if (!(rows[0]?.kind === "update" ? editable : deletable).has(id))
      keepClosed(position, entity, records.get(id))
  const wanted = (kind: ChangeRow["kind"]) =>
    [...changes].flatMap(([id, rows]) => (rows[0]?.kind === kind && deletable.has(id) ? [id] : []))
  position.restored += (await restoreRecords(ctx, entity, wanted("remove"), options)).length
  position.restored += (await removeRecords(ctx, entity, wanted("restore"), options)).length
  const patches = [...changes].flatMap(([id, rows]) => {
    const record = records.get(id)
    if (!record || record.deletedAt !== null || rows[0]?.kind !== "update" || !editable.has(id)) return []
    const { values, keptFields } = oldValues(ctx, entity, record, rows)
    if (keptFields.length > 0) keep(position, entity, record, keptFields)
    return Object.keys(values).length === 0 ? [] : [{ id, values }]
  })
  position.restored += (await updateRecords(ctx, entity, patches, { ...options, trustLinks: true })).length
}
/** The values before the operation, for the fields that still hold what it wrote. */
function oldValues(
  ctx: Context,
  entity: EntityDeclaration,
  record: StoredRecord,
  rows: readonly ChangeRow[],
): { values: Values; keptFields: string[] } {
  const values: Values = {}
  const keptFields = new Set<string>()
  for (const row of rows) {
    for (const [key, written] of Object.entries(row.after)) {
      const field = entity.fields[key]
      if (!field || (!isWritable(field) && !(key in row.before))) continue
      if (isWritable(field) && !mayWrite(ctx, entity, key)) {
        keptFields.add(key)
        continue
      }
      const now = key in values ? values[key] : record[key]
      if (isDeepStrictEqual(now, written)) values[key] = row.before[key]
      // An undo that could not go on may have put it back already.
      else if (isWritable(field) && !isDeepStrictEqual(now, row.before[key])) keptFields.add(key)
    }
  }
  return { values, keptFields: [...keptFields] }
}
function keep(position: Position, entity: EntityDeclaration, record: StoredRecord, fields: string[]): void {
  position.keptCount += 1
  if (position.kept.length < listed) position.kept.push({ id: record.id, entity: entity.name, fields })
}

/** A record that whoever undoes may not change (any more): counted, and named only where they see it. */
function keepClosed(position: Position, entity: EntityDeclaration, record: StoredRecord | undefined): void {
  if (record) keep(position, entity, record, ["record"])
  else position.keptCount += 1
}

/** Moves what the operation created to the bin, unless someone has worked with it since. */
async function undoCreations(
  ctx: Context,
  undoId: string,
  operationId: string,
  position: Position,
): Promise<StepResult> {
  // By event, not by record: a large import would otherwise be unpacked as a whole for each step.
  const events = await ctx.tx.rows<{ id: string; type: string; ids: string[] }>(sql`
    select id, type, data -> 'ids' as ids from (
      select e.id, e.type, e.data, sum(pg_column_size(e.data)) over (order by e.id) - pg_column_size(e.data) as before
      from events e
      where e.workspace_id = ${ctx.workspaceId} and e.operation_id = ${operationId} and e.type like '%.created'
        and e.id > ${position.after ?? "00000000-0000-0000-0000-000000000000"}
      order by e.id limit ${step}) next
    where before < ${stepBytes} order by id`)
  let count = 0
  for (const [type, own] of Map.groupBy(events, (event) => event.type.split(".")[0] as string)) {
    const ids = own.flatMap((event) => event.ids)
    count += ids.length
    const entity = ctx.registry.entityOfSubject(type)
    if (!entity) continue
    const touched = await touchedSince(ctx, entity, ids, operationId)
    const deletable = await idsWithin(ctx, entity, ids, "delete")
    const goes = (id: string) => deletable.has(id) && !touched.has(id)
    const records = await getRecords(
      ctx,
      entity,
      ids.filter((id) => !goes(id)),
    )
    for (const record of records) keep(position, entity, record, ["record"])
    const removed = await removeRecords(ctx, entity, ids.filter(goes), { operationId: undoId })
    position.removed += removed.length
  }
  position.after = events.at(-1)?.id ?? position.after
  return { count, isLast: events.length === 0 }
}
/** Records that were changed, or gathered notes, tasks or anything else, outside the operation and its undoing. */
async function touchedSince(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  operationId: string,
): Promise<ReadonlySet<string>> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select distinct s.subject_id as id from event_subjects s join events e on e.workspace_id = s.workspace_id and e.id = s.event_id
    where s.workspace_id = ${ctx.workspaceId} and s.subject_type = ${entity.singular} and s.subject_id = any (${ids}::uuid[])
      and (e.operation_id is null or e.operation_id not in (
        select o.id from operations o
        where o.workspace_id = ${ctx.workspaceId} and (o.id = ${operationId} or o.undo_of = ${operationId})))`)
  return new Set(rows.map((row) => row.id))
}
