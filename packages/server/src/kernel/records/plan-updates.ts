import { isDeepStrictEqual } from "node:util"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { beyondReach } from "../access/policy.ts"
import { usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError, notFound } from "../errors.ts"
import { completeOwn } from "../own-fields/complete.ts"
import { type Refusal, refusalOf } from "./apart.ts"
import { refusedByChecks } from "./checks.ts"
import type { StoredRecord, Values } from "./columns.ts"
import type { WriteOptions } from "./insert.ts"
import { linksMissing, type Reference, referencesIn, turnMerged, unknownReferences } from "./links.ts"
import { normaliseValues } from "./normalise.ts"
import { getRecords, idsWithin } from "./read.ts"

export interface Patch {
  id: string
  /** Fields to change, or how to change them given what stands there now, under lock. */
  values: Values | ((current: StoredRecord) => Values)
  /** Version the patch was made from; conflicts are found by field. */
  baseVersion?: number
}
export interface RecordChange {
  before: StoredRecord
  after: StoredRecord
  /** Keys that differ. */
  keys: string[]
}
export interface Planned<P extends Patch> {
  /** What those that can be come to, in their order. */
  changes: RecordChange[]
  /** The others, in their order. */
  refused: Refusal<P>[]
}
type PlanOptions = Pick<WriteOptions, "trustLinks" | "unguarded"> & {
  /** Nothing will be written: nobody has to wait. */
  isPreview?: boolean
}

/** What patches come to, in their order, without writing. Throws for the first that `planEach` refuses. */
export async function planUpdates(
  ctx: Context,
  entity: EntityDeclaration,
  patches: readonly Patch[],
  options: PlanOptions = {},
): Promise<RecordChange[]> {
  const { changes, refused } = await planEach(ctx, entity, patches, options)
  if (refused[0]) throw refused[0].error
  return changes
}

/** Patches still in the running, and what speaks against the others. */
interface Plan<P extends Patch> {
  changes: Map<P, RecordChange>
  errors: Map<P, AppError>
}
/**
 * What each of many patches comes to, without writing, in as many statements for one as for a thousand, however many
 * are refused. Refuses what `updateRecords` refuses, but for values of unique fields that are taken.
 */
export async function planEach<P extends Patch>(
  ctx: Context,
  entity: EntityDeclaration,
  patches: readonly P[],
  options: PlanOptions = {},
): Promise<Planned<P>> {
  const ids = patches.map((patch) => patch.id)
  const found = await getRecords(ctx, entity, ids, { lock: !options.isPreview })
  const current = new Map(found.map((record) => [record.id, record]))
  const within = await idsWithin(ctx, entity, [...current.keys()], "edit")
  const told = options.isPreview ? usableEntity(ctx, entity) : entity
  const apply = (before: StoredRecord, patch: P) => applyPatch(ctx, entity, before, { ...patch, told })
  const plan: Plan<P> = { changes: new Map(), errors: new Map() }
  for (const patch of patches) {
    const before = current.get(patch.id)
    const error = !before
      ? notFound()
      : !within.has(patch.id)
        ? beyondReach()
        : await refusalOf(async () => void plan.changes.set(patch, apply(before, patch)))
    if (error) refuse(plan, patch, error)
  }
  for (const [patch, change] of plan.changes) {
    if (patch.baseVersion === undefined || patch.baseVersion === change.before.version) continue
    const error = await refusalOf(() => refuseConflict(ctx, entity, patch, change))
    if (error) refuse(plan, patch, error)
  }
  if (!options.trustLinks) await settleLinks(ctx, entity, plan)
  const concerned = [...plan.changes]
  const changes = concerned.map(([, change]) => change)
  for (const { index, error } of await refusedByChecks(ctx, entity, changes, options))
    refuse(plan, concerned[index]?.[0] as P, error)
  return {
    changes: [...plan.changes.values()],
    refused: patches.flatMap((item) => {
      const error = plan.errors.get(item)
      return error ? [{ item, error }] : []
    }),
  }
}
function refuse<P extends Patch>({ changes, errors }: Plan<P>, patch: P, error: AppError): void {
  changes.delete(patch)
  errors.set(patch, error)
}

