import { VisuallyHidden } from "@mantine/core"
import { IconCheck, IconCopy } from "@tabler/icons-react"
import { useCallback, useEffect, useState } from "react"
import { useT } from "../lib/i18n.tsx"
import styles from "./copy-on-click.module.css"

/** Copies text; `copied` is true for a moment afterwards. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = useCallback((text: string) => {
    writeClipboard(text).then(() => setCopied(true))
  }, [])
  return { copied, copy }
}

/** The clipboard of the browser is closed over plain http in a shop's network; the old way still works there. */
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand("copy")
  field.remove()
}

/** A value that is copied by a click, with a tick to say so: e-mail addresses, numbers, keys. */
export function CopyOnClick({ text, shown = text }: { text: string; shown?: string }) {
  const t = useT()
  const { copied, copy } = useCopy()
  return (
    <>
      <button
        type="button"
        className={styles.copy}
        aria-label={t("action.copyNamed", { name: shown })}
        title={shown}
        onClick={() => copy(text)}
      >
        <span className={styles.text}>{shown}</span>
        <span className={styles.mark} data-done={copied || undefined} aria-hidden="true">
          {copied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.5} />}
        </span>
      </button>
      <VisuallyHidden aria-live="polite">{copied ? t("action.copied") : ""}</VisuallyHidden>
    </>
  )
}
