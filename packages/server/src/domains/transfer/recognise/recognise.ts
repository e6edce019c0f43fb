import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import { type DateOrder, detectDateOrder } from "../values/dates.ts"
import { type DecimalMark, detectDecimal } from "../values/numbers.ts"
import { type Assignment, assignColumns } from "./assign.ts"
import { buildTarget, preferenceKey } from "./build-target.ts"
import { type ColumnState, columnState, type Reason } from "./candidates.ts"
import { recogniseEntity } from "./entity.ts"
import { assignGroups } from "./groups.ts"
import { headersAreValues } from "./headerless.ts"
import { findLabelColumns, freeFieldOf, type LabelColumn } from "./labels.ts"
import { targetIdOf } from "./meanings.ts"
import { considerNeighbours } from "./neighbours.ts"
import { profileColumn } from "./profile.ts"
import type { SourceId } from "./source-definitions.ts"
import { recogniseSource } from "./sources.ts"
import { definitionOf, type Entity, idOf, targetFrom } from "./targets.ts"

export interface TableSample {
  headers: readonly string[]
  /** Rows of cells in the order of the headers; some 200 are enough. */
  samples: readonly (readonly string[])[]
  /** What the rows are, when a person has said so. */
  entity?: Entity
  /** The workspace's locale; it only decides what is suggested where a date can be read both ways. */
  locale?: string
}

export interface RecognisedColumn {
  index: number
  header: string
  target: ImportTarget
  /** 0 to 1. */
  confidence: number
  reason: Reason
  /** Other places it might go, the likeliest first. */
  alternatives: { target: ImportTarget; confidence: number }[]
  /** True where a person should be asked; the target is then what happens without an answer. */
  ask: boolean
  /** For columns of dates; "ambiguous" needs an answer, `suggestedDateOrder` being the likelier one. */
  dateOrder?: DateOrder | "ambiguous"
  suggestedDateOrder?: "dmy" | "mdy"
  /** For columns of numbers with a decimal or grouping mark. */
  decimal?: DecimalMark
}

export interface RecognisedTable {
  entity: Entity
  /** 0.5 to 1; 1 when the entity was given. */
  entityConfidence: number
  source?: SourceId
  /** True where the file has no header: the headers given are its first record and belong to the data. */
  isHeaderless: boolean
  columns: RecognisedColumn[]
}

/** Below this a column is asked about. */
const ASK_BELOW = 0.5

const MOST_ALTERNATIVES = 4

function alternativesOf(
  column: ColumnState,
  chosen: ImportTarget,
  entity: Entity,
): RecognisedColumn["alternatives"] {
  const found = new Map<string, RecognisedColumn["alternatives"][number]>()
  for (const { meaning, score } of column.candidates) {
    const targetId = targetIdOf(meaning, entity)
    if (score < 0.2 || targetId === idOf(chosen) || found.has(targetId)) continue
    found.set(targetId, {
      target: buildTarget(column, { targetId, confidence: score, reason: "header" }, entity),
      confidence: score,
    })
  }
  return [...found.values()].slice(0, MOST_ALTERNATIVES)
}

/** The order a header spells out: "Date of birth (DD/MM/YYYY)", "Geburtsdatum TT.MM.JJJJ". */
export function orderInHeader(header: string): DateOrder | undefined {
  if (/\b(?:dd?|tt?)\W*mm?\W*(?:yy|jj|aa)/i.test(header)) return "dmy"
  if (/\bmm?\W*dd?\W*yy/i.test(header)) return "mdy"
  return /\b(?:yyyy|jjjj|aaaa)\W*mm/i.test(header) ? "ymd" : undefined
}

/** What is known about how the column's dates and numbers are written. */
function localeOf(
  column: ColumnState,
  target: ImportTarget,
): Pick<RecognisedColumn, "dateOrder" | "decimal"> {
  const kind = definitionOf(target)?.kind
  const { profile } = column
  const isDate =
    kind === "date" ||
    kind === "birthday" ||
    kind === "moment" ||
    (kind !== "phone" && profile.share("date") > 0.6)
  if (isDate) {
    const detected = detectDateOrder(profile.values)
    const dateOrder = detected === "ambiguous" ? (orderInHeader(column.header) ?? detected) : detected
    return dateOrder ? { dateOrder } : {}
  }
  if (
    kind === "number" ||
    (kind === "text" && target.field === "preferences" && profile.share("number") > 0.6) ||
    target.field === "size"
  ) {
    const decimal = detectDecimal(profile.values)
    return decimal ? { decimal } : {}
  }
  return {}
}

