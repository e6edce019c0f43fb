import type { JobHandler, Schedule } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { addDays, dayIn, startOfDay } from "../../kernel/time.ts"
import { eraseField, eraseValues, forgottenFields } from "./fields.queries.ts"

/** Days a removed field can be restored with its values. */
const keptDays = 30
/** Records changed in one transaction. */
const step = 1000

/** Erases the values of fields removed long ago, in steps, and then the fields. */
export const forgetFieldsJob: JobHandler = {
  name: "fields.forget",
  async handle(ctx) {
    const before = startOfDay(addDays(dayIn(ctx.workspaceZone, ctx.now()), -keptDays), ctx.workspaceZone)
    for (const field of await forgottenFields(ctx, before.toISOString())) {
      if ((await eraseValues(ctx, field, step)) === step)
        return enqueue(ctx, forgetFieldsJob.name, {}, { key: `${forgetFieldsJob.name}:${ctx.workspaceId}` })
      eraseField(ctx, field)
    }
  },
}
export const forgetFieldsSchedule: Schedule = { job: forgetFieldsJob.name, everyMinutes: 24 * 60 }
