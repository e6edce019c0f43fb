import type { SampleRemoval } from "@regulars/contract/domains/sample.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { notFound } from "../../kernel/errors.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { eraseRecords } from "../../kernel/records/erase.ts"
import { referencesIn } from "../../kernel/records/links.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { type SampleEntity, sampleEntities } from "./coffee/shop.ts"
import {
  deleteOperation,
  editedAmong,
  findSample,
  linkedFrom,
  lockSample,
  recordsMadeBy,
  refreshLastContact,
} from "./sample.queries.ts"

type Reason = "changed" | "linked"
/** Ids of sample records, by entity name. */
type Ids = Map<string, string[]>
/** Kept records named in the answer; the count is complete. */
const listed = 200

/**
 * Removes the sample for good: records, events, history, index entries, all at once. Three kinds of sample
 * records stay: what a member edited (unless `changed`), what a record of somebody's own links to, and what
 * these need, such as the company of a kept person. So nobody loses what they entered and no link breaks. A
 * sample of which something stayed is still there, and can be removed again.
 * Throws `not_found` when there is no sample.
 */
export async function removeSample(
  ctx: Context,
  options: { changed?: boolean } = {},
): Promise<SampleRemoval> {
  await lockSample(ctx)
  const sample = await findSample(ctx)
  if (!sample) throw notFound()
  const ids: Ids = new Map(
    [...Map.groupBy(await recordsMadeBy(ctx, sample.id), ({ type }) => type)].map(([type, own]) => [
      ctx.registry.entityOfSubject(type)?.name ?? type,
      own.map(({ id }) => id),
    ]),
  )
  const kept = await whatStays(ctx, ids, sample.createdAt, options.changed ?? false)
  const removed: Record<string, number> = {}
  // What points comes before what it points to.
  for (const name of [...sampleEntities].reverse()) {
    const gone = (ids.get(name) ?? []).filter((id) => !kept.reasons.has(id))
    if (gone.length === 0) continue
    await eraseRecords(ctx, entityOf(ctx, name), gone)
    removed[name] = gone.length
  }
  for (const { entity, records } of kept.records)
    if ("lastActivityAt" in entity.fields) await refreshLastContact(ctx, entity, idsOf(records))
  if (kept.reasons.size === 0) await deleteOperation(ctx, sample.id)
  ctx.tx.afterCommit(() => {
    for (const entity of Object.keys(removed))
      ctx.services.live.publish(ctx.workspaceId, { type: "changed", entity, id: null, version: null })
  })
  return { removed, kept: namesOfKept(kept), keptCount: kept.reasons.size }
}

interface Kept {
  reasons: Map<string, Reason>
  records: { entity: EntityDeclaration; records: StoredRecord[] }[]
}
async function whatStays(ctx: Context, ids: Ids, since: string, changedToo: boolean): Promise<Kept> {
  const all = [...ids.values()].flat()
  const reasons = new Map<string, Reason>()
  if (!changedToo) for (const id of await editedAmong(ctx, all)) reasons.set(id, "changed")
  for (const entity of ctx.registry.entities)
    for (const id of await linkedFrom(ctx, entity, all, since))
      if (!reasons.has(id)) reasons.set(id, "linked")
  const known = new Set(all)
  const records: Kept["records"] = []
  let fresh = new Set(reasons.keys())
  // What a kept record links to has to stay, too, and so on.
  while (fresh.size > 0) {
    const found = await readSample(ctx, ids, fresh)
    records.push(...found)
    const needed = found
      .flatMap(({ entity, records }) => records.flatMap((record) => referencesIn(ctx, entity, record)))
      .map(({ id }) => id)
      .filter((id) => known.has(id) && !reasons.has(id))
    for (const id of needed) reasons.set(id, "linked")
    fresh = new Set(needed)
  }
  return { reasons, records }
}
async function readSample(ctx: Context, ids: Ids, wanted: ReadonlySet<string>): Promise<Kept["records"]> {
  return Promise.all(
    sampleEntities.map(async (name) => {
      const own = (ids.get(name) ?? []).filter((id) => wanted.has(id))
      const entity = entityOf(ctx, name)
      return { entity, records: await getRecords(ctx, entity, own, { deleted: "too" }) }
    }),
  )
}
function namesOfKept({ reasons, records }: Kept): SampleRemoval["kept"] {
  return records
    .flatMap(({ entity, records }) =>
      records.map((record) => ({
        entity: entity.name,
        id: record.id,
        name: String(record[entity.title] ?? ""),
        reason: reasons.get(record.id) ?? "linked",
      })),
    )
    .slice(0, listed)
}
/** With the workspace's own fields. */
function entityOf({ registry }: Context, name: SampleEntity): EntityDeclaration {
  return registry.entity(name) as EntityDeclaration
}
function idsOf(records: readonly StoredRecord[]): string[] {
  return records.map(({ id }) => id)
}
