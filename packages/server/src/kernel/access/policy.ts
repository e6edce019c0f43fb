import {
  type EntityRights,
  entityRights,
  narrower,
  type Reach,
  type RecordAction,
  recordActions,
} from "@regulars/contract/domains/rights.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import type { Registry } from "../context.ts"
import { allOf, anyOf, type Sql, sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { columnName, table } from "../records/columns.ts"
import type { Access } from "./access.ts"

/** Who asks, as far as rights to records go. */
export interface Asking {
  readonly workspaceId: string
  readonly registry: Registry
  readonly access?: Access | undefined
}

/**
 * Which records of an entity the caller may do something with, as a condition on its table under `alias`:
 * undefined for all of them. Comparisons of ids only, and what has to be looked up is looked up once, so that the
 * planner may use indexes under row-level security.
 */
export function restriction(
  asking: Asking,
  entity: EntityDeclaration,
  action: RecordAction = "see",
  alias: string = entity.name,
): Sql | undefined {
  const { access } = asking
  if (!access) return undefined
  const reach = entityRights(access.rights, entity.name)[action]
  return reach === "all" ? undefined : reached(asking, access, { entity, action, reach, alias })
}
/** The same where a condition is needed. */
export function permitted(...given: Parameters<typeof restriction>): Sql {
  return restriction(...given) ?? sql`true`
}

interface Wanted {
  entity: EntityDeclaration
  action: RecordAction
  reach: Reach
  alias: string
}
function reached(asking: Asking, access: Access, { entity, action, reach, alias }: Wanted): Sql {
  if (reach === "all") return sql`true`
  if (reach === "none") return sql`false`
  const id = sql.ref(`${alias}.id`)
  const place = reach === "team" ? locationField(entity) : undefined
  return anyOf([
    belongsTo(entity, reach === "own" ? [access.memberId] : access.mates, alias),
    ...(place && access.locations.length > 0
      ? [sql`${sql.ref(`${alias}.${columnName(place)}`)} = any (${access.locations}::uuid[])`]
      : []),
    ...(action === "delete" ? [] : [sql`${id} = any (array(${sharedIds(asking, access, entity, action)}))`]),
    ...aboutReached(asking, access, { entity, action, reach, alias }),
  ])
}
/** Whose a record is: its owner's, or while it has none whoever's made it. A new owner takes the rights along. */
function belongsTo(entity: EntityDeclaration, members: readonly string[], alias: string): Sql {
  const maker = sql`${sql.ref(`${alias}.created_by`)} = any (${members}::uuid[])`
  if (!entity.access?.owner) return maker
  const owner = sql.ref(`${alias}.${columnName(entity.access.owner)}`)
  return sql`(${owner} = any (${members}::uuid[]) or (${owner} is null and ${maker}))`
}
function locationField(entity: EntityDeclaration): string | undefined {
  return Object.entries(entity.fields).find(
    ([key, field]) => field.type === "link" && field.target === "locations" && !isOwnKey(key),
  )?.[0]
}
/** Fields that say who reaches a record: whose it is, where, and what it is about. */
export function reachFields(entity: EntityDeclaration): ReadonlySet<string> {
  const { owner, about } = entity.access ?? {}
  return new Set([owner, about, locationField(entity)].filter((key) => key !== undefined))
}
function sharedIds(asking: Asking, access: Access, entity: EntityDeclaration, action: RecordAction): Sql {
  const strength = action === "edit" ? sql`and s.access = 'edit'` : sql``
  return sql`select s.record_id from shares s
    where s.workspace_id = ${asking.workspaceId} and s.entity = ${entity.name} ${strength}
      and (s.member_id = ${access.memberId}::uuid or s.team_id = any (${access.teams}::uuid[]))`
}
/** Notes and their like go with what they are about, as far as both reach. */
function aboutReached(asking: Asking, access: Access, { entity, action, reach, alias }: Wanted): Sql[] {
  const key = entity.access?.about
  const field = key === undefined ? undefined : entity.fields[key]
  if (!key || field?.type !== "links") return []
  const targets = field.targets.flatMap((name) => {
    const target = asking.registry.entity(name)
    if (!target) return []
    // Who may work with a person may clear away what was noted about them.
    const followed = action === "delete" ? "edit" : action
    const own = narrower(reach, entityRights(access.rights, name)[followed])
    if (own === "none") return []
    const condition = reached(asking, access, { entity: target, action: followed, reach: own, alias: name })
    return [
      sql`select ${sql.ref(`${name}.id`)}::text from ${table(target)}
      where ${sql.ref(`${name}.workspace_id`)} = ${asking.workspaceId} and ${condition}`,
    ]
  })
  return targets.map(
    (ids) => sql`${sql.ref(`${alias}.id`)} = any (array(
      select v.record_id from record_values v
      where v.workspace_id = ${asking.workspaceId} and v.entity = ${entity.name} and v.field = ${key}
        and v.value = any (array(${ids}))))`,
  )
}

/** A condition for rows that name records of many entities, by the entity's name or the type of a subject. */
export function seesNamed(
  asking: Asking,
  { type, id, by }: { type: Sql; id: Sql; by: "name" | "singular" },
): Sql | undefined {
  if (!asking.access) return undefined
  const conditions = asking.registry.entities.flatMap((entity) => {
    const own = restriction(asking, entity)
    if (!own) return []
    const { name } = entity
    return [
      sql`(${type} <> ${entity[by]} or ${id} in (
        select ${sql.ref(`${name}.id`)} from ${table(entity)}
        where ${sql.ref(`${name}.workspace_id`)} = ${asking.workspaceId} and ${own}))`,
    ]
  })
  return conditions.length === 0 ? undefined : allOf(conditions)
}

/** Whether the caller sees all records of an entity, and all their fields. */
export function seesWhole({ access }: Pick<Asking, "access">, entity: string): boolean {
  if (!access) return true
  const rights: EntityRights = entityRights(access.rights, entity)
  return rights.see === "all" && !Object.values(rights.fields).includes("hidden")
}
/** Whether the caller reaches all records of every entity, whatever is done with them. */
export function reachesAll({ access, registry }: Pick<Asking, "access" | "registry">): boolean {
  if (!access) return true
  return registry.entities.every(({ name }) =>
    recordActions.every((action) => entityRights(access.rights, name)[action] === "all"),
  )
}
/** Refuses what the caller's role does not reach, though they may see it. */
export function beyondReach(): AppError {
  return new AppError("forbidden", { detail: "Your role does not allow this for this record." })
}
