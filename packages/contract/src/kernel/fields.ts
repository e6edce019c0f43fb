/**
 * Field types an entity can declare. Plain data without a validator, so that the browser can read a
 * declaration without carrying one; `entity.schema.ts` turns it into zod for the server.
 */
export interface FieldOptions {
  /** Must be given when a record is created and can't be emptied. */
  required?: boolean
  /** Written by the product only; callers who send it get `unknown_field`. */
  readOnly?: boolean
  /** Part of the search text and of "contains" look-ups by index. */
  search?: boolean
  sort?: boolean
  /** Defaults to true: most fields can be filtered. */
  filter?: boolean
  /** Shown as a column of the list before anyone chooses columns. */
  column?: boolean
  /** Personal data: part of a person's export and erased with them. */
  personal?: boolean
  /** Can be chosen as an import target and is exported. Defaults to true unless readOnly. */
  transfer?: boolean
  /** Kept in the look-up index: "is" and "starts with" stay fast on any number of records. */
  lookUp?: boolean
  /** Heading under which forms and record pages show it; label `group.<group>`. */
  group?: string
  /** Longest text in characters, most entries of a list, map or tags, or the highest rating. */
  max?: number
  /** Places of a number that are shown. */
  decimals?: number
  /** The workspace's own words for it; other fields are named by the texts of the product. */
  label?: string
  /** A sentence below the field in forms. */
  help?: string
  /** Kept out of lists, forms and pages; the API knows it. */
  hidden?: boolean
  /** What a new record holds where nothing is said. */
  default?: unknown
  /** No two records, the bin aside, hold the same value. */
  unique?: boolean
  /** Must be given while another field has one of these values. */
  requiredWhen?: { field: string; isAnyOf: readonly string[] }
  /** The value follows from other fields of the record, as this formula says. */
  formula?: string
  /** Fields of the record that the product makes the value from: whoever must not see one of them doesn't see it. */
  follows?: readonly string[]
  /** The value follows from records that link to this one. */
  rollup?: Rollup
  /** Where the value of a workspace's own field is kept: its id, and its key within `custom` as it is stored. */
  own?: { id: string; slot: string }
}

/** What is made of the living records of an entity that link to one. */
export interface Rollup {
  /** Entity and the field by which its records link: `tasks.about`, `people.companyId`, `people.custom.mentor`. */
  from: string
  /** `sum`, `min` and `max` of numbers and money, `min` and `latest` of dates. */
  of: "count" | "sum" | "min" | "max" | "latest"
  /** Of which field; none for a count. */
  field?: string | undefined
  /** Only of records in which a choice is one of these. */
  where?: { field: string; isAnyOf: string[] } | undefined
}
/** `people.custom.mentor` → `people`, `custom.mentor`. */
export function rollupSource({ from }: Rollup): { entity: string; key: string } {
  const dot = from.indexOf(".")
  return { entity: from.slice(0, dot), key: from.slice(dot + 1) }
}

export interface Choice<C extends string = string> {
  type: "choice"
  choices: readonly C[]
  /** Words for choices that a workspace declared itself, and the colours it gave them. */
  choiceLabels?: Readonly<Record<string, string>>
  choiceColors?: Readonly<Record<string, string>>
  /** Name of the list they are kept in, where a workspace may change them. */
  choicesFrom?: string
  /** Another choice of the entity that they stand below, and where each of them does: stages in their pipeline. */
  choiceGroup?: string
  choiceGroups?: Readonly<Record<string, string>>
}
/** Several of the choices. */
export interface Choices {
  type: "choices"
  choices: readonly string[]
  choiceLabels?: Readonly<Record<string, string>>
  choiceColors?: Readonly<Record<string, string>>
}
/** An amount in minor units of its currency. */
export interface Money {
  type: "money"
  /** What an amount is in where nothing is said. */
  currency?: string
}
export interface Link {
  type: "link"
  /** Plural name of the entity linked to, or `members`. */
  target: string
}
export interface Links {
  type: "links"
  /** Plural names of entities this record can be about. */
  targets: readonly string[]
}
export interface List<I extends Record<string, ItemField> = Record<string, ItemField>> {
  type: "list"
  item: I
  /** Item field that identifies an entry: compared, looked up and shown first. */
  key: string
}
export type ScalarType =
  | "text"
  | "longText"
  | "integer"
  | "number"
  | "percent"
  | "rating"
  | "date"
  | "time"
  | "dateTime"
  | "boolean"
  | "email"
  | "phone"
  | "url"
  | "domain"
  | "language"
  | "country"
  | "zone"
  | "file"
export interface Scalar<T extends ScalarType = ScalarType> {
  type: T
}
/** `monthDay`: a date that comes back each year, year optional. `tags`: a set of words. `map`: free keys and values. `files`: ids of uploads. */
export interface Compound<T extends "richText" | "monthDay" | "tags" | "map" | "files"> {
  type: T
}
/** `decimal`: an exact number, as text such as "12.5". `amount`: minor units of a currency that the record names once. */
export interface Exact {
  type: "decimal" | "amount"
}
export type ItemField = (Scalar | Exact | Choice | Link | Compound<"monthDay">) & {
  max?: number
  required?: boolean
  /** Follows from the others: what a caller sends is put right, and forms don't ask for it. */
  readOnly?: boolean
}
export type Field = (
  | Scalar
  | Choice
  | Choices
  | Money
  | Link
  | Links
  | List
  | Compound<"richText" | "monthDay" | "tags" | "map" | "files">
) &
  FieldOptions

export interface MonthDay {
  month: number
  day: number
  year?: number | null
}
export interface MoneyValue {
  amount: number
  currency: string
}
export interface RecordReference {
  type: string
  id: string
}
/** Document in the editor's JSON form; the server keeps only known nodes and marks. */
export interface RichText {
  type: "doc"
  content?: unknown[]
}

type ScalarValue<T> = T extends "integer" | "number" | "percent" | "rating" | "amount"
  ? number
  : T extends "boolean"
    ? boolean
    : string
type Present<F> =
  F extends Choice<infer C>
    ? C
    : F extends { type: "link" }
      ? string
      : F extends { type: "links" }
        ? RecordReference[]
        : F extends { type: "list"; item: infer I }
          ? ({ id: string } & { -readonly [K in keyof I]: Present<I[K]> | null })[]
          : F extends { type: "tags" | "files" }
            ? string[]
            : F extends { type: "map" }
              ? Record<string, string>
              : F extends { type: "monthDay" }
                ? MonthDay
                : F extends { type: "richText" }
                  ? RichText
                  : F extends { type: infer T }
                    ? ScalarValue<T>
                    : never
/** Value of a field in an answer: collections are never null, everything else may be. */
export type FieldValue<F> = F extends {
  type: "list" | "tags" | "map" | "links" | "files" | "choices"
}
  ? Present<F>
  : F extends { required: true }
    ? Present<F>
    : Present<F> | null

/** Types whose value is a collection: empty is `[]` or `{}`, never null. */
export const collectionTypes = ["list", "tags", "map", "links", "files", "choices"] as const

export function isCollection(field: Field | ItemField): boolean {
  return (collectionTypes as readonly string[]).includes(field.type)
}
export function emptyValue(field: Field): unknown {
  if (field.type === "map") return {}
  return isCollection(field) ? [] : null
}
