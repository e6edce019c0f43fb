import { fold } from "./fold.ts"
import type { Reading } from "./reading.ts"

const TRUE = "yes y true t 1 on x ok checked ja j wahr ein an angehakt si s verdadero v cierto activado"
const FALSE = "no n false f 0 off unchecked nein falsch aus falso desactivado"
const MARKS: Record<string, boolean> = {
  "✓": true,
  "✔": true,
  "☑": true,
  "✅": true,
  "✗": false,
  "✘": false,
  "☐": false,
  "❌": false,
}

const WORDS = new Map<string, boolean>([
  ...TRUE.split(" ").map((word) => [fold(word), true] as const),
  ...FALSE.split(" ").map((word) => [fold(word), false] as const),
])

/** Reads yes or no in English, German or Spanish, as 1 or 0, or as a tick mark. */
export function readBoolean(text: string): Reading<boolean> {
  const word = text.trim()
  const value = MARKS[word] ?? WORDS.get(fold(word))
  return value === undefined ? { problem: "boolean_unknown" } : { value }
}
