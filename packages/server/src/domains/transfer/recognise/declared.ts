import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { fieldLabel, itemLabel } from "@regulars/locales/labels.ts"
import { languages, type Translate } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { choiceWords } from "../rows/choice-words.ts"
import { readChoice } from "../values/choices.ts"
import { detectDateOrder } from "../values/dates.ts"
import { detectDecimal } from "../values/numbers.ts"
import { orderInHeader, type RecognisedColumn } from "./recognise.ts"
import { FIELD_WORDS } from "./synonyms/declared.ts"
import { hasVocabulary, isDateTarget, keepsTexts, placeOf } from "./targets.ts"
import { wordsOf } from "./words-of.ts"

/*
 * Columns known by what a declaration itself calls its fields: the API's name, or the label in any language, and
 * by some words people use for them. It is all there is to most entities; people and companies have the vocabulary
 * before it.
 */
type Names = ReadonlyMap<string, ImportTarget>
const namesByEntity = new WeakMap<EntityDeclaration, Names>()

const plain = (text: string) => wordsOf(text).join(" ")

/** Every name a field, or a part of the entries of a list, can go by. */
function namesOf(entity: EntityDeclaration): Names {
  const known = namesByEntity.get(entity)
  if (known) return known
  const names = new Map<string, ImportTarget>()
  const speakers = [undefined, ...languages.map((language) => translatorFor(language))]
  for (const [key, field] of Object.entries<Field>(entity.fields)) {
    for (const [target, texts] of speakers.flatMap((t) => namesOfField(entity, key, field, t))) {
      if (!placeOf(entity, target)) continue
      for (const name of texts.map(plain)) if (name !== "" && !names.has(name)) names.set(name, target)
    }
  }
  // What people also say gives way to what a field is called here.
  for (const [field, words] of Object.entries(FIELD_WORDS[entity.name] ?? {}))
    for (const name of words.split(",").map(plain)) if (!names.has(name)) names.set(name, { field })
  namesByEntity.set(entity, names)
  return names
}
function namesOfField(
  entity: EntityDeclaration,
  key: string,
  field: Field,
  t: Translate | undefined,
): [ImportTarget, string[]][] {
  const label = t ? fieldLabel(t, entity, key) : key
  if (field.type === "list")
    return Object.keys(field.item).map((part) => {
      const own = `${label} ${t ? itemLabel(t, entity.name, key, part) : part}`
      return [{ field: key, part }, part === field.key ? [label, own] : [own]]
    })
  // Whoever writes a list by hand says "Owner", not "Owner ID".
  return [[{ field: key }, field.type === "link" ? [label, key.replace(/Id$/, "")] : [label]]]
}

/** The target of each header that names a field of the entity, by index; one that stands once is given once. */
function declaredTargets(entity: EntityDeclaration, headers: readonly string[]): Map<number, ImportTarget> {
  const names = namesOf(entity)
  const found = new Map<number, ImportTarget>()
  const uses = new Map<string, number>()
  for (const [index, header] of headers.entries()) {
    // "Service 2 part" speaks of the second entry.
    const target = names.get(plain(header)) ?? names.get(plain(header.replace(/\d+/g, " ")))
    if (!target) continue
    const id = `${target.field}.${target.part ?? ""}`
    const use = (uses.get(id) ?? 0) + 1
    const type = entity.fields[target.field]?.type
    if (use > 1 && type !== "tags" && type !== "list") continue
    uses.set(id, use)
    found.set(index, type === "list" ? { ...target, group: use } : target)
  }
  return found
}

interface Sampled {
  headers: readonly string[]
  samples: readonly (readonly string[])[]
}
type Targets = ReadonlyMap<number, ImportTarget>

/**
 * The entity whose fields most headers name, what it can't be without among them; undefined where hardly any do.
 * `who` are the columns that plainly say who somebody is.
 */
