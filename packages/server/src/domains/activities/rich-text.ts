import type { RichText } from "@regulars/contract/kernel/fields.ts"
import { invalid } from "../../kernel/errors.ts"

interface Mark {
  type: string
  attrs?: Record<string, unknown>
}
export interface Node {
  type: string
  attrs?: Record<string, unknown>
  marks?: Mark[]
  text?: string
  content?: Node[]
}
interface Budget {
  nodes: number
}

/** Far beyond what anyone writes; what is deeper or larger was made by a program. */
const deepest = 40
const mostNodes = 20_000
const longestBody = 200_000

const plainMarks = ["bold", "italic", "strike", "code", "underline"]
const blocks = [
  "paragraph",
  "heading",
  "bulletList",
  "orderedList",
  "blockquote",
  "codeBlock",
  "horizontalRule",
]
const inlines = ["text", "hardBreak", "mention"]
/** What may stand inside a node: blocks, entries of a list, words, or nothing. */
const inside: Record<string, "blocks" | "items" | "words" | "code"> = {
  doc: "blocks",
  blockquote: "blocks",
  listItem: "blocks",
  bulletList: "items",
  orderedList: "items",
  paragraph: "words",
  heading: "words",
  codeBlock: "code",
}

/**
 * A document reduced to nodes and marks the product knows, in places where an editor accepts them. What an
 * unknown node held stays, without the node. Throws `validation_failed` when it is too deep or too large.
 */
export function cleanRichText(document: RichText): RichText {
  const content = cleanContent(document.content, "blocks", { depth: 1, budget: { nodes: 0 } })
  const clean: RichText = { type: "doc", content }
  if (JSON.stringify(clean).length > longestBody) throw invalid("body", "too_big", "is too long")
  return clean
}
interface Place {
  depth: number
  budget: Budget
}

function cleanContent(content: unknown, kind: "blocks" | "items" | "words" | "code", place: Place): Node[] {
  if (!Array.isArray(content)) return []
  if (place.depth > deepest) throw invalid("body", "too_deep", "is nested too deeply")
  const nodes = content.flatMap((child) => cleanNode(child, kind, place))
  if (kind === "words") return nodes.flatMap(wordsOf)
  if (kind === "code") return nodes.flatMap(wordsOf).flatMap(withoutMarks)
  return wrapStrays(nodes, kind)
}

/** Zero, one or, where an unknown node gives up its content, several nodes. */
function cleanNode(given: unknown, kind: "blocks" | "items" | "words" | "code", place: Place): Node[] {
  if (typeof given !== "object" || given === null) return []
  const node = given as Partial<Record<keyof Node, unknown>>
  if (++place.budget.nodes > mostNodes) throw invalid("body", "too_big", "is too long")
  const deeper = { ...place, depth: place.depth + 1 }
  const type = typeof node.type === "string" ? node.type : ""
  if (type === "text") return cleanText(node)
  if (type === "hardBreak" || type === "horizontalRule") return [{ type }]
  if (type === "mention") return cleanMention(node.attrs)
  if (type === "doc" || !Object.hasOwn(inside, type)) return cleanContent(node.content, kind, deeper)
  const content = cleanContent(node.content, inside[type] as "blocks", deeper)
  if (content.length === 0 && ["bulletList", "orderedList", "blockquote"].includes(type)) return []
  const attrs = cleanAttributes(type, node.attrs)
  return [{ type, ...(attrs && { attrs }), ...(content.length > 0 && { content }) }]
}

