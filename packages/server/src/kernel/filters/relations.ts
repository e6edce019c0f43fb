import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import { restriction } from "../access/policy.ts"
import { usableEntity } from "../access/usable.ts"
import { type Sql, sql } from "../db/sql.ts"
import { hasOwnValue, isLinkedFrom } from "../own-fields/values.ts"
import { column, columnName, table } from "../records/columns.ts"
import type { FilterContext } from "./filter-context.ts"

export interface Relation {
  /** The entity on the other side. */
  entity: EntityDeclaration
  /** Condition on this entity's table: some record on the other side meets `condition`. */
  some(ctx: FilterContext, condition: Sql): Sql
}

/**
 * A relation by name: a link field of the entity itself (`companyId`), one it declares (`people` of a company),
 * another entity whose records are about it (`tasks` of a person), or one that links to it by an own field
 * (`objects/machines.keeper`).
 */
export function relationOf(
  ctx: FilterContext,
  entity: EntityDeclaration,
  name: string,
): Relation | undefined {
  const { registry } = ctx
  const own = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined
  if (own?.type === "link") {
    const target = registry.entity(own.target)
    return (
      target && {
        entity: target,
        some: (ctx, condition) => {
          const ids = matching(ctx, target, sql.ref(`${target.name}.id`), condition)
          if (own.own) return hasOwnValue(ctx, { entity, field: own, wanted: sql`v.value_ref in (${ids})` })
          return sql`${column(entity, name)} in (${ids})`
        },
      }
    )
  }
  const [from, key] = byOwnLink(name)
  const linking = key === undefined ? undefined : registry.entity(from)
  if (linking && key !== undefined) return ownReverse(ctx, entity, linking, key)
  const declared =
    entity.relations && Object.hasOwn(entity.relations, name) ? entity.relations[name] : undefined
  const about = registry.entity(name)
  const aboutField =
    about &&
    Object.entries(about.fields).find(
      ([, field]) => field.type === "links" && field.targets.includes(entity.name),
    )
  const other = declared ? registry.entity(declared.entity) : aboutField && about
  const field = declared?.field ?? aboutField?.[0]
  // By a field that is hidden from the caller nothing is found.
  return other && field && field in usableEntity(ctx, other).fields
    ? reverse(entity, other, field)
    : undefined
}

/** `objects/machines.keeper`: the records whose own field links here, as entity and key. */
function byOwnLink(name: string): [entity: string, key?: string] {
  const [entity = "", key] = name.split(".")
  return key === undefined ? [entity] : [entity, ownPrefix + key]
}
function ownReverse(
  ctx: FilterContext,
  entity: EntityDeclaration,
  other: EntityDeclaration,
  key: string,
): Relation | undefined {
  const usable = usableEntity(ctx, other).fields
  const field = Object.hasOwn(usable, key) ? usable[key] : undefined
  if (field?.type !== "link" || field.target !== entity.name) return undefined
  return {
    entity: other,
    some: (_, condition) =>
      isLinkedFrom(ctx, { entity, field, records: matching(ctx, other, column(other, "id"), condition) }),
  }
}

function reverse(entity: EntityDeclaration, other: EntityDeclaration, key: string): Relation {
  const field = other.fields[key]
  const id = column(entity, "id")
  if (field?.type === "link")
    return {
      entity: other,
      some: (ctx, condition) =>
        sql`${id} in (${matching(ctx, other, sql.ref(`${other.name}.${columnName(key)}`), condition)})`,
    }
  // A cast of text is not leakproof, and as part of a join would keep it from the index under row-level security;
  // "offset 0" has the ids ready before they are joined.
  return {
    entity: other,
    some: (ctx, condition) => sql`${id} in (
      select v.value::uuid from record_values v
      where v.workspace_id = ${ctx.workspaceId} and v.entity = ${other.name} and v.field = ${key}
        and v.record_id in (${matching(ctx, other, sql.ref(`${other.name}.id`), condition)}) offset 0)`,
  }
}
function matching(ctx: FilterContext, entity: EntityDeclaration, selected: Sql, condition: Sql): Sql {
  const own = sql.id(entity.name)
  // What the caller can't see does not count.
  const reach = restriction(ctx, entity)
  const seen = reach ? sql`${reach} and` : sql``
  return sql`select ${selected} from ${table(entity)} where ${own}.workspace_id = ${ctx.workspaceId} and ${own}.deleted_at is null and ${seen} ${condition}`
}
