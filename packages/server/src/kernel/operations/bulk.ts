import type { BulkBody } from "@regulars/contract/kernel/bulk-endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { actingFor } from "../access/standing.ts"
import { usableEntity } from "../access/usable.ts"
import type { BulkAction, Context, JobHandler } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import { orderStep } from "../jobs/undertakings.ts"
import { writeApart } from "../records/apart.ts"
import type { Values } from "../records/columns.ts"
import type { Stayed } from "../records/linking.ts"
import { listIds } from "../records/list.ts"
import { getRecords, idsWithin } from "../records/read.ts"
import { bulkAction } from "./bulk-actions.ts"
import { addLeft, type LeftCount, leftAlone, refusedRecord } from "./left-alone.ts"
import { isOpen, lockOperation, operationsOf, reportProgress, startOperation } from "./operations.ts"

/** Records changed in one transaction: short enough not to keep others waiting. */
const step = 500

/** Starts an action on many records as an operation: the ids are fixed now, the work is a job. */
export async function startBulk(ctx: Context, entity: EntityDeclaration, request: BulkBody): Promise<string> {
  const action = await checkedAction(ctx, entity, request)
  const ids = await targetsOf(ctx, entity, action, request)
  const operationId = await startOperation(ctx, {
    kind: "bulk",
    entity: entity.name,
    input: { action: request.action, input: request.input, ids },
    total: ids.length,
  })
  await orderStep(ctx, "operations.bulk", operationId)
  return operationId
}
/** The action that is asked for, once everything about the request is in order. */
export async function checkedAction(
  ctx: Context,
  entity: EntityDeclaration,
  { filter, ids, action: name, input }: BulkBody,
): Promise<BulkAction> {
  const action = bulkAction(ctx, name)
  if ((filter === undefined) === (ids === undefined))
    throw invalid("ids", "one_of", "give either ids or a filter")
  if (!ctx.permissions.has(`${entity.name}:${action.permission}`))
    throw new AppError("forbidden", { detail: "Your role does not allow this." })
  await action.check?.(ctx, entity, input)
  return action
}
export async function targetsOf(
  ctx: Context,
  entity: EntityDeclaration,
  { deleted }: BulkAction,
  { filter, ids }: BulkBody,
): Promise<string[]> {
  return ids ?? (await listIds(ctx, usableEntity(ctx, entity), { filter, deleted }))
}
/** Those of the records that are there: which the action may work on, and which not. */
export async function reachable(
  ctx: Context,
  entity: EntityDeclaration,
  { deleted, reach }: BulkAction,
  ids: readonly string[],
): Promise<{ open: string[]; closed: Stayed[] }> {
  const found = await getRecords(ctx, entity, ids, {
    keys: ["id"],
    ...(deleted && { deleted: "only" as const }),
  })
  const seen = new Set(found.map(({ id }) => id))
  const there = [...new Set(ids)].filter((id) => seen.has(id))
  const within = await idsWithin(ctx, entity, there, reach)
  return {
    open: there.filter((id) => within.has(id)),
    closed: there
      .filter((id) => !within.has(id))
      .map((id) => leftAlone(entity, { id }, ["record"], "forbidden")),
  }
}

/** One step of a bulk operation and the order for the next, in one transaction: a crash loses or doubles nothing. */
export const bulkJob: JobHandler = {
  name: "operations.bulk",
  undertaking: operationsOf("bulk"),
  handle: (ctx, { id }) => bulkStep(ctx, String(id)),
}
interface Result {
  changed: number
  refusedCount: number
  refused: Stayed[]
}
async function bulkStep(ctx: Context, operationId: string): Promise<void> {
  const state = await lockOperation(ctx, operationId)
  if (!isOpen(state)) return
  if (state.cancelRequested) return reportProgress(ctx, operationId, { status: "cancelled" })
  const { action: name, input, ids } = state.input as { action: string; input: Values; ids: string[] }
  const entity = ctx.registry.entity(state.entity ?? "")
  if (!entity) throw new Error(`Operation ${operationId} is about an unknown entity`)
  const action = bulkAction(ctx, name)
  const acting = await actingFor(ctx, state.createdBy, `${entity.name}:${action.permission}`)
  // Fields may have been closed to them since.
  await action.check?.(acting, entity, input)
  const part = ids.slice(state.done, state.done + step)
  const before: Result = { changed: 0, refusedCount: 0, refused: [], ...state.summary }
  const left: LeftCount = { count: before.refusedCount, first: before.refused }
  const { open, closed } = await reachable(acting, entity, action, part)
  const { results, refused } = await writeApart(acting, open, async (some) => {
    const outcome = await action.run(acting, entity, some, { input, operationId })
    return {
      results: outcome.changed,
      refused: outcome.refused.map(({ id, error }) => ({ item: id, error })),
    }
  })
  addLeft(left, [...closed, ...refused.map(({ item, error }) => refusedRecord(entity, { id: item }, error))])
  const done = state.done + part.length
  const changed = before.changed + results.length
  const fields = name === "update" && { fields: Object.keys(spreadCustom(input.values as Values)) }
  const summary = { action: name, changed, ...fields, refusedCount: left.count, refused: left.first }
  const ended = done >= ids.length
  await reportProgress(ctx, operationId, { status: ended ? "done" : "running", done, summary })
  if (!ended) await orderStep(ctx, "operations.bulk", operationId)
}
