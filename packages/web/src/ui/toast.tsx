import { IconAlertTriangle, IconX } from "@tabler/icons-react"
import { useEffect, useState } from "react"
import { useT } from "../lib/i18n.tsx"
import { createRegistry, useRegistry } from "../lib/registry.ts"
import { useShortcut } from "../lib/shortcuts.ts"
import { useErrorText } from "./states.tsx"
import styles from "./toast.module.css"

export interface Toast {
  text: string
  /** Takes back what was just done; runs at most once. */
  undo?: () => unknown
  /** Another thing to do next, such as opening what was made. */
  action?: { label: string; run: () => void }
  bad?: boolean
  /** Stays until it is taken away: for work that is still running. */
  lasting?: boolean
}
interface Shown extends Toast {
  remove: () => void
}
const toasts = createRegistry<Shown>()

/** Says what just happened, at the bottom of the page. Returns how to take the message away again. */
export function toast(message: Toast): () => void {
  const shown: Shown = { ...message, remove: () => {} }
  shown.remove = toasts.add(shown)
  const surplus = toasts.list().length - 3
  const passing = toasts.list().filter((entry) => !entry.lasting)
  for (const old of passing.slice(0, Math.max(0, surplus))) old.remove()
  return shown.remove
}

/** Says in plain words why something was not done: for errors of work whose form is gone. */
export function useErrorToast(): (error: unknown) => void {
  const texts = useErrorText()
  const t = useT()
  return (error) => {
    const { what, next } = texts(error)
    toast({ text: `${t("error.notSaved", { reason: what })} ${next}`, bad: true })
  }
}

/** Where toasts appear; part of the shell, once. Ctrl Z runs the newest Undo. */
export function Toasts() {
  const t = useT()
  const shown = useRegistry(toasts)
  const undoable = shown.findLast((entry) => entry.undo)
  useShortcut(
    undoable ? { keys: "mod+z", label: "keys.undo", group: "general", run: () => runUndo(undoable) } : null,
  )
  return (
    <section className={styles.stack} aria-label={t("shell.notifications")} aria-live="polite">
      {shown.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries carry no name and never change places
        <ToastLine key={`${index}${entry.text}`} entry={entry} />
      ))}
    </section>
  )
}
function runUndo(entry: Shown) {
  entry.remove()
  entry.undo?.()
}

function ToastLine({ entry }: { entry: Shown }) {
  const t = useT()
  const [held, setHeld] = useState(false)
  const { remove } = entry
  useEffect(() => {
    if (held) return
    // Long enough to read and to reach Undo; errors stay until they are put away, running work until its end.
    if (entry.bad || entry.lasting) return
    const timer = setTimeout(remove, entry.undo || entry.action ? 10_000 : 4_000)
    return () => clearTimeout(timer)
  }, [held, remove, entry])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the message, it does nothing
    <div
      className={styles.toast}
      role={entry.bad ? "alert" : undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {entry.bad && <IconAlertTriangle size={18} stroke={1.5} aria-hidden="true" />}
      <span className={styles.text}>{entry.text}</span>
      {entry.undo && (
        <button type="button" className={styles.action} onClick={() => runUndo(entry)}>
          {t("action.undo")}
        </button>
      )}
      {entry.action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            remove()
            entry.action?.run()
          }}
        >
          {entry.action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label={t("shell.dismiss")} onClick={remove}>
        <IconX size={16} stroke={1.5} />
      </button>
    </div>
  )
}
