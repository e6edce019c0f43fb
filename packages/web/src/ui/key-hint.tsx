import { Fragment } from "react"
import { useT } from "../lib/i18n.tsx"
import { isMac } from "../lib/shortcuts.ts"
import styles from "./key-hint.module.css"

const signs: Record<string, string> = {
  alt: "Alt",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": "␣",
  ...(isMac && { mod: "⌘", alt: "⌥", shift: "⇧" }),
}

/** Shows keys written as in `Shortcut.keys`: `mod+k`, `g t`. */
export function KeyHint({ keys }: { keys: string }) {
  const t = useT()
  return (
    <span className={styles.hint}>
      {keys.split(" ").map((chord, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice in a row
        <Fragment key={index}>
          {index > 0 && <span className={styles.then}>{t("keys.then")}</span>}
          {chord.split("+").map((key) => (
            <kbd key={key} className={styles.key}>
              {signs[key] ?? t.find(`keys.sign.${key}`) ?? (key.length === 1 ? key.toUpperCase() : key)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
