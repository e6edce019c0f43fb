import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { limitsOf } from "../../kernel/access/field-limits.ts"
import { findStanding, rightsOf, type StoredStanding } from "../../kernel/access/standing.ts"
import type { Context, Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, notFound } from "../../kernel/errors.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import type { Identity } from "../../kernel/http/identity.ts"
import { newId } from "../../kernel/ids.ts"
import { findUser, inAuth } from "./auth.queries.ts"
import { clearCookie, readCookie, setCookie } from "./cookies.ts"
import { forgetIdentities } from "./identity-cache.ts"
import { noteAccount } from "./security-log.ts"
import {
  deleteDeadSessions,
  deleteOldSignIns,
  deleteSession,
  deleteSessionByToken,
  type EndedSession,
  hasSession,
  insertSession,
  insertSignIn,
  listSessions,
  listSignIns,
  moveSession,
  type Proof,
  type SignIn,
  type StoredSession,
  touchMember,
} from "./sessions.queries.ts"
import { deleteOldDevices, rememberDevice } from "./throttle.queries.ts"
import { hashOf, newToken } from "./tokens.ts"
import { findMember, lacksFactor, listPlaces, type Place } from "./workspace.queries.ts"

const day = 24 * 60 * 60 * 1000
/** Milliseconds a session lasts at most; what the user's workspaces say may end it before (`auth.session_end`). */
const longestSession = 90 * day
const deviceLifetime = 400 * day
const historyLifetime = 365 * day
const shownSignIns = 50

/** Whose session is to begin, and where; without a workspace it is the one they were in last. */
export interface Arrival {
  userId: string
  workspaceId?: string
  /** How they proved who they are, where it was not by a password alone. */
  proof?: Proof
  /** When they did; now, unless it says otherwise. Null for what nobody knows. */
  provedAt?: string | null
  /** Sessions that `arrive` has ended. */
  ended?: readonly EndedSession[]
}
/**
 * Begins a session in the transaction of what earned it (`arrive`), under a token that nobody knew before; the
 * session this browser had until now ends. Sets the cookies and answers as `GET /session`.
 * @throws AppError forbidden when the user has no active membership left
 */
