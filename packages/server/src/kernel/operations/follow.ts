import type { Context } from "../context.ts"
import { asSystem } from "../jobs/run.ts"
import { mayPass } from "../jobs/undertakings.ts"
import { isOpen, lockOperation, type OperationState, type Progress, reportProgress } from "./operations.ts"

/** Progress is told this often, in milliseconds. */
const pause = 1000
class Cancelled extends Error {}

export type Report = (progress: Progress) => Promise<void>
/**
 * Does work that reports to its operation. The reports have transactions of their own, so that people see them while
 * the work goes on. Throws what may pass, so that the queue tries again.
 */
export async function follow(
  ctx: Context,
  id: string,
  work: (operation: OperationState, report: Report) => Promise<void>,
): Promise<void> {
  const { services, workspaceId } = ctx
  const operation = await asSystem(services, workspaceId, 0, (own) => lockOperation(own, id))
  if (!isOpen(operation)) return
  const report = (progress: Progress) => tell(ctx, id, progress)
  try {
    await report({ status: "running" })
    await work(operation, report)
  } catch (error) {
    if (error instanceof Cancelled) return report({ status: "cancelled" })
    if (mayPass(error)) throw error
    ctx.log.error({ err: error as Error }, `${operation.kind} did not succeed`)
    await report({ status: "failed", summary: { ...operation.input, error: (error as Error).message } })
  }
}
/** Throws when somebody asked to stop. What has ended hears no more: tidying up behind it may fail. */
async function tell(ctx: Context, id: string, progress: Progress): Promise<void> {
  await asSystem(ctx.services, ctx.workspaceId, 0, async (own) => {
    const { cancelRequested, status } = await lockOperation(own, id)
    if (!isOpen({ status })) return
    if (cancelRequested && progress.status === undefined) throw new Cancelled()
    await reportProgress(own, id, progress)
  })
}
/** Tells how far something is once a second at most, however often it is called. */
export function everySecond(report: Report) {
  let told = 0
  return async (done: number, total: number): Promise<void> => {
    if (performance.now() - told < pause) return
    told = performance.now()
    await report({ done, total: Math.round(total) })
  }
}
