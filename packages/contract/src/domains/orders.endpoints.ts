import { z } from "zod"
import { compare, decimal, isDecimal, zero } from "../kernel/decimal.ts"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { recordSchema } from "../kernel/entity.schema.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { orders, paymentMethods } from "./orders.ts"

const method = z.enum(paymentMethods)
const quantity = z
  .string()
  .refine(
    (text) => isDecimal(text) && compare(decimal(text), zero) > 0,
    "must be a number above zero, as text",
  )
const order = z.object({ data: recordSchema(orders) })

export const ordersEndpoints = defineEndpoints({
  "POST /orders/:id/pay": {
    summary: "Enter a payment of an order, by itself of all that is open; an order paid in full becomes paid",
    permission: "orders:update",
    params: idParams,
    body: z.strictObject({
      /** In the order's currency, as text; below zero for money given back. */
      amount: z.string().refine(isDecimal, "must be a number, as text").optional(),
      method: method.optional(),
      at: z.iso.datetime({ offset: true }).optional(),
      reference: z.string().trim().max(120).optional(),
    }),
    response: order,
  },
  "POST /orders/:id/return": {
    summary: "Take back what was sold, all of it or some; gives back the money where that is asked for",
    permission: "orders:update",
    params: idParams,
    body: z.strictObject({
      /** What comes back now, beside what came back before; everything when absent. */
      lines: z
        .array(z.strictObject({ id: z.guid().toLowerCase(), quantity }))
        .min(1)
        .max(500)
        .optional(),
      /** How the money is given back that is owed then; none is when absent. */
      refund: method.optional(),
    }),
    response: order,
  },
})
