import type { ImportColumn, ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import { moneyIn } from "@regulars/contract/kernel/money.ts"
import { readBoolean } from "../values/booleans.ts"
import { readChoice } from "../values/choices.ts"
import { readCountry } from "../values/countries.ts"
import { readBirthday, readDate, readMoment } from "../values/dates.ts"
import { readEmail } from "../values/emails.ts"
import { readLanguage } from "../values/languages.ts"
import { splitList } from "../values/lists.ts"
import { readNumber } from "../values/numbers.ts"
import type { Reading } from "../values/reading.ts"
import { readMinutes, readTime } from "../values/times.ts"
import { choiceWords } from "./choice-words.ts"
import { instantOfMoment, orderOf } from "./moments.ts"
import { isUuid } from "./own-columns.ts"
import { aboutWish, namesIn, noId } from "./own-steps.ts"
import { valueOfText } from "./own-values.ts"
import { complain, groupOf, itemOf, type RowContext, readingStep, type Step, type Work } from "./row-work.ts"

interface Place {
  column: ImportColumn
  target: ImportTarget
  field: Field | ItemField
}
/** The way of a cell into a declared field, or a part of an entry of a list, by the field's type alone. */
export function fieldStep(place: Place, context: RowContext): Step | undefined {
  const { column, target, field } = place
  const { entity } = context
  switch (field.type) {
    case "link":
      return linkStep(place, field.target, entity)
    case "links":
      return (work, text) => {
        aboutWish(work, column, field.targets).names.push(...namesIn(text))
      }
    case "tags":
      return (work, text) => {
        const known = work.values[target.field] as string[] | undefined
        work.values[target.field] = [...(known ?? []), ...splitList(text)]
      }
    case "map":
      return (work, text) => {
        const value = valueOfText(field, text)
        if (value === undefined) complain(work, column, "value_invalid", text)
        else work.values[target.field] ??= value
      }
    default: {
      const read = readerOf(place, context)
      if (read) return readingStep(column, read, (work, value) => put(work, place, entity, value))
      return (work, text) => put(work, place, entity, text)
    }
  }
}
/** The part of a list's entries that a target speaks of; undefined for a field that is no list. */
function partOf(entity: EntityDeclaration, { field: key, part }: ImportTarget): string | undefined {
  const field = entity.fields[key]
  return field?.type === "list" ? (part ?? field.key) : undefined
}
function put(work: Work, { column, target }: Place, entity: EntityDeclaration, value: unknown): void {
  const part = partOf(entity, target)
  if (part === undefined) work.values[target.field] ??= value
  else itemOf(work, target.field, groupOf(column))[part] ??= value
}
function linkStep({ column, target }: Place, to: string, entity: EntityDeclaration): Step {
  const part = partOf(entity, target)
  const index = groupOf(column)
  return (work, text) => {
    if (part !== undefined) itemOf(work, target.field, index)[part] ??= noId
    const named = isUuid(text) ? { id: text.toLowerCase() } : { name: text }
    work.links.push({
      ...{ target: to, field: target.field, header: column.header, column: column.index },
      ...named,
      ...(part !== undefined && { index, part }),
    })
  }
}

/** How a cell of a field is read; undefined where its text is taken as it stands and the declaration judges it. */
function readerOf(
  { column, target, field }: Place,
  { entity, zone, currency }: RowContext,
): ((text: string) => Reading<unknown>) | undefined {
  switch (field.type) {
    case "time":
      return readTime
    case "money":
      return (text) => {
        const number = readNumber(text, column.decimal ?? "ambiguous")
        if ("problem" in number) return number
        const named = /\b[a-z]{3}\b/i.exec(text)?.[0].toUpperCase()
        return { value: moneyIn(number.value, named ?? field.currency ?? currency) }
      }
    case "amount":
      return (text) => {
        const number = readNumber(text, column.decimal ?? "ambiguous")
        return "problem" in number ? number : { value: moneyIn(number.value, currency).amount }
      }
    case "decimal":
      return (text) => {
        const number = readNumber(text, column.decimal ?? "ambiguous")
        return "problem" in number ? number : { value: String(number.value) }
      }
    case "choices": {
      const words = choiceWords(entity, target.field, field.choices)
      return (text) => {
        const found = splitList(text).map((part) => readChoice(part, words))
        const unknown = found.find((reading) => "problem" in reading)
        return unknown ?? { value: found.flatMap((reading) => ("value" in reading ? [reading.value] : [])) }
      }
    }
    case "percent":
    case "rating":
    case "integer":
    case "number":
      return (text) => {
        const number = readNumber(text, column.decimal ?? "ambiguous")
        const isLength =
          target.field === "minutes" && "problem" in number && number.problem === "number_invalid"
        return isLength ? readMinutes(text) : number
      }
    case "boolean":
      return readBoolean
    case "date":
      return (text) => readDate(text, orderOf(column))
    case "dateTime":
      return (text) => {
        const reading = readMoment(text, orderOf(column))
        return "value" in reading ? { value: instantOfMoment(reading.value, zone) } : reading
      }
    case "monthDay":
      return (text) => readBirthday(text, orderOf(column))
    case "choice": {
      const path = [target.field, partOf(entity, target)].filter(Boolean).join(".")
      const words = choiceWords(entity, path, field.choices)
      return (text) => readChoice(text, words)
    }
    case "email":
      return readEmail
    case "country":
      return readCountry
    case "language":
      return readLanguage
    default:
      return undefined
  }
}
