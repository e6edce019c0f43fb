import { useCallback, useEffect, useRef, useState } from "react"

const prefix = "regulars.draft."

/** What was typed and not yet saved under a key; undefined when there is none or it can't be read. */
export function readDraft<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}
export function writeDraft(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage costs the draft, not the typing.
  }
}
export function clearDraft(key: string): void {
  try {
    sessionStorage.removeItem(prefix + key)
  } catch {
    // Nothing was kept there either.
  }
}

/**
 * State that survives a reload, a lost sign-in and leaving the page, until `clear` is called after saving.
 * Answers `[value, set, clear]`.
 */
export function useDraft<T>(key: string, initial: T): [T, (value: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => readDraft<T>(key) ?? initial)
  const first = useRef(initial)
  const lastKey = useRef(key)
  useEffect(() => {
    if (lastKey.current === key) return
    lastKey.current = key
    setValue(readDraft<T>(key) ?? first.current)
  }, [key])
  const set = useCallback(
    (next: T) => {
      setValue(next)
      writeDraft(key, next)
    },
    [key],
  )
  const clear = useCallback(() => {
    clearDraft(key)
    setValue(first.current)
  }, [key])
  return [value, set, clear]
}
