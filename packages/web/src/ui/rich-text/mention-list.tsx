import { Portal } from "@mantine/core"
import type { Editor } from "@tiptap/react"
import type { SuggestionKeyDownProps, SuggestionProps } from "@tiptap/suggestion"
import { useEffect, useId, useRef, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Avatar } from "../avatar.tsx"
import styles from "./rich-text.module.css"

/** Somebody who can be mentioned by "@". */
export interface Mentionable {
  id: string
  label: string
}
type Offer = Pick<SuggestionProps<Mentionable>, "items" | "command" | "clientRect">

/** Keeps the list of names in step with what is typed after "@"; `renderer` is what the suggestion calls. */
export function useMentionOffer() {
  const [offer, setOffer] = useState<Offer | null>(null)
  const [marked, setMarked] = useState(0)
  const current = useRef({ offer, marked })
  current.current = { offer, marked }
  const [renderer] = useState(() => () => {
    const show = (props: SuggestionProps<Mentionable>) => {
      setOffer({ items: props.items, command: props.command, clientRect: props.clientRect })
      setMarked(0)
    }
    return {
      onStart: show,
      onUpdate: show,
      onExit: () => setOffer(null),
      onKeyDown: ({ event }: SuggestionKeyDownProps) => {
        const { offer: shown, marked: index } = current.current
        if (!shown || shown.items.length === 0) return false
        if (event.key === "Escape") setOffer(null)
        else if (event.key === "ArrowDown") setMarked((index + 1) % shown.items.length)
        else if (event.key === "ArrowUp") setMarked((index + shown.items.length - 1) % shown.items.length)
        else if (event.key === "Enter" || event.key === "Tab") pick(shown, index)
        else return false
        event.stopPropagation()
        return true
      },
    }
  })
  return { offer, marked, renderer }
}
function pick({ items, command }: Offer, index: number) {
  const chosen = items[index]
  if (chosen) command(chosen)
}

/** The names, floating at the cursor; the editor keeps the focus and says which one is marked. */
export function MentionList({
  editor,
  offer,
  marked,
}: {
  editor: Editor
  offer: Offer | null
  marked: number
}) {
  const t = useT()
  const id = useId()
  const open = offer !== null && offer.items.length > 0
  useEffect(() => {
    if (!open) return
    const { dom } = editor.view
    dom.setAttribute("aria-controls", id)
    dom.setAttribute("aria-activedescendant", `${id}${marked}`)
    // Esc closes the list only, not the dialog around the editor.
    dom.setAttribute("data-mantine-stop-propagation", "true")
    return () => {
      for (const name of ["aria-controls", "aria-activedescendant", "data-mantine-stop-propagation"])
        dom.removeAttribute(name)
    }
  }, [open, marked, editor, id])
  const rect = offer?.clientRect?.()
  if (!open || !rect) return null
  const above = rect.bottom + 220 > window.innerHeight
  return (
    <Portal>
      <div
        id={id}
        role="listbox"
        aria-label={t("input.text.mention")}
        className={styles.mentions}
        style={{
          left: Math.max(8, Math.min(rect.left, window.innerWidth - 240)),
          ...(above ? { bottom: window.innerHeight - rect.top + 4 } : { top: rect.bottom + 4 }),
        }}
      >
        {offer.items.map((item, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the editor holds the focus and hears the keys
          <div
            key={item.id}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === marked}
            className={styles.mentionOption}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(offer, index)}
          >
            <Avatar name={item.label} size={20} />
            {item.label}
          </div>
        ))}
      </div>
    </Portal>
  )
}
