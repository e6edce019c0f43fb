import { customSchema, patchSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { ownFieldsOf, spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { refuseFields, usableEntity } from "../access/usable.ts"
import type { BulkAction, BulkPlan, Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import { AppError, invalid } from "../errors.ts"
import { validationError } from "../http/problem.ts"
import { takenIn } from "../own-fields/complete.ts"
import { removeRecords, restoreEach } from "../records/bin.ts"
import type { StoredRecord, Values } from "../records/columns.ts"
import { type Patch, planEach, type RecordChange } from "../records/plan-updates.ts"
import { getRecords } from "../records/read.ts"
import { updateEach } from "../records/update-each.ts"
import { givingValues, havingTags, lackingTags } from "./bulk-conditions.ts"

/** Records looked at in one go; between two of these others get their turn. */
const planned = 1000

/** What can be done with many records of every entity; the domains add theirs. */
const actions: Record<string, BulkAction> = {
  update: changing(
    (_, input) => spreadCustom(input.values as Values),
    (ctx, entity, input) => givingValues(ctx, entity, spreadCustom(input.values as Values)),
    (ctx, entity, input) => {
      const result = patchSchema(entity, customSchema(entity, { isNew: false })).safeParse(input.values)
      if (!result.success) throw validationError(result.error, "body")
      refuseFields(ctx, entity, result.data, "input.values")
    },
  ),
  addTags: changing(
    (current, input) => ({ tags: [...(current.tags as string[]), ...(input.tags as string[])] }),
    async (ctx, entity, input) => lackingTags(ctx, entity, input.tags as string[]),
    checkTags,
  ),
  removeTags: changing(
    (current, input) => ({
      tags: (current.tags as string[]).filter((tag) => !(input.tags as string[]).includes(tag)),
    }),
    async (ctx, entity, input) => havingTags(ctx, entity, input.tags as string[]),
    checkTags,
  ),
  delete: {
    permission: "delete",
    reach: "delete",
    foresee: async () => sql`true`,
    async run(ctx, entity, ids, { operationId }) {
      const removed = await removeRecords(ctx, entity, ids, { operationId })
      return { changed: removed.map(({ id }) => id), refused: [] }
    },
  },
  restore: {
    permission: "delete",
    reach: "delete",
    deleted: true,
    foresee: async (ctx, entity) =>
      ownFieldsOf(usableEntity(ctx, entity)).some(([, { unique }]) => unique)
        ? (ids) => planRestore(ctx, entity, ids)
        : sql`true`,
    async run(ctx, entity, ids, { operationId }) {
      const { results, refused } = await restoreEach(ctx, entity, ids, { operationId })
      return {
        changed: results.map(({ id }) => id),
        refused: refused.map(({ item, error }) => ({ id: item, error })),
      }
    },
  },
}
/** Throws `validation_failed` for a name nobody gave an action. */
export function bulkAction({ registry }: Pick<Context, "registry">, name: string): BulkAction {
  const action = Object.hasOwn(actions, name) ? actions[name] : registry.bulkActions.get(name)
  if (action) return action
  const names = [...Object.keys(actions), ...registry.bulkActions.keys()]
  throw invalid("action", "unknown_action", `must be one of ${names.join(", ")}`)
}

/** An action that gives records other values; `condition` says which would change, where that can be said of all. */
function changing(
  values: (current: StoredRecord, input: Values) => Values,
  condition: (ctx: Context, entity: EntityDeclaration, input: Values) => Promise<Sql | undefined>,
  check: NonNullable<BulkAction["check"]>,
): BulkAction {
  const patches = (ids: readonly string[], input: Values) =>
    ids.map((id): Patch => ({ id, values: (current) => values(current, input) }))
  return {
    permission: "update",
    reach: "edit",
    check,
    foresee: async (ctx, entity, input) =>
      (await condition(ctx, entity, input)) ?? ((ids) => planPatches(ctx, entity, patches(ids, input))),
    async run(ctx, entity, ids, { input, operationId }) {
      const { results, refused } = await updateEach(ctx, entity, patches(ids, input), { operationId })
      return {
        changed: results.flatMap(({ keys, after }) => (keys.length > 0 ? [after.id] : [])),
        refused: refused.map(({ item, error }) => ({ id: item.id, error })),
      }
    },
  }
}
async function planPatches(
  ctx: Context,
  entity: EntityDeclaration,
  patches: readonly Patch[],
): Promise<BulkPlan> {
  const changes: RecordChange[] = []
  const refused: { id: string; error: AppError }[] = []
  for (let from = 0; from < patches.length; from += planned) {
    const some = patches.slice(from, from + planned)
    const plan = await planEach(ctx, entity, some, { isPreview: true })
    changes.push(...plan.changes.filter(({ keys }) => keys.length > 0))
    refused.push(...plan.refused.map(({ item, error }) => ({ id: item.id, error })))
  }
  // Of all together: which of two records gets a value of its own does not depend on where a part ends.
  const taken = await takenBy(
    ctx,
    entity,
    changes.map(({ after }) => after),
    changes.map(({ keys }) => keys),
  )
  return { changed: changes.length - taken.length, refused: [...refused, ...taken] }
}
async function planRestore(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
): Promise<BulkPlan> {
  const records = await getRecords(ctx, entity, ids, { deleted: "only", keys: ["id", "custom"] })
  const refused = await takenBy(ctx, entity, records)
  return { changed: records.length - refused.length, refused }
}
/** Records whose values of unique fields others hold, each with the first of them. */
async function takenBy(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
  keys?: readonly (readonly string[])[],
): Promise<{ id: string; error: AppError }[]> {
  const taken = await takenIn(ctx, entity, records, { keys, isPreview: true })
  const first = new Map(taken.toReversed().map(({ index, error }) => [index, error]))
  return [...first].map(([index, error]) => ({
    id: (records[index] as StoredRecord).id,
    error: new AppError("value_taken", { errors: [error] }),
  }))
}

function checkTags(ctx: Context, entity: EntityDeclaration, input: Values): void {
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
