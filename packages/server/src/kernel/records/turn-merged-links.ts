import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { ownFieldsOf } from "@regulars/contract/kernel/own-fields.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { moveLinks } from "./merge.ts"

/**
 * Turns own links of an entity's records that lead to what became part of another record, because no merge knew of
 * them (their field or object was removed), as those merges would have done: with history, and a way back as long as
 * the merge has one. Belongs into a transaction that is alone, with the fields in its registry.
 */
export async function turnMergedLinks(asked: Context, entity: EntityDeclaration): Promise<void> {
  // What points at a record follows it, whoever sees it.
  const ctx: Context = { ...asked, access: undefined }
  const fieldIds = ownFieldsOf(entity).flatMap(([, { type, own }]) =>
    type === "link" && own ? [own.id] : [],
  )
  if (fieldIds.length === 0) return
  for (let turned = 1; turned > 0; ) {
    turned = 0
    // What is turned may lead to what was merged again: that is the next round's.
    for (const merge of await mergesOf(ctx, fieldIds)) {
      const target = ctx.registry.entity(merge.entity)
      if (target) turned += await moveLinks(ctx, { ...merge, entity: target }, entity, { late: true })
    }
  }
}

interface PastMerge {
  id: string
  entity: string
  survivorId: string
  otherIds: string[]
  operationId: string
}
/** Merges by which records went that values of these fields lead to. */
function mergesOf(ctx: Context, fieldIds: readonly string[]): Promise<PastMerge[]> {
  return ctx.tx.rows<PastMerge>(sql`
    select merge_id as id, entity, into_id as "survivorId", operation_id as "operationId", array_agg(id) as "otherIds"
    from merged_records
    where workspace_id = ${ctx.workspaceId} and id in (
      select value_ref from field_values where workspace_id = ${ctx.workspaceId} and field_id = any (${fieldIds}::uuid[]))
    group by merge_id, entity, into_id, operation_id order by merge_id`)
}
