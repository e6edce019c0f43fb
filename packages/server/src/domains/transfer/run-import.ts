import { notes } from "@regulars/contract/domains/activities.ts"
import type { ImportCounts } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { actingFor } from "../../kernel/access/standing.ts"
import type { Context, Services } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { lockOperation, reportProgress } from "../../kernel/operations/operations.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { insertRecords, type NewRecord } from "../../kernel/records/insert.ts"
import { updateRecords } from "../../kernel/records/update.ts"
import { claimImport, telling } from "./claim-import.ts"
import { countPlan, noCounts } from "./counting.ts"
import { columnFinder, type DraftStream, mergeRulesOf, openDrafts, sourceOf } from "./draft-stream.ts"
import { deciderOf } from "./import-view.ts"
import { importableEntity } from "./importable.ts"
import { findImport, type ImportRow, insertRejects, updateImport, waitForTurn } from "./imports.queries.ts"
import { uploadHash } from "./imports.service.ts"
import { noteTexts, saveExternalIds } from "./link.queries.ts"
import { type ChunkPlan, type PlannedRow, planChunk } from "./plan-chunk.ts"
import type { PendingRecord } from "./resolve-links.ts"
import type { Draft } from "./rows/draft.ts"

/** A job works so long before it queues itself again: others get their turn, and a shutdown need not wait long. */
const turnMilliseconds = 10_000
/** Files that are open between two turns of the same process; reading from the start again would cost each time. */
const parked = new Map<string, { stream: DraftStream; position: number; timer: NodeJS.Timeout }>()
const parkedMilliseconds = 60_000

export interface RunOptions {
  /** How long this turn may take; tests make it short. */
  milliseconds?: number
}
/**
 * Imports chunk after chunk, each in one transaction with its position: after a crash the next turn goes on where
 * the last commit stands. Returns whether another turn is needed. Throws what may pass (the database is away);
 * FormatError when the file can't be read on.
 */
export async function runImport(
  services: Services,
  workspaceId: string,
  importId: string,
  options: RunOptions = {},
): Promise<boolean> {
  const claimed = await claimImport(services, workspaceId, importId, "running")
  if (!claimed) return false
  const { row, token } = claimed
  let stream = await takeStream(services, workspaceId, row)
  const run: Run = { services, workspaceId, row, token }
  const end = performance.now() + (options.milliseconds ?? turnMilliseconds)
  let position = row.position
  let isParked = false
  try {
    for (let drafts = await stream.next(); drafts; drafts = await stream.next()) {
      const written = await writeChunk(run, { position, drafts, stream })
      if (written === "ended") return false
      if (written === "fields changed") {
        await stream.close()
        stream = await openStream(services, workspaceId, { ...row, position })
        continue
      }
      position += drafts.length
      if (performance.now() < end) continue
      isParked = true
      park(importId, stream, position)
      return true
    }
    await finish(run)
    return false
  } finally {
    if (!isParked) await stream.close()
  }
}

async function takeStream(services: Services, workspaceId: string, row: ImportRow): Promise<DraftStream> {
  const kept = parked.get(row.id)
  if (kept) {
    parked.delete(row.id)
    clearTimeout(kept.timer)
    if (kept.position === row.position) return kept.stream
    await kept.stream.close()
  }
  return openStream(services, workspaceId, row)
}
async function openStream(services: Services, workspaceId: string, row: ImportRow): Promise<DraftStream> {
  const hash = await asSystem(services, workspaceId, 0, (ctx) => uploadHash(ctx, row))
  const path = await services.contents.pathOf(hash)
  return asSystem(services, workspaceId, 0, (ctx) => openDrafts(ctx, row, path))
}
function park(importId: string, stream: DraftStream, position: number): void {
  const timer = setTimeout(() => {
    parked.delete(importId)
    void stream.close()
  }, parkedMilliseconds)
  timer.unref()
  parked.set(importId, { stream, position, timer })
}

interface Run {
  services: Services
  workspaceId: string
  row: ImportRow
  token: string
}
interface Chunk {
  position: number
  drafts: readonly Draft[]
  stream: DraftStream
}
/** What became of a chunk. Where the own fields have changed since it was read, it is to be read again. */
type Written = "written" | "ended" | "fields changed"
async function writeChunk(run: Run, chunk: Chunk): Promise<Written> {
  const attempt = (withParents: boolean) =>
    asSystem(run.services, run.workspaceId, 0, async (ctx) =>
      chunkStep(await actingFor(ctx, run.row.createdBy, "imports:create"), run, { ...chunk, withParents }),
    )
  try {
    return await attempt(true)
  } catch (error) {
    // Companies that are each other's parents: their names are kept as text instead.
    if (error instanceof AppError && error.info.errors?.[0]?.code === "cycle") return attempt(false)
    throw error
  }
}

