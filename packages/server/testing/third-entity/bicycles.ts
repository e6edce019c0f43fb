import { defineEntity } from "@regulars/contract/kernel/entity.ts"

/** A repair shop's bicycles: what a further entity costs is this declaration, its table and its texts. */
export const bicycles = defineEntity({
  name: "bicycles",
  singular: "bicycle",
  title: "frame",
  defaultSort: "frame",
  transfer: true,
  timeline: true,
  duplicateKeys: ["frame"],
  fields: {
    frame: {
      type: "text",
      max: 60,
      required: true,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      group: "basics",
    },
    kind: { type: "choice", choices: ["city", "road", "cargo"], sort: true, column: true, group: "basics" },
    bought: { type: "date", sort: true, group: "basics" },
    price: { type: "number", sort: true, group: "basics" },
    electric: { type: "boolean", group: "basics" },
    ownerId: { type: "link", target: "people", column: true, group: "relation" },
    mechanicId: { type: "link", target: "members", group: "relation" },
    tags: { type: "tags", lookUp: true, group: "relation" },
    serviced: {
      type: "list",
      key: "part",
      group: "about",
      item: { part: { type: "text" }, on: { type: "date" } },
    },
  },
})
