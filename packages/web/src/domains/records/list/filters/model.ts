import { type EntityDeclaration, systemFields } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import {
  type Duration,
  type FieldCondition,
  type Filter,
  filterableField,
  type Operator,
  operatorsOf,
} from "@regulars/contract/kernel/filter.ts"
import { ownPrefix, splitPath } from "@regulars/contract/kernel/own-fields.ts"
import { allEntities, entityNamed } from "../../../../lib/declarations.ts"
import { withinLimits } from "../../../../lib/limits.ts"

export type Group = { all: Filter[] } | { any: Filter[] }
export type EventCondition = Extract<Filter, { event: string }>
export type RelatedCondition = Extract<Filter, { related: string }>
export type RelatedKind = "some" | "none" | "every"

export const isGroup = (filter: Filter): filter is Group => "all" in filter || "any" in filter
export const isField = (filter: Filter): filter is FieldCondition => "field" in filter
export const partsOf = (group: Group): Filter[] => ("all" in group ? group.all : group.any)
export const joinOf = (group: Group): "all" | "any" => ("all" in group ? "all" : "any")
export function groupOf(join: "all" | "any", parts: Filter[]): Group {
  return join === "all" ? { all: parts } : { any: parts }
}
/** Any filter as a group, the form the bar and the builder work on. */
export function asGroup(filter: Filter | null): Group {
  if (!filter) return { all: [] }
  return isGroup(filter) ? filter : { all: [filter] }
}
/** The filter without empty groups and unfinished conditions; null when nothing is left. */
export function tidy(filter: Filter): Filter | null {
  if (isGroup(filter)) {
    const parts = partsOf(filter)
      .map(tidy)
      .filter((part) => part !== null)
    return parts.length === 0 ? null : groupOf(joinOf(filter), parts)
  }
  if ("not" in filter) {
    const inner = tidy(filter.not)
    return inner && { not: inner }
  }
  return isComplete(filter) ? filter : null
}
/** Whether a condition says enough to be sent. */
export function isComplete(filter: Filter): boolean {
  if (!isField(filter)) return true
  const { op, value } = filter
  if (op === "isEmpty" || op === "isNotEmpty") return true
  if (Array.isArray(value))
    return value.length > 0 && (op !== "between" || (value.length === 2 && value.every((end) => end !== "")))
  return value !== undefined && value !== null && value !== ""
}

/**
 * The filter without conditions that no longer go, such as on a field that is gone, and what these were about; an
 * old link or view opens with the rest.
 */
export function withoutBroken(
  filter: Filter | null,
  entity: EntityDeclaration,
): { filter: Filter | null; broken: string[] } {
  if (!filter) return { filter, broken: [] }
  if (isGroup(filter)) {
    const parts = partsOf(filter).map((part) => withoutBroken(part, entity))
    const broken = parts.flatMap((part) => part.broken)
    if (broken.length === 0) return { filter, broken }
    return {
      filter: tidy(
        groupOf(
          joinOf(filter),
          parts.flatMap((part) => part.filter ?? []),
        ),
      ),
      broken,
    }
  }
  if ("not" in filter) {
    const { filter: inner, broken } = withoutBroken(filter.not, entity)
    return broken.length === 0 ? { filter, broken } : { filter: inner && { not: inner }, broken }
  }
  if ("related" in filter) {
    const relation = relationsOf(entity).find(({ name }) => name === filter.related)
    const broken = relation ? withoutBroken(relatedInner(filter), relation.entity).broken : [filter.related]
    return { filter: broken.length === 0 ? filter : null, broken }
  }
  if (!isField(filter)) return { filter, broken: [] }
  const subject = subjectOf(entity, filter.field)
  const works = subject !== undefined && operatorsOf(subject.field).includes(filter.op)
  return works ? { filter, broken: [] } : { filter: null, broken: [filter.field] }
}

