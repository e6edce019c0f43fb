import type { FastifyRequest } from "fastify"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"

const contentPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ")

/** Headers of every response. */
export function securityHeaders(request: FastifyRequest, config: Config): Record<string, string> {
  return {
    "content-security-policy": contentPolicy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    ...(isHttps(request, config) && { "strict-transport-security": "max-age=31536000" }),
  }
}
export function isHttps(request: FastifyRequest, config: Config): boolean {
  if (config.publicUrl) return config.publicUrl.startsWith("https://")
  return request.protocol === "https"
}
/** Address of this installation as people use it: the setting, else the host they asked for. */
export function originOf(request: FastifyRequest, config: Config): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`
}
export function isLocalHost(request: FastifyRequest): boolean {
  return ["localhost", "127.0.0.1", "[::1]", "::1"].includes(request.hostname)
}

const safeMethods = ["GET", "HEAD", "OPTIONS"]
/**
 * Refuses writes that another site's page makes with our cookie: browsers say where a request comes from.
 * Callers with an API key have no ambient authority and are not checked.
 */
export function refuseForeignOrigin(request: FastifyRequest, config: Config): void {
  if (safeMethods.includes(request.method) || request.headers.authorization?.startsWith("Bearer ")) return
  const site = request.headers["sec-fetch-site"]
  const origin = request.headers.origin
  const foreignSite = site !== undefined && site !== "same-origin" && site !== "none"
  const own = [
    originOf(request, config),
    `${request.protocol}://${request.host}`,
    ...(config.dev ? ["http://localhost:5173"] : []),
  ]
  const foreignOrigin = origin !== undefined && !own.includes(origin)
  if (foreignSite || foreignOrigin)
    throw new AppError("forbidden", { detail: "This request comes from another site." })
}

interface Bucket {
  tokens: number
  at: number
}
/** Calls a minute for one caller, counted in this process; attempts at signing in are also counted in the database. */
export function createRateLimiter(now: () => Date): (key: string, perMinute: number) => void {
  const buckets = new Map<string, Bucket>()
  return (key, perMinute) => {
    const at = now().getTime()
    const bucket = buckets.get(key) ?? { tokens: perMinute, at }
    // A clock that was put back must not be held against anyone.
    const minutes = Math.max(0, at - bucket.at) / 60_000
    bucket.tokens = Math.min(perMinute, bucket.tokens + minutes * perMinute)
    bucket.at = at
    if (buckets.size > 50_000) buckets.clear()
    buckets.set(key, bucket)
    if (bucket.tokens < 1)
      throw new AppError("rate_limited", {
        detail: "Too many requests. Wait a moment and try again.",
        retryAfter: Math.ceil(((1 - bucket.tokens) / perMinute) * 60),
      })
    bucket.tokens -= 1
  }
}