function cleanText(node: Partial<Record<keyof Node, unknown>>): Node[] {
  const text = typeof node.text === "string" ? storable(node.text) : ""
  if (text === "") return []
  const marks = cleanMarks(node.marks)
  return [{ type: "text", ...(marks.length > 0 && { marks }), text }]
}
function cleanMarks(given: unknown): Mark[] {
  if (!Array.isArray(given)) return []
  const found = new Map<string, Mark>()
  for (const mark of given.slice(0, 20) as (Mark | null)[]) {
    if (typeof mark?.type !== "string" || found.has(mark.type)) continue
    if (plainMarks.includes(mark.type)) found.set(mark.type, { type: mark.type })
    const href = mark.type === "link" ? safeAddress(mark.attrs?.href) : undefined
    if (href !== undefined) found.set("link", { type: "link", attrs: { href } })
  }
  return [...found.values()]
}
/** The address as browsers would read it, when following it can do no harm. */
function safeAddress(href: unknown): string | undefined {
  if (typeof href !== "string" || href.length > 2000) return undefined
  const url = URL.parse(href)
  return url && ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : undefined
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
function cleanMention(given: unknown): Node[] {
  const { id, label } = (given ?? {}) as { id?: unknown; label?: unknown }
  const name = typeof label === "string" ? storable(label).slice(0, 200) : ""
  if (typeof id === "string" && idPattern.test(id))
    return [{ type: "mention", attrs: { id: id.toLowerCase(), label: name } }]
  return name === "" ? [] : [{ type: "text", text: `@${name}` }]
}
function cleanAttributes(type: string, given: unknown): Record<string, unknown> | undefined {
  const { level, start } = (given ?? {}) as { level?: unknown; start?: unknown }
  if (type === "heading") return { level: level === 1 || level === 2 ? level : 3 }
  if (type === "orderedList" && Number.isInteger(start) && start !== 1) return { start }
  return undefined
}
/** Text the database takes: no NUL, no half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed()
}

/** The words of whatever stands where only words may: a block gives up its form. */
function wordsOf(node: Node): Node[] {
  if (inlines.includes(node.type)) return [node]
  return (node.content ?? []).flatMap(wordsOf)
}
function withoutMarks(node: Node): Node[] {
  if (node.type === "text") return [{ type: "text", text: node.text as string }]
  return [{ type: "text", text: wordText(node) }]
}
/** Puts words among blocks into paragraphs, and anything among list entries into entries. */
function wrapStrays(nodes: readonly Node[], kind: "blocks" | "items"): Node[] {
  const result: Node[] = []
  let paragraph: Node | undefined
  for (const node of nodes) {
    if (inlines.includes(node.type)) {
      if (!paragraph) {
        paragraph = { type: "paragraph", content: [] }
        result.push(paragraph)
      }
      paragraph.content?.push(node)
      continue
    }
    paragraph = undefined
    if (kind === "blocks" && node.type === "listItem") result.push(...(node.content ?? []))
    else result.push(node)
  }
  if (kind === "blocks") return result.filter((node) => blocks.includes(node.type))
  return result.map((node) => asItem(node))
}
/** An entry begins with a paragraph: editors refuse it otherwise. */
function asItem(node: Node): Node {
  const content = node.type === "listItem" ? (node.content ?? []) : [node]
  const startsWell = content[0]?.type === "paragraph"
  return { type: "listItem", content: startsWell ? content : [{ type: "paragraph" }, ...content] }
}

/** The document without its form: one line per block, entries of lists marked. */
export function plainText(document: RichText): string {
  return linesOf((document.content ?? []) as Node[])
    .join("\n")
    .trim()
}
function linesOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node): string[] => {
    const content = node.content ?? []
    if (node.type === "horizontalRule") return [""]
    if (node.type === "blockquote") return linesOf(content)
    if (node.type !== "bulletList" && node.type !== "orderedList")
      return content.map(wordText).join("").split("\n")
    const start = Number(node.attrs?.start ?? 1)
    return content.flatMap((item, index) => {
      const sign = node.type === "orderedList" ? `${start + index}. ` : "- "
      const [first = "", ...rest] = linesOf(item.content ?? [])
      return [sign + first, ...rest.map((line) => `  ${line}`)]
    })
  })
}
function wordText(node: Node): string {
  if (node.type === "hardBreak") return "\n"
  return node.type === "mention" ? `@${node.attrs?.label}` : (node.text ?? "")
}

/** Plain text as a document: a paragraph per line. */
export function paragraphs(text: string): RichText {
  const content = text
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line === "" ? { type: "paragraph" } : { type: "paragraph", content: [{ type: "text", text: line }] },
    )
  return { type: "doc", content }
}

/** Ids of the members mentioned, each once, in the order of the text. */
export function mentionedIn(document: RichText): string[] {
  const found = new Set<string>()
  const visit = (nodes: readonly Node[]) => {
    for (const node of nodes) {
      if (node.type === "mention") found.add(String(node.attrs?.id))
      visit(node.content ?? [])
    }
  }
  visit((document.content ?? []) as Node[])
  return [...found]
}