export async function beginSession(
  caller: Pick<Caller, "services" | "request" | "reply">,
  arrive: (tx: Tx) => Promise<Arrival>,
): Promise<Session> {
  const { services, request } = caller
  const token = newToken()
  const device = readCookie("device", request, services) ?? newToken()
  const former = readCookie("session", request, services)
  const { session, ended, id, proof } = await inAuth(services, async (tx) => {
    const { userId, workspaceId, proof = "password", provedAt, ended = [] } = await arrive(tx)
    const places = await listPlaces(tx, userId)
    const place = choosePlace(places, workspaceId)
    if (!place)
      throw new AppError("forbidden", {
        detail: "This account has no access to a workspace now. An administrator can switch it on again.",
      })
    const replaced = former ? await deleteSessionByToken(tx, hashOf(former)) : []
    const vouchedIn = isProvidersWord(proof) ? place.workspace.id : null
    const id = await storeSession(caller, tx, { token, device, userId, place, proof, provedAt, vouchedIn })
    return {
      proof,
      session: await describe(services, tx, { userId, places, place, sessionId: id, vouchedIn }),
      ended: [...ended, ...replaced],
      id,
    }
  })
  setCookie("session", token, caller)
  setCookie("device", device, caller)
  announceEnded(services, ended)
  await noteAccount(services, session.user.id, "signed_in", { sessionId: id, how: proof })
  return session
}
/** What a workspace's provider says opens no other workspace, whatever was asked beside it. */
function isProvidersWord(proof: Proof): boolean {
  return proof === "provider" || proof === "provider_factor" || proof === "provider_code"
}
async function storeSession(
  { services, request }: Pick<Caller, "services" | "request">,
  tx: Tx,
  {
    token,
    device,
    userId,
    place,
    proof,
    provedAt,
    vouchedIn,
  }: Required<Pick<Arrival, "userId" | "proof">> &
    Pick<Arrival, "provedAt"> & { token: string; device: string; place: Place; vouchedIn: string | null },
): Promise<string> {
  const time = services.now().getTime()
  const now = new Date(time).toISOString()
  const id = newId(time)
  const from = { userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null, ip: request.ip }
  await insertSession(tx, {
    id,
    tokenHash: hashOf(token),
    userId,
    workspaceId: place.workspace.id,
    ...from,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(time + longestSession).toISOString(),
    provedAt: provedAt === undefined ? now : provedAt,
    factorIn: proof === "provider_factor" ? place.workspace.id : null,
    vouchedIn,
  })
  await insertSignIn(tx, { userId, workspaceId: place.workspace.id }, { id, at: now, how: proof, ...from })
  await deleteOldSignIns(tx, userId, new Date(time - historyLifetime).toISOString())
  await touchMember(tx, { workspaceId: place.workspace.id, id: place.member.id }, now)
  await rememberDevice(tx, hashOf(device), userId, now)
  await deleteOldDevices(tx, userId, new Date(time - deviceLifetime).toISOString())
  await deleteDeadSessions(tx, userId, now)
  return id
}
function choosePlace(places: readonly Place[], workspaceId: string | undefined): Place | undefined {
  if (workspaceId !== undefined) return places.find(({ workspace }) => workspace.id === workspaceId)
  const latestFirst = [...places].sort((one, other) =>
    (other.member.lastSeenAt ?? "").localeCompare(one.member.lastSeenAt ?? ""),
  )
  return latestFirst[0]
}
async function describe(
  { registry }: Services,
  tx: Tx,
  {
    userId,
    places,
    place,
    sessionId,
    vouchedIn,
  }: {
    userId: string
    places: readonly Place[]
    place: Place | undefined
    sessionId: string | null
    vouchedIn: string | null
  },
): Promise<Session> {
  const open = places.filter(({ workspace }) => vouchedIn === null || workspace.id === vouchedIn)
  const standing = place && (await standingIn(tx, place))
  const given = place && standing && rightsOf(registry, place.member.id, standing)
  const factorNeeded = place ? await lacksFactor(tx, place, sessionId) : false
  const user = await findUser(tx, userId)
  if (!user) throw new AppError("unauthenticated")
  return {
    // In a workspace a person goes by the name they chose there.
    user: { id: user.id, name: place?.member.name ?? user.name, email: user.email },
    workspace: place?.workspace ?? null,
    member: place?.member ?? null,
    factorNeeded,
    permissions: factorNeeded ? [] : [...(given?.permissions ?? [])],
    limits: limitsOf(registry, given?.access),
    workspaces: open.map(({ workspace, member }) => ({
      id: workspace.id,
      name: workspace.name,
      role: member.role,
    })),
    moreWorkspaces: open.length < places.length,
  }
}

/** What their role is made of is asked only for a role of the workspace's own. */
async function standingIn(tx: Tx, { member, workspace }: Place): Promise<StoredStanding> {
  const stored = member.roleId === null ? undefined : await findStanding(tx, workspace.id, member.id)
  return stored ?? { role: member.role, rights: null, teams: null }
}
/** `GET /session`. A key sees its own workspace only, and the permissions of its scope. */
export function readSession(services: Services, identity: Identity): Promise<Session> {
  const { userId, membership, apiKeyId, sessionId, vouchedIn, factorNeededBy } = identity
  const workspaceId = membership?.workspaceId ?? factorNeededBy
  return inAuth(services, async (tx) => {
    const all = await listPlaces(tx, userId)
    const place = all.find(({ workspace }) => workspace.id === workspaceId)
    const places = apiKeyId && place ? [place] : all
    const session = await describe(services, tx, { userId, places, place, sessionId, vouchedIn })
    return { ...session, permissions: [...(membership?.permissions ?? [])] }
  })
}
/**
 * @throws AppError not_found when the user has no place in that workspace; proof_needed for any but the one whose
 * provider vouched for them
 */