async function chunkStep(
  ctx: Context,
  run: Run,
  { position, drafts, stream, withParents }: Chunk & { withParents: boolean },
): Promise<Written> {
  const row = await findImport(ctx, run.row.id, { lock: true })
  if (row?.jobToken !== run.token || row.position !== position || !row.operationId) return "ended"
  const operation = await lockOperation(ctx, row.operationId)
  telling(ctx, row.id)
  if (operation.cancelRequested) {
    await reportProgress(ctx, row.operationId, { status: "cancelled" })
    await updateImport(ctx, row.id, { status: "cancelled", jobToken: null })
    return "ended"
  }
  if (stream.fieldsVersion !== ctx.registry.fieldsVersion) return "fields changed"
  await waitForTurn(ctx)
  const entity = importableEntity(ctx, row.entity)
  const plan = await planChunk(ctx, drafts, {
    entity,
    source: sourceOf(row),
    rules: mergeRulesOf(entity, row),
    columnOf: columnFinder(entity, row),
    decide: deciderOf(row),
    operationId: row.operationId,
    withParents,
  })
  await writePlan(ctx, row, plan, stream.readAhead)
  const counts = countPlan(row.counts ?? noCounts, plan)
  const done = position + drafts.length
  await updateImport(ctx, row.id, { position: done, counts })
  await reportProgress(ctx, row.operationId, {
    status: "running",
    done,
    summary: summaryOf(counts, operation.summary, plan),
  })
  return "written"
}
function summaryOf(counts: ImportCounts, before: Values, plan: ChunkPlan): Values {
  const made = plan.linked.filter(({ target }) => target === "companies").length
  return { ...counts, companies: Number(before.companies ?? 0) + made }
}

async function writePlan(
  ctx: Context,
  row: ImportRow,
  plan: ChunkPlan,
  readAhead: () => void,
): Promise<void> {
  const entity = importableEntity(ctx, row.entity)
  const write = { operationId: row.operationId, trustLinks: true, unguarded: true }
  const creations = plan.creations.map(({ id, values, draft: { createdAt } }) => ({
    id,
    values,
    ...(createdAt && { createdAt }),
  }))
  // Sent one behind the other without waiting: the database takes them in this order on one connection.
  const written = [
    ...[...Map.groupBy(plan.linked, ({ target }) => target)].map(([target, records]) =>
      insertRecords(ctx, ...linkedRecords(ctx, target, records), write),
    ),
    insertRecords(ctx, entity, creations, { ...write, normalised: true }),
  ]
  readAhead()
  await Promise.all(written)
  await updateRecords(
    ctx,
    entity,
    plan.changes
      .filter(({ patch }) => Object.keys(patch).length > 0)
      .map(({ id, patch }) => ({ id, values: patch })),
    write,
  )
  await writeNotes(ctx, entity, plan, row.operationId)
  await saveExternalIds(ctx, entity.name, sourceOf(row), externalIds(plan.rows))
  await insertRejects(
    ctx,
    row.id,
    plan.rows.flatMap(({ draft, outcome }) => (outcome === "refused" ? [draft] : [])),
  )
}
function linkedRecords(
  ctx: Context,
  target: string,
  linked: readonly PendingRecord[],
): [EntityDeclaration, NewRecord[]] {
  const entity = ctx.registry.entity(target) as EntityDeclaration
  return [entity, linked.map(({ id, name }) => ({ id, values: { [entity.title]: name } }))]
}
function externalIds(rows: readonly PlannedRow[]): { externalId: string; recordId: string }[] {
  return rows.flatMap(({ draft: { externalId }, entry }) =>
    externalId && entry ? [{ externalId, recordId: entry.id }] : [],
  )
}
/** Notes become notes about the record, once each, however often the file is imported. */
async function writeNotes(
  ctx: Context,
  entity: EntityDeclaration,
  { creations, changes }: ChunkPlan,
  operationId: string | null,
): Promise<void> {
  const noted = [...creations, ...changes].filter((entry) => entry.notes.length > 0)
  if (noted.length === 0) return
  const known = await noteTexts(
    ctx,
    entity.singular,
    noted.map(({ id }) => id),
  )
  const values = noted.flatMap(({ id, notes: texts }) => {
    const written = known.get(id)
    const fresh = new Set(
      texts.map((text) => text.replace(/\r\n?/g, "\n").trim()).filter((text) => !written?.has(text)),
    )
    return [...fresh].map((text) => ({ text, about: [{ type: entity.singular, id }] }))
  })
  await insertRecords(
    ctx,
    notes,
    values.map((note) => ({ values: note })),
    { operationId, trustLinks: true },
  )
}

async function finish({ services, workspaceId, row, token }: Run): Promise<void> {
  await asSystem(services, workspaceId, 0, async (ctx) => {
    const now = await findImport(ctx, row.id, { lock: true })
    if (now?.jobToken !== token || !now.operationId) return
    telling(ctx, row.id)
    await updateImport(ctx, row.id, { status: "done", total: now.position, jobToken: null })
    await reportProgress(ctx, now.operationId, {
      status: "done",
      done: now.position,
      total: now.position,
      summary: { ...(now.counts ?? noCounts) },
    })
  })
}
