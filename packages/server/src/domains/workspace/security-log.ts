import { noteSecurityApart, type SecurityDetails } from "../../kernel/audit/note.ts"
import type { SecurityEvent } from "../../kernel/audit/security-events.ts"
import type { Services } from "../../kernel/context.ts"
import { inAuth } from "./auth.queries.ts"
import { listPlaces } from "./workspace.queries.ts"

/**
 * Notes what bears on the security of an account among the events of every workspace it has access to. What can't be
 * noted is said in the log; the person gets on with what they did.
 */
export async function noteAccount(
  services: Services,
  userId: string,
  event: SecurityEvent,
  details: SecurityDetails = {},
): Promise<void> {
  try {
    const places = await inAuth(services, (tx) => listPlaces(tx, userId))
    for (const { workspace, member } of places)
      await noteSecurityApart(services, { workspaceId: workspace.id, memberId: member.id }, event, {
        userId,
        ...details,
      })
  } catch (error) {
    services.log.error({ err: error, event, userId }, "a security event could not be noted")
  }
}
