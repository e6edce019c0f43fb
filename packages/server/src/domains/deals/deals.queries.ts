import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { recordset, type StoredRecord } from "../../kernel/records/columns.ts"

/** Notes that deals came into their stage, and closes the span before it. The deals' rows are locked. */
export function enterStages(ctx: Context, deals: readonly StoredRecord[], isNew: boolean): void {
  const now = ctx.now().toISOString()
  const rows = deals.map(({ id, version, pipeline, stage, stageSince }) => ({
    deal_id: id,
    version,
    pipeline,
    stage,
    entered_at: isNew ? stageSince : now,
  }))
  const types = {
    deal_id: "uuid",
    version: "int4",
    pipeline: "text",
    stage: "text",
    entered_at: "timestamptz",
  }
  if (!isNew)
    ctx.tx.write(sql`
      update deal_spans set left_at = greatest(entered_at, ${now}::timestamptz)
      where workspace_id = ${ctx.workspaceId} and deal_id = any (${deals.map(({ id }) => id)}::uuid[]) and left_at is null`)
  ctx.tx.write(sql`
    insert into deal_spans (workspace_id, deal_id, version, pipeline, stage, entered_at, moved_by)
    select ${ctx.workspaceId}::uuid, deal_id, version, pipeline, stage, entered_at, ${ctx.actor.memberId}::uuid
    from ${recordset("input", rows, types)}`)
}

export interface SpanRow {
  version: number
  pipeline: string
  stage: string
  enteredAt: string
  leftAt: string | null
  movedBy: string | null
}
/** In their order, the first first. */
export function spansOf(ctx: Context, dealId: string): Promise<SpanRow[]> {
  return ctx.tx.rows<SpanRow>(sql`
    select version, pipeline, stage, entered_at as "enteredAt", left_at as "leftAt", moved_by as "movedBy"
    from deal_spans where workspace_id = ${ctx.workspaceId} and deal_id = ${dealId} order by version`)
}
