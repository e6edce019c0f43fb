import { rightsEndpoints } from "@regulars/contract/domains/rights.endpoints.ts"
import { implement } from "../../kernel/http/handlers.ts"
import { rightsOfMember } from "./member-rights.ts"
import { catalogueOf, createRole, listRoles, removeRole, updateRole } from "./roles.service.ts"
import { addToTeam, createTeam, listTeams, removeTeam, takeFromTeam, updateTeam } from "./teams.ts"

export const rightsHandlers = implement(rightsEndpoints, {
  "GET /roles": async (ctx) => ({ data: await listRoles(ctx), catalogue: catalogueOf(ctx) }),
  "POST /roles": async (ctx, { body }) => ({ data: await createRole(ctx, body) }),
  "PATCH /roles/:id": async (ctx, { params, body }) => ({ data: await updateRole(ctx, params.id, body) }),
  "DELETE /roles/:id": async (ctx, { params }) => void (await removeRole(ctx, params.id)),
  "GET /members/:id/rights": async (ctx, { params }) => ({ data: await rightsOfMember(ctx, params.id) }),
  "GET /teams": async (ctx) => ({ data: await listTeams(ctx) }),
  "POST /teams": async (ctx, { body }) => ({ data: await createTeam(ctx, body) }),
  "PATCH /teams/:id": async (ctx, { params, body }) => ({ data: await updateTeam(ctx, params.id, body) }),
  "DELETE /teams/:id": async (ctx, { params }) => void (await removeTeam(ctx, params.id)),
  "POST /teams/:id/members": async (ctx, { params, body }) => ({
    data: await addToTeam(ctx, params.id, body.memberId),
  }),
  "DELETE /teams/:id/members/:memberId": async (ctx, { params }) => ({
    data: await takeFromTeam(ctx, params.id, params.memberId),
  }),
})
