import { type ReactNode, useEffect, useRef } from "react"
import { createPortal } from "react-dom"
import styles from "./print-sheet.module.css"

/** Prints its content alone, once, and says when the print window is closed again. */
export function PrintSheet({ children, onDone }: { children: ReactNode; onDone: () => void }) {
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    document.documentElement.dataset.printing = "sheet"
    const finish = () => done.current()
    window.addEventListener("afterprint", finish, { once: true })
    // Laid out first: printing at once would take an empty page.
    const timer = setTimeout(() => window.print(), 50)
    return () => {
      clearTimeout(timer)
      window.removeEventListener("afterprint", finish)
      delete document.documentElement.dataset.printing
    }
  }, [])
  return createPortal(<div className={styles.sheet}>{children}</div>, document.body)
}
