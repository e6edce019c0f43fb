import type { Context, Subject } from "../../kernel/context.ts"
import { emitEvents, type NewEvent } from "../../kernel/events/emit.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { eventsOf, replaceSubjects, subjectRow } from "../people/index.ts"

interface Write {
  records: readonly StoredRecord[]
  before: readonly StoredRecord[]
  operationId: string | null
}
const statuses = ["paid", "fulfilled", "cancelled"]
/** What is told of orders beside their creation. */
export const storyEvents = [...statuses, "returned"].map((fact) => `order.${fact}`)

/** Whose timelines an order stands on. */
export function boughtBy({ personId, companyId }: StoredRecord): Subject[] {
  return [
    ...(typeof personId === "string" ? [{ type: "person", id: personId }] : []),
    ...(typeof companyId === "string" ? [{ type: "company", id: companyId }] : []),
  ]
}

/** Tells that orders were paid, fulfilled, cancelled, or that something of them came back. */
export function tellFacts(ctx: Context, { records, before, operationId }: Write): void {
  const events = records.flatMap((order, index): NewEvent[] => {
    const earlier = before[index]
    const status = String(order.status)
    const isFact = status !== earlier?.status && statuses.includes(status)
    const cameBack = returnedOf(order) > returnedOf(earlier)
    return [...(isFact ? [status] : []), ...(cameBack ? ["returned"] : [])].map((fact) => ({
      type: `order.${fact}`,
      operationId,
      data: { ids: [order.id] },
      subjects: [{ type: "order", id: order.id }, ...boughtBy(order)],
    }))
  })
  emitEvents(ctx, events)
}
function returnedOf(order: StoredRecord | undefined): number {
  return (order?.returnedAmount as { amount: number } | null | undefined)?.amount ?? 0
}

/** What happened with orders stands where it belongs: with those who are said to have ordered now, at the time that is said. */
export async function moveStories(ctx: Context, { records, before }: Write): Promise<void> {
  const moved = records.flatMap((after, index) => {
    const earlier = before[index]
    if (!earlier) return []
    const stays = (["personId", "companyId", "orderedAt"] as const).every(
      (key) => earlier[key] === after[key],
    )
    return stays ? [] : [{ before: earlier, after }]
  })
  if (moved.length === 0) return
  const ids = moved.map(({ after }) => after.id)
  const events = Map.groupBy(
    await eventsOf(ctx, "order", ids, ["order.created", ...storyEvents]),
    ({ recordId }) => recordId,
  )
  const changes = moved.flatMap(({ before: earlier, after }) =>
    (events.get(after.id) ?? []).map((event) => ({ earlier, after, event })),
  )
  const isFirst = (type: string) => type === "order.created"
  await replaceSubjects(
    ctx,
    changes.flatMap(({ earlier, event }) =>
      boughtBy(earlier).map((subject) =>
        subjectRow(event, subject, isFirst(event.type) ? String(earlier.orderedAt) : event.occurredAt),
      ),
    ),
    changes.flatMap(({ after, event }) =>
      boughtBy(after).map((subject) =>
        subjectRow(event, subject, isFirst(event.type) ? String(after.orderedAt) : event.occurredAt),
      ),
    ),
    [],
  )
}
