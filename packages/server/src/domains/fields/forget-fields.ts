import type { Context, JobHandler, Schedule } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { addDays, dayIn, startOfDay } from "../../kernel/time.ts"
import { eraseField, eraseValues, forgottenFields } from "./fields.queries.ts"

/** Days a removed field can be restored with its values. */
const keptDays = 30
/** Fields forgotten in one transaction. */
const most = 20
/** Records changed in one transaction. */
const step = 1000

/** Fields removed before this moment are gone for good. */
export function forgottenFrom(ctx: Context): Date {
  return startOfDay(addDays(dayIn(ctx.workspaceZone, ctx.now()), -keptDays), ctx.workspaceZone)
}

/** Erases the values of fields removed long ago, in steps, and then the fields. */
export const forgetFieldsJob: JobHandler = {
  name: "fields.forget",
  async handle(ctx) {
    const fields = await forgottenFields(ctx, forgottenFrom(ctx).toISOString(), most)
    const goOn = () =>
      enqueue(ctx, forgetFieldsJob.name, {}, { key: `${forgetFieldsJob.name}:${ctx.workspaceId}` })
    for (const field of fields) {
      if ((await eraseValues(ctx, field, step)) === step) return goOn()
      eraseField(ctx, field)
    }
    if (fields.length === most) return goOn()
  },
}
export const forgetFieldsSchedule: Schedule = { job: forgetFieldsJob.name, everyMinutes: 24 * 60 }
