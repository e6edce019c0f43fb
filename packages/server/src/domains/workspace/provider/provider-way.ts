import type { Configuration, IDToken } from "openid-client"
import type { Services } from "../../../kernel/context.ts"
import { AppError } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { originOf } from "../../../kernel/http/security.ts"
import { unseal } from "../../../kernel/secret-key.ts"
import { inAuth } from "../auth.queries.ts"
import { requireSecureConnection, setCookie } from "../cookies.ts"
import { hashOf, newToken } from "../tokens.ts"
import { insertAttempt, type NewAttempt, type Provider } from "./provider.queries.ts"
import { addressAt, openProvider } from "./provider-client.ts"
import { callbackPath, secretOf } from "./provider-settings.ts"
import { ProviderRefusal } from "./refusal.ts"

/** Milliseconds for the way to the provider and back, and again for the code after it. */
const wayLasts = 10 * 60_000

/**
 * Remembers the way in a cookie of this browser, and answers where at the provider it leads. `fresh`: the provider is
 * asked to ask who is there, though it may know.
 */
export async function setOut(
  caller: Caller,
  attempt: NewAttempt,
  provider: Provider,
  options: { fresh?: boolean } = {},
): Promise<URL> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const configuration = await openFor(services, provider)
  const token = await keepAttempt(caller, attempt)
  return addressAt(configuration, token, originOf(request, services.config) + callbackPath, options)
}
/**
 * The same for somebody who asked for it on a page of ours, rather than by following a link.
 * @throws AppError unavailable when the provider does not answer
 */
export async function addressOf(caller: Caller, attempt: NewAttempt, provider: Provider): Promise<string> {
  const address = await setOut(caller, attempt, provider).catch((error: unknown) => {
    if (!(error instanceof ProviderRefusal)) throw error
    throw new AppError("unavailable", { detail: "The provider does not answer. Try again later." })
  })
  return address.href
}
export async function keepAttempt(caller: Caller, attempt: NewAttempt): Promise<string> {
  const { services } = caller
  const token = newToken()
  const now = services.now()
  const expiresAt = new Date(now.getTime() + wayLasts).toISOString()
  await inAuth(services, (tx) =>
    insertAttempt(tx, hashOf(token), attempt, { now: now.toISOString(), expiresAt }),
  )
  setCookie("provider", token, caller)
  return token
}
export async function openFor(services: Services, provider: Provider): Promise<Configuration> {
  const { id, issuer, clientId } = provider
  const clientSecret = await unseal(services, secretOf(id), provider.clientSecret)
  return openProvider(services, { issuer, clientId, clientSecret }).catch((error: unknown) => {
    throw new ProviderRefusal("unavailable", error)
  })
}

/** When the person last showed the provider who they are; null where it does not say. */
export function authenticatedAt(services: Services, { auth_time: time }: IDToken): string | null {
  if (typeof time !== "number") return null
  return new Date(Math.min(time * 1000, services.now().getTime())).toISOString()
}
