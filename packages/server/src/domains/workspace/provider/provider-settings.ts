import type { SignInProvider } from "@regulars/contract/domains/provider.endpoints.ts"
import { noteSecurity } from "../../../kernel/audit/note.ts"
import type { Context, Services } from "../../../kernel/context.ts"
import { invalid, notFound } from "../../../kernel/errors.ts"
import type { Exchange } from "../../../kernel/http/handlers.ts"
import { originOf } from "../../../kernel/http/security.ts"
import { newId } from "../../../kernel/ids.ts"
import { seal, unseal } from "../../../kernel/secret-key.ts"
import { asAuth, inAuth } from "../auth.queries.ts"
import { forgetIdentities } from "../identity-cache.ts"
import { requireSession } from "../sessions.ts"
import {
  deleteProvider,
  findOnlyProvider,
  findProviderOf,
  type Provider,
  replaceProvider,
  updateProvider,
} from "./provider.queries.ts"
import { openProvider } from "./provider-client.ts"
import { reasonsOf } from "./refusal.ts"

export const callbackPath = "/api/auth/provider/callback"
export const secretOf = (id: string) => `provider ${id}`

interface Told {
  data: SignInProvider | null
  addresses: { callback: string; start: string | null }
}
function told(ctx: Context, { request }: Exchange, provider: Provider | undefined): Told {
  const origin = originOf(request, ctx.services.config)
  return {
    data: provider ?? null,
    addresses: {
      callback: `${origin}${callbackPath}`,
      start: provider ? `${origin}/api/auth/provider/${provider.id}/start` : null,
    },
  }
}
/** What the sign-in page offers to everybody. */
export async function onlyProvider(services: Services): Promise<{ id: string; name: string } | null> {
  return (await inAuth(services, findOnlyProvider)) ?? null
}
export async function readProvider(ctx: Context, exchange: Exchange): Promise<Told> {
  const provider = await inAuth(ctx.services, (tx) => findProviderOf(tx, ctx.workspaceId))
  return told(ctx, exchange, provider)
}

interface Given {
  name: string
  issuer: string
  clientId: string
  clientSecret?: string | undefined
}
/**
 * Sets the provider, once it has answered. With another issuer or client it is a new one: what the former one called
 * somebody means nothing to it.
 * @throws AppError validation_failed where the provider can't be reached, is not what it says, or the secret is missing;
 * forbidden for a key
 */
export async function setProvider(ctx: Context, given: Given, exchange: Exchange): Promise<Told> {
  requireSession(exchange.identity)
  const { services, workspaceId } = ctx
  const before = await inAuth(services, (tx) => findProviderOf(tx, workspaceId))
  const same = before?.issuer === given.issuer && before.clientId === given.clientId ? before : undefined
  if (!same && given.clientSecret === undefined)
    throw invalid("clientSecret", "required", "is needed for a new provider")
  const id = same?.id ?? newId(ctx.now().getTime())
  const clientSecret =
    given.clientSecret ?? (same ? await unseal(services, secretOf(id), same.clientSecret) : "")
  await openProvider(services, { ...given, clientSecret }).catch((error: unknown) => {
    ctx.log.warn({ reasons: reasonsOf(error) }, "a provider of sign-ins does not answer")
    // One answer for all that can be wrong: it is no way to look around in a network.
    throw invalid("issuer", "no_provider", "does not answer as a provider of OpenID Connect")
  })
  const { name, issuer, clientId } = given
  const sealed = await seal(services, secretOf(id), clientSecret)
  const provider: Provider = { id, workspaceId, name, issuer, clientId, clientSecret: sealed }
  await asAuth(ctx.tx, (tx) =>
    same ? updateProvider(tx, provider) : replaceProvider(tx, provider, ctx.now().toISOString()),
  )
  ctx.tx.afterCommit(() => forgetIdentities(services))
  noteSecurity(ctx, "provider_changed", { providerId: id, change: same ? "changed" : "set" })
  return told(ctx, exchange, provider)
}
/** @throws AppError not_found when there is none, forbidden for a key */
export async function removeProvider(ctx: Context, { identity }: Exchange): Promise<void> {
  requireSession(identity)
  if (!(await asAuth(ctx.tx, (tx) => deleteProvider(tx, ctx.workspaceId)))) throw notFound()
  ctx.tx.afterCommit(() => forgetIdentities(ctx.services))
  noteSecurity(ctx, "provider_changed", { change: "removed" })
}
