import { TextInput } from "@mantine/core"
import { useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import type { usePastedFilter } from "./use-pasted-filter.ts"

/** Takes the text of a filter; what can't be read stays in it, with the reason below. */
export function PasteField({ read, problem, busy, forget }: ReturnType<typeof usePastedFilter>) {
  const t = useT()
  const [text, setText] = useState("")
  return (
    <TextInput
      label={t("filter.paste")}
      description={t("filter.paste.hint")}
      value={text}
      error={problem}
      readOnly={busy}
      aria-busy={busy}
      autoFocus
      autoComplete="off"
      onChange={(event) => {
        setText(event.currentTarget.value)
        forget()
      }}
      onPaste={(event) => {
        // Put there by hand: the browser does so only once it is being read, when nothing more is taken in.
        event.preventDefault()
        const pasted = event.clipboardData.getData("text/plain")
        setText(pasted)
        if (!busy) read(pasted)
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return
        event.preventDefault()
        if (!busy) read(text)
      }}
    />
  )
}
