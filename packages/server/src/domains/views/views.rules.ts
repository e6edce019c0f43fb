import type { View } from "@regulars/contract/domains/views.endpoints.ts"
import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import {
  type GroupPeriod,
  groupingOf,
  groupPeriods,
  isGroupable,
} from "@regulars/contract/kernel/grouping.ts"
import { layoutOf } from "@regulars/contract/kernel/layout.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { compileFilter } from "../../kernel/filters/compile.ts"
import { sortKeys } from "../../kernel/records/sort.ts"
import type { ViewRow } from "./views.queries.ts"

/** What a list shows, as far as a caller gives it. */
export type ViewState = Partial<Pick<View, "filter" | "sort" | "columns" | "widths" | "grouping" | "layout">>

/** Throws `validation_failed` when a condition, an order or a column would not work for the caller now. */
export function checkState(ctx: Context, entity: EntityDeclaration, state: ViewState): void {
  if (state.filter) compileFilter(ctx, entity, state.filter)
  if (state.sort) sortKeys(ctx, entity, state.sort)
  if (state.grouping) checkGrouping(entity, state.grouping)
  if (state.layout && !layoutOf(entity, state.layout))
    throw invalid("layout", "unknown_layout", `can't be laid out as "${state.layout.slice(0, 60)}"`)
  for (const [path, names] of Object.entries({
    columns: state.columns ?? [],
    widths: Object.keys(state.widths ?? {}),
  }))
    for (const key of names)
      if (!fieldOf(entity, key))
        throw invalid(path, "unknown_field", `names the unknown field "${key.slice(0, 60)}"`)
}

function checkGrouping(entity: EntityDeclaration, grouping: string): void {
  const { by, period } = groupingOf(grouping)
  const field = fieldOf(entity, by)
  if (!field || !isGroupable(field))
    throw invalid("grouping", "unknown_field", `can't group by "${by.slice(0, 60)}"`)
  if (period !== undefined && !groupPeriods.includes(period as GroupPeriod))
    throw invalid("grouping", "invalid_value", "names an unknown period")
}

type Problem = View["problems"][number]
/** What of a stored view no longer works, each with the place where it stands; the view opens without it. */
export function problemsOf(ctx: Context, view: ViewRow): Problem[] {
  const declared = ctx.registry.entity(view.entity)
  const entity = declared && usableEntity(ctx, declared)
  if (!entity) return [{ path: "entity", code: "unknown_entity", message: `names "${view.entity}"` }]
  return [
    ...(view.filter ? brokenConditions(ctx, entity, view.filter, "filter") : []),
    ...(view.sort ?? []).flatMap((key, index) =>
      problemIn(`sort.${index}`, () => void sortKeys(ctx, entity, [key])),
    ),
    ...(view.grouping
      ? problemIn("grouping", () => checkState(ctx, entity, { grouping: view.grouping }))
      : []),
    ...(view.layout ? problemIn("layout", () => checkState(ctx, entity, { layout: view.layout })) : []),
    ...(view.columns ?? []).flatMap((key, index) =>
      problemIn(`columns.${index}`, () => checkState(ctx, entity, { columns: [key] })),
    ),
  ]
}
function brokenConditions(ctx: Context, entity: EntityDeclaration, filter: Filter, path: string): Problem[] {
  for (const join of ["all", "any"] as const) {
    const parts = (filter as Partial<Record<typeof join, Filter[]>>)[join]
    if (parts)
      return parts.flatMap((part, index) => brokenConditions(ctx, entity, part, `${path}.${join}.${index}`))
  }
  if ("not" in filter) return brokenConditions(ctx, entity, filter.not, `${path}.not`)
  return problemIn(path, () => void compileFilter(ctx, entity, filter))
}
function problemIn(path: string, attempt: () => void): Problem[] {
  try {
    attempt()
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const [first] = error.info.errors ?? []
    return [{ path, code: first?.code ?? error.code, message: first?.message ?? error.message }]
  }
}

/** A view is changed by its owner, a shared one also by administrators; sharing is for members and above. */
export function mayChange(ctx: Context, view: Pick<ViewRow, "ownerId" | "shared">): boolean {
  if (!ctx.permissions.has("views:update")) return false
  if (view.shared && !ctx.permissions.has("views:share")) return false
  return view.ownerId === ctx.actor.memberId || (view.shared && ctx.permissions.has("views:manage"))
}
