import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import Provider, { type OidcContext } from "oidc-provider"
import { expect, onTestFinished, vi } from "vitest"
import { type Browser, join, setUpOwner, startAuthApp } from "../testing.ts"

type Claims = Record<string, unknown>
export interface Faults {
  /** What the id token says, instead of the truth. */
  claims?: (truth: Claims) => Claims
  /** How it is signed: by a key that is not the provider's, not at all, or with the public key as a password. */
  signature?: "other key" | "none" | "shared secret"
  /** Refuses whoever comes. */
  refuses?: boolean
}
export interface Person {
  sub: string
  email: string
  email_verified?: boolean
}
export const client = { id: "regulars", secret: "a secret of the client's" }

/** A real provider on this machine, which can be told to misbehave. Ends with the test. */
export async function startProvider(person: Person, callback: string, port = 0) {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const faults: Faults = {}
  // It warns of what it keeps in memory only, which is enough here.
  for (const level of ["warn", "info"] as const) vi.spyOn(console, level).mockReturnValue()
  let provider: Provider | undefined
  let issuer = ""
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.writeHead(500).end())
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!provider) throw new Error("not yet")
    if (!request.url?.startsWith("/interaction/")) return provider.callback()(request, response)
    const result = faults.refuses
      ? { error: "access_denied", error_description: "not today" }
      : { login: { accountId: person.sub } }
    await provider.interactionFinished(request, response, result)
  }
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening))
  onTestFinished(() => new Promise((closed) => server.close(() => closed()).closeAllConnections()))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = new Provider(issuer, configurationOf(person, callback, keys.privateKey))
  provider.use(async (ctx, next) => {
    await next()
    const body = ctx.body as { id_token?: string } | undefined
    if (ctx.oidc?.route === "token" && body?.id_token)
      body.id_token = altered(body.id_token, faults, {
        own: keys.privateKey,
        other: other.privateKey,
        shared: keys.publicKey,
      })
  })
  return {
    issuer,
    host: new URL(issuer).host,
    faults,
    person,
    follow: (address: string) => follow(address, callback),
  }
}

function configurationOf(person: Person, callback: string, key: KeyObject): object {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [callback],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "own" }] },
    cookies: { keys: ["for a test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ ...person }) }),
    async loadExistingGrant({ oidc }: OidcContext) {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session.accountId,
        clientId: oidc.client.clientId,
      })
      grant.addOIDCScope("openid email profile")
      await grant.save()
      return grant
    },
  }
}

interface Keys {
  own: KeyObject
  other: KeyObject
  shared: KeyObject
}
function altered(token: string, { claims, signature }: Faults, keys: Keys): string {
  if (!claims && !signature) return token
  const [, payload = ""] = token.split(".")
  const truth = JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims
  const alg = signature === "none" ? "none" : signature === "shared secret" ? "HS256" : "RS256"
  const body = [{ alg, typ: "JWT", kid: "own" }, claims ? claims(truth) : truth]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${body}.${signatureOf(body, signature, keys)}`
}
function signatureOf(body: string, signature: Faults["signature"], keys: Keys): string {
  if (signature === "none") return ""
  if (signature === "shared secret") {
    const secret = keys.shared.export({ type: "spki", format: "pem" })
    return createHmac("sha256", secret).update(body).digest("base64url")
  }
  const key = signature === "other key" ? keys.other : keys.own
  return sign("sha256", Buffer.from(body), key).toString("base64url")
}

/** Goes where the provider sends a browser, until it sends it back; answers the path and query of the callback. */
async function follow(address: string, callback: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let next = address, step = 0; step < 10; step++) {
    const answer = await fetch(next, {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
    })
    for (const text of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (text.split(";")[0] ?? "").split("=")
      cookies.set(name, value)
    }
    const location = answer.headers.get("location")
    if (!location) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
    next = new URL(location, next).href
    if (next.startsWith(callback)) return new URL(next).pathname + new URL(next).search
  }
  throw new Error("The provider never sent the browser back.")
}

export const callback = "http://localhost:3000/api/auth/provider/callback"
export const memberAt: Person = { sub: "m-1", email: "member@example.com", email_verified: true }

/** A shop whose owner has set a provider, with a member the provider knows. */
export async function startShop(person: Person = memberAt) {
  const provider = await startProvider(person, callback)
  const app = await startAuthApp({ mail: true, environment: { INSIDE_HOSTS: provider.host } })
  const owner = await setUpOwner(app)
  const member = await join(app, owner, "member")
  const set = await owner.put("/sign-in-provider", settings(provider.issuer))
  if (set.status !== 200) throw new Error(`Setting the provider failed: ${set.text}`)
  const start = `/auth/provider/${set.body.data.id}/start`
  return { app, provider, owner, member, id: set.body.data.id as string, start }
}
export const settings = (issuer: string) => ({
  name: "Works",
  issuer,
  clientId: client.id,
  clientSecret: client.secret,
})
export type ProviderShop = Awaited<ReturnType<typeof startShop>>

/** As a browser does it, to the provider and back; answers where it is sent in the end. */
export async function comeIn(
  { provider, start }: ProviderShop,
  browser: Browser,
  next = "",
): Promise<string> {
  const sent = await browser.get(start + (next && `?next=${encodeURIComponent(next)}`))
  const back = await provider.follow(String(sent.headers.location))
  return finish(browser, back)
}
export async function finish(browser: Browser, back: string): Promise<string> {
  const answer = await browser.get(back.replace("/api", ""), { "sec-fetch-site": "cross-site" })
  expect(answer.status).toBe(302)
  const where = new URL(String(answer.headers.location), "http://localhost:3000")
  return where.searchParams.get("step") === "done"
    ? (where.searchParams.get("next") ?? "")
    : where.pathname + where.search
}
