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
      disabled={busy}
      autoFocus
      autoComplete="off"
      onChange={(event) => {
        setText(event.currentTarget.value)
        forget()
      }}
      onPaste={(event) => read(event.clipboardData.getData("text/plain"))}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return
        event.preventDefault()
        read(text)
      }}
    />
  )
}
