import { useSyncExternalStore } from "react"
import { isStreamDown, onStreamDown } from "../../lib/live.ts"

function subscribe(listener: () => void) {
  window.addEventListener("online", listener)
  window.addEventListener("offline", listener)
  const stop = onStreamDown(listener)
  return () => {
    stop()
    window.removeEventListener("online", listener)
    window.removeEventListener("offline", listener)
  }
}
/** Whether there is a connection: neither the device nor the silence of the server says otherwise. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine && !isStreamDown())
}
