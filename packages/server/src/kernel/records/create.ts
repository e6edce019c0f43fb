import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import type { StoredRecord, Values } from "./columns.ts"
import { refuseDuplicates } from "./duplicates.ts"
import { insertRecords } from "./insert.ts"
import { normaliseValues } from "./normalise.ts"

/** Creates one record a person or program typed in. Throws `duplicate_suspected` unless twins are allowed. */
export async function createRecord(
  ctx: Context,
  entity: EntityDeclaration,
  values: Values,
  options: { allowDuplicate?: boolean } = {},
): Promise<StoredRecord> {
  if (!options.allowDuplicate) await refuseDuplicates(ctx, entity, normaliseValues(entity, values, ctx))
  const [record] = await insertRecords(ctx, entity, [{ values }])
  return record as StoredRecord
}
