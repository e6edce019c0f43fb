import { useEffect, useRef } from "react"
import { onReconnect } from "./live.ts"

/** Runs something when the connection is back: the device's own, or the server's after a silence. */
export function useWhenBack(run: () => void): void {
  const newest = useRef(run)
  newest.current = run
  useEffect(() => {
    const again = () => newest.current()
    window.addEventListener("online", again)
    const stop = onReconnect(again)
    return () => {
      window.removeEventListener("online", again)
      stop()
    }
  }, [])
}
