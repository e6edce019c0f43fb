import { type ErrorCode, errorStatus, type FieldError } from "@regulars/contract/kernel/errors.ts"

export interface ErrorDetails {
  /** A sentence for the person: what happened and what to do. */
  detail?: string
  errors?: FieldError[]
  details?: Record<string, unknown>
  /** Seconds after which a repeated call may succeed. */
  retryAfter?: number
}

/** An expected failure. Domains throw it by code and know no HTTP; `kernel/http` answers it as a problem document. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly info: ErrorDetails
  constructor(code: ErrorCode, info: ErrorDetails = {}) {
    super(info.detail ?? code)
    this.name = "AppError"
    this.code = code
    this.info = info
  }
  get status(): number {
    return errorStatus[this.code]
  }
}

/** Refuses one field of the input; `limit` is the most there may be, for a text that names it. */
export function invalid(path: string, code: string, message: string, limit?: number): AppError {
  return new AppError("validation_failed", {
    detail: `${path}: ${message}`,
    errors: [{ path, code, message, ...(limit !== undefined && { limit }) }],
  })
}
export function notFound(): AppError {
  return new AppError("not_found", { detail: "There is no such record, or it is not yours to see." })
}
