import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import {
  type FieldCondition,
  type Filter,
  filterableField,
  filterLimits,
  operatorsOf,
} from "@regulars/contract/kernel/filter.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"
import { restriction } from "../access/policy.ts"
import { hidesSearched, usableEntity } from "../access/usable.ts"
import { allOf, anyOf, likeText, type Sql, sql } from "../db/sql.ts"
import { AppError, invalid } from "../errors.ts"
import { column, table } from "../records/columns.ts"
import { shift } from "../time.ts"
import { fieldCondition } from "./conditions.ts"
import type { FilterContext } from "./filter-context.ts"
import { relationOf } from "./relations.ts"

/**
 * Compiles a filter to a condition on the entity's table, with every value bound. Identifiers come from the
 * declarations. Throws `validation_failed` that names the field or operator it does not know.
 */
export function compileFilter(ctx: FilterContext, entity: EntityDeclaration, filter: Filter): Sql {
  const budget = { conditions: 0 }
  return compilePart({ ctx, budget }, entity, filter, 1)
}
/** The opposite, also of what is unknown because a value is empty. */
function not(condition: Sql): Sql {
  return sql`not coalesce(${condition}, false)`
}
interface Compilation {
  ctx: FilterContext
  budget: { conditions: number }
}

function compilePart(
  compilation: Compilation,
  entity: EntityDeclaration,
  filter: Filter,
  depth: number,
): Sql {
  if (depth > filterLimits.depth)
    throw invalid("filter", "too_deep", `may be nested ${filterLimits.depth} levels deep`)
  const inner = (part: Filter) => compilePart(compilation, entity, part, depth + 1)
  if ("all" in filter) return allOf(filter.all.map(inner))
  if ("any" in filter) return anyOf(filter.any.map(inner))
  if ("not" in filter) return not(inner(filter.not))
  if (++compilation.budget.conditions > filterLimits.conditions)
    throw invalid("filter", "too_many", `may have ${filterLimits.conditions} conditions`)
  if ("search" in filter) return searchCondition(compilation.ctx, entity, filter.search)
  if ("event" in filter) return eventCondition(compilation.ctx, entity, filter)
  if ("related" in filter) return relatedCondition(compilation, entity, filter, depth)
  return conditionOn(compilation.ctx, entity, filter)
}

function conditionOn(ctx: FilterContext, entity: EntityDeclaration, condition: FieldCondition): Sql {
  const [key, ...rest] = splitPath(condition.field)
  const field = filterableField(entity, key)
  if (!field)
    throw invalid("filter", "unknown_field", `names the unknown field "${condition.field.slice(0, 60)}"`)
  if (!operatorsOf(field).includes(condition.op))
    throw invalid(
      "filter",
      "unknown_operator",
      `"${condition.field}" can't be compared by "${condition.op.slice(0, 40)}"`,
    )
  return fieldCondition({
    ctx,
    entity,
    key,
    field,
    part: rest.length > 0 ? rest.join(".") : undefined,
    op: condition.op,
    value: condition.value,
  })
}

/** Every word typed must occur somewhere in the record's search text. */
function searchCondition(ctx: FilterContext, entity: EntityDeclaration, text: string): Sql {
  const words = fold(text).split(" ").filter(Boolean).slice(0, 8)
  if (hidesSearched(ctx, entity.name)) return titleCondition(entity, words)
  return allOf(
    words.map(
      (word) =>
        sql`${column(entity, "id")} in (select search_like(${entity.name}, ${`%${likeText(word)}%`}))`,
    ),
  )
}

/** The search text holds what is hidden from this caller: they search the names alone. */
function titleCondition(entity: EntityDeclaration, words: readonly string[]): Sql {
  const title = column(entity, entity.title)
  return allOf(words.map((word) => sql`fold(${title}) like ${`%${likeText(word)}%`}`))
}

function eventCondition(
  ctx: FilterContext,
  entity: EntityDeclaration,
  filter: Extract<Filter, { event: string }>,
): Sql {
  if (!ctx.registry.events.has(filter.event))
    throw invalid("filter", "unknown_event", `names the unknown event "${filter.event.slice(0, 60)}"`)
  const since = filter.within
    ? sql`and s.occurred_at >= ${shift(ctx.now(), ctx.workspaceZone, filter.within, -1).toISOString()}`
    : sql``
  const { atLeast, atMost } = filter.count ?? { atLeast: 1 }
  const told = toldCondition(ctx, entity, filter.event)
  // Counting stops at the bound that decides.
  const bound = Math.max(atLeast ?? 0, (atMost ?? -1) + 1)
  const happened = sql`(select count(*) from (
    select from event_subjects s
    where s.workspace_id = ${ctx.workspaceId} and s.subject_type = ${entity.singular} and s.subject_id = ${column(entity, "id")}
      and s.event_type = ${filter.event} ${since} ${told} limit ${bound}) happened)`
  const bounds = [
    ...(atLeast === undefined ? [] : [sql`${happened} >= ${atLeast}`]),
    ...(atMost === undefined ? [] : [sql`${happened} <= ${atMost}`]),
  ]
  return allOf(bounds)
}

/** Of events that tell of other records (`note.created` of a person), those count whose record the caller sees. */
function toldCondition(ctx: FilterContext, entity: EntityDeclaration, event: string): Sql {
  const teller = ctx.registry.entityOfSubject(event.split(".")[0] as string)
  if (!teller || teller.name === entity.name) return sql``
  if (!ctx.permissions.has(`${teller.name}:read`)) throw notToBeSeen()
  const reach = restriction(ctx, teller)
  if (!reach) return sql``
  const { name } = teller
  return sql`and exists (
    select from event_subjects told join ${table(teller)}
      on ${sql.ref(`${name}.workspace_id`)} = told.workspace_id and ${sql.ref(`${name}.id`)} = told.subject_id
    where told.workspace_id = ${ctx.workspaceId} and told.event_id = s.event_id and told.subject_type = ${teller.singular} and ${reach})`
}
function notToBeSeen(): AppError {
  return new AppError("forbidden", { detail: "Your role does not allow to see these records." })
}

function relatedCondition(
  compilation: Compilation,
  entity: EntityDeclaration,
  filter: Extract<Filter, { related: string }>,
  depth: number,
): Sql {
  const { ctx } = compilation
  const relation = relationOf(ctx, entity, filter.related)
  if (!relation)
    throw invalid("filter", "unknown_relation", `names the unknown relation "${filter.related.slice(0, 60)}"`)
  if (!ctx.permissions.has(`${relation.entity.name}:read`)) throw notToBeSeen()
  const related = usableEntity(ctx, relation.entity)
  const some = (part: Filter) => relation.some(ctx, compilePart(compilation, related, part, depth + 1))
  const conditions = [
    ...(filter.some ? [some(filter.some)] : []),
    ...(filter.none ? [not(some(filter.none))] : []),
    ...(filter.every ? [not(some({ not: filter.every }))] : []),
  ]
  return conditions.length === 0 ? some({ all: [] }) : allOf(conditions)
}
