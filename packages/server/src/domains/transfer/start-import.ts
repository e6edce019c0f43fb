import type { Context } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { cancelOperation, startOperation } from "../../kernel/operations/operations.ts"
import { startUndo } from "../../kernel/operations/undo.ts"
import { importableEntity } from "./importable.ts"
import { type ImportRow, latestUndos, updateImport } from "./imports.queries.ts"
import { getImport, isOpen } from "./imports.service.ts"
import { isDateTarget } from "./recognise/targets.ts"

/** Starts reading the whole file without writing. Throws when a date column still waits for an answer. */
export async function startCheck(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id, { lock: true })
  refuseUnready(ctx, row)
  await updateImport(ctx, id, {
    status: "checking",
    counts: null,
    problems: [],
    problemGroups: [],
    twins: [],
    position: 0,
    error: null,
    jobToken: null,
  })
  await orderStep(ctx, "imports.check", id)
  return getImport(ctx, id)
}
/** Starts importing as an operation. */
export async function startRun(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id, { lock: true })
  refuseUnready(ctx, row)
  const total = row.counts?.rows ?? row.total
  const operationId = await startOperation(ctx, {
    kind: "import",
    entity: row.entity,
    input: { importId: id, fileName: row.fileName },
    total,
  })
  await updateImport(ctx, id, {
    status: "running",
    operationId,
    counts: null,
    position: 0,
    total,
    error: null,
    jobToken: null,
  })
  await orderStep(ctx, "imports.run", id)
  return getImport(ctx, id)
}
function refuseUnready(ctx: Context, row: ImportRow): void {
  if (!isOpen(row)) throw new AppError("conflict", { detail: "This import is under way or done already." })
  const entity = importableEntity(ctx, row.entity)
  const waiting = row.columns.filter(
    (column) => column.dateOrder === "ambiguous" && column.target && isDateTarget(entity, column.target),
  )
  if (waiting.length > 0)
    throw new AppError("validation_failed", {
      detail: "Say for each column of dates whether day or month comes first.",
      errors: waiting.map(({ index, header }) => ({
        path: `columns.${index}.dateOrder`,
        code: "date_order_needed",
        message: `the dates of "${header.slice(0, 60)}" can be read in two ways`,
      })),
    })
}

/** Stops a check, a run or an undo; what a run has imported, or an undo has left, stays and can be undone. */
export async function cancelImport(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id)
  if (row.operationId) {
    const undos = await latestUndos(ctx, [row.operationId])
    await cancelOperation(ctx, undos.get(row.operationId) ?? row.operationId)
  } else if (row.status === "checking")
    await updateImport(ctx, id, { status: "recognised", jobToken: null, position: 0 })
  else throw new AppError("conflict", { detail: "There is nothing under way to stop." })
  return getImport(ctx, id)
}
export async function undoImport(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id)
  if (!row.operationId)
    throw new AppError("conflict", { detail: "This import has not run: there is nothing to undo." })
  await startUndo(ctx, row.operationId)
  return getImport(ctx, id)
}
