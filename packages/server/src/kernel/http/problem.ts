import {
  type ErrorCode,
  errorStatus,
  type FieldError,
  type Problem,
} from "@regulars/contract/kernel/errors.ts"
import type { z } from "zod"
import { isDatabaseAway } from "../db/away.ts"
import { knewOtherFields } from "../db/gate.ts"
import { AppError } from "../errors.ts"

const titles: Record<ErrorCode, string> = {
  validation_failed: "Some values can't be accepted",
  malformed_request: "The request can't be read",
  unknown_field: "The request names a field that does not exist",
  not_found: "Not found",
  forbidden: "Not allowed",
  unauthenticated: "Sign in first",
  sign_in_failed: "E-mail or password is wrong",
  second_factor_required: "A code is needed as well",
  second_factor_needed: "Set up a second step first",
  proof_needed: "Prove first who you are",
  already_set_up: "This installation is set up already",
  version_conflict: "Changed by someone else",
  duplicate_suspected: "Perhaps there already",
  value_taken: "Another record holds this value",
  conflict: "Contradicts what is there",
  idempotency_mismatch: "The same key was used for another request",
  rate_limited: "Too many requests",
  payload_too_large: "Too large",
  unsupported_format: "This format can't be read",
  insecure_connection: "This connection is not encrypted",
  unavailable: "Not available right now",
  internal: "Something went wrong on our side",
}

export function problemOf(error: AppError, requestId: string): Problem {
  const { code, info } = error
  return {
    type: `https://regulars.dev/errors/${code}`,
    title: titles[code],
    status: errorStatus[code],
    code,
    ...(info.detail && { detail: info.detail }),
    ...(info.errors && { errors: info.errors }),
    ...(info.details && { details: info.details }),
    requestId,
  }
}

/** What a validator found, field by field. */
export function validationError(error: z.ZodError, part: "params" | "query" | "body"): AppError {
  // An id in the path that is no id can't name a record: alike to one that does not exist.
  if (part === "params")
    return new AppError("not_found", { detail: "There is no such record, or it is not yours to see." })
  const errors = error.issues.slice(0, 50).flatMap(fieldErrors)
  const first = errors[0]
  const unknown = errors.length > 0 && errors.every((fault) => fault.code === "unknown_field")
  return new AppError(unknown ? "unknown_field" : "validation_failed", {
    detail: first
      ? `${first.path === "" ? part : first.path}: ${first.message}`
      : "Some values can't be accepted.",
    errors,
  })
}
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String).join(".")
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: path === "" ? key : `${path}.${key}`,
      code: "unknown_field",
      message: "is not a field that can be set",
    }))
  const own = "params" in issue ? (issue.params as { code?: string } | undefined)?.code : undefined
  return [{ path, code: own ?? issue.code, message: issue.message }]
}

interface Failure {
  code?: string
  statusCode?: number
  message?: string
  name?: string
}
const unavailable = "The database is not reachable right now. Nothing was changed; try again in a moment."
const diskFull =
  "The disk of the database is full. Nothing was changed; whoever looks after this installation has to make room."

/** Maps what a library or the database threw to an expected error; undefined means: not expected, log it. */
export function expectedError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  const { code = "", statusCode, message = "" } = error as Failure
  if (code === "53100") return new AppError("unavailable", { detail: diskFull, retryAfter: 60 })
  if (isDatabaseAway(error)) return new AppError("unavailable", { detail: unavailable, retryAfter: 2 })
  if (code === "57014")
    return new AppError("unavailable", {
      detail: "The question took too long to answer. Narrow it down and try again.",
      retryAfter: 5,
    })
  if (code === "40001" || code === "40P01" || code === "55P03")
    return new AppError("unavailable", {
      detail: "Others are changing the same records right now. Nothing was changed; try again.",
      retryAfter: 1,
    })
  if (knewOtherFields(error))
    return new AppError("unavailable", {
      detail: "The fields are being changed right now. Nothing was changed; try again.",
      retryAfter: 1,
    })
  if (code.startsWith("23"))
    return new AppError("conflict", { detail: "The change contradicts other records." })
  if (code.startsWith("22"))
    return new AppError("validation_failed", { detail: "A value can't be stored as given." })
  if (statusCode === 413)
    return new AppError("payload_too_large", { detail: "The request is larger than allowed." })
  if (statusCode === 415)
    return new AppError("unsupported_format", { detail: "Send JSON, or multipart/form-data for uploads." })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError("malformed_request", { detail: message })
  return undefined
}
