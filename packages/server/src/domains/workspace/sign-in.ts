import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import {
  deleteResetsOf,
  findUser,
  findUserByEmail,
  holdPassword,
  inAuth,
  setPasswordHash,
  type User,
} from "./auth.queries.ts"
import { requireSecureConnection } from "./cookies.ts"
import { confirmProof, proveFactor } from "./factors.ts"
import { hashPassword, isPassword, refuseWeakPassword } from "./passwords.ts"
import { noteAccount } from "./security-log.ts"
import { deleteSessionsOf } from "./sessions.queries.ts"
import { beginSession, requireSession } from "./sessions.ts"
import { beginAttempt } from "./throttle.ts"

interface Credentials {
  email: string
  password: string
}
type WithCode<T> = T & { code?: string | undefined }
/**
 * Signs in by e-mail and password, and by a code where the account has a second step.
 * @throws AppError sign_in_failed, alike for a wrong password and an unknown address; second_factor_required,
 * validation_failed for a wrong code; rate_limited
 */
export async function signIn(caller: Caller, credentials: WithCode<Credentials>): Promise<Session> {
  requireSecureConnection(caller.request, caller.services)
  const user = await provePassword(caller, credentials)
  const proof = await proveFactor(caller.services, user.id, credentials.code)
  return beginSession(caller, async (tx) => {
    await confirmPassword(tx, user)
    await confirmProof(tx, user.id, proof)
    return { userId: user.id, proof }
  })
}
/**
 * Sees to it, in the transaction that relies on it, that the password proved before was not changed since: the
 * change has ended all sessions, and none may begin by the old password after it.
 */
export async function confirmPassword(tx: Tx, user: User): Promise<void> {
  if (!(await holdPassword(tx, user))) throw wrongPassword()
}
function wrongPassword(): AppError {
  return new AppError("sign_in_failed", { detail: "E-mail address and password don't match." })
}
/**
 * The user whose password this is. Every way of trying a password comes through here, so that all are throttled
 * together and take the same time and words for an account that does not exist.
 */
export async function provePassword(
  { services, request }: Pick<Caller, "services" | "request">,
  { email, password }: Credentials,
): Promise<User> {
  const attempt = await beginAttempt(services, request, email)
  const user = await inAuth(services, (tx) => findUserByEmail(tx, email))
  // Outside any transaction: a slow comparison must not hold a connection.
  if (!(await isPassword(user?.passwordHash, password)) || !user) {
    // Well after the answer: whether there is such an account must not show in how long this or the next one takes.
    if (user) setTimeout(() => void noteAccount(services, user.id, "sign_in_failed"), 1000).unref()
    throw wrongPassword()
  }
  await attempt.succeeded()
  return user
}

/**
 * Changes the user's own password. Every session ends; this browser goes on with a new one.
 * @throws AppError validation_failed when the present password or the code is wrong or the new password weak;
 * second_factor_required
 */
export async function changePassword(
  caller: Caller,
  { current, password, code }: WithCode<{ current: string; password: string }>,
): Promise<void> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { userId, membership } = requireSession(caller.identity)
  const user = await inAuth(services, (tx) => findUser(tx, userId))
  if (!user) throw new AppError("unauthenticated")
  refuseWeakPassword("password", password, user.email)
  await provePassword(caller, { email: user.email, password: current }).catch((error: unknown) => {
    // The person is signed in: what is wrong is a field, not who they are.
    if (error instanceof AppError && error.code === "sign_in_failed")
      throw invalid("current", "wrong_password", "is not the present password")
    throw error
  })
  // The session that begins counts as proved: it takes as much as signing in.
  const proof = await proveFactor(services, userId, code)
  const passwordHash = await hashPassword(password)
  await beginSession(caller, async (tx) => {
    await confirmPassword(tx, user)
    await confirmProof(tx, userId, proof)
    await setPasswordHash(tx, userId, passwordHash, services.now().toISOString())
    await deleteResetsOf(tx, userId)
    const ended = await deleteSessionsOf(tx, userId)
    return { userId, proof, ended, ...(membership && { workspaceId: membership.workspaceId }) }
  })
  await noteAccount(services, userId, "password_changed")
}
