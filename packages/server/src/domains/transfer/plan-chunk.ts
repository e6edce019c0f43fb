import type { TwinDecision } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { refuseMissing, takenIn } from "../../kernel/own-fields/complete.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { normaliseValues } from "../../kernel/records/normalise.ts"
import { applyPatch } from "../../kernel/records/plan-updates.ts"
import { getRecords } from "../../kernel/records/read.ts"
import type { StoredTwin } from "./imports.queries.ts"
import { type Candidate, findCandidates, touchedBy } from "./match.queries.ts"
import type { Likeness } from "./match-keys.ts"
import { bestMatch, type Known, type Match, type Row, recordMatch, rowOf, twinOf } from "./match-rows.ts"
import { type PendingRecord, resolveLinks } from "./resolve-links.ts"
import type { Draft } from "./rows/draft.ts"
import { type MergeRules, mergeValues, withLines } from "./rows/merge-values.ts"
import { type RowOutcome, rowsOfChunk, type SeenRows } from "./seen-rows.ts"

/** What an import does with rows, beside the rows themselves. */
export interface PlanOptions {
  entity: EntityDeclaration
  /** Under which ids of the file's product are kept. */
  source: string
  rules: MergeRules
  /** The column that writes a field, for a fault found there. */
  columnOf(field: string): number | null
  /** What is done about a twin: decided for the row, for all, or by how sure it is. */
  decide(line: number, likeness: Likeness): TwinDecision
  /** The running import; absent in a check, which writes nothing and locks nothing. */
  operationId?: string
  /** Rows of earlier chunks, for a check; a run finds them in the database. */
  earlier?: SeenRows<never>
  withParents: boolean
}

/** A record to be made, with everything rows of this chunk say about it. */
export interface Creation {
  kind: "creation"
  id: string
  draft: Draft
  values: Values
  notes: string[]
}
/** A record that is there, as far as rows of this chunk have changed it. */
export interface Change {
  kind: "change"
  id: string
  current: StoredRecord
  patch: Values
  notes: string[]
}
export type Entry = Creation | Change
export interface PlannedRow {
  draft: Draft
  outcome: "refused" | "skipped" | RowOutcome
  entry: Entry | undefined
  twin: StoredTwin | undefined
}
export interface ChunkPlan {
  rows: PlannedRow[]
  creations: Creation[]
  changes: Change[]
  /** Companies, sources and locations that written rows refer to and nobody has yet. */
  linked: PendingRecord[]
}

/** Works out what becomes of each row of a chunk; pure but for what it reads. Blank rows are left out. */
export async function planChunk(
  ctx: Context,
  drafts: readonly Draft[],
  options: PlanOptions,
): Promise<ChunkPlan> {
  const { entity, source, operationId, earlier } = options
  const filled = drafts.filter((draft) => !draft.isBlank).map(copyOf)
  const readable = filled.filter(isSound)
  const links = await resolveLinks(ctx, readable, options)
  const rows = new Map(
    readable.filter(isSound).map((draft) => [draft, rowOf(draft, entity, links.employers.get(draft) ?? "")]),
  )
  const keys = [...rows.values()].flatMap((row) => row.keys)
  const candidates = await findCandidates(ctx, entity, keys, source)
  const ids = [...new Set([...candidates.values()].flat().map(({ id }) => id))]
  const touched = await touchedBy(ctx, entity, ids, operationId)
  const found = { entity, candidates, touched }
  const likely = [...rows.values()].flatMap((row) => recordMatch(found, row, row.keys)?.candidate?.id ?? [])
  const records = await getRecords(ctx, entity, [...new Set(likely)], { lock: operationId !== undefined })
  const state: PlanState = {
    ctx,
    options,
    known: { ...found, chunk: rowsOfChunk<Entry>(), ...(earlier && { earlier }) },
    records: new Map(records.map((record) => [record.id, record])),
    changes: new Map(),
    creations: [],
    pending: links.pending,
  }
  const planned = filled.map((draft): PlannedRow => {
    const row = rows.get(draft)
    const plan = row && planOrRefuse(state, row)
    if (!plan) return { draft, outcome: "refused", entry: undefined, twin: undefined }
    if (plan.entry) for (const record of links.pendingOf.get(draft) ?? []) record.isWanted = true
    return plan
  })
  await refuseTakenRows(state, planned)
  return {
    rows: planned,
    creations: state.creations,
    changes: [...state.changes.values()].filter(
      ({ patch, notes }) => Object.keys(patch).length + notes.length > 0,
    ),
    linked: [...links.pending.values()].filter(({ isWanted, isMade }) => isWanted && !isMade),
  }
}

/** Of records with the same value of a unique field the first stays; the rows of the others are refused. */
async function refuseTakenRows(state: PlanState, planned: PlannedRow[]): Promise<void> {
  const { ctx, options } = state
  if (!Object.values(options.entity.fields).some((field) => field.unique)) return
  const entries = [...state.creations, ...state.changes.values()]
  const records = entries.map(
    (entry): StoredRecord =>
      entry.kind === "change" ? entry.current : { version: 1, ...entry.values, id: entry.id },
  )
  for (const { index, error } of await takenIn(ctx, options.entity, records)) {
    const entry = entries[index] as Entry
    if (entry.kind === "change") state.changes.delete(entry.id)
    else state.creations = state.creations.filter((other) => other !== entry)
    for (const row of planned) {
      if (row.entry !== entry) continue
      const column = options.columnOf(error.path)
      row.draft.problems.push({ column, code: error.code, value: "" })
      row.outcome = "refused"
      row.entry = undefined
    }
  }
}

