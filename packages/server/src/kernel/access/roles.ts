import type { Role } from "@regulars/contract/domains/workspace.ts"
import { entityList } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"

/** From least to most; each role may do what those before it may. */
const order: readonly Role[] = ["viewer", "member", "manager", "administrator", "owner"]

/** The least role that may do each thing. Entities have the same four everywhere. */
const leastRole: Record<string, Role> = {
  "workspace:read": "viewer",
  "workspace:update": "administrator",
  "members:read": "viewer",
  "members:update": "administrator",
  "apiKeys:create": "member",
  "operations:read": "viewer",
  "operations:update": "member",
  "search:read": "viewer",
  "files:read": "viewer",
  "files:create": "member",
  "imports:read": "member",
  "imports:create": "manager",
  "exports:create": "manager",
  "notifications:read": "viewer",
  "notifications:update": "viewer",
  "backups:read": "administrator",
  "backups:create": "administrator",
  "duplicates:read": "viewer",
  "duplicates:update": "member",
  "duplicates:create": "manager",
  "sample:update": "administrator",
  "fields:read": "viewer",
  "fields:update": "administrator",
  "views:read": "viewer",
  "views:create": "viewer",
  "views:update": "viewer",
  "views:share": "member",
  "views:manage": "administrator",
}
/** Every permission there is; an endpoint that asks for another stops the start. */
export const allPermissions = new Set(Object.keys(leastRole))

/** Gives an entity its permissions: everybody sees, members and above work with it. Merging changes and deletes. */
export function grantEntity({ name, mergeable }: Pick<EntityDeclaration, "name" | "mergeable">): void {
  const own: Record<string, Role> = {
    read: "viewer",
    create: "member",
    update: "member",
    delete: "member",
    ...(mergeable && { merge: "member" }),
  }
  for (const [action, role] of Object.entries(own)) {
    leastRole[`${name}:${action}`] = role
    allPermissions.add(`${name}:${action}`)
  }
}
for (const entity of entityList) grantEntity(entity)

export function permissionsOf(role: Role): ReadonlySet<string> {
  const rank = order.indexOf(role)
  return new Set(
    Object.entries(leastRole).flatMap(([name, least]) => (order.indexOf(least) <= rank ? [name] : [])),
  )
}
/** What a key that may only read keeps of its member's permissions. */
export function readOnly(permissions: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...permissions].filter((name) => name.endsWith(":read")))
}
/** Whether `role` stands above or beside `other`: nobody changes the role of someone above them. */
export function isAtLeast(role: Role, other: Role): boolean {
  return order.indexOf(role) >= order.indexOf(other)
}
