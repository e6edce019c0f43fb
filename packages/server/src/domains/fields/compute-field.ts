import type { Field } from "@regulars/contract/kernel/fields.ts"
import { ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import type { JobHandler } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { computedValue } from "../../kernel/own-fields/formula.ts"
import { insertValueRows, valueRows } from "../../kernel/own-fields/values.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { fieldRow, idsAfter, writeValues } from "./fields.queries.ts"

/** Records changed in one transaction. */
const step = 1000

/** Fills in a new formula for the records that are there, in steps; whoever writes one meanwhile has it computed. */
export const computeFieldJob: JobHandler = {
  name: "fields.compute",
  async handle(ctx, { id, after }) {
    const row = await fieldRow(ctx, String(id))
    const entity = row && ctx.registry.entity(row.entity)
    const field: Field | undefined = entity?.fields[ownPrefix + row?.key]
    if (!row || !entity || field?.own?.id !== row.id) return
    const ids = await idsAfter(ctx, row, { after: String(after ?? firstId), limit: step })
    const records = await getRecords(ctx, entity, ids, { deleted: "too", lock: true })
    const values = records
      .filter(({ custom }) => !((row.slot in (custom as Values)) as boolean))
      .map((record) => ({ id: record.id, value: computedValue(entity, field, record) }))
      .filter(({ value }) => value !== null)
    if (values.length > 0) writeValues(ctx, row, values)
    insertValueRows(
      ctx,
      values.flatMap(({ id: recordId, value }) => valueRows(field, recordId, value)),
    )
    if (ids.length === step) await enqueue(ctx, computeFieldJob.name, { id, after: ids.at(-1) })
  },
}
const firstId = "00000000-0000-0000-0000-000000000000"
