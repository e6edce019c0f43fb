import type { ListedChoice } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { column, recordset, table } from "../../kernel/records/columns.ts"

/** Puts a list in place of what stood under its name. */
export function saveList(ctx: Context, list: string, entries: readonly ListedChoice[]): void {
  ctx.tx.write(sql`delete from choice_lists where workspace_id = ${ctx.workspaceId} and list = ${list}`)
  const rows = entries.map(({ id, label, color, group, options, deletedAt }, position) => ({
    ...{ id, label, color, choice_group: group, options, position, deleted_at: deletedAt },
  }))
  const types = {
    ...{ id: "text", label: "text", color: "text", choice_group: "text" },
    ...{ options: "jsonb", position: "int4", deleted_at: "timestamptz" },
  }
  ctx.tx.write(sql`
    insert into choice_lists (workspace_id, list, id, label, color, choice_group, options, position, deleted_at)
    select ${ctx.workspaceId}::uuid, ${list}, id, label, color, choice_group, options, position, deleted_at
    from ${recordset("input", rows, types)}`)
}
/** Records with one of these values in a field of choices; those in the bin only where that is said. */
export async function idsHolding(
  ctx: Context,
  entity: EntityDeclaration,
  key: string,
  { ids, limit, bin = false }: { ids: readonly string[]; limit: number; bin?: boolean },
): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select id from ${table(entity)} where workspace_id = ${ctx.workspaceId} ${bin ? sql`` : sql`and deleted_at is null`}
      and ${column(entity, key)} = any (${ids}::text[]) order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}
