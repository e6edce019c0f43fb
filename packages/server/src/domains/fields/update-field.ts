import type { OwnFieldAnswer } from "@regulars/contract/domains/fields.endpoints.ts"
import { fieldOfOwn, type OwnFieldType } from "@regulars/contract/kernel/own-fields.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { insertValueRows, valueRows } from "../../kernel/own-fields/values.ts"
import { fieldsHaveChanged } from "../../kernel/own-fields/workspace-registry.ts"
import { firstId } from "./computations.queries.ts"
import { orderComputation } from "./compute-records.ts"
import { convertValue, needsConversion } from "./convert.ts"
import {
  type FieldRow,
  hasRepeated,
  insertField,
  namesInUse,
  type StoredValue,
  saveField,
  storedValues,
  writeValues,
} from "./fields.queries.ts"
import { checkField, free, isDerived } from "./fields.rules.ts"
import {
  entityOf,
  type FieldChanges,
  livingField,
  refuseBreaking,
  requireAlone,
  retyped,
  save,
  withoutUndefined,
} from "./fields.service.ts"

const page = 2000

/**
 * Changes a field. Where values have to be converted, a field with the new type takes its place and the old one goes,
 * restorable with its values. Throws `version_conflict`, `not_found`, and `validation_failed` for a declaration that
 * contradicts itself or a unique field whose values repeat.
 */
export async function updateField(
  ctx: Context,
  id: string,
  { type, options, ...changes }: FieldChanges & { type?: OwnFieldType },
  version?: number,
): Promise<OwnFieldAnswer> {
  requireAlone(ctx)
  const before = await livingField(ctx, id)
  if (version !== undefined && version !== before.version)
    throw new AppError("version_conflict", {
      detail: "Someone else changed this field in the meantime.",
      details: { version: before.version },
    })
  const typed = type || options ? retyped(ctx, before, { type, options }) : before
  const after: FieldRow = { ...typed, ...withoutUndefined(changes) }
  if (changes.required !== undefined && changes.required !== "stages") after.stages = []
  if (after.type !== before.type && changes.default === undefined) after.default = null
  checkField(entityOf(ctx, after.entity), after)
  const isReplaced = needsConversion(before, after)
  if (isReplaced) await refuseBreaking(ctx, before, after)
  const result = isReplaced ? await replaceField(ctx, before, after) : save(ctx, after)
  if (result.unique && (!before.unique || result.id !== before.id)) await refuseRepeated(ctx, result)
  return result
}
async function refuseRepeated(ctx: Context, field: FieldRow): Promise<void> {
  if (await hasRepeated(ctx, field))
    throw invalid("unique", "not_unique", "is not possible: some records hold the same value")
}

/** The old field leaves its name to the new one, which has a slot of its own. */
async function replaceField(ctx: Context, before: FieldRow, after: FieldRow): Promise<FieldRow> {
  const now = ctx.now().toISOString()
  const { slots } = await namesInUse(ctx, before.entity)
  saveField(ctx, { ...before, version: before.version + 1, updatedAt: now, deletedAt: now })
  const field: FieldRow = {
    ...after,
    id: newId(ctx.now().getTime()),
    version: 1,
    slot: free(after.key, slots, "~"),
    replaces: before.id,
    createdAt: now,
    updatedAt: now,
  }
  insertField(ctx, field)
  await orderComputation(ctx, field.entity)
  fieldsHaveChanged(ctx)
  if (isDerived(field)) return field
  for (let from = firstId; ; ) {
    const values = await storedValues(ctx, before, { after: from, limit: page, lock: true })
    writeConverted(ctx, { before, field }, values)
    const last = values.at(-1)
    if (values.length < page || !last) break
    from = last.id
  }
  return field
}
function writeConverted(
  ctx: Context,
  { before, field }: { before: FieldRow; field: FieldRow },
  values: readonly StoredValue[],
): void {
  const converted = values.flatMap(({ id, value }) => {
    const to = convertValue(before, field, value, ctx.workspaceZone)
    return to === null ? [] : [{ id, value: to }]
  })
  if (converted.length === 0) return
  writeValues(ctx, field, converted)
  const declared = fieldOfOwn(field)
  insertValueRows(
    ctx,
    converted.flatMap(({ id, value }) => valueRows(declared, id, value)),
  )
}
