import type { Field, FieldValue } from "./fields.ts"
import type { ObjectIcon } from "./object-icons.ts"

export interface EntityDeclaration {
  /** Plural noun: the path in the API, the table, the registry key. */
  name: string
  /** Singular noun: the prefix of its events (`person.created`) and the type of a subject. */
  singular: string
  /** Field shown as the record's name. */
  title: string
  /** Fields shown under the name in search results, first that has a value. */
  subtitle?: readonly string[]
  fields: Record<string, Field>
  /** Fields of which at least one is needed to create a record. */
  needsOneOf?: readonly string[]
  /** List fields whose values make two records likely twins. */
  duplicateKeys?: readonly string[]
  /** Order of a list nobody sorted. */
  defaultSort: string
  /** Other entities that point here, by the field that does: `{ people: { entity: "people", field: "companyId" } }`. */
  relations?: Record<string, { entity: string; field: string }>
  /** Has a list, with views, and a page for each record in the browser. */
  pages?: boolean
  /** Has a timeline of its own. */
  timeline?: boolean
  /** Can be imported and exported. */
  transfer?: boolean
  /** Several records that are one and the same can be made one. */
  mergeable?: boolean
  /** Whose a record is, for roles that reach only so far; without it whoever made it. */
  access?: {
    /** Link to the member it belongs to; while it is empty, it belongs to whoever made it. */
    owner?: string
    /** Field naming what a record is about: whoever reaches that by "own" or "team" reaches the record as well. */
    about?: string
  }
  /** The workspace declared it itself: its id, and what it is called. */
  object?: { id: string; one: string; many: string; icon: ObjectIcon }
}
export interface Entity<D extends EntityDeclaration = EntityDeclaration> extends EntityDeclaration {
  name: D["name"]
  singular: D["singular"]
  fields: D["fields"]
}

export interface SystemFields {
  id: string
  version: number
  createdAt: string
  updatedAt: string
  createdBy: string | null
  deletedAt: string | null
}
export interface Abilities {
  update: boolean
  delete: boolean
  restore: boolean
}
/** A record as the API answers it. Lists carry only the fields asked for, so these are present by default sets. */
export type RecordOf<E extends { fields: Record<string, Field> }> = SystemFields & {
  -readonly [K in keyof E["fields"]]: FieldValue<E["fields"][K]>
} & { custom: Record<string, unknown>; can: Abilities }

type Writable<F extends Record<string, Field>> = {
  -readonly [K in keyof F as F[K] extends { readOnly: true } ? never : K]?: Input<F[K]>
}
/** What a caller may send: ids of items and derived parts are optional. */
type Input<F> = F extends { type: "list" }
  ? FieldValue<F> extends (infer I)[]
    ? Partial<I>[]
    : never
  : FieldValue<F> | null
export type CreateOf<E extends { fields: Record<string, Field> }> = Writable<E["fields"]>
export type PatchOf<E extends { fields: Record<string, Field> }> = Writable<E["fields"]>

/**
 * Declares an entity once: validation, API, list, form, filter, import, export and history follow from it.
 * Throws at start-up when the declaration contradicts itself.
 */
export function defineEntity<const D extends EntityDeclaration>(declaration: D): D {
  const known = (key: string, where: string) => {
    const name = key.replace(/^-/, "")
    if (!(name in declaration.fields) && !["createdAt", "updatedAt"].includes(name))
      throw new Error(`${declaration.name}: ${where} names the unknown field "${key}"`)
  }
  known(declaration.title, "title")
  known(declaration.defaultSort, "defaultSort")
  for (const key of declaration.subtitle ?? []) known(key, "subtitle")
  for (const key of Object.values(declaration.access ?? {})) known(key, "access")
  for (const key of declaration.needsOneOf ?? []) known(key, "needsOneOf")
  for (const key of declaration.duplicateKeys ?? []) known(key, "duplicateKeys")
  for (const [key, field] of Object.entries(declaration.fields) as [string, Field][]) {
    if (!/^[a-z][a-zA-Z0-9]*$/.test(key)) throw new Error(`${declaration.name}: "${key}" is not a field name`)
    if ((field.type === "tags" || field.type === "links") && field.filter !== false && !field.lookUp)
      throw new Error(
        `${declaration.name}.${key}: tags and links are filtered through the look-up index and need lookUp`,
      )
    for (const followed of field.follows ?? []) known(followed, `${key}.follows`)
    if (field.type === "list" && !(field.key in field.item))
      throw new Error(`${declaration.name}.${key}: its key "${field.key}" is not an item field`)
  }
  return declaration
}

export function isWritable(field: Field): boolean {
  return field.readOnly !== true
}
/** Whether a record with these values can't be created without saying what the field holds. */
export function isNeeded(field: Field, values: Readonly<Record<string, unknown>> = {}): boolean {
  const { required, requiredWhen: when } = field
  const isDue = when?.isAnyOf.includes(String(values[when.field])) ?? false
  return (required === true || isDue) && field.default === undefined && isWritable(field)
}
/** System fields that lists can show, sort and filter like declared ones. */
export const systemFields: Record<string, Field> = {
  createdAt: { type: "dateTime", readOnly: true, sort: true, group: "system" },
  updatedAt: { type: "dateTime", readOnly: true, sort: true, group: "system" },
  createdBy: { type: "link", target: "members", readOnly: true, group: "system" },
  deletedAt: { type: "dateTime", readOnly: true, filter: false, group: "system" },
}
export function fieldOf(entity: EntityDeclaration, key: string): Field | undefined {
  if (Object.hasOwn(entity.fields, key)) return entity.fields[key]
  return Object.hasOwn(systemFields, key) ? systemFields[key] : undefined
}
