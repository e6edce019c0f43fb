import { passkeysEndpoints } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { implement } from "../../../kernel/http/handlers.ts"
import { askForPasskey, proveByPasskey, signInByPasskey } from "./passkey-sign-in.ts"
import { addPasskey, beginPasskey, listOwnPasskeys, nameOwnPasskey, removeOwnPasskey } from "./passkeys.ts"

export const passkeysHandlers = implement(passkeysEndpoints, {
  "GET /auth/passkeys": async (caller) => ({ data: await listOwnPasskeys(caller) }),
  "POST /auth/passkeys/options": async (caller) => ({ data: await beginPasskey(caller) }),
  "POST /auth/passkeys": (caller, { body }) => addPasskey(caller, body),
  "PATCH /auth/passkeys/:id": async (caller, { params, body }) => ({
    data: await nameOwnPasskey(caller, params.id, body.name),
  }),
  "DELETE /auth/passkeys/:id": (caller, { params }) => removeOwnPasskey(caller, params.id),
  "POST /auth/passkey/options": async (caller) => ({ data: await askForPasskey(caller) }),
  "POST /auth/passkey/sign-in": async (caller, { body }) => ({
    data: await signInByPasskey(caller, body.response),
  }),
  "POST /auth/passkey/proof": (caller, { body }) => proveByPasskey(caller, body.response),
})
