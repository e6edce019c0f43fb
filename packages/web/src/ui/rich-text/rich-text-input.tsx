import type { RichText } from "@regulars/contract/kernel/fields.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { IconBold, IconItalic, IconList, IconListNumbers } from "@tabler/icons-react"
import Mention from "@tiptap/extension-mention"
import { type Editor, EditorContent, type JSONContent, useEditor, useEditorState } from "@tiptap/react"
import StarterKit from "@tiptap/starter-kit"
import { useRef } from "react"
import { useT } from "../../lib/i18n.tsx"
import { IconButton } from "../button.tsx"
import { type Mentionable, MentionList, useMentionOffer } from "./mention-list.tsx"
import styles from "./rich-text.module.css"

interface RichTextInputProps {
  value: RichText | null
  onChange: (value: RichText | null) => void
  ariaLabel: string
  autoFocus?: boolean
  placeholder?: string
  /** Whom "@" offers; nobody when absent. */
  mentionables?: readonly Mentionable[]
}
/** Text with bold, lists, links and mentions; answers null when nothing is written. */
export function RichTextInput(props: RichTextInputProps) {
  const { value, onChange, ariaLabel, autoFocus, placeholder } = props
  const mentionables = useRef(props.mentionables ?? [])
  mentionables.current = props.mentionables ?? []
  const { offer, marked, renderer } = useMentionOffer()
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ heading: false, link: { openOnClick: false } }),
      Mention.configure({
        HTMLAttributes: { class: styles.mention },
        suggestion: {
          char: "@",
          items: ({ query }) => matching(mentionables.current, query),
          render: renderer,
        },
      }),
    ],
    content: (value ?? undefined) as JSONContent | undefined,
    autofocus: autoFocus ? "end" : false,
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": ariaLabel } },
    onUpdate: ({ editor: current }) => onChange(current.isEmpty ? null : (current.getJSON() as RichText)),
  })
  return (
    <div className={styles.editor}>
      {editor && placeholder && <Placeholder editor={editor} text={placeholder} />}
      <EditorContent editor={editor} className={`${styles.content} ${styles.text}`} />
      {editor && <Tools editor={editor} />}
      {editor && <MentionList editor={editor} offer={offer} marked={marked} />}
    </div>
  )
}

/** Names of which a word begins with what was typed; at most six. */
function matching(mentionables: readonly Mentionable[], query: string): Mentionable[] {
  const wanted = fold(query)
  return mentionables.filter(({ label }) => ` ${fold(label)}`.includes(` ${wanted}`)).slice(0, 6)
}

function Placeholder({ editor, text }: { editor: Editor; text: string }) {
  const isEmpty = useEditorState({ editor, selector: ({ editor: current }) => current.isEmpty })
  return isEmpty ? (
    <span className={styles.placeholder} aria-hidden="true">
      {text}
    </span>
  ) : null
}

function Tools({ editor }: { editor: Editor }) {
  const t = useT()
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      bold: current.isActive("bold"),
      italic: current.isActive("italic"),
      bulletList: current.isActive("bulletList"),
      orderedList: current.isActive("orderedList"),
    }),
  })
  const chain = () => editor.chain().focus()
  return (
    <div className={styles.tools}>
      <IconButton
        icon={IconBold}
        label={t("input.text.bold")}
        keys="mod+b"
        active={active.bold}
        aria-pressed={active.bold}
        onClick={() => chain().toggleBold().run()}
      />
      <IconButton
        icon={IconItalic}
        label={t("input.text.italic")}
        keys="mod+i"
        active={active.italic}
        aria-pressed={active.italic}
        onClick={() => chain().toggleItalic().run()}
      />
      <IconButton
        icon={IconList}
        label={t("input.text.bullets")}
        active={active.bulletList}
        aria-pressed={active.bulletList}
        onClick={() => chain().toggleBulletList().run()}
      />
      <IconButton
        icon={IconListNumbers}
        label={t("input.text.numbers")}
        active={active.orderedList}
        aria-pressed={active.orderedList}
        onClick={() => chain().toggleOrderedList().run()}
      />
    </div>
  )
}
