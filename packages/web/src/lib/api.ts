import type { Api } from "@regulars/contract/endpoints.ts"
import { ApiError, errorOfResponse, isApiError } from "./api-error.ts"

type Query = Record<string, string | number | boolean | null | undefined>
export interface RequestOptions {
  params?: Record<string, string>
  query?: Query
  /** An object is sent as JSON; FormData as it is. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Lets the request outlive the page, for what is saved while leaving. */
  keepalive?: boolean
  /** The same key for a repeated attempt makes sure it counts once; made anew for each POST otherwise. */
  idempotencyKey?: string
}

type Part<N extends "params" | "query" | "body", V> = [V] extends [undefined]
  ? { [K in N]?: undefined }
  : undefined extends V
    ? { [K in N]?: V }
    : { [K in N]: V }
type Parts<C> = C extends { params: infer P; query: infer Q; body: infer B }
  ? Part<"params", P> & Part<"query", Q> & Part<"body", B>
  : never
type Options<C> = Parts<C> & Omit<RequestOptions, "params" | "query" | "body">
type Arguments<C> = Record<string, never> extends Parts<C> ? [options?: Options<C>] : [options: Options<C>]

/**
 * Calls an endpoint by its key: `call("PATCH /people/:id", { params: { id }, body: { name } })`.
 * Throws ApiError for every refused or failed request.
 */
export async function call<K extends keyof Api & string>(
  key: K,
  ...[options]: Arguments<Api[K]>
): Promise<Api[K]["response"]> {
  return (await request(key, options as RequestOptions | undefined)) as Api[K]["response"]
}

let whenSignedOut: () => void = () => {}
/** What to do when an answer says that nobody is signed in any more. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler
}

let askForProof: () => Promise<boolean> = async () => false
/** What to do when something takes a fresh proof of who is there; it goes on when the answer is true. */
export function onProofNeeded(handler: () => Promise<boolean>): void {
  askForProof = handler
}

/** As `call`, for endpoints whose key is put together at run time (`PATCH /${entity}/:id`). */
export async function request(key: string, options: RequestOptions = {}): Promise<unknown> {
  const response = await respond(key, options)
  if (response.status === 204 || response.headers.get("content-length") === "0") return undefined
  return await response.json()
}

/** As `request`, with the answer as it is, for files. */
export async function respond(key: string, options: RequestOptions = {}): Promise<Response> {
  try {
    return await send(key, options)
  } catch (error) {
    if (isApiError(error, "unauthenticated")) whenSignedOut()
    if (isApiError(error, "proof_needed") && (await askForProof())) return await send(key, options)
    throw error
  }
}

async function send(key: string, options: RequestOptions): Promise<Response> {
  const [method = "GET"] = key.split(" ", 1)
  const headers: Record<string, string> = { accept: "application/json", ...options.headers }
  const isForm = options.body instanceof FormData
  if (options.body !== undefined && !isForm) headers["content-type"] = "application/json"
  const onlyReads = /\/(query|export)$/.test(key)
  if (method === "POST" && !onlyReads)
    headers["idempotency-key"] = options.idempotencyKey ?? crypto.randomUUID()
  let response: Response
  try {
    response = await fetch(urlOf(key, options.params, options.query), {
      method,
      headers,
      body: isForm ? (options.body as FormData) : JSON.stringify(options.body),
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: "same-origin",
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ApiError({ code: "offline", status: 0, detail: String(cause) })
  }
  if (!response.ok) throw await errorOfResponse(response)
  return response
}

/**
 * Address of an endpoint: below `/api/v1`, or `/api` for sign-in. Also for links the browser follows itself
 * (exports, files).
 */
export function urlOf(key: string, params: Record<string, string> = {}, query: Query = {}): string {
  const path = key.slice(key.indexOf(" ") + 1).replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${key} needs the parameter "${name}"`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) search.set(name, String(value))
  const base = path.startsWith("/auth") ? "/api" : "/api/v1"
  return `${base}${path}${search.size > 0 ? `?${search}` : ""}`
}
