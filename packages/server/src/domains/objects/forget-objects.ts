import { entityOfObject } from "@regulars/contract/kernel/own-objects.ts"
import type { JobHandler, Schedule } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { eraseRecords } from "../../kernel/records/erase.ts"
import { addDays, dayIn, startOfDay } from "../../kernel/time.ts"
import { eraseObjectType, forgottenType, recordIdsOf } from "./objects.queries.ts"

/** Days a removed object can be restored with its records. */
const keptDays = 30
/** Records erased in one transaction. */
const step = 500

/** Erases the records of objects removed long ago, in steps, and then the objects with their fields and views. */
export const forgetObjectsJob: JobHandler = {
  name: "objects.forget",
  async handle(ctx) {
    const before = startOfDay(addDays(dayIn(ctx.workspaceZone, ctx.now()), -keptDays), ctx.workspaceZone)
    const type = await forgottenType(ctx, before.toISOString())
    if (!type) return
    const entity = entityOfObject(type)
    const ids = await recordIdsOf(ctx, type, step)
    await eraseRecords(ctx, entity, ids)
    if (ids.length < step) eraseObjectType(ctx, type, entity.name)
    await enqueue(ctx, forgetObjectsJob.name, {}, { key: `${forgetObjectsJob.name}:${ctx.workspaceId}` })
  },
}
export const forgetObjectsSchedule: Schedule = { job: forgetObjectsJob.name, everyMinutes: 24 * 60 }
