import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { emptyValue, type Field, type List, type MonthDay } from "@regulars/contract/kernel/fields.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Values } from "../../../kernel/records/columns.ts"
import type { Draft } from "./draft.ts"

export type OnUpdate = "fill" | "overwrite"
export interface MergeRules {
  entity: EntityDeclaration
  /** What a field's column said; `key` for one of the preferences. */
  modeOf(field: string, key?: string): OnUpdate
  /** The row is an export of ours: its lists are whole, and are taken as they are. */
  own: boolean
}

/**
 * What a row adds to a record that is there: the changed fields only. An empty cell never empties anything;
 * `fill` touches only what is empty, `overwrite` puts the row's value in its place. `current` and the draft are
 * in stored form. Pure.
 */
export function mergeValues(current: Values, draft: Draft, rules: MergeRules): Values {
  const patch: Values = {}
  const employer = draft.values.companyId
  for (const [key, given] of Object.entries(draft.values)) {
    const field = rules.entity.fields[key]
    if (!field || isEmpty(given) || saysTheSame(field, current[key], given)) continue
    // The title belongs to the job: where somebody works elsewhere by now, the row's job is not theirs.
    const isOldJob = key === "jobTitle" && employer && current.companyId && current.companyId !== employer
    if (isOldJob && rules.modeOf("companyId") === "fill") continue
    const merged = mergeField(field, current[key] ?? emptyValue(field), given, { rules, key })
    if (merged !== undefined) patch[key] = merged
  }
  if (draft.lines.length > 0) {
    const text = String(patch.description ?? current.description ?? "")
    const described = withLines(text, draft.lines, (key) => rules.modeOf("preferences", key))
    if (described !== text) patch.description = described
  }
  return patch
}

interface Place {
  rules: MergeRules
  key: string
}
/** The field's new value; undefined to leave it as it is. */
function mergeField(field: Field, current: unknown, given: unknown, { rules, key }: Place): unknown {
  const mode = rules.modeOf(key)
  if (field.type === "map") {
    const known = current as Record<string, string>
    // A profile that stands there under another name is no second one.
    const isKnown = (text: string) => key === "social" && Object.values(known).includes(text)
    const told = Object.entries(given as Record<string, string>).filter(([, text]) => !isKnown(text))
    return mergeMap(known, Object.fromEntries(told), (name) => rules.modeOf(key, name))
  }
  if (field.type === "list") {
    if (key === "consents" && !rules.own) return mergeConsents(current as Values[], given as Values[], mode)
    return mode === "overwrite"
      ? replaceList(field, current as Values[], given as Values[], rules.own)
      : fillList(field, current as Values[], given as Values[], key)
  }
  if (mode === "overwrite") return given
  if (field.type === "tags") return [...(current as string[]), ...(given as string[])]
  if (field.type === "monthDay" && lacksYear(current, given)) return given
  return isEmpty(current) ? given : undefined
}
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true
  return typeof value === "object" && Object.keys(value).length === 0
}
/** Whether two values differ at most in the ids of entries and in what is not said: `year: null` or no year. */
function saysTheSame(field: Field, one: unknown, other: unknown): boolean {
  if ((one ?? null) === (other ?? null)) return true
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const parts = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...parts].every(
    (part) =>
      (part === "id" && field.type === "list") ||
      saysTheSame(field, (one as Values)[part], (other as Values)[part]),
  )
}
function lacksYear(current: unknown, given: unknown): boolean {
  if (!current) return true
  const [known, told] = [current as MonthDay, given as MonthDay]
  return !known.year && known.month === told.month && known.day === told.day
}

/** What makes two entries of a list the same one. */
function identity(field: List, item: Values): string {
  const key = item[field.key] ?? item.raw
  return typeof key === "string" ? fold(key) : JSON.stringify(key ?? null)
}
/** Adds entries the record lacks, and to those it has the parts they lack. */
function fillList(field: List, current: readonly Values[], given: readonly Values[], key: string): Values[] {
  const result = current.map((item) => ({ ...item }))
  for (const item of given) {
    const known =
      key === "addresses"
        ? sameAddress(result, item)
        : result.find((other) => identity(field, other) === identity(field, item))
    if (!known) result.push(withoutPreference(item, result))
    else if (key !== "addresses" || agrees(known, item)) fillItem(known, item)
  }
  return result
}
function fillItem(known: Values, item: Values): void {
  for (const [part, value] of Object.entries(item))
    if (part !== "preferred" && (known[part] === undefined || known[part] === null)) known[part] = value
}
/** Somebody has chosen which entry to use first; a file does not change that. */
function withoutPreference({ id: _, ...item }: Values, others: readonly Values[]): Values {
  return others.some((other) => other.preferred) ? { ...item, preferred: undefined } : item
}
function sameAddress(addresses: readonly Values[], item: Values): Values | undefined {
  const own = (address: Values) => String(address.label ?? "")
  return (
    addresses.find((other) => own(other) === own(item)) ??
    addresses.find((other) => agrees(other, item) && other.street)
  )
}
/** Whether two addresses could be one: no part says something else. */
function agrees(one: Values, other: Values): boolean {
  return ["street", "city", "postalCode", "country"].every((part) => {
    const [left, right] = [one[part], other[part]]
    return left == null || right == null || fold(String(left)) === fold(String(right))
  })
}
/** The row's entries in place of the record's; what the record knew about the same entry stays, unless the row is whole. */
function replaceList(
  field: List,
  current: readonly Values[],
  given: readonly Values[],
  own: boolean,
): Values[] {
  const bare = given.map(({ id: _, ...item }) => item as Values)
  if (own) return bare
  return bare.map((item) => {
    const known = current.find((other) => identity(field, other) === identity(field, item))
    return known ? { ...known, ...item } : item
  })
}

/** A newer answer to the same question takes the place of the older one; a refusal is never turned by a file that fills. */
function mergeConsents(current: readonly Values[], given: readonly Values[], mode: OnUpdate): Values[] {
  const isSame = (one: Values, other: Values) =>
    one.purpose === other.purpose && one.channel === other.channel
  const result = [...current]
  for (const { id: _, ...item } of given) {
    const at = result.findIndex((other) => isSame(other, item))
    if (at < 0) result.push(item)
    else if (mode === "overwrite" && result[at]?.status !== item.status) result[at] = item
  }
  return result
}

function mergeMap(
  current: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
  modeOf: (key: string) => OnUpdate,
): Record<string, string> {
  const result = { ...current }
  const names = new Map(Object.keys(current).map((name) => [fold(name), name]))
  for (const [key, text] of Object.entries(given)) {
    const name = names.get(fold(key)) ?? key
    if (!result[name] || modeOf(key) === "overwrite") result[name] = text
  }
  return result
}

/** Lines such as "Revenue: 1100.04" below a text; one line per key. */
export function withLines(
  text: string,
  lines: readonly (readonly [key: string, text: string])[],
  modeOf: (key: string) => OnUpdate,
): string {
  const result = text === "" ? [] : text.split("\n")
  for (const [key, value] of lines) {
    const line = `${key}: ${value}`
    const known = result.findIndex((other) => other.startsWith(`${key}: `))
    if (known < 0) result.push(line)
    else if (modeOf(key) === "overwrite") result[known] = line
  }
  return result.join("\n")
}
