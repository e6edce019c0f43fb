import type { Context, Services } from "../context.ts"
import { emitEvents } from "../events/emit.ts"
import { asSystem } from "../jobs/run.ts"
import { type SecurityEvent, securityType } from "./security-events.ts"

/** Ids, roles and numbers only: no names, addresses or secrets. */
export type SecurityDetails = Record<string, string | number | boolean | null | undefined>

/** Notes, in the log and among the events of the workspace, what bears on its security. */
export function noteSecurity(ctx: Context, event: SecurityEvent, details: SecurityDetails): void {
  const { memberId } = ctx.actor
  ctx.log.info({ event, byMemberId: memberId, ...details }, `security: ${event}`)
  emitEvents(ctx, [{ type: securityType(event), data: details, subjects: [] }])
}

/** The same in a transaction of its own, where the caller's writes nothing or has ended. */
export async function noteSecurityApart(
  services: Services,
  { workspaceId, memberId }: { workspaceId: string; memberId: string | null },
  event: SecurityEvent,
  details: SecurityDetails,
): Promise<void> {
  await asSystem(services, workspaceId, 0, async (ctx) =>
    noteSecurity(
      memberId === null ? ctx : { ...ctx, actor: { type: "member", memberId, userId: null } },
      event,
      details,
    ),
  )
}
