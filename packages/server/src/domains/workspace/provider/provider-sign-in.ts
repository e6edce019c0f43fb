import type { ProviderProblem } from "@regulars/contract/domains/sign-in.ts"
import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { AuthorizationResponseError, type IDToken } from "openid-client"
import { noteSecurityApart } from "../../../kernel/audit/note.ts"
import type { Services } from "../../../kernel/context.ts"
import type { Tx } from "../../../kernel/db/transaction.ts"
import { AppError, notFound } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { originOf } from "../../../kernel/http/security.ts"
import { holdAccount, inAuth } from "../auth.queries.ts"
import { clearCookie, readCookie, requireSecureConnection } from "../cookies.ts"
import { hasFactor } from "../factors.queries.ts"
import { proveFactor, secondFactorRequired } from "../factors.ts"
import { mailFactorChange, noteAccount } from "../security-log.ts"
import type { Proof } from "../sessions.queries.ts"
import { type Arrival, beginSession } from "../sessions.ts"
import { hashOf } from "../tokens.ts"
import { connectedAccount, connectIdentity, meantAccount } from "./identities.ts"
import {
  findProvider,
  findVouched,
  type Provider,
  type ProviderAttempt,
  takeAttempt,
  takeVouched,
} from "./provider.queries.ts"
import { claimsFrom } from "./provider-client.ts"
import { joinByProvider } from "./provider-invitation.ts"
import { callbackPath } from "./provider-settings.ts"
import { authenticatedAt, keepAttempt, openFor, setOut } from "./provider-way.ts"
import { ProviderRefusal, reasonsOf } from "./refusal.ts"

/** A path of this app and nothing else, whatever stood in an address. */
function pathInside(next: string | undefined): string {
  const base = "http://inside.invalid"
  const url = next?.startsWith("/") && URL.canParse(next, base) ? new URL(next, base) : undefined
  const path = url && url.origin === base ? url.pathname + url.search + url.hash : "/"
  return path.startsWith("//") || path.startsWith("/api/") || path.startsWith("/sign-in") ? "/" : path
}

/**
 * Sends the browser to the provider; back to the sign-in with a word where that is not possible. `fresh`: it is to ask
 * who is there, which proves it to us as well where it says so.
 */
export async function startAtProvider(
  caller: Caller,
  id: string,
  { next, fresh }: { next?: string | undefined; fresh?: string | undefined },
): Promise<void> {
  const provider = await inAuth(caller.services, (tx) => findProvider(tx, id))
  if (!provider) throw notFound()
  const attempt = { providerId: id, next: pathInside(next) }
  const options = { fresh: fresh !== undefined }
  await lead(caller, provider, async () => (await setOut(caller, attempt, provider, options)).href)
}
/** Takes the browser that comes back from the provider in, or on to its second step, or back to the sign-in. */
export async function comeBack(caller: Caller): Promise<void> {
  const { services, request } = caller
  const token = readCookie("provider", request, services)
  clearCookie("provider", caller)
  const found = token === undefined ? undefined : await inAuth(services, (tx) => takeWay(tx, services, token))
  if (!token || !found) return send(caller, problemPath("expired"))
  const { attempt, provider } = found
  await lead(caller, provider, async () => {
    const claims = await claimsOf(caller, token, provider)
    const { sessionId, invitationId, name, next } = attempt
    if (invitationId !== null) {
      await joinByProvider(caller, provider, claims, { invitationId, name: name ?? "" })
      return stepPath("done", next)
    }
    if (sessionId === null) return arrive(caller, provider, claims, next)
    await connectIdentity(caller, sessionId, provider, claims.sub)
    return next
  })
}
async function takeWay(
  tx: Tx,
  services: Services,
  token: string,
): Promise<{ attempt: ProviderAttempt; provider: Provider } | undefined> {
  const attempt = await takeAttempt(tx, hashOf(token), services.now().toISOString())
  const provider = attempt && (await findProvider(tx, attempt.providerId))
  return provider && { attempt, provider }
}
async function claimsOf({ services, request }: Caller, token: string, provider: Provider): Promise<IDToken> {
  const configuration = await openFor(services, provider)
  // The address by which the provider was told to come back, whatever host this request names.
  const address = new URL(originOf(request, services.config) + callbackPath)
  address.search = new URL(request.url, address).search
  return claimsFrom(configuration, token, address).catch((error: unknown) => {
    const refused = error instanceof AuthorizationResponseError
    throw new ProviderRefusal(refused ? "refused" : "invalid", error)
  })
}

