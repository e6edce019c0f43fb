import type { StoredRole } from "@regulars/contract/domains/rights.endpoints.ts"
import { entityRights, type Rights } from "@regulars/contract/domains/rights.ts"
import { roles as builtIn, type Role } from "@regulars/contract/domains/workspace.ts"
import { builtInRights, mayGive, mayImport, rightsCatalogue } from "../../kernel/access/roles.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { endInvitationsOf, forgetRights } from "../workspace/index.ts"
import {
  countBuiltIn,
  deleteRole,
  hasRoleNamed,
  holdersOf,
  insertRole,
  listRoleRows,
  lockRole,
  type RoleRow,
  saveRole,
} from "./roles.queries.ts"

/** The built-in roles, the most powerful first, then the workspace's own. */
export async function listRoles(ctx: Context): Promise<StoredRole[]> {
  const [rows, counts] = await Promise.all([listRoleRows(ctx), countBuiltIn(ctx)])
  const given = builtIn.map((role): StoredRole => {
    const rights = builtInRights(role, ctx.registry.entities)
    const canGive = mayGive(ctx, { role, rights })
    return {
      id: role,
      name: null,
      builtIn: true,
      base: role,
      rights,
      members: counts.get(role) ?? 0,
      canGive,
    }
  })
  return [...given, ...rows.map((row) => told(ctx, row))]
}
export function catalogueOf(ctx: Context): { areas: string[]; actions: string[] } {
  return rightsCatalogue(ctx.registry.entities)
}
function told(ctx: Context, row: RoleRow): StoredRole {
  return { ...row, builtIn: false, canGive: mayGive(ctx, { role: row.base, rights: row.rights }) }
}

/**
 * A role of the workspace's own, begun as a copy. Throws `forbidden` for rights beyond the caller's,
 * `validation_failed` for what these entities, areas and actions do not know, `conflict` for a name that is taken.
 */
export async function createRole(
  ctx: Context,
  given: { name: string; copyOf: string; rights?: Rights | undefined },
): Promise<StoredRole> {
  const model = await modelOf(ctx, given.copyOf)
  const rights = given.rights ?? model.rights
  checkRights(ctx, rights)
  requireGiving(ctx, model.base, rights)
  await refuseTaken(ctx, given.name, null)
  const row = { id: newId(ctx.now().getTime()), name: given.name, base: model.base, rights, members: 0 }
  await insertRole(ctx, row)
  noteSecurity(ctx, "role_changed", { roleId: row.id, change: "made" })
  return told(ctx, row)
}
async function modelOf(ctx: Context, id: string): Promise<Pick<RoleRow, "base" | "rights">> {
  const role = builtIn.find((name) => name === id)
  if (!role) {
    const row = await lockRole(ctx, id)
    if (!row) throw invalid("copyOf", "not_found", "is no role")
    return row
  }
  const rights = builtInRights(role, ctx.registry.entities)
  // Who owns a workspace is not a matter of rights: the copy of an owner is an administrator.
  return { base: role === "owner" ? "administrator" : role, rights }
}

/** Everyone who has it feels the change at once. Throws as `createRole` does, and `not_found`. */
export async function updateRole(
  ctx: Context,
  id: string,
  change: { name?: string | undefined; rights?: Rights | undefined },
): Promise<StoredRole> {
  const before = await lockRole(ctx, id)
  if (!before) throw notFound()
  const row = { ...before, name: change.name ?? before.name, rights: change.rights ?? before.rights }
  requireGiving(ctx, before.base, before.rights)
  if (change.rights) checkRights(ctx, change.rights)
  requireGiving(ctx, row.base, row.rights)
  await refuseTaken(ctx, row.name, id)
  await saveRole(ctx, row)
  noteSecurity(ctx, "role_changed", { roleId: id, change: change.rights ? "rights" : "name" })
  const holders = await holdersOf(ctx, id)
  if (change.rights) await endInvitationsOf(ctx, holders)
  forgetRights(ctx, holders)
  return told(ctx, row)
}
/** Open invitations that give it go along. Throws `conflict` while somebody has it. */
export async function removeRole(ctx: Context, id: string): Promise<void> {
  const before = await lockRole(ctx, id)
  if (!before) throw notFound()
  requireGiving(ctx, before.base, before.rights)
  if ((await holdersOf(ctx, id)).length > 0)
    throw new AppError("conflict", { detail: "Members have this role. Give them another one first." })
  await deleteRole(ctx, id)
  noteSecurity(ctx, "role_changed", { roleId: id, change: "deleted" })
}

function requireGiving(ctx: Context, role: Role, rights: Rights): void {
  if (!mayGive(ctx, { role, rights }))
    throw new AppError("forbidden", { detail: "Nobody can give more rights than they have." })
}
async function refuseTaken(ctx: Context, name: string, exceptId: string | null): Promise<void> {
  if (await hasRoleNamed(ctx, name, exceptId))
    throw new AppError("conflict", { detail: "There is a role of this name already." })
}
/** Rights name what there is, a name is always seen, and imports go with seeing everything. */
function checkRights(ctx: Context, rights: Rights): void {
  const { areas, actions } = rightsCatalogue(ctx.registry.entities)
  const known = { areas: new Set(areas), actions: new Set(actions) }
  for (const part of ["areas", "actions"] as const)
    for (const key of Object.keys(rights[part]))
      if (!known[part].has(key)) throw invalid(`rights.${part}.${key}`, "unknown_right", "is not known")
  for (const name of Object.keys(rights.entities)) {
    const entity = ctx.registry.entity(name)
    if (!entity) throw invalid(`rights.entities.${name}`, "unknown_entity", "is not an entity")
    if (entityRights(rights, name).fields[entity.title] === "hidden")
      throw invalid(
        `rights.entities.${name}.fields.${entity.title}`,
        "title_hidden",
        "is the name and can't be hidden",
      )
  }
  if ((rights.areas.imports || rights.actions["imports:create"]) && !mayImport(rights))
    throw invalid(
      "rights.areas.imports",
      "import_needs_all",
      "an import compares its rows with everything: it needs all records and fields of what the role sees",
    )
}
