import { invitationsEndpoints } from "@regulars/contract/domains/invitations.endpoints.ts"
import { implement } from "../../kernel/http/handlers.ts"
import { acceptInvitation, lookAtInvitation } from "./accept-invitation.ts"
import { invite, listOpenInvitations, withdrawInvitation } from "./invitations.ts"
import { acceptByPasskey, acceptWithNewPasskey, beginInvitedPasskey } from "./passkeys/passkey-invitation.ts"
import { setOutToJoin } from "./provider/provider-invitation.ts"

export const invitationsHandlers = implement(invitationsEndpoints, {
  "POST /auth/invitations/look": async (caller, { body }) => ({
    data: await lookAtInvitation(caller.services, body.token),
  }),
  "POST /auth/invitations/accept": async (caller, { body }) => ({
    data: await acceptInvitation(caller, body),
  }),
  "GET /invitations": async (ctx) => ({ data: await listOpenInvitations(ctx) }),
  "POST /invitations": async (ctx, { body }, exchange) => ({ data: await invite(ctx, body, exchange) }),
  "DELETE /invitations/:id": async (ctx, { params }) => void (await withdrawInvitation(ctx, params.id)),
  "POST /auth/invitations/provider": async (caller, { body }) => ({
    data: { url: await setOutToJoin(caller, body) },
  }),
  "POST /auth/invitations/passkey/options": async (caller, { body }) => ({
    data: await beginInvitedPasskey(caller, body),
  }),
  "POST /auth/invitations/passkey/new": (caller, { body }) => acceptWithNewPasskey(caller, body),
  "POST /auth/invitations/passkey": async (caller, { body }) => ({
    data: await acceptByPasskey(caller, body),
  }),
})
