import type { AnswerOf, Endpoint, EndpointKey, InputOf } from "@regulars/contract/kernel/endpoint.ts"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Context, Services } from "../context.ts"
import type { Identity } from "./identity.ts"

/** What a handler of a `public` or `signedIn` endpoint is given in place of a workspace's context. */
export interface Caller {
  identity: Identity | null
  services: Services
  request: FastifyRequest
  reply: FastifyReply
}
export interface Exchange {
  request: FastifyRequest
  reply: FastifyReply
  identity: Identity
}
interface AnyInput {
  params: Record<string, string>
  query: Record<string, unknown>
  body: unknown
}
export type WorkspaceHandler = (ctx: Context, input: AnyInput, exchange: Exchange) => Promise<unknown>
export type OpenHandler = (caller: Caller, input: AnyInput) => Promise<unknown>

/** Handlers by endpoint, told apart by what they act for. */
export interface Handlers {
  workspace: Record<EndpointKey, WorkspaceHandler>
  open: Record<EndpointKey, OpenHandler>
}

type IsOpen<E> = E extends { permission: "public" | "signedIn" } ? true : false
type TypedHandler<E> =
  IsOpen<E> extends true
    ? (caller: Caller, input: InputOf<E>) => Promise<AnswerOf<E>>
    : (ctx: Context, input: InputOf<E>, exchange: Exchange) => Promise<AnswerOf<E>>

/** Typed hand-over of a domain's handlers for some of the declared endpoints. */
export function implement<E extends Record<EndpointKey, Endpoint>, K extends keyof E & EndpointKey>(
  endpoints: E,
  handlers: { [P in K]: TypedHandler<E[P]> },
): Handlers {
  const result: Handlers = { workspace: {}, open: {} }
  for (const [key, handler] of Object.entries(handlers) as [EndpointKey, never][]) {
    const { permission } = endpoints[key as K] as Endpoint
    if (permission === "public" || permission === "signedIn") result.open[key] = handler
    else result.workspace[key] = handler
  }
  return result
}

export interface ServerParts {
  services: Services
  endpoints: Record<EndpointKey, Endpoint>
  handlers: readonly Handlers[]
  authenticate: (request: FastifyRequest) => Promise<Identity | null>
}
