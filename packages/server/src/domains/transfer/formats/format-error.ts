export type FormatErrorCode = "unsupported_format" | "payload_too_large" | "validation_failed"

/** Facts for the person who sees the error: `reason` names the case, `remedy` says what to do about it. */
export type FormatErrorDetails = {
  reason: string
  remedy?: string
  line?: number
  limit?: number
  found?: number
}

/** A file that can't be read or written as a whole. Faults of single rows are `RowProblem`s instead. */
export class FormatError extends Error {
  readonly code: FormatErrorCode
  readonly details: FormatErrorDetails

  constructor(code: FormatErrorCode, message: string, details: FormatErrorDetails, cause?: unknown) {
    super(message, { cause })
    this.name = "FormatError"
    this.code = code
    this.details = details
  }
}
