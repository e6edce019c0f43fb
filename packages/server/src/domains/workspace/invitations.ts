import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import type { Exchange } from "../../kernel/http/handlers.ts"
import { originOf } from "../../kernel/http/security.ts"
import { newId } from "../../kernel/ids.ts"
import { asAuth, inAuth } from "./auth.queries.ts"
import {
  deleteInvitation,
  deleteInvitationsTo,
  type Invitation,
  insertInvitation,
  listInvitations,
} from "./invitations.queries.ts"
import { callingMember, readWorkspace, roleToGive, type WantedRole } from "./members.ts"
import { hashOf, newToken } from "./tokens.ts"
import { sendInvitation } from "./workspace.mails.ts"
import { findMemberByEmail } from "./workspace.queries.ts"

const lifetime = 7 * 24 * 3_600_000

export function listOpenInvitations(ctx: Context): Promise<Invitation[]> {
  const work = (tx: Tx) => listInvitations(tx, ctx.now().toISOString())
  return inAuth(ctx.services, work, ctx.workspaceId)
}
/**
 * Makes a link for one address and mails it where mail is set up. An earlier link for the address ends.
 * @throws AppError forbidden for a role above the caller's, conflict for somebody who is a member; validation_failed
 * for a role that is not there
 */
export async function invite(
  ctx: Context,
  { email, ...wanted }: { email: string } & WantedRole,
  { request }: Exchange,
): Promise<Invitation & { url: string }> {
  const { services, workspaceId, actor } = ctx
  const given = await roleToGive(ctx, wanted)
  if (!given) throw invalid("role", "required", "is needed")
  const present = await findMemberByEmail(ctx.tx, email)
  if (present)
    throw new AppError("conflict", {
      detail: present.active
        ? "This person is a member already."
        : "This person was a member. Switch their access on again instead.",
    })
  const token = newToken()
  const now = ctx.now()
  const invitation: Invitation = {
    id: newId(now.getTime()),
    workspaceId,
    email,
    ...given,
    invitedBy: actor.memberId,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetime).toISOString(),
  }
  await asAuth(ctx.tx, async (tx) => {
    await deleteInvitationsTo(tx, email)
    await insertInvitation(tx, invitation, hashOf(token))
  })
  const url = `${originOf(request, services.config)}/invitation#${token}`
  await mailAfterCommit(ctx, email, url)
  noteSecurity(ctx, "invited", { invitationId: invitation.id, ...given })
  return { ...invitation, url }
}
async function mailAfterCommit(ctx: Context, email: string, url: string): Promise<void> {
  const { services } = ctx
  if (!services.sendMail) return
  const workspace = await readWorkspace(ctx)
  const inviter = await callingMember(ctx)
  ctx.tx.afterCommit(() => {
    sendInvitation(services, {
      to: email,
      language: workspace.language,
      workspace: workspace.name,
      inviter: inviter?.name ?? workspace.name,
      url,
    }).catch((error: unknown) => services.log.error({ err: error }, "an invitation could not be mailed"))
  })
}
/** @throws AppError not_found */
export async function withdrawInvitation(ctx: Context, id: string): Promise<void> {
  if (!(await asAuth(ctx.tx, (tx) => deleteInvitation(tx, id)))) throw notFound()
  noteSecurity(ctx, "invitation_withdrawn", { invitationId: id })
}
