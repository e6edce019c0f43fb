import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { actingFor } from "../access/standing.ts"
import type { Context, JobHandler, Schedule } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { enqueue } from "../jobs/enqueue.ts"
import { orderStep } from "../jobs/undertakings.ts"
import type { Stayed } from "../records/linking.ts"
import { type MergeRequest, mergeRecords } from "../records/merge.ts"
import { unmergeRecords } from "../records/unmerge.ts"
import { seenOf } from "../records/unmerge-preview.ts"
import { addDays, dayIn, startOfDay } from "../time.ts"
import { isOpen, lockOperation, operationsOf, reportProgress, startOperation } from "./operations.ts"

/** Days a merge can be taken back. */
const restorableDays = 30
/** Records named in the result of an undo; the counts are complete. */
const listed = 200
/** Merges whose remains are erased in one transaction. */
const forgotten = 500

/** Merges, as an operation that is done when this returns its id. */
export async function runMerge(
  ctx: Context,
  entity: EntityDeclaration,
  request: MergeRequest,
): Promise<string> {
  const total = request.merge.length + 1
  const operationId = await startOperation(ctx, {
    kind: "merge",
    entity: entity.name,
    input: { keep: request.keep },
    total,
  })
  await mergeRecords(ctx, entity, request, { operationId })
  const summary = { keep: request.keep, merged: request.merge.length }
  await reportProgress(ctx, operationId, { status: "done", done: total, summary })
  return operationId
}

/**
 * Throws `conflict` while a record that an operation merged into has become part of another one since, or another has
 * become part of it: what both brought belongs to the later merge as well. The newest is taken back first.
 */
export async function refuseMergedOn(ctx: Context, operationId: string): Promise<void> {
  const further = await ctx.tx.row(sql`
    select true as found from merged_records m
    join merged_records n on n.workspace_id = m.workspace_id and n.operation_id <> m.operation_id
      and (n.id = m.into_id or n.into_id = m.into_id and n.merge_id > m.merge_id and n.record is not null)
    where m.workspace_id = ${ctx.workspaceId} and m.operation_id = ${operationId} limit 1`)
  if (further)
    throw new AppError("conflict", {
      detail: "The record this was merged into has been merged again since. Undo that first.",
    })
}

interface Result {
  restored: number
  keptCount: number
  kept: Stayed[]
  arrivedCount: number
  arrived: Stayed[]
}
/** One step of taking an operation's merges back: one merge, the newest first. */
export const unmergeJob: JobHandler = {
  name: "operations.unmerge",
  alone: true,
  undertaking: operationsOf("unmerge"),
  async handle(ctx, { id }) {
    const undoId = String(id)
    const state = await lockOperation(ctx, undoId)
    const entity = ctx.registry.entity(state.entity ?? "")
    if (!isOpen(state) || !state.undoOf || !entity) return
    await refuseMergedOn(ctx, state.undoOf)
    const next = await ctx.tx.row<{ mergeId: string; isLast: boolean }>(sql`
      select merge_id as "mergeId", count(*) over () = 1 as "isLast" from merged_records
      where workspace_id = ${ctx.workspaceId} and operation_id = ${state.undoOf} and record is not null
      group by merge_id order by merge_id desc limit 1`)
    const none: Result = { restored: 0, keptCount: 0, kept: [], arrivedCount: 0, arrived: [] }
    const result = { ...none, ...(state.summary as Partial<Result>) }
    if (next) {
      const acting = await actingFor(ctx, state.createdBy, `${entity.name}:merge`)
      const options = { operationId: undoId }
      const { restored, ...stayed } = await unmergeRecords(acting, entity, next.mergeId, options)
      const kept = await seenOf(acting, stayed.kept)
      const arrived = await seenOf(acting, stayed.arrived)
      result.restored += restored
      result.keptCount += kept.length
      result.kept = [...result.kept, ...kept].slice(0, listed)
      result.arrivedCount += arrived.length
      result.arrived = [...result.arrived, ...arrived].slice(0, listed)
    }
    const isLast = next?.isLast ?? true
    await reportProgress(ctx, undoId, {
      status: isLast ? "done" : "running",
      done: Math.min(result.restored + 1, state.total ?? 0),
      summary: { ...result },
    })
    if (!isLast) return orderStep(ctx, unmergeJob.name, undoId)
    const { summary } = await lockOperation(ctx, state.undoOf)
    await reportProgress(ctx, state.undoOf, {
      status: "undone",
      summary: { ...summary, undo: { ...result } },
    })
  },
}

/** Erases what was kept of merged records once their merge can't be taken back any more; where they lead to stays. */
export const forgetMergedJob: JobHandler = {
  name: "records.forgetMerged",
  async handle(ctx) {
    const before = startOfDay(
      addDays(dayIn(ctx.workspaceZone, ctx.now()), -restorableDays),
      ctx.workspaceZone,
    )
    const rows = await ctx.tx.rows<{ id: string }>(sql`
      select distinct merge_id as id from (
        select merge_id from merged_records
        where workspace_id = ${ctx.workspaceId} and record is not null and merged_at < ${before.toISOString()}::timestamptz
        order by merged_at limit ${forgotten}) old`)
    const ids = rows.map(({ id }) => id)
    ctx.tx.write(
      sql`update merged_records set record = null where workspace_id = ${ctx.workspaceId} and merge_id = any (${ids}::uuid[])`,
    )
    ctx.tx.write(
      sql`delete from merged_parts where workspace_id = ${ctx.workspaceId} and merge_id = any (${ids}::uuid[])`,
    )
    if (ids.length > 0)
      await enqueue(ctx, forgetMergedJob.name, {}, { key: `${forgetMergedJob.name}:${ctx.workspaceId}` })
  },
}
export const forgetMergedSchedule: Schedule = { job: forgetMergedJob.name, everyMinutes: 24 * 60 }
