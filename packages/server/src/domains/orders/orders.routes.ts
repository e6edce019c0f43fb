import { ordersEndpoints } from "@regulars/contract/domains/orders.endpoints.ts"
import { orders as declared } from "@regulars/contract/domains/orders.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { refuseFields, shown, usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { invalid } from "../../kernel/errors.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { answered } from "../../kernel/own-fields/values.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { updateRecords } from "../../kernel/records/update.ts"
import { paid, takenBack } from "./order-actions.ts"

export const ordersHandlers: Handlers = implement(ordersEndpoints, {
  "POST /orders/:id/pay": (ctx, { params, body }) => {
    const { fields } = usableEntity(ctx, ctx.registry.entity("orders") ?? declared)
    // Paying the rest would tell how much it was.
    if (body.amount === undefined && !("openAmount" in fields))
      throw invalid("amount", "required", "must be said")
    return change(ctx, params.id, ["payments"], paid(body))
  },
  "POST /orders/:id/return": (ctx, { params, body }) =>
    change(ctx, params.id, body.refund ? ["lines", "payments"] : ["lines"], takenBack(body)),
})

/** Changes one order under its lock, and answers it. Throws `unknown_field` where the caller may not write these fields. */
async function change(
  ctx: Context,
  id: string,
  keys: readonly string[],
  values: (order: StoredRecord) => Values,
): Promise<{ data: StoredRecord }> {
  const entity: EntityDeclaration = ctx.registry.entity("orders") ?? declared
  refuseFields(ctx, entity, Object.fromEntries(keys.map((key) => [key, null])))
  const [result] = await updateRecords(ctx, entity, [{ id, values }])
  return { data: answered(entity, shown(ctx, entity, result?.after as StoredRecord)) }
}