/** Signs in whom the provider vouches for, and answers where to go on. */
async function arrive(caller: Caller, provider: Provider, claims: IDToken, next: string): Promise<string> {
  const { services } = caller
  const { workspaceId, id: providerId } = provider
  const { sub: subject } = claims
  const { userId, isOnlyHere, isNew } = await inAuth(services, (tx) =>
    meantAccount(tx, provider, claims, services.now()),
  )
  if (isNew) {
    await noteAccount(services, userId, "identity_connected", { providerId })
    mailFactorChange(services, userId, "identity_connected")
  }
  // Only for an account of this workspace alone, as is when it asked: others have not chosen it to speak for them.
  const saysFactor = isOnlyHere && Array.isArray(claims.amr) && claims.amr.includes("mfa")
  if (!saysFactor && (await inAuth(services, (tx) => hasFactor(tx, userId)))) {
    await keepAttempt(caller, { providerId, next, userId, subject })
    return stepPath("code", next)
  }
  const proof: Proof = saysFactor ? "provider_factor" : "provider"
  await beginSession(caller, async (tx): Promise<Arrival> => {
    await holdAccount(tx, userId)
    // Neither the connection went meanwhile, nor did a factor come.
    const still = await connectedAccount(tx, provider, subject)
    if (still?.userId !== userId || still.isOnlyHere !== isOnlyHere)
      throw new ProviderRefusal("unknown", "the connection has changed meanwhile")
    if (!saysFactor && (await hasFactor(tx, userId))) throw secondFactorRequired()
    return { userId, workspaceId, proof, provedAt: isOnlyHere ? authenticatedAt(services, claims) : null }
  })
  return stepPath("done", next)
}
/** By way of the sign-in, which asks for the code, or remembers that somebody is signed in on this device. */
function stepPath(step: "code" | "done", next: string): string {
  return `/sign-in?${new URLSearchParams({ step, next })}`
}

/**
 * The second step after a provider's word, as after a password.
 * @throws AppError sign_in_failed where no provider has vouched in this browser lately; validation_failed for a wrong
 * code, rate_limited
 */
export async function finishByCode(caller: Caller, code: string): Promise<{ data: Session; next: string }> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const token = readCookie("provider", request, services)
  const now = services.now().toISOString()
  const found = token && (await inAuth(services, (tx) => findVouched(tx, hashOf(token), now)))
  const provider = found && (await inAuth(services, (tx) => findProvider(tx, found.providerId)))
  if (!token || !found || !provider) throw waitedTooLong()
  const { userId, subject, next } = found
  const by = await proveFactor(services, userId, code)
  const data = await beginSession(caller, async (tx): Promise<Arrival> => {
    if (!(await takeVouched(tx, hashOf(token)))) throw waitedTooLong()
    await holdAccount(tx, userId)
    const still = await connectedAccount(tx, provider, subject)
    if (still?.userId !== userId || !still.mayOpen) throw waitedTooLong()
    if (by === "password" || !(await hasFactor(tx, userId))) throw waitedTooLong()
    return { userId, workspaceId: provider.workspaceId, proof: "provider_code" }
  })
  clearCookie("provider", caller)
  return { data, next }
}
function waitedTooLong(): AppError {
  return new AppError("sign_in_failed", { detail: "This took too long. Begin again at the provider." })
}

/** Sends the browser where `work` says; what goes wrong leads to the sign-in, with a word, and is noted. */
async function lead(caller: Caller, provider: Provider, work: () => Promise<string>): Promise<void> {
  const path = await work().catch(async (error: unknown) => {
    const refusal = refusalOf(error)
    await noteRefusal(caller.services, provider, refusal)
    return problemPath(refusal.problem)
  })
  await send(caller, path)
}
function refusalOf(error: unknown): ProviderRefusal {
  if (error instanceof ProviderRefusal) return error
  if (!(error instanceof AppError)) throw error
  if (error.code === "unauthenticated") return new ProviderRefusal("expired", error)
  // Else a deactivated member, or a factor that came meanwhile.
  const isHere = ["unavailable", "insecure_connection"].includes(error.code)
  return new ProviderRefusal(isHere ? "unavailable" : "unknown", error)
}
async function noteRefusal(
  services: Services,
  { workspaceId, id }: Provider,
  refusal: ProviderRefusal,
): Promise<void> {
  const reasons = reasonsOf(refusal)
  services.log.warn({ event: "provider_failed", reasons, providerId: id }, "a sign-in by a provider failed")
  const { problem } = refusal
  await noteSecurityApart(services, { workspaceId, memberId: null }, "provider_failed", { problem })
}
function problemPath(problem: ProviderProblem): string {
  return `/sign-in?problem=${problem}`
}
async function send({ reply }: Caller, address: string): Promise<void> {
  await reply.header("cache-control", "no-store").redirect(address, 302)
}
