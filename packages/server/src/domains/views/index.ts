import type { DomainParts } from "../../kernel/context.ts"

export { viewsHandlers } from "./views.routes.ts"

export const viewsDomain: DomainParts = {
  references: { "views.filter": { becomes: "text", key: ["id"] } },
}
