import { matchedEntities } from "@regulars/contract/domains/duplicates.ts"
import type { Context, JobHandler, Schedule } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { operationsOf, startOperation } from "../../kernel/operations/operations.ts"
import { apart } from "./apart.ts"
import { announcePairs, declarationOf } from "./comparables.ts"
import { compareSlice, refreshKeys } from "./compare.ts"
import { dropUnseenPairs, isMuchWritten, lockScans, openScan } from "./duplicates.queries.ts"
import { scorerOf } from "./learn.ts"
import { mergeCertainJob } from "./merge-certain.ts"
import { livingIds, readModel, wasWritten, writtenIds } from "./scan.queries.ts"
import { beginning, scan } from "./scan.ts"
import { type Subject, subjects } from "./subjects.ts"

/** Changed records compared soon after; more at once are left to a scan. */
const mostFollowed = 500
const followMinutes = 5
/** Written before the last turn and committed after it. */
const overlapMinutes = 3

/** Starts comparing everything; returns the scan under way where there is one. */
export async function startScan(ctx: Context): Promise<string> {
  await lockScans(ctx)
  const running = await openScan(ctx)
  if (running) return running
  const id = await startOperation(ctx, { kind: "scan", input: { ...beginning(ctx.now().toISOString()) } })
  await orderStep(ctx, scanJob.name, id)
  return id
}
const scanJob: JobHandler = {
  name: "duplicates.scan",
  opensOwn: true,
  undertaking: operationsOf("scan"),
  handle: (ctx, { id }) => scan(ctx, String(id)),
}

/** While much is written the night's comparison waits so long, and so often: four hours. */
const laterMinutes = 20
const mostLater = 12

/**
 * Each night everything is compared anew, with what agreement is worth by then; not where nothing has changed, and
 * later in the night where much is being written.
 */
const nightlyJob: JobHandler = {
  name: "duplicates.nightly",
  opensOwn: true,
  async handle(ctx, { waited = 0 }) {
    if (await isMuchWritten(ctx)) {
      if (Number(waited) < mostLater) await tryLater(ctx, Number(waited) + 1)
      return
    }
    for (const entity of matchedEntities)
      if (await needsScan(ctx, subjects[entity])) {
        await startScan(ctx)
        return
      }
  },
}
function tryLater(ctx: Context, waited: number): Promise<void> {
  const runAt = new Date(ctx.now().getTime() + laterMinutes * 60_000)
  return enqueue(ctx, nightlyJob.name, { waited }, { key: `${nightlyJob.name}:${ctx.workspaceId}`, runAt })
}
async function needsScan(ctx: Context, subject: Subject): Promise<boolean> {
  const scannedAt = (await readModel(ctx, subject.entity))?.scannedAt
  if (!scannedAt) return (await livingIds(ctx, subject.entity, null, 1)).length > 0
  return wasWritten(ctx, declarationOf(ctx, subject).singular, new Date(scannedAt))
}

/** Compares what was changed in the last minutes with everything; the writes themselves cost nothing more for it. */
const followJob: JobHandler = {
  name: "duplicates.follow",
  opensOwn: true,
  async handle(ctx) {
    if ((await isMuchWritten(ctx)) || (await openScan(ctx))) return
    for (const entity of matchedEntities)
      if (await apart(ctx, (own) => follow(own, subjects[entity]))) {
        await startScan(ctx)
        return
      }
  },
}
/** @returns whether a scan has to compare it: the first of all, or so much was changed */
async function follow(ctx: Context, subject: Subject): Promise<boolean> {
  const { entity } = subject
  const now = ctx.now()
  const since = new Date(now.getTime() - (followMinutes + overlapMinutes) * 60_000)
  const written = await writtenIds(ctx, declarationOf(ctx, subject).singular, since, mostFollowed + 1)
  if (written.length === 0) return false
  if (written.length > mostFollowed || !(await readModel(ctx, entity))?.scannedAt) return true
  const ids = await refreshKeys(ctx, subject, written)
  if (ids.length === 0) return false
  await compareSlice(ctx, subject, ids, { scorer: await scorerOf(ctx, subject), others: "any" })
  dropUnseenPairs(ctx, entity, now.toISOString(), ids)
  announcePairs(ctx)
  return false
}

export const jobs: readonly JobHandler[] = [scanJob, nightlyJob, followJob, mergeCertainJob]
export const schedules: readonly Schedule[] = [
  { job: nightlyJob.name, everyMinutes: 24 * 60 },
  { job: followJob.name, everyMinutes: followMinutes },
]
