import type { PasskeyAssertion, PasskeyRegistration } from "@regulars/contract/domains/passkeys.endpoints.ts"
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser"
import { call } from "../../lib/api.ts"

/** Whether this browser and address can use passkeys at all: they know names of hosts only, and need encryption. */
export function hasPasskeys(): boolean {
  const isNumeric = /^[\d.]+$|^\[/.test(window.location.hostname)
  return window.isSecureContext && "PublicKeyCredential" in window && !isNumeric
}
/** Has the person choose a passkey and unlock it. Rejects when they do not, or there is none. */
export async function askForPasskey(): Promise<PasskeyAssertion> {
  const [{ startAuthentication }, { data }] = await Promise.all([
    import("@simplewebauthn/browser"),
    call("POST /auth/passkey/options"),
  ])
  const optionsJSON = data as unknown as PublicKeyCredentialRequestOptionsJSON
  const { id, rawId, response } = await startAuthentication({ optionsJSON })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    id,
    rawId,
    type: "public-key",
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  }
}
/** Has the browser make a passkey. Rejects when it does not. */
export async function makePasskey(options: Record<string, unknown>): Promise<PasskeyRegistration> {
  const { startRegistration } = await import("@simplewebauthn/browser")
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const { id, rawId, response } = await startRegistration({ optionsJSON })
  const { clientDataJSON, attestationObject, transports } = response
  return { id, rawId, type: "public-key", response: { clientDataJSON, attestationObject, transports } }
}
