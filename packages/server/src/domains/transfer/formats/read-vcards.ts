import { FormatError } from "./format-error.ts"
import type { VCard, VCardProblem } from "./vcard.ts"
import { buildCard } from "./vcard-card.ts"
import { MAX_CARD_LENGTH, parseProperty, readContentLines, type VcardProperty } from "./vcard-lines.ts"

type OpenCard = {
  line: number
  properties: VcardProperty[]
  length: number
  /** Text of a card inside this one (an assistant's, in 2.1), and how deep we are in it. */
  nested: string[]
  depth: number
  problem?: VCardProblem
}

/**
 * Reads the cards of a vCard file (2.1, 3.0, 4.0) one at a time. `line` is where a card begins. A card with a
 * `problem` still holds what could be read.
 * @throws FormatError `validation_failed` when the file holds no card, or a line of more than 16 MB
 */
export async function* readVcards(
  file: string,
): AsyncGenerator<{ line: number; card: VCard; problem?: VCardProblem }> {
  let open: OpenCard | undefined
  let count = 0
  for await (const { line, text } of readContentLines(file)) {
    const frame = /^\s*(begin|end)\s*:\s*vcard\s*$/i.exec(text)?.[1]?.toLowerCase()
    if (frame === "begin" && open && !isAgent(open.properties.at(-1)) && open.depth === 0) {
      open.problem ??= { code: "unterminated_card", line: open.line }
      yield finish(open)
      open = undefined
    }
    if (frame === "begin" && !open) {
      open = { line, properties: [], length: 0, nested: [], depth: 0 }
      count++
    } else if (frame === "end" && open?.depth === 0) {
      yield finish(open)
      open = undefined
    } else if (open) {
      takeLine(open, line, text, frame)
    }
  }
  if (open) yield finish({ ...open, problem: open.problem ?? { code: "unterminated_card", line: open.line } })
  if (count > 0) return
  throw new FormatError("validation_failed", "The file holds no contact card", {
    reason: "empty",
    remedy: "Export the contacts again as vCard (.vcf)",
  })
}

function takeLine(open: OpenCard, line: number, text: string, frame: string | undefined): void {
  open.length += text.length
  if (open.length > MAX_CARD_LENGTH) {
    open.problem ??= { code: "card_too_large", line, limit: MAX_CARD_LENGTH }
    return
  }
  if (frame === "begin") open.depth++
  if (open.depth > 0) {
    open.nested.push(text)
    if (frame !== "end") return
    open.depth--
    if (open.depth === 0) open.properties.at(-1)!.value = open.nested.splice(0).join("\n")
    return
  }
  const property = parseProperty({ line, text })
  if (property) open.properties.push(property)
  else open.problem ??= { code: "unreadable_line", line }
}

function isAgent(property: VcardProperty | undefined): boolean {
  return property?.name === "AGENT" && property.value.trim() === ""
}

function finish(open: OpenCard): { line: number; card: VCard; problem?: VCardProblem } {
  const { line, properties, problem } = open
  return { line, card: buildCard(properties), ...(problem && { problem }) }
}
