/** Small choices kept on this device; a browser that forbids storage simply forgets them. */
export type StoredKey =
  | "language"
  | "theme"
  | "sidebar"
  | "firstSteps"
  | "signedIn"
  | `recent.${string}`
  | `columns.${string}`

export function readStored(key: StoredKey): string | null {
  try {
    return localStorage.getItem(`regulars.${key}`)
  } catch {
    return null
  }
}
export function store(key: StoredKey, value: string): void {
  try {
    localStorage.setItem(`regulars.${key}`, value)
  } catch {
    // Forgetting a choice is no reason to stop.
  }
}
