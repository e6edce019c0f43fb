import { factorsEndpoints } from "@regulars/contract/domains/factors.endpoints.ts"
import { implement } from "../../kernel/http/handlers.ts"
import { hasMemberFactor } from "./factor-help.ts"
import {
  beginAuthenticator,
  confirmFactor,
  readFactors,
  removeFactor,
  renewRecoveryCodes,
} from "./factors.ts"
import { proveIdentity } from "./proof.ts"
import { listMemberSignIns, listOwnSignIns } from "./sessions.ts"

export const factorsHandlers = implement(factorsEndpoints, {
  "GET /auth/factors": async (caller) => ({ data: await readFactors(caller) }),
  "POST /auth/authenticator": async (caller) => ({ data: await beginAuthenticator(caller) }),
  "POST /auth/authenticator/confirm": async (caller, { body }) => ({
    data: await confirmFactor(caller, body.code),
  }),
  "DELETE /auth/authenticator": async (caller) => void (await removeFactor(caller)),
  "POST /auth/recovery-codes": async (caller) => ({ data: await renewRecoveryCodes(caller) }),
  "GET /auth/sign-ins": async (caller) => ({ data: await listOwnSignIns(caller) }),
  "GET /members/:id/sign-ins": async (ctx, { params }) => ({
    data: await listMemberSignIns(ctx, params.id),
    secondStep: await hasMemberFactor(ctx, params.id),
  }),
  // Carried out only where the proof holds.
  "GET /auth/proof": async () => {},
  "POST /auth/proof": async (caller, { body }) => void (await proveIdentity(caller, body)),
})