function localeOrder(locale: string | undefined): "dmy" | "mdy" {
  const parts = new Intl.DateTimeFormat(locale ?? "en-GB", { dateStyle: "short" }).formatToParts(new Date(0))
  return parts.findIndex(({ type }) => type === "month") < parts.findIndex(({ type }) => type === "day")
    ? "mdy"
    : "dmy"
}

interface DatedColumn {
  dateOrder?: DateOrder | "ambiguous" | null
  suggestedDateOrder?: "dmy" | "mdy" | null
}
/** Where a column's dates are ambiguous, the order of the file's other dates is the best guess, then the locale's. */
export function suggestOrders(columns: readonly DatedColumn[], locale: string | undefined): void {
  const orders = columns.map((column) => column.dateOrder)
  const count = (order: string) => orders.filter((other) => other === order).length
  const suggestion = count("mdy") > count("dmy") ? "mdy" : count("dmy") > 0 ? "dmy" : localeOrder(locale)
  for (const column of columns) if (column.dateOrder === "ambiguous") column.suggestedDateOrder = suggestion
}

/** The places of the columns that say what others hold, and of the free fields they name. */
function placeLabels(
  columns: readonly ColumnState[],
  labels: ReadonlyMap<number, LabelColumn>,
  placed: Map<number, Assignment>,
): void {
  for (const [index, label] of labels) {
    placed.set(index, { targetId: label.target, confidence: 0.95, reason: "neighbours" })
  }
  for (const column of columns) {
    if (freeFieldOf(column, labels) !== undefined)
      placed.set(column.index, { targetId: "preferences.value", confidence: 0.95, reason: "neighbours" })
  }
}

function finishColumn(
  column: ColumnState,
  assignment: Assignment,
  target: ImportTarget,
  entity: Entity,
): RecognisedColumn {
  const isUnsure = assignment.confidence < ASK_BELOW
  const kept = isUnsure ? { field: "preferences", key: preferenceKey(column) } : target
  const hasNothing = column.profile.count === 0 && column.match.parsed.isBlank
  return {
    index: column.index,
    header: column.header,
    target: kept,
    confidence: Math.round(assignment.confidence * 100) / 100,
    reason: isUnsure && assignment.reason !== "taken" ? "unknown" : assignment.reason,
    alternatives: alternativesOf(column, kept, entity),
    ask: (isUnsure && !hasNothing) || (kept.field === "ignore" && column.profile.count > 0),
    ...localeOf(column, kept),
  }
}

/** The table with its first record among the data, where that stood in place of the header. */
function withoutHeader(table: TableSample): TableSample {
  return { ...table, headers: table.headers.map(() => ""), samples: [table.headers, ...table.samples] }
}

function readColumns(table: TableSample): {
  columns: ColumnState[]
  entity: Entity
  entityConfidence: number
} {
  const profiles = table.headers.map((_, index) =>
    profileColumn(table.samples.map((row) => row[index] ?? "")),
  )
  const statesFor = (entity: Entity) =>
    table.headers.map((header, index) => columnState(index, header, profiles[index]!, entity))
  if (table.entity) return { columns: statesFor(table.entity), entity: table.entity, entityConfidence: 1 }
  const asPeople = statesFor("people")
  const { entity, confidence } = recogniseEntity(asPeople)
  return { columns: entity === "people" ? asPeople : statesFor(entity), entity, entityConfidence: confidence }
}

/**
 * Recognises whose export a table is and where every column of it goes, from headers and sample values in English,
 * German and Spanish. Every column gets a target: what is not understood is kept among the preferences under its
 * own header and marked `ask`, and the housekeeping of other products is marked `ask` before it is left out.
 */
export function recogniseTable(given: TableSample): RecognisedTable {
  const isHeaderless = headersAreValues(given.headers)
  const table = isHeaderless ? withoutHeader(given) : given
  const { columns, entity, entityConfidence } = readColumns(table)
  const source = recogniseSource(table.headers, table.samples)
  considerNeighbours(columns, table.samples)
  const placed = assignColumns(columns, entity, source)
  const labels = findLabelColumns(columns, (column) => placed.get(column.index)?.reason === "source")
  placeLabels(columns, labels, placed)
  const targets = new Map<number, ImportTarget>()
  for (const column of columns) {
    const assignment = placed.get(column.index)!
    if (assignment.confidence >= ASK_BELOW) targets.set(column.index, buildTarget(column, assignment, entity))
  }
  assignGroups(columns, targets, labels)
  const finished = columns.map((column) =>
    finishColumn(
      column,
      placed.get(column.index)!,
      targets.get(column.index) ?? targetFrom("preferences"),
      entity,
    ),
  )
  suggestOrders(finished, table.locale)
  return {
    entity,
    entityConfidence,
    ...(source ? { source: source.id } : {}),
    isHeaderless,
    columns: finished,
  }
}
