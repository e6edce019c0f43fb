import { z } from "zod"
import { listedFields } from "./choice-lists.ts"
import { isDecimal } from "./decimal.ts"
import { type EntityDeclaration, isWritable } from "./entity.ts"
import type { Field, ItemField, List } from "./fields.ts"
import { isOwnKey, ownFieldsOf } from "./own-fields.ts"

/** Text as callers may send it: no NUL (PostgreSQL can't store it), no lone surrogate. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\0"), {
      message: "must not contain a NUL character",
      params: { code: "nul" },
    })
    .refine((value) => value.isWellFormed(), {
      message: "must be well-formed Unicode",
      params: { code: "unicode" },
    })

const isoDate = z.iso.date()
const isoTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 14:30")
const instant = z.iso.datetime({ offset: true })
const emailPattern = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/u
const uuid = z.guid().toLowerCase()
const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export const monthDaySchema = z
  .strictObject({
    month: z.int().min(1).max(12),
    day: z.int().min(1).max(31),
    year: z.int().min(1800).max(2200).nullish(),
  })
  .refine(
    ({ month, day, year }) => day <= (daysIn[month - 1] ?? 0) && (!year || isRealDate(year, month, day)),
    {
      message: "is not a day of the calendar",
    },
  )

function isRealDate(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

const moneySchema = z.strictObject({
  amount: z.int(),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/i, "is not a currency code such as EUR")
    .toUpperCase(),
})

/** JSON of an editor document: an object tree of limited size; the server cleans it to known nodes. */
export const richTextSchema = z.looseObject({
  type: z.literal("doc"),
  content: z.array(z.unknown()).max(5000).optional(),
})

/** Schema of one value of a field as a caller writes it, without null. */
function writable(field: Field | ItemField): z.ZodType {
  switch (field.type) {
    case "text":
      return text(field.max ?? 500)
    case "longText":
      return text(field.max ?? 20_000)
    case "richText":
      return richTextSchema
    case "email":
      return text(320).regex(emailPattern, "is not an e-mail address")
    case "phone":
      return text(60)
    case "url":
      return text(2000).regex(/^https?:\/\/\S+$/i, "must begin with http:// or https://")
    case "domain":
      return text(253).regex(/^[^\s/@:]+\.[^\s/@:]+$/u, "is not a domain such as example.com")
    case "language":
      return text(35).regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "is not a language code such as de or pt-BR")
    case "country":
      return z
        .string()
        .regex(/^[a-z]{2}$/i, "is not a two-letter country code")
        .toUpperCase()
    case "zone":
      return text(60).refine(isTimeZone, "is not a time zone such as Europe/Berlin")
    case "integer":
      return z.int().min(-2_147_483_648).max(2_147_483_647)
    case "number":
    case "percent":
      return z.number()
    case "rating":
      return z
        .int()
        .min(1)
        .max(field.max ?? 5)
    case "money":
      return moneySchema
    case "decimal":
      return z
        .string()
        .refine(isDecimal, "is not a number such as 12.5, with at most six digits behind the point")
    case "amount":
      return z.int()
    case "boolean":
      return z.boolean()
    case "date":
      return isoDate.refine(inCalendarRange, "is out of range")
    case "time":
      return isoTime
    case "dateTime":
      return instant.refine(inCalendarRange, "is out of range")
    case "choice":
      return z.enum(field.choices as [string, ...string[]])
    case "choices":
      return z.array(z.enum(field.choices as [string, ...string[]])).max(field.max ?? 300)
    case "link":
    case "file":
      return uuid
    case "links":
      return z.array(z.strictObject({ type: z.string().max(40), id: uuid })).max(field.max ?? 50)
    case "files":
      return z.array(uuid).max(field.max ?? 20)
    case "tags":
      return z.array(text(100).trim().min(1)).max(field.max ?? 100)
    case "map":
      return z
        .record(text(100).trim().min(1), text(2000))
        .refine((map) => Object.keys(map).length <= (field.max ?? 100), "has too many entries")
    case "monthDay":
      return monthDaySchema
    case "list":
      return z.array(itemSchema(field)).max(field.max ?? 50)
  }
}
/** Schema of a value that must be there: a text of blanks is none. */
function present(field: Field | ItemField): z.ZodType {
  const schema = writable(field)
  if (field.type === "choices") return (schema as z.ZodArray).min(1, "must not be empty")
  return field.type === "text" || field.type === "longText" || field.type === "phone"
    ? schema.refine((value) => String(value).trim() !== "", "must not be empty")
    : schema
}
function inCalendarRange(value: string): boolean {
  const year = Number(value.slice(0, 4))
  return year >= 1 && year <= 9999
}
function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }))
  } catch {
    return false
  }
}

/** Schema of one entry of a list field as a caller writes it; `partial` for a patch of one, which can't empty what must be there. */
export function itemSchema(field: List, partial = false): z.ZodObject {
  const shape: Record<string, z.ZodType> = { id: uuid.optional() }
  for (const [key, item] of Object.entries(field.item)) {
    if (!item.required) shape[key] = writable(item).nullish()
    else shape[key] = partial ? present(item).optional() : present(item)
  }
  return z.strictObject(shape)
}

/** Own fields as a caller writes them, under `custom`: an endpoint knows no workspace, and its handler looks closer. */
const anyCustom = z.record(z.string().max(100), z.unknown()).optional()

