import type { DomainParts } from "../../kernel/context.ts"

export { notificationsHandlers } from "./notifications.routes.ts"
export { notify } from "./notifications.service.ts"

export const notificationsDomain: DomainParts = {
  references: {
    "notifications.subject_id": {
      becomes: "move",
      kind: { column: "subject_type", holds: "singular" },
      key: ["id"],
    },
  },
}
