import type { Role } from "@regulars/contract/domains/workspace.ts"

type Least = Role | "public" | "signedIn"

/** Written by hand, not read from the code: the least role that is to be let in at each endpoint of an entity. */
function entity(
  name: string,
  parts: { lists?: string[]; tags?: boolean; timeline?: boolean; mergeable?: boolean } = {},
): Record<string, Least> {
  const table: Record<string, Least> = {
    [`GET /${name}`]: "viewer",
    [`POST /${name}/query`]: "viewer",
    [`POST /${name}/aggregate`]: "viewer",
    [`POST /${name}/groups`]: "viewer",
    [`GET /${name}/:id`]: "viewer",
    [`GET /${name}/:id/history`]: "viewer",
    [`POST /${name}`]: "member",
    [`PATCH /${name}/:id`]: "member",
    [`DELETE /${name}/:id`]: "member",
    [`POST /${name}/:id/restore`]: "member",
    [`POST /${name}/batch`]: "member",
    [`POST /${name}/bulk`]: "member",
    [`POST /${name}/cells`]: "member",
    [`GET /${name}/:id/access`]: "viewer",
    [`POST /${name}/:id/shares`]: "member",
    [`DELETE /${name}/:id/shares/:shareId`]: "member",
  }
  if (parts.mergeable) {
    table[`POST /${name}/merge`] = "member"
    table[`POST /${name}/merge/preview`] = "member"
  }
  if (parts.timeline) table[`GET /${name}/:id/timeline`] = "viewer"
  for (const list of parts.lists ?? []) {
    table[`POST /${name}/:id/${list}`] = "member"
    table[`PATCH /${name}/:id/${list}/:itemId`] = "member"
    table[`DELETE /${name}/:id/${list}/:itemId`] = "member"
  }
  if (parts.tags) {
    table[`POST /${name}/:id/tags`] = "member"
    table[`DELETE /${name}/:id/tags/:itemId`] = "member"
  }
  return table
}

export const intended: Record<string, Least> = {
  ...entity("people", {
    lists: ["emails", "phones", "addresses", "employments", "dates", "consents"],
    tags: true,
    timeline: true,
    mergeable: true,
  }),
  ...entity("companies", {
    lists: ["domains", "phones", "addresses"],
    tags: true,
    timeline: true,
    mergeable: true,
  }),
  ...entity("sources"),
  ...entity("locations", { lists: ["addresses", "phones"] }),
  ...entity("notes"),
  ...entity("activities"),
  ...entity("tasks"),
  "GET /audit": "administrator",
  "GET /audit/head": "administrator",
  "POST /audit/verify": "administrator",
  "GET /audit/export": "administrator",
  "GET /auth/state": "public",
  "POST /auth/set-up": "public",
  "POST /auth/sign-in": "public",
  "POST /auth/sign-out": "signedIn",
  "POST /auth/password/forgot": "public",
  "POST /auth/password/reset": "public",
  "POST /auth/password/change": "signedIn",
  "GET /auth/factors": "signedIn",
  "POST /auth/authenticator": "signedIn",
  "POST /auth/authenticator/confirm": "signedIn",
  "DELETE /auth/authenticator": "signedIn",
  "POST /auth/recovery-codes": "signedIn",
  "GET /auth/proof": "signedIn",
  "POST /auth/proof": "signedIn",
  "GET /auth/sign-ins": "signedIn",
  "POST /auth/invitations/look": "public",
  "POST /auth/invitations/accept": "public",
  "GET /session": "signedIn",
  "POST /session/workspace": "signedIn",
  "GET /workspace": "viewer",
  "PATCH /workspace": "administrator",
  "GET /members": "viewer",
  "PATCH /members/me": "viewer",
  "PATCH /members/:id": "administrator",
  "POST /members/:id/reset-link": "administrator",
  "DELETE /members/:id/second-step": "administrator",
  "GET /sign-in-rules": "administrator",
  "PATCH /sign-in-rules": "administrator",
  "GET /members/:id/rights": "administrator",
  "GET /members/:id/sign-ins": "administrator",
  "GET /roles": "viewer",
  "POST /roles": "administrator",
  "PATCH /roles/:id": "administrator",
  "DELETE /roles/:id": "administrator",
  "GET /teams": "viewer",
  "POST /teams": "administrator",
  "PATCH /teams/:id": "administrator",
  "DELETE /teams/:id": "administrator",
  "POST /teams/:id/members": "administrator",
  "DELETE /teams/:id/members/:memberId": "administrator",
  "GET /invitations": "administrator",
  "POST /invitations": "administrator",
  "DELETE /invitations/:id": "administrator",
  "GET /sessions": "signedIn",
  "DELETE /sessions/:id": "signedIn",
  "GET /api-keys": "viewer",
  "POST /api-keys": "member",
  "DELETE /api-keys/:id": "member",
  "GET /operations": "viewer",
  "GET /operations/:id": "viewer",
  "POST /operations/:id/cancel": "member",
  "POST /operations/:id/undo": "member",
  "GET /search": "viewer",
  "POST /files": "member",
  "GET /files/:id": "viewer",
  "GET /files/:id/about": "viewer",
  "GET /stream": "viewer",
  "GET /notifications": "viewer",
  "POST /notifications/read": "viewer",
  "GET /today": "viewer",
  "GET /imports": "member",
  "POST /imports": "manager",
  "GET /imports/:id": "member",
  "PATCH /imports/:id": "manager",
  "POST /imports/:id/check": "manager",
  "POST /imports/:id/run": "manager",
  "POST /imports/:id/cancel": "manager",
  "POST /imports/:id/undo": "manager",
  "GET /imports/:id/rejects": "member",
  "GET /import-mappings": "member",
  "DELETE /import-mappings/:id": "manager",
  "GET /export": "manager",
  "POST /export": "manager",
  "GET /fields": "viewer",
  "POST /fields": "administrator",
  "PATCH /fields/:id": "administrator",
  "DELETE /fields/:id": "administrator",
  "POST /fields/:id/restore": "administrator",
  "POST /fields/:id/preview": "administrator",
  "GET /views": "viewer",
  "POST /views": "viewer",
  "PATCH /views/:id": "viewer",
  "DELETE /views/:id": "viewer",
  "POST /views/:id/restore": "viewer",
  "POST /views/default": "viewer",
  "GET /duplicates": "viewer",
  "GET /duplicates/count": "viewer",
  "POST /duplicates/scan": "manager",
  "POST /duplicates/:id/decide": "member",
  "POST /duplicates/merge": "manager",
  "PATCH /duplicates/settings": "owner",
  "POST /people/twins": "viewer",
  "POST /companies/twins": "viewer",
  "GET /sample": "administrator",
  "POST /sample": "administrator",
  "DELETE /sample": "administrator",
  "GET /backups": "administrator",
  "POST /backups": "administrator",
  "PATCH /backups/plan": "owner",
  "POST /backups/resume-sending": "owner",
  "POST /backups/:file/verify": "administrator",
  "GET /backups/:file/content": "owner",
  "DELETE /backups/:file": "owner",
}

/**
 * What concerns the account, not one workspace, is for people who are signed in: an API key is refused. (What a
 * key may ask beside these stands in the tests of the workspace domain.)
 */
export const sessionOnly = [
  "POST /auth/sign-out",
  "GET /auth/factors",
  "POST /auth/authenticator",
  "DELETE /auth/authenticator",
  "POST /auth/recovery-codes",
  "GET /auth/sign-ins",
  "GET /sessions",
  "DELETE /sessions/:id",
  "POST /members/:id/reset-link",
  "DELETE /members/:id/second-step",
]
