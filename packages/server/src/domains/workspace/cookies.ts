import type { FastifyReply, FastifyRequest } from "fastify"
import type { Services } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { isHttps, isLocalHost } from "../../kernel/http/security.ts"

/**
 * `session`: who is signed in. `device`: a browser that has signed in before, see `throttle.ts`. `provider`: one that
 * is on its way to a provider and back.
 */
type CookieKind = "session" | "device" | "provider"
const day = 24 * 60 * 60
const lifetime: Record<CookieKind, number> = { session: 90 * day, device: 400 * day, provider: 600 }
const tokenShape = /^[\w-]{43}$/

/** Browsers keep Secure cookies on https, and on this machine without it. */
function isSecure(request: FastifyRequest, services: Services): boolean {
  return isHttps(request, services.config) || isLocalHost(request)
}
/**
 * Passwords and new sessions travel encrypted only.
 * @throws AppError insecure_connection over plain http from elsewhere, unless the setting allows it
 */
export function requireSecureConnection(request: FastifyRequest, services: Services): void {
  if (isSecure(request, services) || services.config.allowInsecureLan) return
  throw new AppError("insecure_connection", {
    detail:
      "This connection is not encrypted, so anyone in the network could read the password. Put a proxy with a certificate in front of Regulars (Caddy makes one by itself) and start it with PUBLIC_URL=https://…, or open it as localhost on the machine it runs on. In a network of your own, ALLOW_INSECURE_LAN=true allows this connection.",
  })
}

/** `__Host-` keeps other names of the same domain from planting a cookie; it needs a secure place. */
function nameOf(kind: CookieKind, request: FastifyRequest, services: Services): string {
  const name = `regulars-${kind}-${services.instanceId}`
  return isSecure(request, services) ? `__Host-${name}` : name
}
/** The token in a cookie; undefined when there is none, it is malformed, or came where none may be used. */
export function readCookie(
  kind: CookieKind,
  request: FastifyRequest,
  services: Services,
): string | undefined {
  if (!isSecure(request, services) && !services.config.allowInsecureLan) return undefined
  const value = request.cookies[nameOf(kind, request, services)]
  return value !== undefined && tokenShape.test(value) ? value : undefined
}
interface Exchange {
  request: FastifyRequest
  reply: FastifyReply
  services: Services
}
export function setCookie(kind: CookieKind, token: string, { request, reply, services }: Exchange): void {
  reply.setCookie(nameOf(kind, request, services), token, {
    ...attributes(request, services),
    maxAge: lifetime[kind],
  })
}
export function clearCookie(kind: CookieKind, { request, reply, services }: Exchange): void {
  reply.clearCookie(nameOf(kind, request, services), attributes(request, services))
}
function attributes(request: FastifyRequest, services: Services) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(request, services) } as const
}
