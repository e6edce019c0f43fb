import { useEffect, useRef } from "react"
import { useLocation } from "wouter"

/**
 * After going to another page, reading and tabbing continue at its content and it starts at the top, unless
 * the page itself put the focus into a field. A change of the query alone (a filter) is not another page.
 */
export function useRouteFocus() {
  const main = useRef<HTMLElement>(null)
  const [location] = useLocation()
  const last = useRef(location)
  useEffect(() => {
    if (last.current === location) return
    last.current = location
    const element = main.current
    if (!element) return
    element.scrollTo(0, 0)
    const focused = document.activeElement
    if (element !== focused && element.contains(focused)) return
    element.focus({ preventScroll: true })
  }, [location])
  return main
}
