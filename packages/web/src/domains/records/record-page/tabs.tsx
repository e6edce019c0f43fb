import { type KeyboardEvent, type ReactNode, useId, useRef } from "react"
import styles from "./tabs.module.css"

interface TabsProps<K extends string> {
  label: string
  tabs: readonly { key: K; label: string }[]
  active: K
  onChange: (key: K) => void
  /** What the active tab shows. */
  children: ReactNode
}
/** Tabs as everywhere: arrow keys go from one to the next, Tab goes on into what is shown. */
export function Tabs<K extends string>({ label, tabs, active, onChange, children }: TabsProps<K>) {
  const id = useId()
  const row = useRef<HTMLDivElement>(null)
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const index = tabs.findIndex((tab) => tab.key === active)
    const next = (index + step + tabs.length) % tabs.length
    onChange((tabs[next] as { key: K }).key)
    row.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus()
  }
  return (
    <>
      <div ref={row} role="tablist" aria-label={label} className={styles.row} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}${tab.key}`}
            aria-selected={tab.key === active}
            aria-controls={`${id}panel`}
            tabIndex={tab.key === active ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${active}`}>
        {children}
      </div>
    </>
  )
}
