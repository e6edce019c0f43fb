import { type EntityDeclaration, isWritable } from "@regulars/contract/kernel/entity.ts"
import { type Field, isCollection } from "@regulars/contract/kernel/fields.ts"
import type { AnyRecord } from "../../../lib/records.ts"
import { isEmptyValue } from "../../../ui/fields/is-empty.ts"

/** One of the values a field can have afterwards. */
export interface MergeOption {
  /** Record the value is taken from; null for what all of them hold together. */
  id: string | null
  value: unknown
  /** Records that have this value. */
  ids: string[]
}
export interface MergeField {
  key: string
  field: Field
  /** The one that is chosen unless somebody chooses another comes first. */
  options: MergeOption[]
}
export interface MergeLayout {
  /** Fields in which the records differ, so that there is something to choose. */
  open: MergeField[]
  /** Fields with one value, the same in all records that have one. */
  settled: MergeField[]
}

/** What there is to choose between records; `keep` is the one that stays, whose own values come first. */
export function layOutMerge(
  entity: EntityDeclaration,
  records: readonly AnyRecord[],
  keep: string,
): MergeLayout {
  const ordered = records.toSorted((one, other) => Number(other.id === keep) - Number(one.id === keep))
  const layout: MergeLayout = { open: [], settled: [] }
  for (const [key, field] of Object.entries(entity.fields)) {
    if (!isWritable(field)) continue
    const options: MergeOption[] = []
    for (const record of ordered) {
      if (isEmptyValue(record[key])) continue
      const known = options.find(({ value }) => gist(value) === gist(record[key]))
      if (known) known.ids.push(record.id)
      else options.push({ id: record.id, value: record[key], ids: [record.id] })
    }
    if (options.length === 0) continue
    if (options.length > 1 && isCollection(field)) {
      const value = together(options.map((option) => option.value))
      options.unshift({ id: null, value, ids: ordered.map(({ id }) => id) })
    }
    layout[options.length > 1 ? "open" : "settled"].push({ key, field, options })
  }
  return layout
}

/** What two values have to share to be the same: everything but the ids of a list's entries. */
function gist(value: unknown): string {
  return JSON.stringify(value, (key, part) => (key === "id" ? undefined : part))
}
/** Lists, tags and maps joined, each entry once; how the server joins them in the end may be finer. */
function together(values: readonly unknown[]): unknown {
  if (!values.every(Array.isArray)) return Object.assign({}, ...(values as object[]).toReversed())
  const entries = values.flat()
  const first = entries.filter(
    (entry, index) => entries.findIndex((other) => entryGist(other) === entryGist(entry)) === index,
  )
  const preferred = first.find(isPreferred)
  return first.map((entry) =>
    entry !== preferred && isPreferred(entry) ? { ...entry, preferred: false } : entry,
  )
}
function isPreferred(entry: unknown): entry is { preferred: true } {
  return typeof entry === "object" && (entry as { preferred?: boolean }).preferred === true
}
function entryGist(entry: unknown): string {
  if (typeof entry === "string") return entry.toLowerCase()
  const { address, number, raw, domain } = entry as Record<string, unknown>
  return String(address ?? number ?? raw ?? domain ?? gist(entry))
}
