import { fold } from "@regulars/contract/kernel/fold.ts"

/** The set with one or several (joined by commas) tags more; the same word twice, in any case, counts once. */
export function addTags(tags: readonly string[], text: string): string[] {
  const next = [...tags]
  for (const tag of text.split(",").map((part) => part.trim()))
    if (tag !== "" && !next.some((other) => fold(other) === fold(tag))) next.push(tag)
  return next
}
