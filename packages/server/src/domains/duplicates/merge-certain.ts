import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import { actingFor } from "../../kernel/access/standing.ts"
import type { Context, JobHandler } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { addLeft, type LeftCount, refusedRecord } from "../../kernel/operations/left-alone.ts"
import {
  isOpen,
  lockOperation,
  operationsOf,
  reportProgress,
  startOperation,
} from "../../kernel/operations/operations.ts"
import { refusalOf, takeBackRefused } from "../../kernel/records/apart.ts"
import { mergeRecords } from "../../kernel/records/merge.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { type CertainPair, certainFrom, certainPairs, passOnDecisions } from "./certain.queries.ts"
import { announcePairs, declarationOf } from "./comparables.ts"
import { mostCounted } from "./scan.ts"
import { subjects } from "./subjects.ts"

/** Merges in one transaction: everybody who writes waits for them. */
const together = 5

/**
 * Starts merging the pairs that are certain, up to a thousand of them; the older record of each stays. One operation,
 * to be taken back as one. Throws `forbidden` for who may not merge such records, `conflict` when nothing is certain.
 */
export async function startMergingCertain(ctx: Context, entity: MatchedEntity): Promise<string> {
  if (!ctx.permissions.has(`${entity}:merge`))
    throw new AppError("forbidden", { detail: "Your role does not allow this." })
  const from = await certainFrom(ctx)
  const total = (await certainPairs(ctx, entity, from, { limit: mostCounted })).length
  if (total === 0) throw new AppError("conflict", { detail: "No pair is certain enough." })
  const id = await startOperation(ctx, { kind: "merge", entity, input: { from }, total })
  await orderStep(ctx, mergeCertainJob.name, id)
  return id
}

export const mergeCertainJob: JobHandler = {
  name: "duplicates.mergeCertain",
  alone: true,
  undertaking: operationsOf("merge"),
  async handle(ctx, payload) {
    const id = String(payload.id)
    const state = await lockOperation(ctx, id)
    if (!isOpen(state)) return
    if (state.cancelRequested) return reportProgress(ctx, id, { status: "cancelled" })
    const entity = state.entity as MatchedEntity
    const total = state.total ?? 0
    const own = await actingFor(ctx, state.createdBy, `${entity}:merge`)
    const refused = (state.input.refused ?? { pairs: [], left: { count: 0, first: [] } }) as Refused
    const pairs = await certainPairs(own, entity, Number(state.input.from), {
      limit: Math.min(together, total - state.done),
      without: refused.pairs,
    })
    // What became one with another record in this very step is no pair any more.
    const met = new Set<string>()
    let dealtWith = 0
    for (const pair of pairs) {
      if (met.has(pair.oneId) || met.has(pair.otherId)) continue
      await mergeOrKeep(own, entity, { pair, operationId: id, refused })
      met.add(pair.oneId).add(pair.otherId)
      dealtWith++
    }
    const done = state.done + dealtWith
    const isLast = pairs.length === 0 || done >= total
    await reportProgress(ctx, id, {
      status: isLast ? "done" : "running",
      done: isLast ? total : done,
      input: { ...state.input, refused },
      summary: {
        pairs: done - refused.pairs.length,
        keptCount: refused.left.count,
        kept: refused.left.first,
      },
    })
    announcePairs(ctx)
    if (!isLast) await orderStep(ctx, mergeCertainJob.name, id)
  },
}

/** Pairs that may not be merged: their ids, and one record of each with what speaks against it. */
interface Refused {
  pairs: string[]
  left: LeftCount
}
async function mergeOrKeep(
  ctx: Context,
  entity: MatchedEntity,
  { pair, operationId, refused }: { pair: CertainPair; operationId: string; refused: Refused },
): Promise<void> {
  const merge = () => mergePair(ctx, entity, [pair.oneId, pair.otherId], operationId)
  const refusal = await refusalOf(() => takeBackRefused(ctx, merge))
  if (!refusal) return
  refused.pairs.push(pair.id)
  const declaration = declarationOf(ctx, subjects[entity])
  addLeft(refused.left, [refusedRecord(declaration, { id: pair.otherId }, refusal)])
}
async function mergePair(
  ctx: Context,
  entity: MatchedEntity,
  ids: readonly string[],
  operationId: string,
): Promise<void> {
  const declaration = declarationOf(ctx, subjects[entity])
  const records = await getRecords(ctx, declaration, ids, { keys: ["id", "version", "createdAt"] })
  const [older, younger] = records.toSorted((one, other) =>
    `${one.createdAt} ${one.id}`.localeCompare(`${other.createdAt} ${other.id}`),
  )
  if (older && younger) {
    await mergeRecords(ctx, declaration, { keep: older.id, merge: [younger.id] }, { operationId })
    // At once: the next step must know whom somebody told apart from the one that is gone.
    passOnDecisions(ctx, older.id, [younger.id])
  }
}
