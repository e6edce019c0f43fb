import type { Context, Services } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { failOperation } from "../../kernel/operations/operations.ts"
import { findImport, type ImportRow, type ImportStatus, updateImport } from "./imports.queries.ts"

/** Makes this job the one that works on an import; another that still does finds out at its next step. */
export async function claimImport(
  services: Services,
  workspaceId: string,
  importId: string,
  status: ImportStatus,
): Promise<{ row: ImportRow; token: string } | undefined> {
  return asSystem(services, workspaceId, 0, async (ctx) => {
    const row = await findImport(ctx, importId, { lock: true })
    if (row?.status !== status) return undefined
    const token = newId()
    await updateImport(ctx, importId, { jobToken: token })
    return { row, token }
  })
}

/** Tells those who look at the import that it moved, once the step is committed. */
export function telling(ctx: Context, importId: string): void {
  ctx.tx.afterCommit(() =>
    ctx.services.live.publish(ctx.workspaceId, {
      type: "changed",
      entity: "imports",
      id: importId,
      version: null,
    }),
  )
}

/** Ends a check, or a run with its operation, as failed, unless it has ended: an old check fails no run. */
export async function failImport(
  ctx: Context,
  importId: string,
  { status, sentence }: { status: "checking" | "running"; sentence: string },
): Promise<void> {
  const row = await findImport(ctx, importId, { lock: true })
  if (row?.status !== status) return
  telling(ctx, importId)
  await updateImport(ctx, importId, { status: "failed", error: sentence, jobToken: null })
  if (row.operationId) await failOperation(ctx, row.operationId, sentence)
}
