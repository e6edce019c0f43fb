import { fieldOfOwn } from "@regulars/contract/kernel/own-fields.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { insertValueRows, valueRows } from "../../kernel/own-fields/values.ts"
import { tableNamed } from "../../kernel/records/columns.ts"
import { firstId } from "./computations.queries.ts"
import type { FieldRow, StoredValue } from "./fields.queries.ts"

const page = 2000

/**
 * Filters and sorts find the values of a field that came back with their records while it was removed, as those of a
 * merge that was taken back do.
 */
export async function findAgain(ctx: Context, field: FieldRow): Promise<void> {
  const declared = fieldOfOwn(field)
  for (let from = firstId; ; ) {
    const values = await ctx.tx.rows<StoredValue>(sql`
      select r.id, r.custom -> ${field.slot} as value from ${tableNamed(ctx.registry, field.entity, "r")}
      where r.workspace_id = ${ctx.workspaceId} and r.custom ? ${field.slot} and r.id > ${from} and not exists (
        select from field_values v
        where v.workspace_id = ${ctx.workspaceId} and v.field_id = ${field.id} and v.record_id = r.id)
      order by r.id limit ${page} for no key update`)
    insertValueRows(
      ctx,
      values.flatMap(({ id, value }) => valueRows(declared, id, value)),
    )
    const last = values.at(-1)
    if (values.length < page || !last) return
    from = last.id
  }
}