/** Field of a condition with what its value is made of: a part of a list is compared like a list, entered like its part. */
export interface Subject {
  key: string
  /** Decides the operators. */
  field: Field
  /** Decides the input of the value. */
  value: Field | ItemField
  list?: string
  part?: string
}
export function subjectOf(entity: EntityDeclaration, path: string): Subject | undefined {
  const [key, ...rest] = splitPath(path)
  const field = filterableField(entity, key)
  if (!field) return undefined
  if (field.type !== "list")
    return rest.length > 0 && field.type !== "map" ? undefined : { key, field, value: field }
  const part = rest[0] ?? field.key
  const value = field.item[part]
  return value && { key, field, value, list: key, part }
}
/** Paths of everything a condition can be about: fields, and parts of lists beside their main one. */
export function filterPaths(entity: EntityDeclaration): string[] {
  const paths: string[] = []
  for (const [key, field] of Object.entries({ ...entity.fields, ...systemFields })) {
    if (operatorsOf(field).length === 0) continue
    paths.push(key)
    if (field.type !== "list") continue
    for (const [part, item] of Object.entries(field.item))
      if (
        part !== field.key &&
        part !== "raw" &&
        !["boolean", "monthDay", "date", "dateTime"].includes(item.type)
      )
        paths.push(`${key}.${part}`)
  }
  return paths
}
/** The condition a field begins with: its usual operator and no value yet. */
export function newCondition(entity: EntityDeclaration, path: string): FieldCondition {
  const subject = subjectOf(entity, path)
  const [first = "isNotEmpty"] = subject ? operatorsOf(subject.field) : []
  const usual: Partial<Record<Field["type"], Operator>> = {
    text: "contains",
    longText: "contains",
    choice: "isAnyOf",
    choices: "isAnyOf",
    dateTime: "after",
    date: "after",
    integer: "atLeast",
    number: "atLeast",
    percent: "atLeast",
    rating: "atLeast",
    money: "atLeast",
    list: "contains",
  }
  const op = (subject && usual[subject.field.type]) ?? first
  if (subject?.field.type === "list" && subject.value.type === "choice") return { field: path, op: "is" }
  if (subject?.field.type === "list" && subject.value.type === "link") return { field: path, op: "is" }
  if (subject?.value.type === "boolean") return { field: path, op: "is", value: true }
  return { field: path, op, ...startValue(subject, op) }
}
/** The value an operator begins with where a usual one exists. */
function startValue(subject: Subject | undefined, op: Operator): { value?: FieldCondition["value"] } {
  const type = subject?.value.type
  if (op === "comesWithin") return { value: { ahead: { n: 7, unit: "day" } } }
  if (op === "during") return { value: { period: "thisMonth" } }
  if ((type === "dateTime" || type === "date") && (op === "before" || op === "after"))
    return { value: { ago: { n: 30, unit: "day" } } }
  return {}
}
/** The condition with another operator; the value stays where the new operator can use it. */
export function withOperator(
  entity: EntityDeclaration,
  condition: FieldCondition,
  op: Operator,
): FieldCondition {
  const subject = subjectOf(entity, condition.field)
  const { value } = condition
  if (op === "isEmpty" || op === "isNotEmpty") return { field: condition.field, op }
  const fresh = { field: condition.field, op, ...startValue(subject, op) }
  if (value === undefined || value === null || "value" in fresh) {
    const timed = (one: Operator) => one === "before" || one === "after"
    return timed(op) && timed(condition.op) && value !== undefined ? { ...condition, op } : fresh
  }
  const many = (one: Operator) => ["isAnyOf", "isNoneOf", "hasAll"].includes(one)
  if (many(op)) return { ...fresh, value: Array.isArray(value) ? value : [String(value)] }
  if (Array.isArray(value)) return op === "between" ? fresh : { ...fresh, value: value[0] }
  return op === "between" || ((op === "is") !== (condition.op === "is") && typeof value === "object")
    ? fresh
    : { ...fresh, value }
}

export interface Relation {
  name: string
  entity: EntityDeclaration
}
/** Relations a condition can reach over: links of the record, declared ones, and whatever is about it. */
export function relationsOf(entity: EntityDeclaration): Relation[] {
  const relations: Relation[] = []
  const add = (name: string, target: string) => {
    const other = entityNamed(target)
    if (other && !relations.some((relation) => relation.name === name))
      relations.push({ name, entity: withinLimits(other) })
  }
  for (const [key, field] of Object.entries(entity.fields)) if (field.type === "link") add(key, field.target)
  for (const [name, { entity: target }] of Object.entries(entity.relations ?? {})) add(name, target)
  for (const other of allEntities())
    for (const [key, field] of Object.entries(other.fields)) {
      if (field.type === "links" && field.targets.includes(entity.name)) add(other.name, other.name)
      // An own field that links here, backwards.
      if (field.type === "link" && field.own && field.target === entity.name)
        add(`${other.name}.${key.slice(ownPrefix.length)}`, other.name)
    }
  return relations
}
export function relatedKind(condition: RelatedCondition): RelatedKind {
  return condition.none ? "none" : condition.every ? "every" : "some"
}
export function relatedInner(condition: RelatedCondition): Filter {
  return condition.some ?? condition.none ?? condition.every ?? { all: [] }
}
export function relatedOf(related: string, kind: RelatedKind, inner: Filter): RelatedCondition {
  return { related, [kind]: inner }
}

/** What may have happened with a record, as far as its history is counted. */
export function eventsOf(entity: EntityDeclaration): string[] {
  if (!entity.timeline) return []
  return ["activity.created", "note.created", "task.created", "task.done", `${entity.singular}.updated`]
}
/** Same ids for texts whatever the entity: `happened.updated`. */
export function eventTextId(event: string): string {
  return event.endsWith(".updated") ? "happened.updated" : `happened.${event}`
}
export const usualWindow: Duration = { n: 90, unit: "day" }
