import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { LeftAlone } from "@regulars/contract/kernel/bulk-endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { hiddenKeys } from "../access/usable.ts"
import type { Context } from "../context.ts"
import type { Values } from "../records/columns.ts"
import type { Stayed } from "../records/linking.ts"
import { getRecords, namesOf } from "../records/read.ts"

/** Parts of a result that list records. */
const lists = ["kept", "arrived", "refused"] as const

/**
 * Adds what the records that results list are called now, as far as the caller sees them. Names are not kept with a
 * result: they would outlive whom they belong to.
 */
export async function nameStayed(ctx: Context, operations: readonly Operation[]): Promise<Operation[]> {
  const all = operations.flatMap(({ summary }) => stayedIn(summary))
  const named = await namesFor(ctx, all)
  return operations.map((operation) => ({
    ...operation,
    summary: { ...withLists(operation.summary, named), ...changedFields(ctx, operation) },
  }))
}
/** The same for a list that is answered as it is. */
export async function named(ctx: Context, left: readonly Stayed[]): Promise<LeftAlone[]> {
  return left.map(await namesFor(ctx, left))
}
async function namesFor(ctx: Context, all: readonly Stayed[]): Promise<(one: Stayed) => LeftAlone> {
  const wanted = new Map<string, Set<string>>()
  for (const { entity, id } of all)
    if (ctx.registry.entity(entity)) wanted.set(entity, (wanted.get(entity) ?? new Set()).add(id))
  const names = await namesOf(ctx, wanted)
  const binned = new Map<string, string>()
  for (const [name, ids] of wanted) {
    const entity = ctx.registry.entity(name) as EntityDeclaration
    const missing = [...ids].filter((id) => names[name]?.[id] === undefined)
    const keys = ["id", entity.title]
    for (const record of await getRecords(ctx, entity, missing, { deleted: "only", keys }))
      binned.set(record.id, String(record[entity.title] ?? ""))
  }
  return (one) => ({
    ...one,
    fields: shownFields(ctx, one),
    name: names[one.entity]?.[one.id] ?? binned.get(one.id) ?? "",
  })
}
/** Fields that the operation gave values, without those hidden from the caller. */
function changedFields(ctx: Context, { entity: name, summary: { fields } }: Operation): Values {
  const entity = ctx.registry.entity(name ?? "")
  if (!entity || !Array.isArray(fields)) return {}
  const hidden = hiddenKeys(ctx, entity)
  return { fields: fields.filter((key) => !hidden.includes(key)) }
}
/** Fields that are hidden from the caller are not named: something of the record stays as it is. */
function shownFields(ctx: Context, { entity: name, fields }: Stayed): string[] {
  const entity = ctx.registry.entity(name)
  const hidden = entity ? hiddenKeys(ctx, entity) : []
  if (!fields.some((key) => hidden.includes(key))) return fields
  const shown = fields.filter((key) => !hidden.includes(key))
  return shown.length > 0 ? shown : ["record"]
}
function stayedIn(summary: Values): Stayed[] {
  const own = lists.flatMap((list) => listOf(summary, list) ?? [])
  return isResult(summary.undo) ? [...own, ...stayedIn(summary.undo)] : own
}
function withLists(summary: Values, named: (one: Stayed) => Stayed): Values {
  const own = lists.flatMap((list) => {
    const found = listOf(summary, list)
    return found ? [[list, found.map(named)]] : []
  })
  const undo = isResult(summary.undo) ? { undo: withLists(summary.undo, named) } : {}
  return { ...summary, ...Object.fromEntries(own), ...undo }
}
function listOf(summary: Values, list: string): Stayed[] | undefined {
  return Array.isArray(summary[list]) ? (summary[list] as Stayed[]) : undefined
}
function isResult(value: unknown): value is Values {
  return typeof value === "object" && value !== null
}
