import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import {
  type Duration,
  type FieldCondition,
  type Filter,
  linksMembers,
  me,
  type RelativeTime,
} from "@regulars/contract/kernel/filter.ts"
import { ownPrefix, splitPath } from "@regulars/contract/kernel/own-fields.ts"
import type { Formats } from "@regulars/locales/formats.ts"
import { choiceLabel, entityLabel, fieldLabel, itemLabel, operatorLabel } from "@regulars/locales/labels.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import {
  asGroup,
  type EventCondition,
  eventTextId,
  isField,
  isGroup,
  joinOf,
  partsOf,
  type RelatedCondition,
  relatedInner,
  relatedKind,
  relationsOf,
  type Subject,
  subjectOf,
} from "./model.ts"

export interface FilterWords {
  t: Translate
  formats: Formats
  /** Name of a linked record or member; undefined while it is not known. */
  nameOf: (target: string, id: string) => string | undefined
}

/** The whole filter as one sentence: "People where Lifecycle is Customer and Owner is Ana". */
export function filterSentence(filter: Filter | null, entity: EntityDeclaration, words: FilterWords): string {
  const name = entityLabel(words.t, entity.name)
  const group = asGroup(filter)
  if (partsOf(group).length === 0) return words.t("filter.sentence.everything", { entity: name })
  return words.t("filter.sentence", { entity: name, condition: filterText(group, entity, words) })
}

/** A filter in plain words; groups inside groups stand in brackets. */
export function filterText(filter: Filter, entity: EntityDeclaration, words: FilterWords): string {
  const { t, formats } = words
  if (isGroup(filter)) {
    const parts = partsOf(filter).map((part) => {
      const text = filterText(part, entity, words)
      return isGroup(part) && partsOf(part).length > 1 ? `(${text})` : text
    })
    return formats.list(parts, joinOf(filter) === "all" ? "conjunction" : "disjunction")
  }
  if ("not" in filter) return t("filter.not", { condition: filterText(filter.not, entity, words) })
  if ("search" in filter) return t("filter.search", { text: filter.search })
  if ("event" in filter) return eventText(filter, words)
  if ("related" in filter) return relatedText(filter, entity, words)
  return isField(filter) ? conditionText(filter, entity, words) : ""
}

function eventText({ event, count, within }: EventCondition, { t }: FilterWords): string {
  const what = t.find(eventTextId(event)) ?? event
  const { atLeast, atMost } = count ?? { atLeast: 1 }
  const often =
    atMost === 0
      ? t("filter.event.never")
      : [
          atLeast === undefined ? "" : t("filter.event.atLeast", { n: atLeast }),
          atMost === undefined ? "" : t("filter.event.atMost", { n: atMost }),
        ]
          .filter(Boolean)
          .join(", ")
  const condition = t("filter.event", { what, often })
  return within ? `${condition} ${lastText(within, t)}` : condition
}
const lastText = ({ n, unit }: Duration, t: Translate) => t(`filter.last.${unit}`, { n })

/** What a relation is called: its field's label, or the name of the records on the other side. */
export function relationLabel(t: Translate, entity: EntityDeclaration, name: string): string {
  if (Object.hasOwn(entity.fields, name)) return fieldLabel(t, entity, name)
  const other = relationsOf(entity).find((relation) => relation.name === name)
  const [, key] = name.split(".")
  if (other && key) return `${entityLabel(t, other.entity)} · ${fieldLabel(t, other.entity, ownPrefix + key)}`
  return other && other.name !== other.entity.name
    ? (t.find(`relation.${entity.name}.${name}`) ?? entityLabel(t, other.entity))
    : entityLabel(t, name)
}
function relatedText(condition: RelatedCondition, entity: EntityDeclaration, words: FilterWords): string {
  const { t } = words
  const relation = relationsOf(entity).find(({ name }) => name === condition.related)
  const related = relationLabel(t, entity, condition.related)
  const kind = relatedKind(condition)
  const inner = relatedInner(condition)
  if (!relation || (isGroup(inner) && partsOf(inner).length === 0))
    return t(kind === "none" ? "filter.related.nothing" : "filter.related.anything", { related })
  const text = filterText(inner, relation.entity, words)
  return t(`filter.related.${kind}`, { related, condition: text })
}

/** Label of what a condition is about; a part of a list with the list's name before it. */
export function pathLabel(t: Translate, entity: EntityDeclaration, path: string): string {
  const [key, part] = splitPath(path)
  const label = fieldLabel(t, entity, key)
  return part ? `${label} · ${itemLabel(t, entity.name, key, part)}` : label
}

