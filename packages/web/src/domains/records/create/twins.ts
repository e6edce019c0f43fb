import { isApiError } from "../../../lib/api-error.ts"

/** A record that may be the same one, and what they share. */
export interface Candidate {
  id: string
  name: string
  /** Null: they are only alike. */
  field: string | null
  value: string
}
/** Likely twins an error names, each once; none for any other error. */
export function twinsOf(error: unknown): Candidate[] {
  if (!isApiError(error, "duplicate_suspected")) return []
  const candidates = (error.details.candidates ?? []) as Candidate[]
  return [
    ...new Map(candidates.toReversed().map((candidate) => [candidate.id, candidate])).values(),
  ].toReversed()
}
