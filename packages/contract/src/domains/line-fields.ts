import type { ItemField, List } from "../kernel/fields.ts"

/** What a line of an order, a deal or a quote holds; its figures follow from the document by `totalsOf`. */
export const lineItem = {
  productId: { type: "link", target: "products" },
  /** What stands on the paper: it stays when the product is renamed or gone. */
  name: { type: "text", max: 300, required: true },
  variant: { type: "text", max: 120 },
  /** One where nothing is said; below zero for what is taken back or knocked off. */
  quantity: { type: "decimal" },
  unit: { type: "text", max: 40 },
  /** Of one unit, in whole units of the document's currency. */
  unitPrice: { type: "decimal" },
  discountPercent: { type: "decimal" },
  /** Of the whole line, in minor units. */
  discount: { type: "amount" },
  /** In percent. */
  taxRate: { type: "decimal" },
  unitCost: { type: "decimal" },
  net: { type: "amount", readOnly: true },
  tax: { type: "amount", readOnly: true },
  gross: { type: "amount", readOnly: true },
} as const satisfies Record<string, ItemField>

/** The field `lines`; lines are told apart by their ids, as one product may stand in several. */
export const lines = {
  type: "list",
  key: "name",
  max: 500,
  item: lineItem,
  group: "lines",
} as const satisfies List & { max: number; group: string }
