/** Why a cell could not be read. The codes are stable: texts and saved reports refer to them. */
export type ProblemCode =
  | "date_invalid"
  | "date_ambiguous"
  | "date_empty"
  | "time_invalid"
  | "number_invalid"
  | "number_ambiguous"
  | "phone_invalid"
  | "email_invalid"
  | "country_unknown"
  | "language_unknown"
  | "boolean_unknown"
  | "choice_unknown"
  | "name_unclear"

/** What a reader makes of one cell: its value, or the reason it has none. */
export type Reading<T> = { value: T } | { problem: ProblemCode }
