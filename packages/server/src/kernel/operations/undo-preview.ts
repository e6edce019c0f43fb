import type { UndoPreview } from "@regulars/contract/domains/general.endpoints.ts"
import type { Context } from "../context.ts"
import { takenIn } from "../own-fields/complete.ts"
import type { StoredRecord } from "../records/columns.ts"
import type { Stayed } from "../records/linking.ts"
import { planEach } from "../records/plan-updates.ts"
import { previewUnmerge } from "../records/unmerge-preview.ts"
import { addLeft, type LeftCount, leftAlone, refusedRecord } from "./left-alone.ts"
import { named } from "./name-stayed.ts"
import { refuseUndo } from "./undo.ts"
import { type ChangesPlan, type Page, planChanges, type ValuePatch, withoutRefused } from "./undo-changes.ts"
import { countCreations, lookAtCreations } from "./undo-creations.ts"
import { untouchedSince } from "./undo-untouched.ts"

/** Records that were changed since, looked at one by one; of more, the first. */
const mostLooked = 10_000
/** Records an operation dealt with that are counted as a whole; of a larger one the first are looked at. */
const mostCounted = 250_000
/** Records named beforehand. */
const mostShown = 20

/**
 * What an undo would take back and what it would keep, looked at as it would be done and without doing it. Throws what
 * `refuseUndo` throws.
 */
export async function previewUndo(ctx: Context, id: string): Promise<UndoPreview> {
  const operation = await refuseUndo(ctx, id)
  const entity = ctx.registry.entity(operation.entity ?? "")
  if (operation.kind === "merge" && entity) {
    const { restored, kept, arrived, names, isWhole } = await previewUnmerge(ctx, entity, id)
    const shown = await named(ctx, kept.slice(0, mostShown))
    return {
      ...{ restored, removed: 0, keptCount: kept.length, isWhole },
      kept: shown.map((one) => ({ ...one, name: names.get(one.id) ?? one.name })),
      ...{ arrivedCount: arrived.length, arrived: await named(ctx, arrived.slice(0, mostShown)) },
    }
  }
  const isCounted = operation.done <= mostCounted
  const untouched = isCounted ? await untouchedSince(ctx, id) : { count: 0, changes: undefined }
  const counts = { restored: untouched.count, removed: 0 }
  const left: LeftCount = { count: 0, first: [] }
  let looked = 0
  let isWhole = false
  const changes: Page = {
    ...{ after: null, isPreview: true },
    ...(untouched.changes && { without: untouched.changes }),
  }
  while (!isWhole && looked < mostLooked) {
    const page = await planChanges(ctx, id, changes)
    for (const plan of page.plans) await foresee(ctx, plan, counts, left)
    looked += page.count
    changes.after = page.after
    isWhole = page.isLast
  }
  const creations = isCounted
    ? await countCreations(ctx, id, mostShown)
    : await lookAtCreations(ctx, id, { mostLooked, mostNamed: mostShown })
  counts.removed += creations.removed
  left.count += creations.keptCount
  left.first.push(...creations.kept)
  return {
    ...{ ...counts, keptCount: left.count, kept: await named(ctx, left.first.slice(0, mostShown)) },
    ...{ isWhole: isWhole && creations.isWhole, arrivedCount: 0, arrived: [] },
  }
}

async function foresee(
  ctx: Context,
  plan: ChangesPlan,
  counts: { restored: number; removed: number },
  left: LeftCount,
): Promise<void> {
  const { entity, records, patches } = plan
  const recordOf = (id: string) => records.get(id) as StoredRecord
  const refused: Stayed[] = []
  const returning = plan.restore.map((id): StoredRecord => ({ ...recordOf(id), deletedAt: null }))
  const stays = new Set<string>()
  for (const { index, error } of await takenIn(ctx, entity, returning, { isPreview: true })) {
    const record = returning[index] as StoredRecord
    stays.add(record.id)
    refused.push(leftAlone(entity, record, ["record"], error.code))
  }
  const look = (some: readonly ValuePatch[]) =>
    planEach(ctx, entity, some, { trustLinks: true, unguarded: true, isPreview: true })
  const first = await look(patches)
  const second = await look(withoutRefused(first.refused))
  for (const { item, error } of [...first.refused, ...second.refused])
    refused.push(refusedRecord(entity, recordOf(item.id), error))
  const changes = [...first.changes, ...second.changes]
  const afters = changes.map(({ after }) => after)
  const keys = changes.map((change) => change.keys)
  const taken = await takenIn(ctx, entity, afters, { keys, isPreview: true })
  for (const { index, error } of taken)
    refused.push(leftAlone(entity, afters[index] as StoredRecord, [error.path], error.code))
  // Of a record with one value that is taken the others are put back all the same.
  const whole = taken.filter(({ index }) => (keys[index]?.length ?? 0) <= 1).map(({ index }) => index)
  counts.restored += returning.length - stays.size + plan.remove.length + afters.length - new Set(whole).size
  addLeft(left, [...plan.kept, ...refused], plan.unseen)
}
