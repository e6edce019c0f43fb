import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { DomainParts, EntityRules, Subject } from "../../kernel/context.ts"
import { emitEvents, type NewEvent } from "../../kernel/events/emit.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { dayIn } from "../../kernel/time.ts"
import { enterStages } from "./deals.queries.ts"
import { prepareDeal, prepared, refusedMove } from "./deals.rules.ts"

export { dealsHandlers } from "./deals.routes.ts"

const deals: EntityRules = {
  prepares: prepared,
  prepare: (values, before, ctx) =>
    prepareDeal(values, before, {
      now: ctx.now().toISOString(),
      today: () => dayIn(ctx.workspaceZone, ctx.now()),
      currency: ctx.currency,
      lists: ctx.registry.choiceLists,
    }),
  checks: [
    {
      fields: ["stage"],
      emptied: ["lostReason"],
      async refused({ registry }, changes, { unguarded }) {
        if (unguarded) return []
        const entity = registry.entity("deals") as EntityDeclaration
        return changes.flatMap((change, index) => {
          const error = refusedMove(change, registry.choiceLists, entity)
          return error ? [{ index, error }] : []
        })
      },
    },
  ],
  subjects: async (_, records) => records.map((record) => concerned(record)),
  newlyLinked: concerned,
  async afterWrite(ctx, { kind, records, before, operationId }) {
    if (kind !== "create" && kind !== "update") return
    const moved = records.filter((after, index) => before[index]?.stage !== after.stage)
    if (moved.length === 0) return
    const isNew = kind === "create"
    enterStages(ctx, moved, isNew)
    emitEvents(
      ctx,
      moved
        .filter(({ status }) => status !== "open")
        .map(
          (deal): NewEvent => ({
            type: `deal.${deal.status}`,
            operationId,
            ...(isNew && { occurredAt: deal.stageSince as string }),
            data: { ids: [deal.id] },
            subjects: [{ type: "deal", id: deal.id }, ...concerned(deal)],
          }),
        ),
    )
  },
}

/** The company and people of a deal; of these fields only, where some are named. */
function concerned(deal: StoredRecord, keys?: readonly string[]): Subject[] {
  const named = (key: string) => !keys || keys.includes(key)
  const people = (deal.people ?? []) as { personId: string }[]
  return [
    ...(named("companyId") && typeof deal.companyId === "string"
      ? [{ type: "company", id: deal.companyId }]
      : []),
    ...(named("people") ? people.map(({ personId }) => ({ type: "person", id: personId })) : []),
  ]
}

export const dealsDomain: DomainParts = {
  rules: { deals },
  events: ["deal.won", "deal.lost"],
}
