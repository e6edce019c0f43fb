import type { OwnFieldAnswer, TypeChange } from "@regulars/contract/domains/fields.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import {
  fieldOfOwn,
  type OwnFieldType,
  ownPrefix,
  withoutOwnFields,
} from "@regulars/contract/kernel/own-fields.ts"
import { seesWhole } from "../../kernel/access/policy.ts"
import { hiddenKeys, usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { fieldsHaveChanged, registryWithin } from "../../kernel/own-fields/workspace-registry.ts"
import { turnMergedLinks } from "../../kernel/records/turn-merged-links.ts"
import { brokenOf } from "./broken-fields.ts"
import { firstId } from "./computations.queries.ts"
import { orderComputation } from "./compute-records.ts"
import { convertValue, needsConversion } from "./convert.ts"
import {
  type FieldRow,
  fieldRow,
  fieldRows,
  hasRepeated,
  insertField,
  namesInUse,
  saveField,
  storedValues,
} from "./fields.queries.ts"
import {
  checkField,
  completeOptions,
  free,
  type GivenOptions,
  isDerived,
  keptOptions,
  keyOf,
  type Surroundings,
} from "./fields.rules.ts"
import { findAgain } from "./find-again.ts"
import { forgottenFrom } from "./forget-fields.ts"

/** Living own fields of one entity. */
const mostFields = 1000
const examples = 10
const page = 2000

export interface FieldChanges {
  label?: string
  help?: string
  group?: string
  position?: number
  options?: GivenOptions
  required?: FieldRow["required"]
  stages?: string[]
  default?: unknown
  unique?: boolean
  hidden?: boolean
}
export type NewField = {
  entity: string
  type: OwnFieldType
  key?: string | undefined
  label: string
} & FieldChanges

export async function listFields(
  ctx: Context,
  wanted: { entity?: string | undefined; deleted: boolean },
): Promise<OwnFieldAnswer[]> {
  const rows = await fieldRows(ctx, wanted)
  return rows.filter(({ entity: name, key }) => {
    const entity = ctx.registry.entity(name)
    return entity && ctx.permissions.has(`${name}:read`) && !hiddenKeys(ctx, entity).includes(ownPrefix + key)
  })
}

/** Throws `validation_failed` for a name that is taken and a declaration that contradicts itself. */
export async function createField(ctx: Context, given: NewField): Promise<OwnFieldAnswer> {
  const entity = entityOf(ctx, given.entity)
  requireAlone(ctx)
  const { keys, slots, living, last } = await namesInUse(ctx, entity.name)
  refuseMore(living)
  if (given.key !== undefined && keys.has(given.key))
    throw invalid("key", "not_unique", "is the name of another field")
  const key = given.key ?? keyOf(given.label, keys)
  const now = ctx.now().toISOString()
  const field: FieldRow = {
    help: "",
    group: "custom",
    position: last + 1,
    required: "never",
    stages: [],
    default: null,
    unique: false,
    hidden: false,
    ...withoutUndefined(given),
    entity: entity.name,
    type: given.type,
    label: given.label,
    id: newId(ctx.now().getTime()),
    version: 1,
    key,
    slot: free(key, slots, "~"),
    options: completeOptions(
      given.type,
      given.options ?? {},
      around(ctx, entity.name),
    ) as FieldRow["options"],
    replaces: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  checkField(entity, field)
  insertField(ctx, field)
  if (isDerived(field)) await orderComputation(ctx, field.entity)
  fieldsHaveChanged(ctx)
  return field
}
function refuseMore(living: number): void {
  if (living >= mostFields) throw invalid("entity", "too_many", `may have ${mostFields} own fields`)
}
/** Fields and objects change while nobody writes records by them. */
export function requireAlone({ tx }: Context): void {
  if (!tx.alone) throw new Error("fields and objects are changed by an endpoint that is alone")
}
export function withoutUndefined<V extends object>(values: V): { [K in keyof V]: Exclude<V[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}

/** Its values stay where they are, so that it can be restored. */
export async function removeField(ctx: Context, id: string): Promise<void> {
  requireAlone(ctx)
  const field = await livingField(ctx, id)
  await refuseBreaking(ctx, field, undefined)
  if (fieldOfOwn(field).search) await orderComputation(ctx, field.entity)
  save(ctx, { ...field, deletedAt: ctx.now().toISOString() })
}
/** Throws `conflict` when a formula or a roll-up can't do without the field, or not with what takes its place or is that itself. */
export async function refuseBreaking(
  ctx: Context,
  field: FieldRow,
  successor: FieldRow | undefined,
): Promise<void> {
  const others = (await fieldRows(ctx, { deleted: false })).filter(({ id }) => id !== field.id)
  const fields = successor ? [...others, successor] : others
  const broken = brokenOf(ctx.registry, fields, { entity: field.entity, rollups: fields })
  if (!broken) return
  const why =
    broken.id === successor?.id
      ? "It needs fields that are not there any more, or not as they were."
      : `The ${broken.type === "rollup" ? "roll-up" : "formula"} "${broken.label}" needs this field as it is.`
  throw new AppError("conflict", { detail: why })
}
/**
 * Brings a field back; one that took its name is removed in its place, and can be restored in turn. Where living
 * records came to hold the same value, a unique field comes back as one that isn't: only so can they be seen and
 * put right.
 */
export async function restoreField(ctx: Context, id: string): Promise<OwnFieldAnswer> {
  requireAlone(ctx)
  const field = await fieldRow(ctx, id)
  // Its values may be half erased.
  if (!field?.deletedAt || Date.parse(field.deletedAt) < forgottenFrom(ctx).getTime()) throw notFound()
  entityOf(ctx, field.entity)
  if (field.type === "link" && !isTarget(ctx, field.options.target ?? ""))
    throw new AppError("conflict", { detail: "What this field links to was removed. Restore that first." })
  const living = await fieldRows(ctx, { entity: field.entity, deleted: false })
  const successor = living.find(({ key }) => key === field.key)
  if (!successor) refuseMore(living.length)
  await refuseBreaking(ctx, successor ?? field, field)
  // What it holds is from when it was removed.
  await orderComputation(ctx, field.entity)
  if (successor) save(ctx, { ...successor, deletedAt: ctx.now().toISOString() })
  const restored = save(ctx, { ...field, deletedAt: null })
  await findAgain(ctx, restored)
  if (field.type === "link") await followMerges(ctx, field.entity)
  return field.unique && (await hasRepeated(ctx, field))
    ? save(ctx, { ...restored, unique: false })
    : restored
}
/** Own links that no merge knew of lead to what their records became. */
export async function followMerges(ctx: Context, name: string): Promise<void> {
  const within = { ...ctx, registry: await registryWithin(ctx) }
  await turnMergedLinks(within, within.registry.entity(name) as EntityDeclaration)
}

/** What a change of type or options would make of the values that are there. */
export async function previewChange(
  ctx: Context,
  id: string,
  change: { type?: OwnFieldType | undefined; options?: GivenOptions | undefined },
): Promise<TypeChange> {
  const before = await livingField(ctx, id)
  const after = retyped(ctx, before, change)
  const result: TypeChange = { filled: 0, lost: 0, examples: [] }
  const kept: TypeChange["examples"] = []
  for (let from = firstId; ; ) {
    const values = await storedValues(ctx, before, { after: from, limit: page, lock: false })
    for (const { id: recordId, value } of values) {
      result.filled += 1
      const to = needsConversion(before, after)
        ? convertValue(before, after, value, ctx.workspaceZone)
        : value
      if (to === null) result.lost += 1
      const list = to === null ? result.examples : kept
      if (list.length < examples) list.push({ recordId, from: value, to })
    }
    const last = values.at(-1)
    if (values.length < page || !last) break
    from = last.id
  }
  return { ...result, examples: [...result.examples, ...kept].slice(0, examples) }
}
/** The field with another type or other options, which are completed. Throws for options that don't fit. */
export function retyped(
  ctx: Context,
  before: FieldRow,
  change: { type?: OwnFieldType | undefined; options?: GivenOptions | undefined },
): FieldRow {
  const type = change.type ?? before.type
  const given = change.options ?? keptOptions(type, before.options as GivenOptions as never)
  const options = completeOptions(type, given, around(ctx, before.entity)) as FieldRow["options"]
  return { ...before, type, options }
}

export async function livingField(ctx: Context, id: string): Promise<FieldRow> {
  const field = await fieldRow(ctx, id)
  if (!field || field.deletedAt !== null) throw notFound()
  entityOf(ctx, field.entity)
  return field
}
export function save(ctx: Context, changed: FieldRow): FieldRow {
  const field = { ...changed, version: changed.version + 1, updatedAt: ctx.now().toISOString() }
  saveField(ctx, field)
  fieldsHaveChanged(ctx)
  return field
}
/** The entity as it is without own fields. */
export function entityOf(ctx: Context, name: string): EntityDeclaration {
  const entity = ctx.registry.entity(name)
  if (!entity) throw invalid("entity", "unknown_entity", `"${name.slice(0, 60)}" is not an entity`)
  if (!ctx.permissions.has(`${name}:update`))
    throw new AppError("forbidden", { detail: "Your role does not allow to change these records." })
  // A change of a field reaches every record, and shows what is in them.
  if (!seesWhole(ctx, name))
    throw new AppError("forbidden", { detail: "Fields are changed by those who may see all these records." })
  return withoutOwnFields(entity)
}
/** Whether a link can lead there. */
export function isTarget({ registry }: Pick<Context, "registry">, name: string): boolean {
  return name === "members" || registry.entity(name) !== undefined
}
/** What options are checked against: the entity with the own fields it has now, and what can be linked to. */
function around(ctx: Context, entity: string): Surroundings {
  return {
    entity: ctx.registry.entity(entity) as EntityDeclaration,
    isTarget: (name) => isTarget(ctx, name),
    find: (name) => {
      const found = ctx.registry.entity(name)
      return found && ctx.permissions.has(`${name}:read`) && seesWhole(ctx, name)
        ? usableEntity(ctx, found)
        : undefined
    },
  }
}