export async function switchWorkspace(caller: Caller, workspaceId: string): Promise<Session> {
  const { services } = caller
  const { sessionId, userId, membership, vouchedIn } = requireSession(caller.identity)
  // Whether or not there is such a place: a provider does not learn where else somebody works.
  if (vouchedIn !== null && vouchedIn !== workspaceId)
    throw new AppError("proof_needed", {
      detail:
        "The provider of one workspace opens no other one. Prove first who you are (POST /auth/proof), or sign in by the provider of the other workspace.",
    })
  const session = await inAuth(services, async (tx) => {
    const places = await listPlaces(tx, userId)
    const place = choosePlace(places, workspaceId)
    if (!place) throw notFound()
    await moveSession(tx, sessionId, workspaceId)
    await touchMember(tx, { workspaceId, id: place.member.id }, services.now().toISOString())
    return describe(services, tx, { userId, places, place, sessionId, vouchedIn })
  })
  // What still listens to the former workspace must not hear more of it.
  announceEnded(services, [{ id: sessionId, workspaceId: membership?.workspaceId ?? null }])
  return session
}

/** The user's own sessions on all devices; those of one workspace where its provider alone vouched for them. */
export async function listOwnSessions(caller: Caller): Promise<(StoredSession & { current: boolean })[]> {
  const { services } = caller
  const { sessionId, userId, vouchedIn: workspaceId } = requireSession(caller.identity)
  const now = services.now().toISOString()
  const sessions = await inAuth(services, (tx) => listSessions(tx, { userId, workspaceId }, now))
  return sessions.map((session) => ({ ...session, current: session.id === sessionId }))
}
/** The user's own sign-ins, the newest first; as far as `listOwnSessions` shows sessions. */
export function listOwnSignIns(caller: Caller): Promise<SignIn[]> {
  const { userId, vouchedIn: workspaceId } = requireSession(caller.identity)
  return inAuth(caller.services, (tx) => listSignIns(tx, { userId, workspaceId }, shownSignIns))
}
/**
 * A member's sign-ins to this workspace, for those who look after its team.
 * @throws AppError not_found
 */
export async function listMemberSignIns(ctx: Context, memberId: string): Promise<SignIn[]> {
  const member = await findMember(ctx.tx, memberId)
  if (!member) throw notFound()
  const { userId } = member
  return inAuth(ctx.services, (tx) => listSignIns(tx, { userId, workspaceId: ctx.workspaceId }, shownSignIns))
}
/** @throws AppError not_found for a session that is not the user's own, or beyond what `listOwnSessions` shows */
export async function endOwnSession(caller: Caller, id: string): Promise<void> {
  const { services } = caller
  const { sessionId, userId, vouchedIn: workspaceId } = requireSession(caller.identity)
  const ended = await inAuth(services, (tx) => deleteSession(tx, { userId, workspaceId }, id))
  if (!ended) throw notFound()
  if (id === sessionId) clearCookie("session", caller)
  announceEnded(services, [ended])
  await noteAccount(services, userId, id === sessionId ? "signed_out" : "session_ended", { sessionId: id })
}

/** Makes ended sessions felt at once: their requests here, and open streams everywhere. */
export function announceEnded(services: Services, ended: readonly EndedSession[]): void {
  forgetIdentities(services)
  for (const { id, workspaceId } of ended)
    if (workspaceId) services.live.publish(workspaceId, { type: "ended", sessionId: id, memberId: null })
}
/**
 * What concerns the account rather than one workspace is for people who are signed in: a key acts for its member
 * in its workspace, no further.
 * @throws AppError forbidden for an API key
 */
export function requireSession(identity: Identity | null): Identity & { sessionId: string } {
  if (!identity) throw new AppError("unauthenticated", { detail: "Sign in first." })
  const { sessionId } = identity
  if (sessionId === null)
    throw new AppError("forbidden", { detail: "This can't be done with an API key. Sign in for it." })
  return { ...identity, sessionId }
}
/**
 * Sees to it, once the account is held, that the session was not ended meanwhile: nothing slips past a password reset.
 * @throws AppError unauthenticated
 */
export async function confirmSession(tx: Tx, sessionId: string | null): Promise<void> {
  if (sessionId === null || !(await hasSession(tx, sessionId)))
    throw new AppError("unauthenticated", { detail: "Sign in first." })
}