function conditionText(condition: FieldCondition, entity: EntityDeclaration, words: FilterWords): string {
  const { t } = words
  const field = pathLabel(t, entity, condition.field)
  const subject = subjectOf(entity, condition.field)
  const { op } = condition
  if (!subject) return `${field} ${op}`
  const special = timeText(condition, subject, words)
  if (special) return t("filter.condition.bare", { field, operator: special })
  const operator = operatorLabel(t, subject.field.type, shownOperator(condition, subject.field))
  if (op === "isEmpty" || op === "isNotEmpty" || condition.value === undefined)
    return t("filter.condition.bare", { field, operator })
  if (isOnlyMe(condition, subject))
    return t(op === "is" || op === "isAnyOf" ? "filter.me.is" : "filter.me.isNot", { field })
  return t("filter.condition", { field, operator, value: valueText(condition, subject, entity, words) })
}
/** "Owner is me", for which languages have words of their own. */
function isOnlyMe({ value }: FieldCondition, { field }: Subject): boolean {
  const values = [value].flat()
  return field.type === "link" && linksMembers(field) && values.length === 1 && values[0] === me
}
/** "is A or B" reads better than "is any of A, B"; sets keep their own words. */
function shownOperator({ op }: FieldCondition, { type }: Field): FieldCondition["op"] {
  if (type === "tags" || type === "links" || type === "choices") return op
  if (op === "isAnyOf") return "is"
  return op === "isNoneOf" && type !== "list" ? "isNot" : op
}

function valueText(
  { op, value, field: path }: FieldCondition,
  { value: type }: Subject,
  entity: EntityDeclaration,
  words: FilterWords,
): string {
  const one = (single: unknown) => singleText(path, type, single, { entity, words })
  if (!Array.isArray(value)) return one(value)
  if (op === "between") return words.t("filter.range", { from: one(value[0]), to: one(value[1]) })
  // Whoever says "me" names the others first.
  const named = linksMembers(type)
    ? value.toSorted((one, other) => Number(one === me) - Number(other === me))
    : value
  return words.formats.list(named.map(one), op === "hasAll" ? "conjunction" : "disjunction")
}
function singleText(
  path: string,
  type: Field | ItemField,
  value: unknown,
  { entity, words }: { entity: EntityDeclaration; words: FilterWords },
): string {
  const { t, formats, nameOf } = words
  const text = String(value ?? "")
  if (text === me && linksMembers(type)) return t("filter.me.word")
  switch (type.type) {
    case "choice":
    case "choices":
      return choiceLabel(t, entity, path, text)
    case "boolean":
      return t(value ? "filter.yes" : "filter.no")
    case "integer":
    case "number":
    case "rating":
      return formats.number(Number(value))
    case "percent":
      return formats.number(Number(value) / 100, { style: "percent", maximumFractionDigits: 4 })
    case "money":
      return formats.money({ amount: Number(value), currency: type.currency ?? "EUR" })
    case "country":
      return formats.nameOf("region", text)
    case "language":
      return formats.nameOf("language", text)
    case "link":
      return nameOf(type.target, text) ?? "…"
    case "links":
      return type.targets.map((target) => nameOf(target, text)).find(Boolean) ?? "…"
    case "tags":
    case "zone":
    case "time":
      return text
    default:
      return t("filter.quoted", { text })
  }
}

/** Operator and value of a condition on time in one piece, because languages join them differently. */
function timeText({ op, value }: FieldCondition, { field }: Subject, words: FilterWords): string | undefined {
  const { t } = words
  if (!["date", "dateTime", "monthDay"].includes(field.type) || value === undefined || value === null) return
  if (op === "between" && Array.isArray(value))
    return t("filter.time.between", { from: dayText(value[0], words), to: dayText(value[1], words) })
  if (typeof value === "string") {
    const day = dayText(value, words)
    if (op === "before") return t("filter.time.before", { day })
    if (op === "after") return t("filter.time.after", { day })
    return t("filter.time.on", { day })
  }
  if (typeof value !== "object" || Array.isArray(value)) return
  return relativeText(op, value, t)
}
function relativeText(op: FieldCondition["op"], value: RelativeTime, t: Translate): string {
  if ("period" in value)
    return op === "before" || op === "after"
      ? t(`filter.time.${op}`, { day: t(`period.${value.period}`) })
      : t(`filter.during.${value.period}`)
  const duration = "ago" in value ? value.ago : value.ahead
  const time = t(`unit.${duration.unit}`, { n: duration.n })
  if (op === "comesWithin") return t(`filter.next.${duration.unit}`, { n: duration.n })
  if ("ago" in value)
    return op === "after"
      ? t("filter.time.withinLast", { last: lastText(duration, t) })
      : t("filter.time.longAgo", { time })
  return op === "after" ? t("filter.time.farAhead", { time }) : t("filter.time.soon", { time })
}
function dayText(value: unknown, { formats }: FilterWords): string {
  const day = String(value ?? "").slice(0, 10)
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime())
    ? day
    : formats.date(date, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
}

/** Linked records a filter names by id, so that their names can be fetched: `[target, id]`. */
export function linkedIn(filter: Filter | null, entity: EntityDeclaration): [string, string][] {
  if (!filter) return []
  if (isGroup(filter)) return partsOf(filter).flatMap((part) => linkedIn(part, entity))
  if ("not" in filter) return linkedIn(filter.not, entity)
  if ("related" in filter) {
    const relation = relationsOf(entity).find(({ name }) => name === filter.related)
    return relation ? linkedIn(relatedInner(filter), relation.entity) : []
  }
  if (!isField(filter)) return []
  const type = subjectOf(entity, filter.field)?.value
  const targets = type?.type === "link" ? [type.target] : type?.type === "links" ? type.targets : []
  const ids = [filter.value].flat().filter((id): id is string => typeof id === "string" && id !== "")
  return targets.flatMap((target) =>
    ids.filter((id) => id !== me || target !== "members").map((id): [string, string] => [target, id]),
  )
}