/** Refuses links that lead nowhere, unless they stood there before, and turns those to merged records. */
async function settleLinks<P extends Patch>(
  ctx: Context,
  entity: EntityDeclaration,
  plan: Plan<P>,
): Promise<void> {
  const fresh = new Map<P, Reference[]>()
  for (const [patch, change] of plan.changes) {
    const own = freshReferences(ctx, entity, change)
    if (own.length > 0) fresh.set(patch, own)
  }
  if (fresh.size === 0) return
  const { unknown, merged } = await unknownReferences(ctx, [...fresh.values()].flat())
  const lost = new Set(unknown)
  for (const [patch, own] of fresh) {
    const missing = own.filter((one) => lost.has(one))
    if (missing.length > 0) refuse(plan, patch, linksMissing(missing))
  }
  if (merged.size === 0) return
  for (const change of plan.changes.values()) {
    turnMerged(ctx, entity, change.after, merged)
    change.keys = change.keys.filter((key) => !isDeepStrictEqual(change.after[key], change.before[key]))
  }
}
function freshReferences(
  ctx: Context,
  entity: EntityDeclaration,
  { before, after, keys }: RecordChange,
): Reference[] {
  const changed = referencesIn(ctx, entity, Object.fromEntries(keys.map((key) => [key, after[key]])))
  if (changed.length === 0) return []
  const nameOf = ({ target, id }: Reference) => `${target}:${id}`
  const old = new Set(referencesIn(ctx, entity, before).map(nameOf))
  return changed.filter((one) => !old.has(nameOf(one)))
}

/** What a patch would change, without writing: values normalised and completed by the entity's rules. */
export function applyPatch(
  ctx: Context,
  entity: EntityDeclaration,
  before: StoredRecord,
  /** `told`: the declaration as far as whoever asks may be told of it; all when absent. */
  patch: Patch & { told?: EntityDeclaration },
): RecordChange {
  const given = typeof patch.values === "function" ? patch.values(before) : patch.values
  const normalised = normaliseValues(entity, given, ctx, before)
  const prepare = ctx.registry.rules(entity.name).prepare
  const values = prepare ? prepare(normalised, before, ctx) : normalised
  const after = { ...before, ...values }
  const changed = Object.keys(values).filter((key) => !isDeepStrictEqual(values[key], before[key]))
  const keys = [...changed, ...completeOwn(entity, after, changed, patch.told)]
  return { before, after, keys }
}

async function refuseConflict(
  ctx: Context,
  entity: EntityDeclaration,
  { id, baseVersion = 0 }: Patch,
  { before, after, keys }: RecordChange,
): Promise<void> {
  const rows = await ctx.tx.rows<{ after: Values; version: number }>(sql`
    select after, version from changes
    where workspace_id = ${ctx.workspaceId} and record_id = ${id} and version > ${baseVersion} order by version`)
  const since = new Set(rows.flatMap((row) => Object.keys(row.after)))
  const usable = usableEntity(ctx, entity)
  // What follows from two changes is nobody's own.
  const follows = (key: string) => entity.fields[key]?.formula !== undefined || entity.fields[key]?.readOnly
  const clashing = keys.filter(
    (key) => since.has(key) && !follows(key) && (key in usable.fields || !(key in entity.fields)),
  )
  if (clashing.length === 0 && baseVersion < before.version) return
  throw new AppError("version_conflict", {
    detail: "Someone else changed the same field in the meantime.",
    details: {
      version: before.version,
      fields: clashing.map((key) => ({ field: key, theirs: before[key], yours: after[key] })),
    },
  })
}
