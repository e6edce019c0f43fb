import { createHash } from "node:crypto"
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
} from "openid-client"
import type { Services } from "../../../kernel/context.ts"
import { createOutsideFetch, isInside } from "../../../kernel/outside/outside-fetch.ts"
import { hashOf } from "../tokens.ts"

export interface ProviderClient {
  issuer: string
  clientId: string
  clientSecret: string
}
/** Seconds and milliseconds: for one answer, and until the provider is asked again what it is like. */
const patience = 10
const freshness = 10 * 60_000

interface Known {
  configuration: Promise<Configuration>
  until: number
}
const caches = new WeakMap<Services, Map<string, Known>>()

/** The provider as it describes itself, asked for at most every ten minutes. Rejects where it can't be reached. */
export function openProvider(services: Services, client: ProviderClient): Promise<Configuration> {
  const cache = caches.get(services) ?? new Map<string, Known>()
  caches.set(services, cache)
  const key = hashOf(JSON.stringify([client.issuer, client.clientId, client.clientSecret])).toString("base64")
  const known = cache.get(key)
  if (known && known.until > services.now().getTime()) return known.configuration
  const configuration = discover(services, client)
  cache.set(key, { configuration, until: services.now().getTime() + freshness })
  configuration.catch(() => cache.delete(key))
  return configuration
}
async function discover(services: Services, client: ProviderClient): Promise<Configuration> {
  const issuer = new URL(client.issuer)
  const fetchOutside = createOutsideFetch(services.config)
  const isPlain = issuer.protocol === "http:" && isInside(services.config, issuer)
  const fetch: Configuration[typeof customFetch] = (url, { method, headers, body }) =>
    fetchOutside(url, { method, headers, body: body === null || body === undefined ? null : String(body) })
  const found = await discovery(issuer, client.clientId, client.clientSecret, undefined, {
    [customFetch]: fetch,
    timeout: patience,
    ...(isPlain && { execute: [allowInsecureRequests] }),
  })
  const metadata = found.serverMetadata()
  // A description that fits many issuers, as some large providers have for all their customers, fits none.
  if (new URL(metadata.issuer).href !== issuer.href) throw new Error("The provider calls itself otherwise.")
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
  const authenticate = methods.includes("client_secret_basic") ? ClientSecretBasic : ClientSecretPost
  const configuration = new Configuration(
    metadata,
    client.clientId,
    client.clientSecret,
    authenticate(client.clientSecret),
  )
  configuration[customFetch] = fetch
  configuration.timeout = patience
  // Tokens come from the provider itself, over TLS; what they say is believed only with its signature all the same.
  enableNonRepudiationChecks(configuration)
  if (isPlain) allowInsecureRequests(configuration)
  return configuration
}

/** What a browser's secret stands for on the way: derived, so that the database holds only the secret's hash. */
function partsOf(token: string): { state: string; nonce: string; verifier: string } {
  const part = (name: string) => createHash("sha256").update(`${name} ${token}`).digest("base64url")
  return { state: part("state"), nonce: part("nonce"), verifier: part("verifier") }
}
/** Where to send the browser that has `token` in a cookie. `fresh`: to be asked who is there, whether or not that is known. */
export function addressAt(
  configuration: Configuration,
  token: string,
  callback: string,
  { fresh = false }: { fresh?: boolean } = {},
): URL {
  const { state, nonce, verifier } = partsOf(token)
  return buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: "openid email profile",
    state,
    nonce,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(fresh && { prompt: "login", max_age: "0" }),
  })
}
/**
 * What the provider says about whoever came back to `address`, which is the callback with its query. Issuer, audience,
 * signature, times, state, nonce and the verifier are checked; rejects where one of them is wrong.
 */
export async function claimsFrom(
  configuration: Configuration,
  token: string,
  address: URL,
): Promise<IDToken> {
  const { state, nonce, verifier } = partsOf(token)
  const answer = await authorizationCodeGrant(configuration, address, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = answer.claims()
  if (!claims) throw new Error("The provider sent no id token.")
  return claims
}
