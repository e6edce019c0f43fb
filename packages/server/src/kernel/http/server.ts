import cookie from "@fastify/cookie"
import multipart from "@fastify/multipart"
import type { Endpoint, EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify"
import { allPermissions } from "../access/roles.ts"
import type { Services } from "../context.ts"
import { AppError } from "../errors.ts"
import { newId } from "../ids.ts"
import { createExecutor } from "./execute.ts"
import type { ServerParts } from "./handlers.ts"
import { expectedError, problemOf } from "./problem.ts"
import { refuseForeignOrigin, securityHeaders } from "./security.ts"

const largestBody = 4 * 1024 * 1024
/** Largest upload in bytes; endpoints may allow less. */
export const largestUpload = 500 * 1024 * 1024

/** Builds the HTTP server from the declared endpoints. Throws when one has no handler or an unknown permission. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { services } = parts
  const server = fastify({
    logger: false,
    bodyLimit: largestBody,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: false, caseSensitive: true },
    // Behind a proxy the public address is a setting; forwarded headers of strangers are not believed.
    trustProxy: false,
    requestTimeout: 120_000,
    // Who takes nothing of an answer for so long is gone: a download of theirs holds what others need.
    connectionTimeout: 180_000,
    forceCloseConnections: "idle",
  })
  server.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders(request, services.config))
    reply.header("x-request-id", request.id)
    refuseForeignOrigin(request, services.config)
  })
  server.addHook("onResponse", async (request, reply) => logRequest(services, request, reply))
  server.setErrorHandler((error, request, reply) => answerError(services, error, request, reply))
  await server.register(cookie)
  await server.register(multipart, {
    limits: { fileSize: largestUpload, files: 1, fields: 10, fieldSize: 10_000, headerPairs: 100 },
  })
  registerEndpoints(server, parts)
  return server
}

function registerEndpoints(server: FastifyInstance, parts: ServerParts): void {
  const execute = createExecutor(parts)
  for (const [key, endpoint] of Object.entries(parts.endpoints) as [EndpointKey, Endpoint][]) {
    const [method, path] = key.split(" ") as [string, string]
    const { permission } = endpoint
    if (permission !== "public" && permission !== "signedIn" && !allPermissions.has(permission))
      throw new Error(`${key} asks for the unknown permission "${permission}"`)
    const run = execute(key, endpoint)
    server.route({
      method: method as "GET",
      url: apiPath(path),
      exposeHeadRoute: false,
      handler: run,
    })
  }
}
/** Sign-in lives beside the versions of the API, everything else below `v1`. */
export function apiPath(path: string): string {
  return path.startsWith("/auth/") ? `/api${path}` : `/api/v1${path}`
}

export async function answerError(
  services: Services,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  let expected = expectedError(error)
  if (!expected) {
    services.log.error(
      { err: error, requestId: request.id, route: request.routeOptions.url },
      "unexpected error",
    )
    expected = new AppError("internal", {
      detail:
        "Nothing was changed. Try again; if it happens again, copy the details for whoever looks after this installation.",
    })
  }
  if (reply.raw.headersSent) {
    reply.raw.destroy()
    return
  }
  if (expected.info.retryAfter !== undefined) reply.header("retry-after", String(expected.info.retryAfter))
  await reply
    .code(expected.status)
    .header("content-type", "application/problem+json")
    .send(JSON.stringify(problemOf(expected, request.id)))
}

/** One line per request, with the route's pattern rather than its address: no ids, names or searches of customers. */
function logRequest(services: Services, request: FastifyRequest, reply: FastifyReply): void {
  services.log.debug({
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? "unknown",
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  })
}