const customSchemas = { new: new WeakMap<object, z.ZodType>(), patch: new WeakMap<object, z.ZodType>() }
/** Schema of `custom` as a workspace has declared its own fields; for a creation with those that must be given. */
export function customSchema(entity: EntityDeclaration, { isNew }: { isNew: boolean }): z.ZodType {
  const known = customSchemas[isNew ? "new" : "patch"]
  const schema = known.get(entity) ?? makeCustomSchema(entity, isNew)
  known.set(entity, schema)
  return schema
}
function makeCustomSchema(entity: EntityDeclaration, isNew: boolean): z.ZodType {
  const shape: Record<string, z.ZodType> = {}
  for (const [key, field] of ownFieldsOf(entity)) {
    if (!isWritable(field)) continue
    if (!field.required) shape[key] = writable(field).nullish()
    else shape[key] = isNew && field.default === undefined ? present(field) : present(field).optional()
  }
  return z.preprocess((value) => value ?? {}, z.strictObject(shape))
}

/** The entity as an endpoint can know it: which choices a workspace has is for its handler to say (`choicesSchema`). */
export function withOpenChoices(entity: EntityDeclaration): EntityDeclaration {
  const open = listedFields(entity).map(([key]): [string, Field] => {
    const { required, default: first } = entity.fields[key] as Field
    return [key, { type: "text", max: 60, ...(required && { required }), default: first }]
  })
  return open.length === 0 ? entity : { ...entity, fields: { ...entity.fields, ...Object.fromEntries(open) } }
}
const choicesSchemas = new WeakMap<object, z.ZodType>()
/** Schema of the choices among a body's values as a workspace has them; it lets everything else be. */
export function choicesSchema(entity: EntityDeclaration): z.ZodType {
  const schema =
    choicesSchemas.get(entity) ??
    z.looseObject(
      Object.fromEntries(
        listedFields(entity).map(([key]) => [key, writable(entity.fields[key] as Field).nullish()]),
      ),
    )
  choicesSchemas.set(entity, schema)
  return schema
}

/** Schema of a patch: every writable field, optional; unknown and read-only keys are refused. */
export function patchSchema(entity: EntityDeclaration, custom: z.ZodType = anyCustom): z.ZodObject {
  const shape: Record<string, z.ZodType> = { custom }
  for (const [key, field] of Object.entries(entity.fields)) {
    if (!isWritable(field) || isOwnKey(key)) continue
    shape[key] = field.required ? present(field).optional() : writable(field).nullish()
  }
  return z.strictObject(shape)
}

/** Schema of a creation: as a patch, with required fields present and at least one of `needsOneOf`. */
export function createSchema(entity: EntityDeclaration, custom: z.ZodType = anyCustom): z.ZodType {
  const shape: Record<string, z.ZodType> = { ...patchSchema(entity, custom).shape }
  for (const [key, field] of Object.entries(entity.fields))
    if (field.required && field.default === undefined && isWritable(field) && !isOwnKey(key))
      shape[key] = present(field)
  const object = z.strictObject(shape)
  const needs = entity.needsOneOf
  if (!needs) return object
  return object.refine((value) => needs.some((key) => hasContent((value as Record<string, unknown>)[key])), {
    message: `needs one of: ${needs.join(", ")}`,
    path: [needs[0] as string],
  })
}
function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return typeof value === "string" ? value.trim() !== "" : value !== null && value !== undefined
}

/** Schema of a value in an answer; looser than what may be written, because old data must stay readable. */
function readable(field: Field | ItemField): z.ZodType {
  switch (field.type) {
    case "integer":
    case "number":
    case "percent":
    case "rating":
    case "amount":
      return z.number().nullable()
    case "money":
      return z.object({ amount: z.number(), currency: z.string() }).nullable()
    case "boolean":
      return z.boolean().nullable()
    case "richText":
      return z.looseObject({ type: z.string() }).nullable()
    case "monthDay":
      return z.object({ month: z.number(), day: z.number(), year: z.number().nullish() }).nullable()
    case "map":
      return z.record(z.string(), z.string())
    case "tags":
    case "files":
    case "choices":
      return z.array(z.string())
    case "links":
      return z.array(z.object({ type: z.string(), id: z.string() }))
    case "list": {
      const shape: Record<string, z.ZodType> = { id: z.string() }
      for (const [key, item] of Object.entries(field.item)) shape[key] = readable(item).optional()
      return z.array(z.object(shape))
    }
    default:
      return z.string().nullable()
  }
}

/** Schema of a record in an answer. Every key is optional: a list carries the fields asked for. */
export function recordSchema(entity: EntityDeclaration): z.ZodObject {
  const shape: Record<string, z.ZodType> = {
    id: z.string(),
    version: z.number().optional(),
    createdAt: z.string().optional(),
    updatedAt: z.string().optional(),
    createdBy: z.string().nullable().optional(),
    deletedAt: z.string().nullable().optional(),
    custom: z.record(z.string(), z.unknown()).optional(),
    can: z.object({ update: z.boolean(), delete: z.boolean(), restore: z.boolean() }).optional(),
  }
  for (const [key, field] of Object.entries(entity.fields)) shape[key] = readable(field).optional()
  return z.object(shape)
}
