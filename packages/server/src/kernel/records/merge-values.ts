import { isDeepStrictEqual } from "node:util"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { emptyValue, type Field, type List } from "@regulars/contract/kernel/fields.ts"
import { invalid } from "../errors.ts"
import type { StoredRecord, Values } from "./columns.ts"
import { isSameEntry } from "./replace-references.ts"

/**
 * The values of the surviving record that become others: each field's from the record that was chosen for it; where
 * none was, the survivor's own, what it lacks from the others in their order, lists, tags and maps joined. Throws
 * `validation_failed` for a choice that can't be, and for more entries than a list may have.
 */
export function mergedValues(
  entity: EntityDeclaration,
  survivor: StoredRecord,
  others: readonly StoredRecord[],
  chosen: Readonly<Record<string, string>>,
): Values {
  const records = [survivor, ...others]
  for (const [key, id] of Object.entries(chosen)) {
    const field = Object.hasOwn(entity.fields, key) ? entity.fields[key] : undefined
    if (!field || field.readOnly)
      throw invalid(`fields.${key.slice(0, 60)}`, "unknown_field", "is not a field")
    if (!records.some((record) => record.id === id))
      throw invalid(`fields.${key}`, "invalid_value", "must be the id of one of the records")
  }
  const values: Values = {}
  for (const [key, field] of Object.entries(entity.fields)) {
    const own = survivor[key] ?? emptyValue(field)
    const source = records.find((record) => record.id === chosen[key])
    const value = source
      ? (source[key] ?? emptyValue(field))
      : joined(
          field,
          records.map((record) => record[key]),
        )
    if (isDeepStrictEqual(value, own)) continue
    if (field.max !== undefined && Array.isArray(value) && value.length > field.max)
      throw invalid(
        `fields.${key}`,
        "too_big",
        `would have ${value.length} entries, at most ${field.max}: choose one record's`,
      )
    values[key] = value
  }
  return values
}

function joined(field: Field, all: readonly unknown[]): unknown {
  const values = all.filter((value) => !isEmpty(value))
  const first = values[0] ?? emptyValue(field)
  switch (field.type) {
    case "list":
      return joinLists(field, values as Values[][])
    case "tags":
    case "choices":
    case "files":
    case "links":
      return [
        ...new Map((values as unknown[][]).flat().map((value) => [JSON.stringify(value), value])).values(),
      ]
    case "map":
      return Object.assign({}, ...(values as Values[]).toReversed())
    case "dateTime":
      // What the product notes itself, such as the last contact.
      return field.readOnly ? ((values as string[]).toSorted().at(-1) ?? null) : first
    default:
      return first
  }
}
/** The survivor's entries first; of the others those that say something new. One stays the preferred one. */
function joinLists(field: List, lists: readonly Values[][]): Values[] {
  const result: Values[] = []
  for (const item of lists.flat()) {
    const key = field.item[field.key]
    const isPoint = ["email", "phone", "domain"].includes(key?.type ?? "")
    const value = item[field.key] ?? item.raw
    const isKnown = result.some((other) =>
      isPoint ? (other[field.key] ?? other.raw) === value : isSameEntry(item, other),
    )
    if (isKnown) continue
    const hasPreferred = result.some((other) => other.preferred === true)
    result.push(item.preferred === true && hasPreferred ? { ...item, preferred: false } : item)
  }
  return result
}
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === "object" && Object.keys(value).length === 0
}

/**
 * Takes back what a merge wrote to the survivor: fields that still hold it become what they were; entries, tags and
 * keys that came from the others go, what was added since stays. `kept`: fields that somebody has changed since;
 * `replaced`: those whose name is another field's since, of another type.
 */
export function unmergedValues(
  entity: EntityDeclaration,
  now: StoredRecord,
  before: Values,
  after: Values,
): { values: Values; kept: string[]; replaced: string[] } {
  const values: Values = {}
  const kept: string[] = []
  const replaced: string[] = []
  const noted = (after.ownFields ?? {}) as Record<string, string>
  for (const [key, wrote] of Object.entries(after)) {
    const field = entity.fields[key]
    if (noted[key] !== undefined && noted[key] !== field?.own?.id) {
      replaced.push(key)
      continue
    }
    if (!field) continue
    const was = before[key] ?? emptyValue(field)
    if (isDeepStrictEqual(now[key], wrote)) values[key] = was
    else if (Array.isArray(wrote)) values[key] = withoutJoined(now[key], was, wrote)
    else if (field.type === "map")
      values[key] = withoutKeys(now[key] as Values, was as Values, wrote as Values)
    else if (!field.readOnly && !isDeepStrictEqual(now[key], was)) kept.push(key)
  }
  return { values, kept, replaced }
}
/** Entries of lists are told apart by their ids; tags and links by what they say. */
function identityOf(entry: unknown): string {
  const { id, type } = (typeof entry === "object" && entry !== null ? entry : {}) as Values
  return id === undefined ? JSON.stringify(entry) : `${type ?? ""} ${id}`
}
function withoutJoined(now: unknown, was: unknown, wrote: unknown[]): unknown[] {
  const current = now as unknown[]
  const earlier = was as unknown[]
  const earlierIds = new Set(earlier.map(identityOf))
  const came = new Set(wrote.map(identityOf).filter((id) => !earlierIds.has(id)))
  const wroteIds = new Set(wrote.map(identityOf))
  const written = new Map(wrote.map((entry) => [identityOf(entry), entry]))
  const original = new Map(earlier.map((entry) => [identityOf(entry), entry]))
  const rest = current
    .filter((entry) => !came.has(identityOf(entry)))
    .map((entry) => {
      const id = identityOf(entry)
      const [from, to] = [written.get(id), original.get(id)]
      return typeof entry === "object" && from && to
        ? withoutKeys(entry as Values, to as Values, from as Values)
        : entry
    })
  const taken = earlier.filter((entry) => !wroteIds.has(identityOf(entry)))
  return [...rest, ...taken]
}
function withoutKeys(now: Values, was: Values, wrote: Values): Values {
  const isAsWritten = (key: string) => isDeepStrictEqual(now[key], wrote[key])
  const keys = new Set([...Object.keys(now), ...Object.keys(was)])
  return Object.fromEntries(
    [...keys]
      .map((key) => [key, isAsWritten(key) ? was[key] : now[key]])
      .filter(([, value]) => value !== undefined),
  )
}

/** Entries that came from a record and were changed since are that record's: they go back as they are now. */
export function changedEntries(
  entity: EntityDeclaration,
  own: StoredRecord,
  now: StoredRecord,
  wrote: Values,
): Values {
  const values: Values = {}
  for (const [key, field] of Object.entries(entity.fields)) {
    if (field.type !== "list" || !Array.isArray(wrote[key])) continue
    const items = (own[key] ?? []) as Values[]
    const written = new Map((wrote[key] as Values[]).map((item) => [item.id, item]))
    const current = new Map((now[key] as Values[]).map((item) => [item.id, item]))
    const next = items.map((item) => {
      const edited = current.get(item.id)
      return edited && written.has(item.id) && !isDeepStrictEqual(edited, written.get(item.id))
        ? edited
        : item
    })
    if (!isDeepStrictEqual(next, items)) values[key] = next
  }
  return values
}
