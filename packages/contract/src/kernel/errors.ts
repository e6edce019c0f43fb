/** Every error code an answer can carry, with its HTTP status. Closed: a new code is added here first. */
export const errorStatus = {
  validation_failed: 422,
  malformed_request: 400,
  unknown_field: 422,
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  sign_in_failed: 401,
  second_factor_required: 401,
  second_factor_needed: 403,
  proof_needed: 403,
  already_set_up: 409,
  version_conflict: 409,
  duplicate_suspected: 409,
  value_taken: 409,
  conflict: 409,
  idempotency_mismatch: 422,
  rate_limited: 429,
  payload_too_large: 413,
  unsupported_format: 415,
  insecure_connection: 403,
  unavailable: 503,
  internal: 500,
} as const
export type ErrorCode = keyof typeof errorStatus

/** One fault in the input: where, which rule, and a sentence for developers. */
export interface FieldError {
  path: string
  code: string
  message: string
  /** The most there may be, where the rule is such a limit. */
  limit?: number
}
/** RFC 9457 problem document; `details` differs by code (both values of a conflict, candidates of a duplicate). */
export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorCode
  detail?: string
  errors?: FieldError[]
  details?: Record<string, unknown>
  requestId: string
}
