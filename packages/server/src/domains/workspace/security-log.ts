import { noteSecurityApart, type SecurityDetails } from "../../kernel/audit/note.ts"
import type { SecurityEvent } from "../../kernel/audit/security-events.ts"
import type { Services } from "../../kernel/context.ts"
import { findUser, inAuth } from "./auth.queries.ts"
import { type FactorChange, sendFactorNotice } from "./workspace.mails.ts"
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

/** Mails a change to the owner of the account, who should hear of it if it was somebody else. Never throws. */
export function mailFactorChange(services: Services, userId: string, change: FactorChange): void {
  const mail = async () => {
    const { user, place } = await inAuth(services, async (tx) => ({
      user: await findUser(tx, userId),
      place: (await listPlaces(tx, userId))[0],
    }))
    const language = place?.member.language ?? place?.workspace.language ?? "en"
    if (user) await sendFactorNotice(services, { to: user.email, name: user.name, language, change })
  }
  mail().catch((error: unknown) => services.log.error({ err: error }, "a notice could not be mailed"))
}
