import type { AuditFact } from "@regulars/contract/domains/audit.endpoints.ts"
import { seesWhole } from "../../kernel/access/policy.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { isId } from "../../kernel/ids.ts"
import { namesOf } from "../../kernel/records/read.ts"
import { addDays, startOfDay } from "../../kernel/time.ts"
import { type FactRow, listFacts } from "./audit.queries.ts"

export interface AuditQuery {
  area?: "security" | "records" | undefined
  memberId?: string | undefined
  subject?: string | undefined
  /** Days in the workspace's zone, both included. */
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
  limit: number
}
/** Records named in one line; of further ones the line says how many. */
const mostNamed = 3

/** It tells of every record and every field: who sees only some must not read it. Throws `forbidden`. */
export function requireWholeSight(ctx: Context): void {
  if (ctx.registry.entities.every(({ name }) => seesWhole(ctx, name))) return
  throw new AppError("forbidden", { detail: "The audit log is for those who may see all records." })
}

/** What happened in the workspace, newest first. Throws `validation_failed` for a cursor that is none. */
export async function readAudit(ctx: Context, query: AuditQuery) {
  requireWholeSight(ctx)
  const { subject, from, to, cursor, limit } = query
  if (cursor !== undefined && !isId(cursor))
    throw invalid("cursor", "invalid_cursor", "is not a cursor of this list")
  const [type = "", id = ""] = subject?.split(":") ?? []
  const zone = ctx.workspaceZone
  const rows = await listFacts(ctx, {
    area: query.area,
    memberId: query.memberId,
    subject: subject === undefined ? undefined : { type, id: id.toLowerCase() },
    from: from && startOfDay(from, zone).toISOString(),
    before: to && startOfDay(addDays(to, 1), zone).toISOString(),
    after: cursor,
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const names = await namesFor(ctx, shown)
  return {
    data: shown.map((row) => factOf(row, names)),
    page: { next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null },
  }
}

function idsOf({ data }: FactRow): string[] {
  return Array.isArray(data.ids) ? (data.ids as string[]) : []
}
function singularOf({ type }: FactRow): string {
  return type.split(".")[0] as string
}
type Names = ReadonlyMap<string, string>
async function namesFor(ctx: Context, rows: readonly FactRow[]): Promise<Names> {
  const wanted = new Map<string, Set<string>>()
  for (const row of rows) {
    const target = ctx.registry.entityOfSubject(singularOf(row))?.name
    if (!target) continue
    const ids = wanted.get(target) ?? new Set()
    for (const id of idsOf(row).slice(0, mostNamed)) ids.add(id)
    wanted.set(target, ids)
  }
  const byEntity = await namesOf(ctx, wanted)
  return new Map(Object.values(byEntity).flatMap((names) => Object.entries(names)))
}
function factOf(row: FactRow, names: Names): AuditFact {
  // Lists of ids may be long, and say nothing to anybody.
  const { ids: _, events: __, merged: ___, ...data } = row.data
  const ids = idsOf(row)
  return {
    id: row.id,
    type: row.type,
    at: row.at,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    subjects: ids
      .slice(0, mostNamed)
      .map((id) => ({ type: singularOf(row), id, name: names.get(id) ?? null })),
    count: ids.length,
    operation: row.operationId && row.operationKind ? { id: row.operationId, kind: row.operationKind } : null,
    data,
    sealed: row.sealed,
  }
}
