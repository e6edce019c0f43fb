import { setImmediate as turn } from "node:timers/promises"
import type { Reason } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Prepared } from "@regulars/insight/matching/model.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { getRecords, namesOf } from "../../kernel/records/read.ts"
import type { Comparable, Subject } from "./subjects.ts"

export function declarationOf(ctx: Context, { entity }: Pick<Subject, "entity">): EntityDeclaration {
  return ctx.registry.entity(entity) as EntityDeclaration
}

/** Records with what is compared of them, in any order; those the caller can't see are left out. */
export async function loadComparables(
  ctx: Context,
  subject: Subject,
  ids: readonly string[],
): Promise<(Comparable & { id: string; version: number })[]> {
  const rows = await getRecords(ctx, declarationOf(ctx, subject), ids, {
    keys: ["id", "version", "createdAt", ...subject.fields],
  })
  const names = await companyNames(ctx, rows)
  return rows.map((values) => ({
    id: values.id,
    version: values.version,
    values,
    companyName: names[String(values.companyId)] ?? null,
  }))
}
export async function companyNames(
  ctx: Context,
  rows: readonly Partial<StoredRecord>[],
): Promise<Record<string, string>> {
  const ids = new Set(rows.flatMap(({ companyId }) => (companyId ? [String(companyId)] : [])))
  if (ids.size === 0) return {}
  return (await namesOf(ctx, new Map([["companies", ids]]))).companies ?? {}
}

/** What the record goes by: its name, else the first address or number that is not hidden from the caller. */
export function nameOf(ctx: Context, subject: Subject, { values }: Comparable): string | null {
  const { title, subtitle = [] } = usableEntity(ctx, declarationOf(ctx, subject))
  const name = values[title]
  if (typeof name === "string") return name
  for (const key of subtitle) {
    const [first] = Array.isArray(values[key]) ? (values[key] as Values[]) : []
    const text = first?.address ?? first?.number ?? first?.raw
    if (typeof text === "string") return text
  }
  return null
}

/** Why two are alike, for who sees all of what was compared: a reason tells of what is hidden, too. */
export function reasonsFor(ctx: Context, subject: Subject, reasons: Reason[]): Reason[] {
  const { fields } = usableEntity(ctx, declarationOf(ctx, subject))
  return subject.fields.every((key) => key in fields) ? reasons : []
}

/** Records loaded in one statement. */
const page = 1000
/** Records ready to be compared, by id. */
export async function loadPrepared(
  ctx: Context,
  subject: Subject,
  ids: readonly string[],
): Promise<Map<string, Prepared>> {
  const prepared = new Map<string, Prepared>()
  const rest = takingTurns()
  for (let start = 0; start < ids.length; start += page)
    for (const record of await loadComparables(ctx, subject, ids.slice(start, start + page))) {
      prepared.set(record.id, subject.prepare(record))
      await rest()
    }
  return prepared
}

/** Milliseconds of computing after which everybody else in this process gets a turn. */
const slice = 8
/** Called in a loop that computes: lets others have their turn when it has gone on for long enough. */
export function takingTurns(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < slice) return undefined
    return turn().then(() => {
      since = performance.now()
    })
  }
}

/** Tells those who look at the queue that it has changed. */
export function announcePairs(ctx: Context): void {
  ctx.tx.afterCommit(() =>
    ctx.services.live.publish(ctx.workspaceId, {
      type: "changed",
      entity: "duplicates",
      id: null,
      version: null,
    }),
  )
}
