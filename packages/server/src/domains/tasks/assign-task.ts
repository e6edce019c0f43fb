import { createSchema, customSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { refuseFields } from "../../kernel/access/usable.ts"
import type { BulkAction } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { validationError } from "../../kernel/http/problem.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { completeRecord, insertRecords } from "../../kernel/records/insert.ts"
import { referencesIn, settleReferences } from "../../kernel/records/links.ts"

/** Gives each of many records a task of its own. Undone, they go to the bin, but those somebody has worked with. */
export const assignTask: BulkAction = {
  permission: "update",
  reach: "see",
  async check(ctx, entity, input) {
    const tasks = ctx.registry.entity("tasks") as EntityDeclaration
    const { about } = tasks.fields
    if (about?.type !== "links" || !about.targets.includes(entity.name))
      throw invalid("action", "unknown_action", `a task can't be about ${entity.name}`)
    if (!ctx.permissions.has("tasks:create"))
      throw new AppError("forbidden", { detail: "Your role does not allow to make tasks." })
    refuseFields(ctx, tasks, input, "input")
    const task = completeRecord(ctx, tasks, { values: taskOf(tasks, input) })
    await settleReferences(ctx, tasks, [task], referencesIn(ctx, tasks, task))
  },
  foresee: async () => sql`true`,
  async run(ctx, entity, ids, { input, operationId }) {
    const tasks = ctx.registry.entity("tasks") as EntityDeclaration
    const values = taskOf(tasks, input)
    await insertRecords(ctx, tasks, tasksAbout(entity, ids, values), { operationId })
    return { changed: ids, refused: [] }
  },
}
/** The values of the tasks; whom each is about follows from the selection. Throws `validation_failed`. */
function taskOf(tasks: EntityDeclaration, { about: _, ...input }: Values): Values {
  const schema = createSchema(tasks, customSchema(tasks, { isNew: true }))
  const result = schema.safeParse(input)
  if (!result.success) throw validationError(result.error, "body")
  return spreadCustom(result.data as Values)
}
function tasksAbout({ singular }: EntityDeclaration, ids: readonly string[], values: Values) {
  return ids.map((id) => ({ values: { ...values, about: [{ type: singular, id }] } }))
}
