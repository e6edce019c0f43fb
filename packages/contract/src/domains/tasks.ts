import { defineEntity } from "../kernel/entity.ts"

export const tasks = defineEntity({
  name: "tasks",
  singular: "task",
  title: "title",
  defaultSort: "dueDate",
  transfer: true,
  access: { owner: "assigneeId", about: "about" },
  fields: {
    title: {
      type: "text",
      max: 500,
      required: true,
      search: true,
      sort: true,
      column: true,
      group: "basics",
    },
    dueDate: { type: "date", sort: true, column: true, group: "basics" },
    dueTime: { type: "time", group: "basics" },
    /** Zone in which date and time are meant; the member's own when a time is given without one. */
    zone: { type: "zone", group: "basics" },
    assigneeId: { type: "link", target: "members", column: true, group: "basics" },
    priority: {
      type: "choice",
      choices: ["low", "normal", "high"],
      sort: true,
      column: true,
      group: "basics",
    },
    /** Open unless said otherwise. */
    status: {
      type: "choice",
      choices: ["open", "done"],
      sort: true,
      column: true,
      group: "basics",
    },
    doneAt: { type: "dateTime", readOnly: true, sort: true, group: "system" },
    description: { type: "longText", max: 20_000, search: true, personal: true, group: "basics" },
    about: {
      type: "links",
      targets: ["people", "companies", "deals"],
      max: 50,
      lookUp: true,
      column: true,
      group: "basics",
    },
  },
})
