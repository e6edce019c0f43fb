import type { Endpoint, EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { z } from "zod"
import { permissionsWithin } from "../access/roles.ts"
import type { Context, Registry, Services } from "../context.ts"
import { knewOtherFields } from "../db/gate.ts"
import { openReads, openTransaction, transaction } from "../db/transaction.ts"
import { AppError } from "../errors.ts"
import { forgetRegistry, readRegistry, rememberedRegistry } from "../own-fields/workspace-registry.ts"
import type { OpenHandler, ServerParts, WorkspaceHandler } from "./handlers.ts"
import { claimKey, keepAnswer, requestKey } from "./idempotency.ts"
import type { Identity, Membership } from "./identity.ts"
import { validationError } from "./problem.ts"
import { createRateLimiter } from "./security.ts"
import { serialiserOf } from "./serialise.ts"

type Run = (request: FastifyRequest, reply: FastifyReply) => Promise<void>
interface Input {
  params: Record<string, string>
  query: Record<string, unknown>
  body: unknown
}
/** Calls a minute of one signed-in caller: high enough for any program, low enough to stop a runaway one. */
const defaultRate = 300_000
/** Milliseconds a request may keep a transaction open without a statement: nothing of ours takes that long. */
const longestIdle = 60_000

/** Makes the function that carries out one endpoint: who, what, may they, transaction, answer. */
export function createExecutor(parts: ServerParts): (key: EndpointKey, endpoint: Endpoint) => Run {
  const { services } = parts
  const limit = createRateLimiter(services.now)
  const workspace = Object.assign({}, ...parts.handlers.map((handlers) => handlers.workspace)) as Record<
    EndpointKey,
    WorkspaceHandler
  >
  const open = Object.assign({}, ...parts.handlers.map((handlers) => handlers.open)) as Record<
    EndpointKey,
    OpenHandler
  >
  return (key, endpoint) => {
    const write = serialiserOf(endpoint)
    const isOpen = endpoint.permission === "public" || endpoint.permission === "signedIn"
    if (!(isOpen ? open[key] : workspace[key])) throw new Error(`${key} has no handler`)
    return async (request, reply) => {
      const identity = await parts.authenticate(request)
      const caller = identity?.apiKeyId ?? identity?.userId ?? request.ip
      limit(`${caller} ${endpoint.rateLimit ? key : ""}`, endpoint.rateLimit ?? defaultRate)
      if (endpoint.permission !== "public" && !identity)
        throw new AppError("unauthenticated", { detail: "Sign in, or send an API key." })
      if (isOpen) {
        if (endpoint.proof) requireProof(services, identity as Identity)
        const answer = await open[key]!({ identity, services, request, reply }, readInput(endpoint, request))
        if (!reply.sent) await send(reply, endpoint, answer === undefined ? undefined : write(answer))
        return
      }
      const membership = permitted(identity as Identity, endpoint)
      if (endpoint.proof) requireProof(services, identity as Identity)
      await runInWorkspace({
        services,
        request,
        reply,
        endpoint,
        key,
        write,
        handler: workspace[key]!,
        identity: identity as Identity,
        membership,
      })
    }
  }
}

/** Milliseconds for which a proof of who somebody is holds. */
const proofLasts = 15 * 60_000
function requireProof(services: Services, { sessionId, provedAt }: Identity): void {
  if (sessionId === null) return
  if (provedAt !== null && services.now().getTime() - Date.parse(provedAt) <= proofLasts) return
  throw new AppError("proof_needed", { detail: "Prove first who you are: POST /auth/proof." })
}

/** Checks the area before the input, so that a role without access learns nothing from validation messages. */
function permitted({ membership, factorNeededBy, apiKeyId }: Identity, endpoint: Endpoint): Membership {
  if (factorNeededBy)
    throw new AppError("second_factor_needed", {
      detail:
        apiKeyId === null
          ? "This role needs a second step of signing in. Set one up first: POST /auth/authenticator."
          : "The role of this key's member needs a second step of signing in. The key works once they have set one up in Settings, Security; where a provider asks for theirs, a key that they make signed in by it works.",
    })
  if (!membership) throw new AppError("forbidden", { detail: "Choose a workspace first." })
  if (!membership.permissions.has(endpoint.permission))
    throw new AppError("forbidden", {
      detail: "Your role does not allow this. Ask an administrator of the workspace.",
    })
  return membership
}

function readInput(endpoint: Endpoint, request: FastifyRequest): Input {
  return {
    params: (endpoint.params ? parsed(endpoint.params, request.params, "params") : {}) as Record<
      string,
      string
    >,
    query: (endpoint.query ? parsed(endpoint.query, request.query, "query") : {}) as Record<string, unknown>,
    body: endpoint.body ? parsed(endpoint.body, request.body ?? {}, "body") : undefined,
  }
}
function parsed(schema: z.ZodType, value: unknown, part: "params" | "query" | "body"): unknown {
  const result = schema.safeParse(value)
  if (!result.success) throw validationError(result.error, part)
  return result.data
}

interface Call {
  services: Services
  request: FastifyRequest
  reply: FastifyReply
  endpoint: Endpoint
  key: EndpointKey
  write: (value: unknown) => string
  handler: WorkspaceHandler
  identity: Identity
  membership: Membership
}
/** How often a request begins when the own fields change each time before it could write. */
const mostBeginnings = 3
/** A write that is refused because the fields have changed has done nothing yet, and begins once more with these. */
async function runInWorkspace(call: Call): Promise<void> {
  const { services, membership } = call
  for (let beginning = 1; ; beginning++)
    try {
      return await runWithFields(call)
    } catch (error) {
      if (!knewOtherFields(error) || beginning === mostBeginnings) throw error
      forgetRegistry(services, membership.workspaceId)
    }
}
async function runWithFields(call: Call): Promise<void> {
  const { services, request, reply, endpoint, membership, identity } = call
  // Read apart: what comes slowly, from the sender or from elsewhere, must not find a transaction open.
  const registry =
    rememberedRegistry(services, membership.workspaceId) ??
    (await transaction(
      services.database,
      { role: "regulars_app", workspaceId: membership.workspaceId },
      (tx) => readRegistry(services, tx),
    ))
  const isRead = request.method === "GET" || endpoint.readOnly
  const opened = (isRead ? openReads : openTransaction)(services.database, {
    role: "regulars_app",
    workspaceId: membership.workspaceId,
    idleTimeout: longestIdle,
    ...(endpoint.alone && { alone: true }),
    // What is uploaded can't be read twice; an upload writes no own values.
    ...(!endpoint.multipart && { fieldsVersion: registry.fieldsVersion }),
  })
  try {
    const ctx = memberContext(call, opened.tx, registry)
    const input = readInput(endpoint, request)
    const kept =
      // An upload comes as slowly as its sender sends it: nothing may be open meanwhile.
      request.method === "POST" && !endpoint.readOnly && !endpoint.multipart
        ? requestKey(
            request.headers["idempotency-key"],
            identity.apiKeyId ?? membership.memberId,
            call.key + JSON.stringify(input.params),
            request.body,
          )
        : undefined
    const replayed = kept && (await claimKey(ctx, kept))
    if (replayed) {
      await opened.commit()
      reply.header("idempotency-replayed", "true")
      await reply
        .code(replayed.status)
        .type("application/json")
        .send(replayed.answer === "" ? undefined : replayed.answer)
      return
    }
    const answer = await call.handler(ctx, input, { request, reply, identity })
    const text = endpoint.raw || endpoint.status === 204 ? undefined : call.write(answer)
    if (kept && !endpoint.secret && !endpoint.raw)
      keepAnswer(ctx, kept, { status: endpoint.status ?? 200, answer: text ?? "" })
    await opened.commit()
    if (!endpoint.raw) await send(reply, endpoint, text)
  } catch (error) {
    await opened.rollback()
    throw error
  }
}
async function send(reply: FastifyReply, endpoint: Endpoint, text: string | undefined): Promise<void> {
  reply.code(endpoint.status ?? 200).header("cache-control", "no-store")
  if (text === undefined) await reply.send()
  else await reply.type("application/json; charset=utf-8").send(text)
}

/** What a member's use case is given. */
function memberContext(
  { services, identity, membership, request }: Call,
  tx: Context["tx"],
  registry: Registry,
): Context {
  const { memberId, ...place } = membership
  return {
    ...place,
    permissions: permissionsWithin(registry, membership),
    actor: { type: "member", memberId, userId: identity.userId },
    tx,
    services,
    registry,
    now: services.now,
    requestId: request.id,
    log: services.log,
    depth: 0,
  }
}
