import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage"
import type { Catalogue } from "./runtime.ts"

/** Parses ICU texts by id; throws with the id of a text that is not well-formed. */
export function compileCatalogue(texts: Record<string, string>): Catalogue {
  const catalogue: Catalogue = {}
  for (const [id, text] of Object.entries(texts)) {
    try {
      catalogue[id] = compileMessageOrThrow(text) as unknown[]
    } catch (cause) {
      throw new Error(`The text "${id}" is not well-formed: ${text}`, { cause })
    }
  }
  return catalogue
}