export function declaredEntity(
  entities: readonly EntityDeclaration[],
  { headers, samples }: Sampled,
  who: readonly number[],
): EntityDeclaration | undefined {
  const told = headers.filter((header) => header.trim() !== "").length
  const [best] = entities
    .map((entity) => ({ entity, targets: declaredTargets(entity, headers) }))
    .filter(({ entity, targets }) => isWhole(entity, targets, samples))
    .filter(({ entity, targets }) => who.every((index) => isAboutWhom(entity, targets, index)))
    .sort((one, other) => other.targets.size - one.targets.size)
  return best && best.targets.size >= Math.max(2, told * 0.6) ? best.entity : undefined
}
function neededFields({ fields }: EntityDeclaration): string[] {
  return Object.keys(fields).filter((key) => fields[key]?.required && !fields[key]?.own)
}
/**
 * Whether a column that says who somebody is says whom a task or a visit is about. A customer with a note and a
 * date is rather a customer, so what has no field it can't be without is never taken for one.
 */
function isAboutWhom(entity: EntityDeclaration, targets: Targets, index: number): boolean {
  const field = entity.fields[targets.get(index)?.field ?? ""]
  return field?.type === "links" && targets.size > 2 && neededFields(entity).length > 0
}
/** Whether nothing is missing that every record has, and a column of choices holds them. */
function isWhole(entity: EntityDeclaration, targets: Targets, samples: Sampled["samples"]): boolean {
  const columnOf = new Map([...targets].map(([index, { field }]) => [field, index]))
  const needed = neededFields(entity)
  if (needed.length === 0) return columnOf.has(entity.title)
  return needed.every((key) => {
    const column = columnOf.get(key)
    const field = entity.fields[key]
    if (column === undefined || field?.type !== "choice") return column !== undefined
    const texts = samples.map((cells) => cells[column] ?? "").filter((text) => text.trim() !== "")
    const words = choiceWords(entity, key, field.choices)
    return texts.filter((text) => "value" in readChoice(text, words)).length * 2 >= texts.length
  })
}

/** The columns of a table before anything is known about them: kept as texts where the entity has a place for them. */
export function unknownColumns(
  entity: EntityDeclaration,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): RecognisedColumn[] {
  return headers.map((header, index) => ({
    index,
    header,
    target: keepsTexts(entity)
      ? { field: "preferences", key: header.trim().slice(0, 200) || `Column ${index + 1}` }
      : { field: "ignore" },
    confidence: 0.2,
    reason: "unknown",
    alternatives: [],
    ask: samples.some((cells) => (cells[index] ?? "").trim() !== ""),
  }))
}
/** Gives columns that nobody knew to the fields they are named after. */
export function placeDeclared(
  entity: EntityDeclaration,
  columns: readonly RecognisedColumn[],
  samples: readonly (readonly string[])[],
): RecognisedColumn[] {
  const taken = new Set(
    columns.filter(({ reason }) => reason !== "unknown").map(({ target }) => target.field),
  )
  const named = declaredTargets(
    entity,
    columns.map(({ header }) => header),
  )
  return columns.map((column) => {
    const target = named.get(column.index)
    // What a workspace named itself is meant when a column is called so.
    const isMeant = column.reason === "unknown" || isOwnKey(target?.field ?? "")
    if (!target || !isMeant || taken.has(target.field)) return column
    // The vocabulary knows which parts of a list make sense alone.
    if (hasVocabulary(entity.name) && target.part !== undefined) return column
    const { index, header, alternatives } = column
    const texts = samples.map((cells) => cells[index] ?? "")
    return {
      ...{ index, header, alternatives, target, confidence: 0.97, reason: "header", ask: false },
      ...writing(entity, target, header, texts),
    }
  })
}
/** How the dates or numbers of a column are written. */
export function writing(
  entity: EntityDeclaration,
  target: ImportTarget,
  header: string,
  texts: readonly string[],
): Pick<RecognisedColumn, "dateOrder" | "decimal"> {
  if (isDateTarget(entity, target)) {
    const detected = detectDateOrder(texts)
    const dateOrder = detected === "ambiguous" ? (orderInHeader(header) ?? detected) : detected
    return dateOrder ? { dateOrder } : {}
  }
  const decimal = placeOf(entity, target)?.kind === "number" ? detectDecimal(texts) : undefined
  return decimal ? { decimal } : {}
}
