import { type Session, workspaceEndpoints } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Language } from "@regulars/contract/domains/workspace.ts"
import type { Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import { validationError } from "../../kernel/http/problem.ts"
import { newId } from "../../kernel/ids.ts"
import { storeApiKey } from "./api-keys.ts"
import { anyUser, findUserByEmail, inAuth, insertUser, lockAccounts, type User } from "./auth.queries.ts"
import { requireSecureConnection } from "./cookies.ts"
import { hashPassword, isPassword, refuseWeakPassword } from "./passwords.ts"
import { noteAccount } from "./security-log.ts"
import { beginSession } from "./sessions.ts"
import { insertMember, insertWorkspace } from "./workspace.queries.ts"

interface NewWorkspace {
  name: string
  country: string
  currency: string
  timeZone: string
  language: Language
}
interface NewOwner {
  name: string
  email: string
  password: string
}

export async function isSetUp(services: Services): Promise<boolean> {
  return inAuth(services, anyUser)
}
/**
 * First start: the workspace, its owner and their session.
 * @throws AppError already_set_up once there is any user
 */
export async function setUp(
  caller: Caller,
  { workspace, owner }: { workspace: NewWorkspace; owner: NewOwner },
): Promise<Session> {
  const { services } = caller
  requireSecureConnection(caller.request, services)
  if (await isSetUp(services)) throw alreadySetUp()
  refuseWeakPassword("owner.password", owner.password, owner.email)
  const passwordHash = await hashPassword(owner.password)
  const session = await beginSession(caller, async (tx) => {
    // Two people who set up at the same moment must not both become owners.
    await lockAccounts(tx)
    if (await anyUser(tx)) throw alreadySetUp()
    const user = { id: newId(), email: owner.email, name: owner.name, passwordHash }
    await insertUser(tx, user, services.now().toISOString())
    const { workspaceId } = await insertOwned(services, tx, workspace, user)
    return { userId: user.id, workspaceId }
  })
  if (session.workspace) await services.afterSetUp?.(session.workspace.id)
  await noteAccount(services, session.user.id, "set_up")
  return session
}
function alreadySetUp(): AppError {
  return new AppError("already_set_up", { detail: "This installation is set up already. Sign in instead." })
}

export interface CreateWorkspaceInput extends Partial<Omit<NewWorkspace, "name">> {
  /** Its name. */
  workspace: string
  email: string
  password: string
  /** The owner's; else what stands before the "@". */
  name?: string
}
/**
 * Makes a workspace with its owner and a key for them, for the command line: also a second workspace, also while
 * the server runs. An e-mail address that has an account becomes owner of the new workspace too, given its password.
 * Whoever runs this holds the database: how good the password is, is theirs to judge, beyond its length.
 * @throws AppError validation_failed
 */
export async function createWorkspace(
  services: Services,
  input: CreateWorkspaceInput,
): Promise<{ workspaceId: string; ownerId: string; apiKey: string }> {
  const { workspace, owner } = parseInput(input)
  const passwordHash = await hashPassword(owner.password)
  return inAuth(services, async (tx) => {
    await lockAccounts(tx)
    const known = await findUserByEmail(tx, owner.email)
    if (known && !(await isPassword(known.passwordHash, owner.password)))
      throw invalid(
        "password",
        "wrong_password",
        "is not the password of the account with this e-mail address",
      )
    const user = known ?? { id: newId(), email: owner.email, name: owner.name, passwordHash }
    if (!known) await insertUser(tx, user, services.now().toISOString())
    const { workspaceId, ownerId } = await insertOwned(services, tx, workspace, { ...user, name: owner.name })
    const apiKey = await storeApiKey(services, tx, {
      workspaceId,
      memberId: ownerId,
      name: "setup",
      scope: "write",
      expiresAt: null,
    })
    return { workspaceId, ownerId, apiKey: apiKey.key }
  })
}
function parseInput(input: CreateWorkspaceInput): { workspace: NewWorkspace; owner: NewOwner } {
  const { workspace, email, password, name, ...settings } = input
  const result = workspaceEndpoints["POST /auth/set-up"].body.safeParse({
    workspace: {
      name: workspace,
      country: "US",
      currency: "USD",
      timeZone: "UTC",
      language: "en",
      ...settings,
    },
    owner: { name: name ?? email.split("@")[0]?.trim().slice(0, 120), email, password },
  })
  if (!result.success) throw validationError(result.error, "body")
  return result.data
}

async function insertOwned(
  services: Services,
  tx: Tx,
  workspace: NewWorkspace,
  { id: userId, name, email }: Pick<User, "id" | "name" | "email">,
): Promise<{ workspaceId: string; ownerId: string }> {
  const time = services.now()
  const now = time.toISOString()
  const workspaceId = newId(time.getTime())
  const ownerId = newId(time.getTime())
  await insertWorkspace(tx, { id: workspaceId, ...workspace, createdAt: now })
  await insertMember(tx, { id: ownerId, workspaceId, userId, name, email, role: "owner" }, now)
  return { workspaceId, ownerId }
}
