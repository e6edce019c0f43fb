import { noteSecurity, noteSecurityApart } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, notFound } from "../../kernel/errors.ts"
import type { Exchange } from "../../kernel/http/handlers.ts"
import { requireReach } from "./account-reach.ts"
import { asAuth, inAuth } from "./auth.queries.ts"
import { deleteFactors, hasFactor, lockAccount } from "./factors.queries.ts"
import { deleteOwnIdentities } from "./provider/provider.queries.ts"
import { mailFactorChange } from "./security-log.ts"
import { deleteSessionsOf } from "./sessions.queries.ts"
import { announceEnded, requireSession } from "./sessions.ts"
import { findMember, listPlaces } from "./workspace.queries.ts"

const taken = "second_factor_taken_off"

/** Whether a member has a second step, for those who may take it off. Throws `not_found`. */
export async function hasMemberFactor(ctx: Context, memberId: string): Promise<boolean> {
  const member = await findMember(ctx.tx, memberId)
  if (!member) throw notFound()
  return inAuth(ctx.services, (tx) => hasFactor(tx, member.userId))
}
/**
 * Takes off the second step of a member who lost it. All their sessions end, and they are told by mail.
 * @throws AppError not_found, forbidden for an account that reaches further than the caller's and for a key,
 * conflict for the caller's own, which Settings → Security switches off
 */
export async function takeFactorOff(ctx: Context, memberId: string, { identity }: Exchange): Promise<void> {
  const caller = requireSession(identity)
  const member = await findMember(ctx.tx, memberId)
  if (!member) throw notFound()
  const { userId } = member
  if (userId === caller.userId)
    throw new AppError("conflict", { detail: "Switch your own second step off in Settings, Security." })
  const ended = await asAuth(ctx.tx, async (tx) => {
    await requireReach(tx, userId, caller.userId)
    await lockAccount(tx, userId)
    if (!(await deleteFactors(tx, userId))) throw notFound()
    await deleteOwnIdentities(tx, userId)
    return deleteSessionsOf(tx, userId)
  })
  noteSecurity(ctx, taken, { memberId })
  ctx.tx.afterCommit(() => {
    announceEnded(ctx.services, ended)
    mailFactorChange(ctx.services, userId, taken)
    noteElsewhere(ctx, userId).catch((error: unknown) =>
      ctx.log.error({ err: error, userId }, "a security event could not be noted"),
    )
  })
}
/** The account's other workspaces are concerned as well. */
async function noteElsewhere({ services, workspaceId }: Context, userId: string): Promise<void> {
  const places = await inAuth(services, (tx) => listPlaces(tx, userId))
  for (const { workspace, member } of places)
    if (workspace.id !== workspaceId)
      await noteSecurityApart(services, { workspaceId: workspace.id, memberId: null }, taken, {
        memberId: member.id,
      })
}
