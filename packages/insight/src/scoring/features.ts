/** What is said of a record: a number, an ISO date or time, a choice, yes or no, tags; anything else is missing. */
export interface Feature {
  key: string
  kind: "number" | "date" | "choice" | "boolean" | "tags"
}

/** A record as it was at an instant. */
export interface Subject {
  /** By the features' keys; null, undefined and "" are missing. Dates as ISO text or milliseconds since 1970. */
  values: Readonly<Record<string, unknown>>
  /** Milliseconds since 1970; a date counts as the days from it to this instant. */
  at: number
}

/**
 * A record whose outcome is known. `values` are those known at `at`, before the outcome; a record that may still go
 * either way is no example yet.
 */
export interface Example extends Subject {
  outcome: boolean
}

const day = 86_400_000

/** The number, or the days since a date; undefined where missing. */
export function amountOf({ key, kind }: Feature, { values, at }: Subject): number | undefined {
  const value = values[key]
  const amount = kind === "date" ? (at - instantOf(value)) / day : value
  return typeof amount === "number" && Number.isFinite(amount) ? amount : undefined
}
function instantOf(value: unknown): number {
  if (typeof value === "number") return value
  return typeof value === "string" ? Date.parse(value) : Number.NaN
}

/** The choice, "true" or "false"; undefined where missing. */
export function choiceOf({ key, kind }: Feature, { values }: Subject): string | undefined {
  const value = values[key]
  if (kind === "boolean") return typeof value === "boolean" ? String(value) : undefined
  return typeof value === "string" && value !== "" ? value : undefined
}

/** The tags, each once. */
export function tagsOf({ key }: Feature, { values }: Subject): ReadonlySet<string> {
  const value = values[key]
  return new Set(Array.isArray(value) ? value.filter((tag) => typeof tag === "string") : [])
}

/** How often each value occurs. */
export function countsOf<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
