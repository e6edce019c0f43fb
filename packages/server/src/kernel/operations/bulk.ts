import { customSchema, patchSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { actingFor } from "../access/standing.ts"
import { refuseFields, usableEntity } from "../access/usable.ts"
import type { Context, JobHandler } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import { validationError } from "../http/problem.ts"
import { orderStep } from "../jobs/undertakings.ts"
import { removeRecords, restoreRecords } from "../records/bin.ts"
import type { StoredRecord, Values } from "../records/columns.ts"
import { listIds } from "../records/list.ts"
import { getRecords, idsWithin } from "../records/read.ts"
import { updateRecords } from "../records/update.ts"
import { isOpen, lockOperation, operationsOf, reportProgress, startOperation } from "./operations.ts"

export interface BulkRequest {
  filter?: Filter | undefined
  ids?: string[] | undefined
  action: string
  input: Values
}
interface BulkAction {
  permission: "update" | "delete"
  /** Works on the bin instead of the living. */
  deleted?: true
  check?(entity: EntityDeclaration, input: Values, ctx: Context): void
  run(
    ctx: Context,
    entity: EntityDeclaration,
    ids: string[],
    work: { input: Values; operationId: string },
  ): Promise<number>
}
/** Records changed in one transaction: short enough not to keep others waiting. */
const step = 500

const actions: Record<string, BulkAction> = {
  update: {
    permission: "update",
    check(entity, input, ctx) {
      const result = patchSchema(entity, customSchema(entity, { isNew: false })).safeParse(input.values)
      if (!result.success) throw validationError(result.error, "body")
      refuseFields(ctx, entity, result.data, "input.values")
    },
    run: (ctx, entity, ids, work) =>
      updateAll(ctx, entity, ids, { ...work, values: () => spreadCustom(work.input.values as Values) }),
  },
  addTags: {
    permission: "update",
    check: checkTags,
    run: (ctx, entity, ids, work) =>
      updateAll(ctx, entity, ids, {
        ...work,
        values: (current) => ({ tags: [...(current.tags as string[]), ...(work.input.tags as string[])] }),
      }),
  },
  removeTags: {
    permission: "update",
    check: checkTags,
    run: (ctx, entity, ids, work) =>
      updateAll(ctx, entity, ids, {
        ...work,
        values: (current) => ({
          tags: (current.tags as string[]).filter((tag) => !(work.input.tags as string[]).includes(tag)),
        }),
      }),
  },
  delete: {
    permission: "delete",
    run: async (ctx, entity, ids, { operationId }) =>
      (await removeRecords(ctx, entity, await deletable(ctx, entity, ids), { operationId })).length,
  },
  restore: {
    permission: "delete",
    deleted: true,
    run: async (ctx, entity, ids, { operationId }) =>
      (await restoreRecords(ctx, entity, await deletable(ctx, entity, ids), { operationId })).length,
  },
}
/** What the caller sees but may not delete is left alone, like what has gone meanwhile. */
async function deletable(ctx: Context, entity: EntityDeclaration, ids: string[]): Promise<string[]> {
  return [...(await idsWithin(ctx, entity, ids, "delete"))]
}
function checkTags(entity: EntityDeclaration, input: Values, ctx: Context): void {
  if (entity.fields.tags?.type !== "tags")
    throw invalid("action", "unknown_action", `${entity.name} have no tags`)
  refuseFields(ctx, entity, { tags: [] })
  const { tags } = input
  if (
    !Array.isArray(tags) ||
    tags.length === 0 ||
    tags.length > 100 ||
    !tags.every((tag) => typeof tag === "string" && tag.trim() !== "" && tag.length <= 100)
  )
    throw invalid("input.tags", "invalid_value", "needs one or more tags")
}

async function updateAll(
  ctx: Context,
  entity: EntityDeclaration,
  ids: string[],
  work: { values: (current: StoredRecord) => Values; operationId: string },
): Promise<number> {
  const within = await idsWithin(ctx, entity, ids, "edit")
  const alive = await getRecords(ctx, entity, [...within], { keys: ["id"] })
  const changes = await updateRecords(
    ctx,
    entity,
    alive.map(({ id }) => ({ id, values: work.values })),
    { operationId: work.operationId },
  )
  return changes.filter((change) => change.keys.length > 0).length
}

/** Starts an action on many records as an operation: the ids are fixed now, the work is a job. */
export async function startBulk(
  ctx: Context,
  entity: EntityDeclaration,
  request: BulkRequest,
): Promise<string> {
  const action = Object.hasOwn(actions, request.action) ? actions[request.action] : undefined
  if (!action) throw invalid("action", "unknown_action", `must be one of ${Object.keys(actions).join(", ")}`)
  if ((request.filter === undefined) === (request.ids === undefined))
    throw invalid("ids", "one_of", "give either ids or a filter")
  if (!ctx.permissions.has(`${entity.name}:${action.permission}`))
    throw new AppError("forbidden", { detail: "Your role does not allow this." })
  action.check?.(entity, request.input, ctx)
  const usable = usableEntity(ctx, entity)
  const ids = request.ids ?? (await listIds(ctx, usable, { filter: request.filter, deleted: action.deleted }))
  const operationId = await startOperation(ctx, {
    kind: "bulk",
    entity: entity.name,
    input: { action: request.action, input: request.input, ids },
    total: ids.length,
  })
  await orderStep(ctx, "operations.bulk", operationId)
  return operationId
}

/** One step of a bulk operation and the order for the next, in one transaction: a crash loses or doubles nothing. */
export const bulkJob: JobHandler = {
  name: "operations.bulk",
  undertaking: operationsOf("bulk"),
  handle: (ctx, { id }) => bulkStep(ctx, String(id)),
}
async function bulkStep(ctx: Context, operationId: string): Promise<void> {
  const state = await lockOperation(ctx, operationId)
  if (!isOpen(state)) return
  if (state.cancelRequested) return reportProgress(ctx, operationId, { status: "cancelled" })
  const { action, input, ids } = state.input as { action: string; input: Values; ids: string[] }
  const entity = ctx.registry.entity(state.entity ?? "")
  if (!entity) throw new Error(`Operation ${operationId} is about an unknown entity`)
  const acting = await actingFor(ctx, state.createdBy, `${entity.name}:${actions[action]!.permission}`)
  // Fields may have been closed to them since.
  actions[action]!.check?.(entity, input, acting)
  const part = ids.slice(state.done, state.done + step)
  const changed =
    part.length === 0 ? 0 : await actions[action]!.run(acting, entity, part, { input, operationId })
  const done = state.done + part.length
  const summary = { ...state.summary, action, changed: Number(state.summary.changed ?? 0) + changed }
  const ended = done >= ids.length
  await reportProgress(ctx, operationId, { status: ended ? "done" : "running", done, summary })
  if (!ended) await orderStep(ctx, "operations.bulk", operationId)
}
