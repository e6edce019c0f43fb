import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { actingFor } from "../access/standing.ts"
import type { Context, JobHandler } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { orderStep } from "../jobs/undertakings.ts"
import { type Refusal, writeApart } from "../records/apart.ts"
import { removeRecords, restoreEach } from "../records/bin.ts"
import type { Values } from "../records/columns.ts"
import { updateEach } from "../records/update-each.ts"
import { addLeft, type LeftCount, leftAlone, namedFields, reasonOf } from "./left-alone.ts"
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
import {
  type ChangesPlan,
  type PageResult,
  planChanges,
  type ValuePatch,
  withoutRefused,
} from "./undo-changes.ts"
import { planCreations } from "./undo-creations.ts"

/** Starts taking an operation back, as an operation of its own. Throws what `refuseUndo` throws. */
export async function startUndo(ctx: Context, id: string): Promise<Operation> {
  const state = await lockOperation(ctx, id)
  await refuseUndo(ctx, id)
  const isMerge = state.kind === "merge"
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
/**
 * Throws `not_found`, `forbidden` when the caller may not have started the operation, and `conflict` when it can't be
 * taken back, or not before something else is.
 */
export async function refuseUndo(ctx: Context, id: string): Promise<Operation> {
  const operation = await getOperation(ctx, id)
  await requireControl(ctx, id)
  if (!operation.canUndo)
    throw new AppError("conflict", {
      detail: operation.status === "undone" ? "This has been undone already." : "This can't be undone now.",
    })
  if (operation.kind === "merge") await refuseMergedOn(ctx, id)
  return operation
}

interface Position {
  phase: "changes" | "creations"
  after: string | null
  /** Left as they are, because they were changed since or something refuses them. */
  left: LeftCount
  /** Those among them that may be taken back once nothing is in their way. */
  refused: number
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
  const start = { phase: "changes", after: null, refused: 0, restored: 0, removed: 0 } as const
  const position: Position = { ...start, left: { count: 0, first: [] }, ...state.input }
  const undoPhase = position.phase === "changes" ? undoChanges : undoCreations
  const permission = await controlPermission(ctx, state.undoOf)
  const acting = await actingFor(ctx, state.createdBy, permission)
  const { count, isLast } = await undoPhase(acting, undoId, state.undoOf, position)
  const ended = isLast && position.phase === "creations"
  if (isLast && !ended) Object.assign(position, { phase: "creations", after: null })
  const { left, restored, removed } = position
  const undo = { restored, removed, keptCount: left.count, kept: left.first }
  await reportProgress(ctx, undoId, {
    status: ended ? "done" : "running",
    done: state.done + count,
    input: position as unknown as Values,
    summary: undo,
  })
  if (!ended) return orderStep(ctx, "operations.undo", undoId)
  // What was taken back says itself what became of it, for whoever looks at an import later.
  const { summary } = await lockOperation(ctx, state.undoOf)
  const isWhole = position.refused === 0
  await reportProgress(ctx, state.undoOf, {
    ...(isWhole && { status: "undone" }),
    summary: { ...summary, undo },
  })
  // The rest can be taken back once nothing is in its way.
  if (!isWhole) await giveUpUndo(ctx, undoId)
}

/** How many records a step dealt with, and whether its phase ends with it. */
type StepResult = Pick<PageResult<never>, "count" | "isLast">
async function undoChanges(
  ctx: Context,
  undoId: string,
  operationId: string,
  position: Position,
): Promise<StepResult> {
  const { plans, count, after, isLast } = await planChanges(ctx, operationId, position)
  for (const plan of plans) await undoPlan(ctx, plan, undoId, position)
  position.after = after
  return { count, isLast }
}
async function undoPlan(
  ctx: Context,
  plan: ChangesPlan,
  operationId: string,
  position: Position,
): Promise<void> {
  const { entity, records } = plan
  const restored = await writeApart(ctx, plan.restore, (ids) =>
    restoreEach(ctx, entity, ids, { operationId }),
  )
  const removed = await removeRecords(ctx, entity, plan.remove, { operationId })
  const changed = await putBack(ctx, plan, operationId)
  const refused = [
    ...restored.refused.map(({ item, error }) => ({ id: item, error })),
    ...changed.refused.map(({ item, error }) => ({ id: item.id, error })),
  ].map(({ id, error }) => {
    const record = records.get(id) ?? { id }
    const fields = plan.restore.includes(id) ? [] : namedFields(error)
    return leftAlone(entity, record, fields.length > 0 ? fields : ["record"], reasonOf(error))
  })
  addLeft(position.left, [...plan.kept, ...refused], plan.unseen)
  position.refused += refused.length
  position.restored += restored.results.length + removed.length + changed.count
}
/** Writes the old values; where some of a record's fields are refused, the others all the same. */
async function putBack(
  ctx: Context,
  { entity, patches }: ChangesPlan,
  operationId: string,
): Promise<{ count: number; refused: Refusal<ValuePatch>[] }> {
  const write = (some: readonly ValuePatch[]) =>
    updateEach(ctx, entity, some, { operationId, trustLinks: true, unguarded: true })
  const { results, refused } = await writeApart(ctx, patches, write)
  const second = await writeApart(ctx, withoutRefused(refused), write)
  return { count: results.length + second.results.length, refused: [...refused, ...second.refused] }
}

/** Moves what the operation created to the bin, unless someone has worked with it since. */
async function undoCreations(
  ctx: Context,
  undoId: string,
  operationId: string,
  position: Position,
): Promise<StepResult> {
  const { plans, count, after, isLast } = await planCreations(ctx, operationId, position)
  for (const { entity, remove, kept } of plans) {
    const removed = await removeRecords(ctx, entity, remove, { operationId: undoId })
    position.removed += removed.length
    addLeft(position.left, kept)
  }
  position.after = after
  return { count, isLast }
}
