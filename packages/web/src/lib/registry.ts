import { useSyncExternalStore } from "react"

export interface Registry<T> {
  /** Adds an entry; the returned function takes it away again. */
  add(entry: T): () => void
  list(): readonly T[]
  subscribe(listener: () => void): () => void
}

/** A list that parts of the app add to and others show: commands, shortcuts, toasts. */
export function createRegistry<T>(): Registry<T> {
  let entries: readonly T[] = []
  const listeners = new Set<() => void>()
  const change = (next: readonly T[]) => {
    entries = next
    for (const listener of listeners) listener()
  }
  return {
    add(entry) {
      change([...entries, entry])
      return () => change(entries.filter((other) => other !== entry))
    },
    list: () => entries,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useRegistry<T>(registry: Registry<T>): readonly T[] {
  return useSyncExternalStore(registry.subscribe, registry.list)
}
