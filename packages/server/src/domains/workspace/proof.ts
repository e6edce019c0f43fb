import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import { findUser, inAuth } from "./auth.queries.ts"
import { requireSecureConnection, setCookie } from "./cookies.ts"
import { confirmProof, proveFactor } from "./factors.ts"
import { forgetIdentities } from "./identity-cache.ts"
import { noteAccount } from "./security-log.ts"
import { type Proof, proveSession } from "./sessions.queries.ts"
import { requireSession } from "./sessions.ts"
import { confirmPassword, provePassword } from "./sign-in.ts"
import { hashOf, newToken } from "./tokens.ts"

/**
 * Proves anew who has the session, by everything that signing in takes. It goes on under a new token, so that whoever
 * copied the old one does not profit.
 * @throws AppError validation_failed for a wrong password or code, second_factor_required, rate_limited
 */
export async function proveIdentity(
  caller: Caller,
  { password, code }: { password: string; code?: string | undefined },
): Promise<void> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { userId } = requireSession(caller.identity)
  const known = await inAuth(services, (tx) => findUser(tx, userId))
  if (!known) throw new AppError("unauthenticated")
  const user = await provePassword(caller, { email: known.email, password }).catch((error: unknown) => {
    // The person is signed in: what is wrong is a field, not who they are.
    if (error instanceof AppError && error.code === "sign_in_failed")
      throw invalid("password", "wrong_password", "is not the present password")
    throw error
  })
  const proof = await proveFactor(services, userId, code)
  await renewSession(caller, proof, async (tx) => {
    await confirmPassword(tx, user)
    await confirmProof(tx, userId, proof)
  })
}
/**
 * Gives the session a new token, in the transaction that sees to it (`confirm`) that the proof still holds.
 * @throws AppError unauthenticated when the session has ended
 */
export async function renewSession(
  caller: Caller,
  proof: Proof,
  confirm: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { services } = caller
  const { userId, sessionId } = requireSession(caller.identity)
  const token = newToken()
  await inAuth(services, async (tx) => {
    await confirm(tx)
    if (!(await proveSession(tx, sessionId, hashOf(token), services.now().toISOString())))
      throw new AppError("unauthenticated", { detail: "Sign in first." })
  })
  setCookie("session", token, caller)
  forgetIdentities(services)
  await noteAccount(services, userId, "identity_proved", { sessionId, how: proof })
}
