import type { ErrorCode, FieldError, Problem } from "@regulars/contract/kernel/errors.ts"

/** Codes of the contract, and `offline` for a request that never reached the server. */
export type ClientErrorCode = ErrorCode | "offline"

export interface Failure {
  code: ClientErrorCode
  status: number
  detail?: string
  errors?: FieldError[]
  details?: Record<string, unknown>
  requestId?: string
  /** Seconds to wait before trying again, from `Retry-After`. */
  retryAfter?: number
}

/** A refused or failed request. `message` is for developers; people read `error.<code>` of the catalogues. */
export class ApiError extends Error {
  readonly code: ClientErrorCode
  readonly status: number
  readonly errors: FieldError[]
  readonly details: Record<string, unknown>
  readonly requestId: string | undefined
  readonly retryAfter: number | undefined

  constructor(failure: Failure) {
    super(failure.detail ?? failure.code)
    this.name = "ApiError"
    this.code = failure.code
    this.status = failure.status
    this.errors = failure.errors ?? []
    this.details = failure.details ?? {}
    this.requestId = failure.requestId
    this.retryAfter = failure.retryAfter
  }
}

export function isApiError(error: unknown, code?: ClientErrorCode): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code)
}

/** What to call an answer that carries no problem document: a proxy's page, an empty body. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "unauthenticated"
  if (status === 403) return "forbidden"
  if (status === 404) return "not_found"
  if (status === 413) return "payload_too_large"
  if (status === 429) return "rate_limited"
  return status === 502 || status === 503 || status === 504 ? "unavailable" : "internal"
}

/** Reads the error of an answer that is not ok; understands any body, JSON or not. */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => "")
  let problem: Partial<Problem> = {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === "object" && parsed !== null) problem = parsed
  } catch {
    // Not JSON: the status alone says what happened.
  }
  const retryAfter = Number(response.headers.get("retry-after"))
  return new ApiError({
    code: problem.code ?? codeOfStatus(response.status),
    status: response.status,
    detail: problem.detail ?? problem.title,
    errors: problem.errors,
    details: problem.details,
    requestId: problem.requestId ?? response.headers.get("x-request-id") ?? undefined,
    retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
  })
}

/** Faults by the top-level key of their path, for showing beside the fields of a form. */
export function errorsByField(error: unknown): Record<string, FieldError> {
  const faults: Record<string, FieldError> = {}
  if (!isApiError(error)) return faults
  for (const fault of error.errors) faults[fault.path] ??= fault
  return faults
}
