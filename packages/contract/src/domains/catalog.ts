import { defineEntity } from "../kernel/entity.ts"

/** What the business sells: goods, and services. */
export const products = defineEntity({
  name: "products",
  singular: "product",
  title: "name",
  subtitle: ["sku", "category"],
  defaultSort: "name",
  pages: true,
  timeline: true,
  transfer: true,
  duplicateKeys: ["name"],
  fields: {
    name: {
      type: "text",
      max: 300,
      required: true,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      group: "basics",
    },
    /** The business's own number of it. */
    sku: { type: "text", max: 80, search: true, lookUp: true, sort: true, column: true, group: "basics" },
    category: { type: "text", max: 80, lookUp: true, sort: true, column: true, group: "basics" },
    kind: { type: "choice", choices: ["good", "service"], default: "good", sort: true, group: "basics" },
    /** What a quantity counts: a cup, a kilo, an hour. */
    unit: { type: "text", max: 40, group: "price" },
    price: { type: "money", sort: true, column: true, group: "price" },
    /** What a line takes over beside the price. */
    taxRate: { type: "percent", group: "price" },
    cost: { type: "money", sort: true, group: "price" },
    active: { type: "boolean", default: true, column: true, group: "basics" },
    activeFrom: { type: "date", sort: true, group: "basics" },
    activeTo: { type: "date", sort: true, group: "basics" },
    /** Sizes, colours, roasts; what they say beside their names goes before the product's. */
    variants: {
      type: "list",
      key: "name",
      max: 100,
      search: true,
      group: "variants",
      item: {
        name: { type: "text", max: 120, required: true },
        sku: { type: "text", max: 80 },
        price: { type: "decimal" },
        cost: { type: "decimal" },
        barcode: { type: "text", max: 40 },
      },
    },
    imageId: { type: "file", lookUp: true, transfer: false, group: "about" },
    description: { type: "longText", max: 20_000, search: true, group: "about" },
  },
})
