import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { Context } from "../context.ts"
import type { Values } from "../records/columns.ts"
import type { Stayed } from "../records/linking.ts"
import { namesOf } from "../records/read.ts"

/** Parts of a result that list records. */
const lists = ["kept", "arrived"] as const

/**
 * Adds what the records that results list are called now, as far as the caller sees them. Names are not kept with a
 * result: they would outlive whom they belong to.
 */
export async function nameStayed(ctx: Context, operations: readonly Operation[]): Promise<Operation[]> {
  const wanted = new Map<string, Set<string>>()
  for (const { summary } of operations)
    for (const { entity, id } of stayedIn(summary))
      if (ctx.registry.entity(entity)) wanted.set(entity, (wanted.get(entity) ?? new Set()).add(id))
  if (wanted.size === 0) return [...operations]
  const names = await namesOf(ctx, wanted)
  const named = (one: Stayed) => ({ ...one, name: names[one.entity]?.[one.id] ?? "" })
  return operations.map((operation) => ({ ...operation, summary: withLists(operation.summary, named) }))
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
