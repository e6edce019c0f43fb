import { type ChoiceLists, choicesFrom, listed } from "../kernel/choice-lists.ts"
import { defineEntity } from "../kernel/entity.ts"
import { lineItem, lines } from "./line-fields.ts"

export const orderStatuses = ["draft", "placed", "paid", "fulfilled", "cancelled"] as const
/** Whether something was sold: neither what is only being written down nor what was called off. */
export function isSold(status: unknown): boolean {
  return status !== "draft" && status !== "cancelled"
}
/** Ways in which orders come, before a workspace makes them its own. */
export const orderLists = {
  orderChannels: ["counter", "table", "online", "phone", "delivery", "wholesale", "other"].map((id) =>
    listed(id),
  ),
} satisfies ChoiceLists
export const paymentMethods = ["cash", "card", "transfer", "online", "voucher", "other"] as const

const followingMoney = { type: "money", readOnly: true, sort: true, group: "totals" } as const
const ofLines = { ...followingMoney, follows: ["lines"] } as const
const ofPayments = { ...followingMoney, follows: ["payments"] } as const

/** What somebody bought. Its figures follow from lines and payments by `totalsOf`. */
export const orders = defineEntity({
  name: "orders",
  singular: "order",
  title: "number",
  defaultSort: "-orderedAt",
  access: { owner: "ownerId" },
  pages: true,
  timeline: true,
  transfer: true,
  fields: {
    /** Given by the product where nobody says one. */
    number: { type: "text", max: 60, search: true, lookUp: true, sort: true, column: true, group: "basics" },
    orderedAt: { type: "dateTime", sort: true, column: true, group: "basics" },
    status: { type: "choice", choices: orderStatuses, sort: true, column: true, group: "basics" },
    personId: { type: "link", target: "people", column: true, group: "basics" },
    companyId: { type: "link", target: "companies", column: true, group: "basics" },
    channel: { ...choicesFrom("orderChannels", orderLists.orderChannels), sort: true, group: "basics" },
    locationId: { type: "link", target: "locations", group: "basics" },
    ownerId: { type: "link", target: "members", group: "relation" },
    sourceId: { type: "link", target: "sources", group: "relation" },
    tags: { type: "tags", max: 100, lookUp: true, group: "relation" },
    lines: {
      ...lines,
      item: { ...lineItem, returned: { type: "decimal" }, externalId: { type: "text", max: 120 } },
    },
    currency: { type: "text", max: 3, group: "lines" },
    pricesIncludeTax: { type: "boolean", group: "lines" },
    /** Off the whole order. */
    discount: { type: "money", group: "lines" },
    shipping: { type: "money", group: "lines" },
    payments: {
      type: "list",
      key: "amount",
      max: 50,
      group: "payments",
      item: {
        /** In the order's currency; below zero for what was given back. */
        amount: { type: "decimal", required: true },
        method: { type: "choice", choices: paymentMethods },
        at: { type: "dateTime" },
        reference: { type: "text", max: 120 },
      },
    },
    total: { ...ofLines, column: true },
    net: ofLines,
    tax: ofLines,
    taxes: {
      type: "list",
      key: "rate",
      readOnly: true,
      follows: ["lines"],
      filter: false,
      hidden: true,
      group: "totals",
      item: { rate: { type: "decimal" }, net: { type: "amount" }, tax: { type: "amount" } },
    },
    paid: ofPayments,
    refunded: ofPayments,
    /** What is still to be paid; below zero what is to be given back. */
    openAmount: { ...followingMoney, follows: ["lines", "payments"] },
    returned: {
      type: "choice",
      choices: ["none", "part", "whole"],
      readOnly: true,
      follows: ["lines"],
      sort: true,
      group: "totals",
    },
    returnedAmount: ofLines,
    cost: ofLines,
    margin: { ...followingMoney, follows: ["lines", "cost"] },
    /** How whoever ordered can be found, as long as no person is named. */
    email: { type: "email", lookUp: true, personal: true, group: "delivery" },
    phone: { type: "phone", lookUp: true, personal: true, group: "delivery" },
    address: { type: "longText", max: 1000, personal: true, group: "delivery" },
    note: { type: "longText", max: 5000, personal: true, group: "about" },
    /** Its number where it comes from: a till, a web shop. */
    externalNumber: { type: "text", max: 120, lookUp: true, sort: true, group: "about" },
  },
})
