import { type Dispatch, type SetStateAction, useEffect, useRef } from "react"

/** Takes what is typed while the palette is still on its way, until its field has the focus. Esc closes. */
export function useEarlyTyping(setTyped: Dispatch<SetStateAction<string>>, onClose: () => void): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      if (document.activeElement?.hasAttribute("data-palette")) return stop()
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === "Escape") close.current()
      else if (event.key === "Backspace") setTyped((typed) => typed.slice(0, -1))
      else if (event.key.length === 1) setTyped((typed) => typed + event.key)
      else return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const stop = () => window.removeEventListener("keydown", take, true)
    window.addEventListener("keydown", take, true)
    return stop
  }, [setTyped])
}
