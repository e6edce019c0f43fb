import { defineEntity } from "../kernel/entity.ts"

const about = {
  type: "links",
  targets: ["people", "companies", "deals"],
  max: 50,
  lookUp: true,
  column: true,
  group: "basics",
} as const

export const notes = defineEntity({
  name: "notes",
  singular: "note",
  title: "text",
  defaultSort: "-createdAt",
  transfer: true,
  access: { about: "about" },
  fields: {
    body: { type: "richText", max: 200_000, filter: false, personal: true, group: "basics" },
    /** The body without its form: searched, shown in lists; derived whenever the body is written. */
    text: { type: "longText", max: 100_000, search: true, column: true, personal: true, group: "basics" },
    about,
    mentions: { type: "links", targets: ["members"], max: 50, lookUp: true, readOnly: true, group: "basics" },
    files: { type: "files", max: 20, lookUp: true, transfer: false, group: "basics" },
  },
})

export const activityKinds = ["call", "meeting", "visit", "message"] as const

export const activities = defineEntity({
  name: "activities",
  singular: "activity",
  title: "text",
  defaultSort: "-occurredAt",
  transfer: true,
  access: { about: "about" },
  fields: {
    kind: { type: "choice", choices: activityKinds, required: true, column: true, group: "basics" },
    direction: { type: "choice", choices: ["incoming", "outgoing"], column: true, group: "basics" },
    occurredAt: { type: "dateTime", required: true, sort: true, column: true, group: "basics" },
    minutes: { type: "integer", group: "basics" },
    outcome: { type: "text", max: 300, column: true, group: "basics" },
    text: { type: "longText", max: 20_000, search: true, column: true, personal: true, group: "basics" },
    about,
  },
})
