import type { ColumnState } from "./candidates.ts"
import { SOURCE_DEFINITIONS, type SourceDefinition } from "./source-definitions.ts"

/** What a recognised product is known to mean by a header: a target id, with a label where there is one. */
interface SourceHint {
  target: string
  label?: string
}

const key = (header: string) =>
  header
    .replace(/^\uFEFF/, "")
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, " ")
    .replace(/ ?\([^)]*\)$/, "")

function scoreSource(
  source: SourceDefinition,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): number {
  let score = headers.filter((header) => source.signature.includes(key(header))).length
  for (const pattern of source.patterns ?? [])
    if (headers.filter((header) => pattern.test(header)).length >= 2) score += source.needed
  if (source.values && samples.some((row) => row.some((value) => source.values?.test(value))))
    score += source.needed
  return score / source.needed
}

/** The product whose export this is, when enough of its own headers are there; the strongest where several fit. */
export function recogniseSource(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): SourceDefinition | undefined {
  let best: { source: SourceDefinition; score: number } | undefined
  for (const source of SOURCE_DEFINITIONS) {
    const score = scoreSource(source, headers, samples)
    if (score >= 1 && score > (best?.score ?? 0)) best = { source, score }
  }
  return best?.source
}

/** What the product means by the header of a column, if that is more than the header itself says. */
export function hintFor(
  source: SourceDefinition,
  column: Pick<ColumnState, "header">,
): SourceHint | undefined {
  const text = source.targets[key(column.header)]
  if (!text) return undefined
  const [target = text, label] = text.split(":")
  return label ? { target, label } : { target }
}