/** A chunk may be planned again, and plans write into their rows. */
function copyOf(draft: Draft): Draft {
  const { values, lines, problems } = draft
  return { ...draft, values: { ...values }, lines: [...lines], problems: [...problems] }
}
function isSound({ problems }: Draft): boolean {
  return problems.length === 0
}

interface PlanState {
  ctx: Context
  options: PlanOptions
  known: Known<Entry>
  records: ReadonlyMap<string, StoredRecord>
  changes: Map<string, Change>
  creations: Creation[]
  pending: ReadonlyMap<string, PendingRecord>
}

/** Undefined for a row that a rule of the entity refuses; the reason then stands among the row's problems. */
function planOrRefuse(state: PlanState, row: Row): PlannedRow | undefined {
  try {
    return planRow(state, row)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "validation_failed") throw error
    const faults = error.info.errors ?? [{ path: "", code: "value_invalid" }]
    for (const { path, code } of faults) {
      const [field] = splitPath(path)
      row.draft.problems.push({ column: state.options.columnOf(field), code, value: "" })
    }
    return undefined
  }
}
function planRow(state: PlanState, row: Row): PlannedRow {
  const { draft } = row
  const match = stillThere(state, bestMatch(state.known, row))
  const action = match && state.options.decide(draft.line, match.likeness)
  const twin = match && twinOf(row, match, action as TwinDecision)
  if (action === "skip") return { draft, outcome: "skipped", entry: undefined, twin }
  if (!match || action === "keepBoth") return { draft, outcome: "created", entry: create(state, row), twin }
  const { outcome, entry } = join(state, row, match)
  return { draft, outcome, entry, twin }
}

/** Somebody may have deleted the record while this chunk was looked at. */
function stillThere(state: PlanState, match: Match<Entry> | undefined): Match<Entry> | undefined {
  return match?.candidate && !state.records.has(match.candidate.id) ? undefined : match
}
function create(state: PlanState, row: Row): Creation {
  const { draft } = row
  const { ctx, options } = state
  const described = withLines(String(draft.values.description ?? ""), draft.lines, () => "fill")
  const values = draft.lines.length > 0 ? { ...draft.values, description: described } : draft.values
  ctx.registry.rules(options.entity.name).prepare?.(values, undefined, ctx)
  refuseMissing(options.entity, values)
  // A row may be the very company that another row of the chunk names as its parent.
  const named = state.pending.get(`${options.entity.name} ${row.facts.name}`)
  const isNamed = named && !named.isMade
  if (isNamed) named.isMade = true
  const entry: Creation = {
    kind: "creation",
    id: isNamed ? named.id : newId(),
    draft,
    values,
    notes: [...draft.notes],
  }
  state.creations.push(entry)
  remember(state, row, "created", entry)
  return entry
}

/** Joins a row into an earlier row's record, or into one that is there. */
function join(
  state: PlanState,
  row: Row,
  match: Match<Entry>,
): { outcome: "merged" | "updated" | "unchanged"; entry: Entry | undefined } {
  const { draft } = row
  const { ctx, options } = state
  const entry = match.earlier ? match.earlier.entry : changeOf(state, match.candidate as Candidate)
  if (!entry) {
    // An earlier chunk of a check: nothing is written, so there is nothing to join.
    remember(state, row, "merged", undefined)
    return { outcome: "merged", entry: undefined }
  }
  if (entry.kind === "creation") {
    entry.notes.push(...draft.notes)
    const patch = mergeValues(entry.values, draft, options.rules)
    Object.assign(entry.values, normaliseValues(options.entity, patch, ctx, entry.values))
    remember(state, row, "merged", entry)
    return { outcome: "merged", entry }
  }
  const isJoined = match.earlier !== undefined || state.known.touched.has(entry.id)
  const patch = mergeValues(entry.current, draft, options.rules)
  const { after, keys } = applyPatch(ctx, options.entity, entry.current, { id: entry.id, values: patch })
  entry.notes.push(...draft.notes)
  entry.current = after
  for (const key of keys) entry.patch[key] = after[key]
  const outcome = isJoined ? "merged" : keys.length > 0 ? "updated" : "unchanged"
  remember(state, row, outcome, entry)
  return { outcome, entry }
}
function changeOf(state: PlanState, { id }: Candidate): Change {
  const known = state.changes.get(id)
  if (known) return known
  const change: Change = {
    kind: "change",
    id,
    current: state.records.get(id) as StoredRecord,
    patch: {},
    notes: [],
  }
  state.changes.set(id, change)
  return change
}
function remember(state: PlanState, row: Row, outcome: RowOutcome, entry: Entry | undefined): void {
  const seen = { facts: row.facts, name: row.name, line: row.draft.line, outcome }
  state.known.chunk.add({ ...seen, entry }, row.keys)
  state.options.earlier?.add({ ...seen, entry: undefined }, row.keys)
}
