import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { FieldError } from "@regulars/contract/kernel/errors.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import type { StoredRecord, Values } from "./columns.ts"
import { refuseDuplicates } from "./duplicates.ts"
import { insertRecords } from "./insert.ts"
import { lookUpForm } from "./lookups.ts"
import { normaliseValues } from "./normalise.ts"
import { updateRecords } from "./update.ts"

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

export type MatchOn = "id" | "email" | "phone" | "name"
export interface BatchRow {
  values: Values
  id?: string | undefined
  /** What validation found; a refused row is answered, not written. */
  errors?: FieldError[] | undefined
}
export interface BatchResult {
  index: number
  status: "created" | "updated" | "refused"
  id?: string
  errors?: FieldError[]
}

/**
 * Creates or, where `matchOn` finds one, updates up to 1,000 records. Refused rows are left out and answered
 * with their reasons; with `atomic` one refused row refuses all.
 */
export async function writeBatch(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly BatchRow[],
  options: { matchOn?: MatchOn | undefined; atomic: boolean },
): Promise<BatchResult[]> {
  const refused = rows.flatMap((row, index) =>
    row.errors ? [{ path: `rows.${index}`, errors: row.errors }] : [],
  )
  if (options.atomic && refused.length > 0)
    throw new AppError("validation_failed", {
      detail: `${refused.length} of ${rows.length} rows can't be accepted; nothing was written.`,
      errors: refused
        .flatMap(({ path, errors }) => errors.map((error) => ({ ...error, path: `${path}.${error.path}` })))
        .slice(0, 100),
    })
  const matches = options.matchOn
    ? await findMatches(ctx, entity, rows, options.matchOn)
    : new Map<number, string>()
  const results: BatchResult[] = rows.map((row, index) =>
    row.errors ? { index, status: "refused", errors: row.errors } : { index, status: "created" },
  )
  const creations = rows.flatMap((row, index) => (row.errors || matches.has(index) ? [] : [{ row, index }]))
  const created = await insertRecords(
    ctx,
    entity,
    creations.map(({ row }) => ({ values: row.values })),
  )
  creations.forEach(({ index }, position) => {
    results[index] = { index, status: "created", id: (created[position] as StoredRecord).id }
  })
  const updates = [...matches].filter(([index]) => !rows[index]?.errors)
  // Rows that hit the same record are applied one after the other, the last one wins.
  const byRecord = new Map<string, Values>()
  for (const [index, id] of updates) {
    byRecord.set(id, { ...byRecord.get(id), ...rows[index]?.values })
    results[index] = { index, status: "updated", id }
  }
  await updateRecords(
    ctx,
    entity,
    [...byRecord].map(([id, values]) => ({ id, values })),
  )
  return results
}

const matchFields: Record<Exclude<MatchOn, "id">, { field: string; part: string }> = {
  email: { field: "emails", part: "address" },
  phone: { field: "phones", part: "number" },
  name: { field: "name", part: "" },
}
async function findMatches(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly BatchRow[],
  matchOn: MatchOn,
): Promise<Map<number, string>> {
  const values = rows.map((row) => matchValues(ctx, entity, row, matchOn))
  const wanted = [...new Set(values.flat())]
  const found =
    matchOn === "id"
      ? await ctx.tx.rows<{ id: string; value: string }>(
          sql`select id, id::text as value from ${sql.table(entity.name)} where workspace_id = ${ctx.workspaceId} and id = any (${wanted}::uuid[]) and deleted_at is null`,
        )
      : await ctx.tx.rows<{ id: string; value: string }>(sql`
          select v.record_id as id, v.value from record_values v
          join ${sql.table(entity.name)} r on r.workspace_id = v.workspace_id and r.id = v.record_id and r.deleted_at is null
          where v.workspace_id = ${ctx.workspaceId} and v.entity = ${entity.name} and v.field = ${matchFields[matchOn].field} and v.value = any (${wanted}::text[])
          order by r.created_at desc, r.id desc`)
  const ids = new Map(found.map(({ id, value }) => [value, id]))
  return new Map(
    values.flatMap((own, index) => {
      const id = own.map((value) => ids.get(value)).find((match) => match !== undefined)
      return id === undefined ? [] : [[index, id] as const]
    }),
  )
}
function matchValues(ctx: Context, entity: EntityDeclaration, row: BatchRow, matchOn: MatchOn): string[] {
  if (matchOn === "id") return row.id ? [row.id] : []
  const { field, part } = matchFields[matchOn]
  const declared = entity.fields[field]
  const value = normaliseValues(entity, row.values, ctx)[field]
  if (!declared || value === undefined || value === null) return []
  if (declared.type !== "list") return [lookUpForm(declared.type, String(value))]
  return (value as Values[]).flatMap((item) =>
    typeof item[part] === "string" ? [lookUpForm(declared.item[part]?.type ?? "text", item[part])] : [],
  )
}
