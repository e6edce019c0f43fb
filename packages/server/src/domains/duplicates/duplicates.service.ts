import type { DuplicatePair } from "@regulars/contract/domains/duplicates.endpoints.ts"
import { type MatchedEntity, matchedEntities, type PairState } from "@regulars/contract/domains/duplicates.ts"
import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { isId } from "../../kernel/ids.ts"
import { getOperation } from "../../kernel/operations/operations.ts"
import { requireWithin } from "../../kernel/records/read.ts"
import { certainFrom, certainPairs, setCertainFrom } from "./certain.queries.ts"
import { announcePairs, declarationOf, loadComparables, nameOf, reasonsFor } from "./comparables.ts"
import { countPairs, decidePair, lastScan, listPairs, lockPair, type PairRow } from "./duplicates.queries.ts"
import { readModel } from "./scan.queries.ts"
import { mostCounted } from "./scan.ts"
import { type Comparable, type Subject, subjects } from "./subjects.ts"

/** Whoever may not see records of a kind is told nothing of their pairs either. */
function requireRead(ctx: Context, entity: MatchedEntity, action = "read"): void {
  if (!ctx.permissions.has(`${entity}:${action}`))
    throw new AppError("forbidden", { detail: "Your role does not allow this." })
}
type Loaded = Comparable & { id: string }

/** A page of pairs, the surest first, with both records as far as the caller may see them. */
export async function pairsPage(
  ctx: Context,
  query: { entity: MatchedEntity; state: PairState; limit: number; cursor?: string | undefined },
): Promise<{ data: DuplicatePair[]; page: { next: string | null } }> {
  requireRead(ctx, query.entity)
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const rows = await listPairs(ctx, { ...query, limit: query.limit + 1, after })
  const shown = rows.slice(0, query.limit)
  const ids = [...new Set(shown.flatMap(({ oneId, otherId }) => [oneId, otherId]))]
  const subject = subjects[query.entity]
  const records = new Map((await loadComparables(ctx, subject, ids)).map((record) => [record.id, record]))
  const last = shown.at(-1)
  return {
    data: shown.flatMap((row) => {
      const both = [records.get(row.oneId), records.get(row.otherId)].filter((record) => record !== undefined)
      return both.length === 2 ? shownPair(ctx, subject, row, both) : []
    }),
    page: { next: rows.length > query.limit && last ? writeCursor(last) : null },
  }
}
function shownPair(ctx: Context, subject: Subject, row: PairRow, both: readonly Loaded[]): DuplicatePair {
  const { oneId: _, otherId: __, ...pair } = row
  const { fields } = usableEntity(ctx, declarationOf(ctx, subject))
  const records = both
    .toSorted((one, other) => String(one.values.createdAt).localeCompare(String(other.values.createdAt)))
    .map((record) => ({
      id: record.id,
      name: nameOf(ctx, subject, record),
      values: Object.fromEntries(
        subject.fields
          .filter((field) => field in fields)
          .map((field) => [field, record.values[field] ?? null]),
      ),
    }))
  return { ...pair, reasons: reasonsFor(ctx, subject, pair.reasons), records }
}
function writeCursor({ probability, id }: PairRow): string {
  return Buffer.from(`${probability} ${id}`).toString("base64url")
}
function readCursor(text: string): { probability: number; id: string } {
  const [number = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ")
  const probability = Number(number)
  if (number === "" || !Number.isFinite(probability) || !isId(id))
    throw invalid("cursor", "invalid_cursor", "is not a cursor of this list")
  return { probability, id }
}

/**
 * Says what becomes of a pair; by which others were decided before is forgotten. Throws `not_found` when it is gone or
 * one of its records is not the caller's to see, `forbidden` when they may not change such records.
 */
export async function decide(
  ctx: Context,
  id: string,
  decision: PairState,
): Promise<{ id: string; state: PairState }> {
  const pair = await lockPair(ctx, id)
  if (!pair) throw notFound()
  requireRead(ctx, pair.entity, "update")
  if ((await loadComparables(ctx, subjects[pair.entity], [pair.oneId, pair.otherId])).length < 2)
    throw notFound()
  await requireWithin(ctx, declarationOf(ctx, subjects[pair.entity]), [pair.oneId, pair.otherId], "edit")
  decidePair(ctx, id, decision)
  announcePairs(ctx)
  return { id, state: decision }
}

/** What waits in the queue, and the scan under way or last done. */
export async function overview(ctx: Context): Promise<{
  open: Record<string, number>
  later: Record<string, number>
  certain: Record<string, number>
  certainFrom: number
  scan: Operation | null
  scannedAt: string | null
}> {
  const open: Record<string, number> = {}
  const later: Record<string, number> = {}
  const certain: Record<string, number> = {}
  const from = await certainFrom(ctx)
  for (const entity of matchedEntities) {
    if (!ctx.permissions.has(`${entity}:read`)) continue
    for (const { state, count } of await countPairs(ctx, entity, ["open", "later"], mostCounted))
      (state === "open" ? open : later)[entity] = count
    certain[entity] = (await certainPairs(ctx, entity, from, { limit: mostCounted })).length
  }
  const scanId = await lastScan(ctx)
  return {
    open,
    later,
    certain,
    certainFrom: from,
    scan: scanId ? await getOperation(ctx, scanId) : null,
    scannedAt: (await readModel(ctx, "people"))?.scannedAt ?? null,
  }
}

/** From which probability on pairs count as certain. */
export function changeSettings(ctx: Context, settings: { certainFrom: number }): { certainFrom: number } {
  setCertainFrom(ctx, settings.certainFrom)
  announcePairs(ctx)
  return settings
}
