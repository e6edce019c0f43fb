import type { ObjectTypeAnswer, RestoredObject } from "@regulars/contract/domains/objects.endpoints.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { ObjectIcon } from "@regulars/contract/kernel/object-icons.ts"
import { objectPrefix } from "@regulars/contract/kernel/own-objects.ts"
import { restriction } from "../../kernel/access/policy.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { fieldsHaveChanged } from "../../kernel/own-fields/workspace-registry.ts"
import { fitFields, requireAlone } from "../fields/index.ts"
import {
  fieldLinkingTo,
  insertObjectType,
  type ObjectTypeRow,
  objectTypeRow,
  objectTypeRows,
  saveObjectType,
} from "./objects.queries.ts"

/** Living and removed ones of one workspace. */
const mostObjects = 100
const longestKey = 30

interface ObjectChanges {
  one?: string | undefined
  many?: string | undefined
  icon?: ObjectIcon | undefined
  position?: number | undefined
}
export type NewObject = ObjectChanges & { one: string; many: string; key?: string | undefined }

/** Those whose records the caller may read; of the removed ones all, for whoever may bring them back. */
export async function listObjectTypes(
  ctx: Context,
  wanted: { deleted: boolean },
): Promise<ObjectTypeAnswer[]> {
  const rows = await objectTypeRows(ctx)
  const shown = wanted.deleted
    ? rows.filter(({ deletedAt }) => deletedAt !== null && ctx.permissions.has("fields:update"))
    : rows.filter(
        ({ deletedAt, key }) => deletedAt === null && ctx.permissions.has(`${objectPrefix}${key}:read`),
      )
  return shown.map((row) => told(ctx, row))
}
function told(ctx: Context, row: ObjectTypeRow): ObjectTypeAnswer {
  const entity = objectPrefix + row.key
  // One that was declared just now, or is removed, is not among the permissions: roles decide over all of these alike.
  const named = ctx.registry.entity(entity) || ctx.access ? entity : "objects"
  const may = (action: string) => ctx.permissions.has(`${named}:${action}`)
  return { ...row, entity, can: { create: may("create"), update: may("update"), delete: may("delete") } }
}

/** Throws `validation_failed` for a key that is taken, also by a removed object, and when there are too many. */
export async function createObjectType(ctx: Context, given: NewObject): Promise<ObjectTypeAnswer> {
  requireAlone(ctx)
  const rows = await objectTypeRows(ctx)
  if (rows.length >= mostObjects)
    throw invalid("key", "too_many", `is one too many: a workspace may have ${mostObjects} own objects`)
  const taken = new Set(rows.map(({ key }) => key))
  if (given.key !== undefined && taken.has(given.key))
    throw invalid("key", "not_unique", "is the name of another object, or of one removed within 30 days")
  const now = ctx.now().toISOString()
  const row: ObjectTypeRow = {
    id: newId(ctx.now().getTime()),
    version: 1,
    key: given.key ?? keyOf(given.many, taken),
    one: given.one,
    many: given.many,
    icon: given.icon ?? "box",
    position: given.position ?? Math.max(0, ...rows.map(({ position }) => position)) + 1,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  insertObjectType(ctx, row)
  changed(ctx, row, "made")
  return told(ctx, row)
}
/** "Coffee machines" → `coffee-machines`, with a number where that is taken. */
function keyOf(name: string, taken: ReadonlySet<string>): string {
  const words = (fold(name).match(/[a-z0-9]+/g) ?? []).join("-")
  const plain = (/^[a-z]/.test(words) ? words : `object-${words}`).slice(0, longestKey - 3).replace(/-+$/, "")
  let key = plain
  for (let number = 2; taken.has(key); number++) key = `${plain}-${number}`
  return key
}

/** Throws `not_found`, and `version_conflict` when somebody changed it since `version`. */
export async function updateObjectType(
  ctx: Context,
  id: string,
  changes: ObjectChanges,
  version?: number,
): Promise<ObjectTypeAnswer> {
  requireAlone(ctx)
  const before = await livingType(ctx, id)
  if (version !== undefined && version !== before.version)
    throw new AppError("version_conflict", {
      detail: "Someone else changed this object in the meantime.",
      details: { version: before.version },
    })
  return save(
    ctx,
    {
      ...before,
      one: changes.one ?? before.one,
      many: changes.many ?? before.many,
      icon: changes.icon ?? before.icon,
      position: changes.position ?? before.position,
    },
    "changed",
  )
}

/**
 * Its records stay, so that both can be restored. Throws `conflict` while a field links to them or is made of them, `forbidden` for whoever
 * may not delete all of them.
 */
export async function removeObjectType(ctx: Context, id: string): Promise<void> {
  requireAlone(ctx)
  const before = await livingType(ctx, id)
  const entity = ctx.registry.entity(objectPrefix + before.key)
  if (entity && (!ctx.permissions.has(`${entity.name}:delete`) || restriction(ctx, entity, "delete")))
    throw new AppError("forbidden", { detail: "Your role does not allow to delete all these records." })
  const field = await fieldLinkingTo(ctx, objectPrefix + before.key)
  if (field)
    throw new AppError("conflict", {
      detail: `The field "${field.label}" needs these records. Remove that field first.`,
    })
  save(ctx, { ...before, deletedAt: ctx.now().toISOString() }, "removed")
}
/**
 * Brings an object back with its records, but for fields that can't be without what is gone meanwhile: these are
 * named. Throws `not_found` for one that is not removed, or was forgotten.
 */
export async function restoreObjectType(ctx: Context, id: string): Promise<RestoredObject> {
  requireAlone(ctx)
  const before = await objectTypeRow(ctx, id)
  if (!before?.deletedAt) throw notFound()
  const data = save(ctx, { ...before, deletedAt: null }, "restored")
  const removed = await fitFields(ctx, data.entity)
  return { data, removedFields: removed.map(({ id, label }) => ({ id, label })) }
}

async function livingType(ctx: Context, id: string): Promise<ObjectTypeRow> {
  const row = await objectTypeRow(ctx, id)
  if (!row || row.deletedAt !== null) throw notFound()
  return row
}
function save(ctx: Context, given: ObjectTypeRow, change: Change): ObjectTypeAnswer {
  const row = { ...given, version: given.version + 1, updatedAt: ctx.now().toISOString() }
  saveObjectType(ctx, row)
  changed(ctx, row, change)
  return told(ctx, row)
}
type Change = "made" | "changed" | "removed" | "restored"
/** Known to every process from now on, and noted: removing one takes all its records out of sight. */
function changed(ctx: Context, { key }: ObjectTypeRow, change: Change): void {
  fieldsHaveChanged(ctx)
  noteSecurity(ctx, "object_changed", { entity: objectPrefix + key, change })
}
