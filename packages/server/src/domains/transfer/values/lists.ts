const SEPARATORS = /\s*(?:;|\||\r?\n| ::: )\s*/
// Google puts every contact into this group; it says nothing about the person.
const SYSTEM_GROUP = /^\* ?my ?contacts$/i

/**
 * Splits a cell that holds several tags. Semicolons, bars, line breaks and Google's ":::" separate; commas do
 * when none of those is there. Quotes and Google's leading star are taken off; repetitions are dropped.
 */
export function splitList(text: string): string[] {
  const trimmed = text.trim().replace(/^\[(.*)\]$/s, "$1")
  const parts = SEPARATORS.test(trimmed) ? trimmed.split(SEPARATORS) : trimmed.split(/\s*,\s*/)
  const kept = new Map<string, string>()
  for (const part of parts) {
    const bare = part.trim().replace(/^(["'])(.*)\1$/s, "$2")
    const item = SYSTEM_GROUP.test(bare) ? "" : bare.replace(/^\* /, "").trim()
    if (!/^[\s,;|-]*$/.test(item) && !kept.has(item.toLowerCase())) kept.set(item.toLowerCase(), item)
  }
  return [...kept.values()]
}
