import { orders as declared, isSold } from "@regulars/contract/domains/orders.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import {
  dueFor,
  figuresOf,
  linesOf,
  paymentsIn,
  paymentText,
  received,
  withReturned,
  worth,
} from "./orders.rules.ts"

export interface PaymentInput {
  amount?: string | undefined
  method?: string | undefined
  at?: string | undefined
  reference?: string | undefined
}
/** A payment of an order as a change of it. Throws `conflict` where nothing is open and no amount is said. */
export function paid({ amount, ...rest }: PaymentInput): (order: StoredRecord) => Values {
  return (order) => {
    const open = dueFor(order, figuresOf(order)) - received(order)
    if (amount === undefined && open <= 0)
      throw new AppError("conflict", { detail: "Nothing is open on this order." })
    const entered = { ...rest, amount: amount ?? paymentText(order, open) }
    return { payments: withPayment(order, entered) }
  }
}

function withPayment(order: StoredRecord, payment: Values): Values[] {
  const payments = [...paymentsIn(order), payment]
  const { max } = declared.fields.payments
  if (payments.length > max)
    throw invalid("payments", "too_many", `has ${max} payments already, which is the most`, max)
  return payments
}

export interface ReturnInput {
  lines?: { id: string; quantity: string }[] | undefined
  refund?: string | undefined
}
/** What comes back as a change of the order, and the money that is owed for it. Throws `conflict` for what was not sold. */
export function takenBack({ lines, refund }: ReturnInput): (order: StoredRecord) => Values {
  return (order) => {
    if (!isSold(order.status))
      throw new AppError("conflict", { detail: "What was not sold can't come back." })
    const back = withReturned(linesOf(order), lines)
    const owed = received(order) - worth(figuresOf({ ...order, lines: back }))
    if (!refund || owed <= 0) return { lines: back }
    return {
      lines: back,
      payments: withPayment(order, { method: refund, amount: paymentText(order, -owed) }),
    }
  }
}
