import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField, RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { AboutWish, LinkWish } from "./draft.ts"
import { choicesByLabel, isUuid } from "./own-columns.ts"
import { valueOfText } from "./own-values.ts"
import { itemOf, type RowContext, type Step, type Work } from "./row-work.ts"

/** The way of a cell of our own export: back to exactly the value it was written from. */
export function ownStep(column: ImportColumn, context: RowContext): Step | undefined {
  const { target } = column
  if (!target) return undefined
  const { entity } = context
  if (target.field === "id")
    return (work, text) => {
      if (isUuid(text)) work.ownId = text.toLowerCase()
    }
  if (target.field === "createdAt")
    return (work, text) => {
      work.createdAt = isoInstant(text)
    }
  const field = entity.fields[target.field]
  if (!field) return undefined
  if (field.type === "link")
    return (work, text) => wish(work, { column, target: field.target, field: target.field, text })
  if (field.type === "links")
    return (work, text) => {
      const about = aboutWish(work, column, field.targets)
      if (target.part === "name") about.names.push(...namesIn(text))
      else about.references.push(...referencesIn(text))
    }
  if (field.type !== "list" || target.part === undefined || target.group === undefined)
    return ownValue(column, field, choicePath(entity, target.field), (work, value) => {
      work.values[target.field] = value
    })
  const [part = "", named] = target.part.split(".")
  const item = field.item[part]
  if (!item) return undefined
  const { group } = target
  if (item.type === "link")
    return (work, text) => {
      const entry = itemOf(work, target.field, group)
      // Stands in until the wish is fulfilled, so that the entry is not taken for an empty one.
      entry[part] ??= noId
      wish(work, {
        column,
        target: item.target,
        field: target.field,
        index: group,
        part,
        text,
        named: named !== undefined,
      })
    }
  return ownValue(column, item, choicePath(entity, `${target.field}.${part}`), (work, value) => {
    itemOf(work, target.field, group)[part] = value
  })
}
export const noId = "00000000-0000-0000-0000-000000000000"

type ReadChoices = (choices: readonly string[]) => ReadonlyMap<string, string>
function choicePath(entity: EntityDeclaration, path: string): ReadChoices {
  return (choices) => choicesByLabel(entity, path, choices)
}
function ownValue(
  column: ImportColumn,
  field: Field | ItemField,
  labels: ReadChoices,
  take: (work: Work, value: unknown) => void,
): Step {
  const choices = field.type === "choice" || field.type === "choices" ? labels(field.choices) : undefined
  return (work, text) => {
    const value = valueOfText(field, text, choices)
    if (value !== undefined) take(work, value)
    else
      work.problems.push({ column: column.index, code: problems[field.type] ?? "value_invalid", value: text })
  }
}
const problems: Record<string, string> = {
  choice: "choice_unknown",
  choices: "choice_unknown",
  integer: "number_invalid",
  number: "number_invalid",
  percent: "number_invalid",
  rating: "number_invalid",
  money: "number_invalid",
  boolean: "boolean_unknown",
  monthDay: "date_invalid",
}

interface Wish {
  column: ImportColumn
  target: string
  field: string
  index?: number
  part?: string
  text: string
  named?: boolean
}
/** Name and id of one link come in two columns and are one wish. */
function wish(work: Work, { column, target, field, index, part, text, named }: Wish): void {
  const isSame = (other: LinkWish) => other.field === field && other.index === index && other.part === part
  const known: LinkWish = work.links.find(isSame) ?? {
    ...{ target, field, column: column.index, header: column.header.replace(/\.name$/, "") },
    ...(index !== undefined && { index }),
    ...(part !== undefined && { part }),
  }
  if (!work.links.includes(known)) work.links.push(known)
  if (named ?? column.target?.part === "name") known.name = text
  else if (isUuid(text)) known.id = text.toLowerCase()
}
/** What a row is about, of which several columns may speak. */
export function aboutWish(work: Work, column: ImportColumn, targets: readonly string[]): AboutWish {
  const field = column.target?.field ?? ""
  const known = work.about.find((wish) => wish.field === field)
  if (known) return known
  const header = column.header.replace(/\.name$/, "")
  const made = { field, targets, references: [], names: [], header, column: column.index }
  work.about.push(made)
  return made
}
export function namesIn(text: string): string[] {
  return text
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== "")
}
function referencesIn(text: string): RecordReference[] {
  return namesIn(text).flatMap((reference) => {
    const [type = "", id = ""] = reference.split(":")
    return isUuid(id) ? [{ type, id: id.toLowerCase() }] : []
  })
}
function isoInstant(text: string): string | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
