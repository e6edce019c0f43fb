import { covers, type EntityRights, entityRights, type Rights } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { entityList } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import type { Context } from "../context.ts"
import type { Access } from "./access.ts"

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
  "audit:read": "administrator",
  "backups:read": "administrator",
  "backups:create": "administrator",
  "backups:manage": "owner",
  "duplicates:read": "viewer",
  "duplicates:update": "member",
  "duplicates:create": "manager",
  "duplicates:manage": "owner",
  "sample:update": "administrator",
  "fields:read": "viewer",
  "fields:update": "administrator",
  // Of records of the workspace's own objects, whichever it has: see `permissionsWithin`.
  "objects:read": "viewer",
  "objects:create": "member",
  "objects:update": "member",
  "objects:delete": "member",
  "views:read": "viewer",
  "views:create": "viewer",
  "views:update": "viewer",
  "views:share": "member",
  "views:manage": "administrator",
  "roles:update": "administrator",
  "signIn:update": "administrator",
  "signIn:manage": "owner",
  "teams:update": "administrator",
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
/** What each right to records is called where own objects are meant. */
const objectActions = {
  read: ({ see }: EntityRights) => see !== "none",
  create: ({ create }: EntityRights) => create,
  update: ({ edit }: EntityRights) => edit !== "none",
  delete: ({ delete: remove }: EntityRights) => remove !== "none",
}
interface Given {
  permissions: ReadonlySet<string>
  access?: Access | undefined
}
const within = new WeakMap<ReadonlySet<string>, { entities: unknown; permissions: ReadonlySet<string> }>()
/**
 * Permissions with those to the objects that a workspace declared itself. Built-in roles have the same for all of
 * them, roles of the workspace's own what they say of each.
 */
export function permissionsWithin(
  { entities }: { entities: readonly Pick<EntityDeclaration, "name" | "object">[] },
  { permissions, access }: Given,
): ReadonlySet<string> {
  const known = within.get(permissions)
  if (known?.entities === entities) return known.permissions
  const own = entities.flatMap(({ name, object }) => {
    if (!object) return []
    const rights = access && entityRights(access.rights, name)
    return Object.entries(objectActions).flatMap(([action, allows]) =>
      permissions.has(`objects:${action}`) && (!rights || allows(rights)) ? [`${name}:${action}`] : [],
    )
  })
  const all = own.length === 0 ? permissions : new Set([...permissions, ...own])
  within.set(permissions, { entities, permissions: all })
  return all
}
/** Those that hold for own objects in general, where rights allow them for one at least. */
function objectGates(rights: Rights): string[] {
  const own = Object.entries(rights.entities).flatMap(([name, given]) => (isObjectName(name) ? [given] : []))
  return Object.entries(objectActions).flatMap(([action, allows]) =>
    own.some(allows) ? [`objects:${action}`] : [],
  )
}

/** Everybody in a workspace has these: without them there is nothing to sign in to. */
const always = new Set([
  "workspace:read",
  "members:read",
  "notifications:read",
  "notifications:update",
  "fields:read",
])
/**
 * Of the owners themselves, in no role of the workspace's own: who chooses the provider can have it say that they are
 * somebody else.
 */
const ownersOnly = new Set(["signIn:manage"])
/** Permissions that come with an area beside seeing it. */
const ofAreas: Record<string, readonly string[]> = { views: ["views:create", "views:update"] }
const entityActions = { read: "see", update: "edit", delete: "delete" } as const

/** What rights name beside entities: an area for each thing that can be seen, an action for each that can be done. */
export function rightsCatalogue(entities: readonly Pick<EntityDeclaration, "name">[]): {
  areas: string[]
  actions: string[]
} {
  const names = new Set(entities.map(({ name }) => name))
  const comes = new Set(Object.values(ofAreas).flat())
  const own = Object.keys(leastRole).filter(
    (name) =>
      !names.has(name.split(":")[0] as string) &&
      !always.has(name) &&
      !comes.has(name) &&
      !ownersOnly.has(name) &&
      !name.startsWith("objects:"),
  )
  return {
    areas: own.filter((name) => name.endsWith(":read")).map((name) => name.slice(0, -":read".length)),
    actions: own.filter((name) => !name.endsWith(":read")),
  }
}
/** A built-in role, told as rights. */
export function builtInRights(
  role: Role,
  entities: readonly Pick<EntityDeclaration, "name" | "object">[],
): Rights {
  const may = permissionsWithin({ entities }, { permissions: permissionsOf(role) })
  const { areas, actions } = rightsCatalogue(entities)
  const reach = (allowed: boolean) => (allowed ? "all" : "none")
  const ofEntity = ({ name }: Pick<EntityDeclaration, "name">): [string, EntityRights] => [
    name,
    {
      see: reach(may.has(`${name}:read`)),
      create: may.has(`${name}:create`),
      edit: reach(may.has(`${name}:update`)),
      delete: reach(may.has(`${name}:delete`)),
      export: reach(may.has("exports:create")),
      fields: {},
    },
  ]
  return {
    entities: Object.fromEntries(entities.map(ofEntity)),
    areas: Object.fromEntries(areas.map((area) => [area, may.has(`${area}:read`)])),
    actions: Object.fromEntries(actions.map((action) => [action, may.has(action)])),
  }
}
/**
 * The permissions that go with rights. An import compares its rows with everything there is and names what it finds,
 * so it takes rights that see all of what they see at all.
 */
export function permissionsOfRights(
  rights: Rights,
  entities: readonly Pick<EntityDeclaration, "name" | "mergeable">[],
): ReadonlySet<string> {
  const { areas, actions } = rightsCatalogue(entities)
  const given = new Set(always)
  for (const area of areas.filter((name) => rights.areas[name] === true))
    for (const name of [`${area}:read`, ...(ofAreas[area] ?? [])]) given.add(name)
  for (const action of actions) if (rights.actions[action] === true) given.add(action)
  for (const { name, mergeable } of entities) {
    const own = entityRights(rights, name)
    for (const [permission, action] of Object.entries(entityActions))
      if (own[action] !== "none") given.add(`${name}:${permission}`)
    if (own.create) given.add(`${name}:create`)
    if (mergeable && mayMerge(own)) given.add(`${name}:merge`)
  }
  for (const name of objectGates(rights)) given.add(name)
  if (!mayImport(rights)) for (const name of ["imports:read", "imports:create"]) given.delete(name)
  return given
}
/** Merging changes records and deletes others, with all their fields. */
function mayMerge({ edit, delete: remove, fields }: EntityRights): boolean {
  return edit !== "none" && remove !== "none" && Object.keys(fields).length === 0
}
/** Whether everything these rights see at all is seen, and may be changed, as a whole. */
export function mayImport(rights: Rights): boolean {
  return Object.values(rights.entities).every(
    ({ see, edit, fields }) =>
      see === "none" ||
      (see === "all" && edit !== "own" && edit !== "team" && Object.keys(fields).length === 0),
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

type Giver = Pick<Context, "role" | "access" | "registry">
/** Whether the caller may give somebody these rights, or change somebody who has them: nobody reaches above themselves. */
export function mayGive({ role, access, registry }: Giver, given: { role: Role; rights: Rights }): boolean {
  const own = access?.rights ?? builtInRights(role, registry.entities)
  return isAtLeast(role, given.role) && covers(own, given.rights)
}
/** Whether the caller looks after the members' access, beside their own. */
export function looksAfterMembers({ role, access }: Pick<Context, "role" | "access">): boolean {
  return isAtLeast(role, "administrator") && (!access || access.rights.actions["members:update"] === true)
}
