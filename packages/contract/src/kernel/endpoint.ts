import type { z } from "zod"

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE"
/** `public`: anyone. `signedIn`: a user, with or without workspace. Others are `<area>:<action>` names of a role. */
export type Permission = "public" | "signedIn" | `${string}:${string}`

/**
 * One endpoint: its key is method and path as the API documents them, below `/api/v1` (or `/api` where the
 * path starts with `/auth`). Everything a request may carry has a schema; the answer's schema strips what it
 * does not name.
 */
export interface Endpoint {
  summary: string
  permission: Permission
  /** Status of a good answer; 204 has no body. */
  status?: 200 | 201 | 202 | 204
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response?: z.ZodType
  /** The answer is written by the handler itself: files, exports, streams. */
  raw?: true
  /** Accepts multipart/form-data. */
  multipart?: true
  /** Calls a minute for one caller; the default is generous. */
  rateLimit?: number
  /** The answer shows a secret once: never kept for a repeated request. */
  secret?: true
  /** Takes a recent proof of who has the session (`POST /auth/proof`); an API key is asked for none. */
  proof?: true
  /** Rows read without any write, though the method is POST (a query with a body). */
  readOnly?: true
  /** Nothing else is written in the workspace while this is carried out. */
  alone?: true
}
export type EndpointKey = `${Method} /${string}`

export function defineEndpoints<const E extends Record<EndpointKey, Endpoint>>(endpoints: E): E {
  return endpoints
}

type Input<S> = S extends z.ZodType ? z.input<S> : undefined
type Output<S> = S extends z.ZodType ? z.output<S> : undefined
/** What a caller gives and gets, derived from the schemas; the browser uses only this type, not the schemas. */
export type CallOf<E> = {
  params: E extends { params: infer S } ? Input<S> : undefined
  query: E extends { query: infer S } ? Input<S> : undefined
  body: E extends { body: infer S } ? Input<S> : undefined
  response: E extends { response: infer S } ? Output<S> : undefined
}
export type CallsOf<E> = { [K in keyof E]: CallOf<E[K]> }
/** What a handler is given, after validation. */
export type InputOf<E> = {
  params: E extends { params: infer S } ? Output<S> : Record<string, never>
  query: E extends { query: infer S } ? Output<S> : Record<string, never>
  body: E extends { body: infer S } ? Output<S> : undefined
}
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that answers nothing need not return undefined
export type AnswerOf<E> = E extends { response: infer S } ? Input<S> : void
