import type { RichText } from "@regulars/contract/kernel/fields.ts"
import { Fragment, type ReactNode } from "react"
import styles from "./rich-text.module.css"

interface Mark {
  type: string
  attrs?: Record<string, unknown>
}
interface Node {
  type: string
  text?: string
  attrs?: Record<string, unknown>
  marks?: Mark[]
  content?: Node[]
}

/** Shows an editor document without the editor. Unknown nodes show their content, never their markup. */
export function RichTextView({ value }: { value: RichText }) {
  return <div className={styles.text}>{children(value as unknown as Node)}</div>
}
function children(node: Node): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a document's parts have no names and are never moved here
  return node.content?.map((part, index) => <Fragment key={index}>{show(part)}</Fragment>)
}
function show(node: Node): ReactNode {
  switch (node.type) {
    case "text":
      return (node.marks ?? []).reduce<ReactNode>((inner, mark) => marked(mark, inner), node.text)
    case "paragraph":
      return <p>{children(node)}</p>
    case "heading":
      return <h3>{children(node)}</h3>
    case "bulletList":
      return <ul>{children(node)}</ul>
    case "orderedList":
      return <ol>{children(node)}</ol>
    case "listItem":
      return <li>{children(node)}</li>
    case "blockquote":
      return <blockquote>{children(node)}</blockquote>
    case "codeBlock":
      return <pre>{children(node)}</pre>
    case "hardBreak":
      return <br />
    case "horizontalRule":
      return <hr />
    case "mention":
      return <span className={styles.mention}>@{String(node.attrs?.label ?? "")}</span>
    default:
      return children(node)
  }
}
function marked(mark: Mark, inner: ReactNode): ReactNode {
  switch (mark.type) {
    case "bold":
      return <strong>{inner}</strong>
    case "italic":
      return <em>{inner}</em>
    case "underline":
      return <u>{inner}</u>
    case "strike":
      return <s>{inner}</s>
    case "code":
      return <code>{inner}</code>
    case "link": {
      const href = String(mark.attrs?.href ?? "")
      // Only addresses that can't run anything in this page.
      return /^(https?:|mailto:|tel:)/i.test(href) ? (
        <a href={href} target="_blank" rel="noreferrer noopener">
          {inner}
        </a>
      ) : (
        inner
      )
    }
    default:
      return inner
  }
}
