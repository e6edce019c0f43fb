import { type Dispatch, type SetStateAction, useEffect, useRef } from "react"

/** Keys that would move about or press something on the page below. */
const moving = /^(Tab|Arrow|Page|Home|End)/

interface EarlyTyping {
  type: Dispatch<SetStateAction<string>>
  enter: () => void
  close: () => void
}
/** Takes what is typed while the palette is still on its way, until its field has the focus. */
export function useEarlyTyping(typing: EarlyTyping): void {
  const latest = useRef(typing)
  latest.current = typing
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      if (document.activeElement?.hasAttribute("data-palette")) return stop()
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      const { type, enter, close } = latest.current
      if (event.key === "Escape") close()
      else if (event.key === "Enter") enter()
      else if (event.key === "Backspace") type((typed) => typed.slice(0, -1))
      else if (event.key.length === 1) type((typed) => typed + event.key)
      else if (!moving.test(event.key)) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const stop = () => window.removeEventListener("keydown", take, true)
    window.addEventListener("keydown", take, true)
    return stop
  }, [])
}
