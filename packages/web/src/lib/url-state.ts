import { useCallback, useMemo } from "react"
import { useSearch, useSearchParams } from "wouter"

/** How one part of a page's state stands in the address. `read` of a missing or broken text is the default. */
export interface Codec<T> {
  read(text: string | null): T
  /** The text, or null to leave the part out of the address. */
  write(value: T): string | null
}
export type State<C extends Record<string, Codec<unknown>>> = {
  [K in keyof C]: C[K] extends Codec<infer T> ? T : never
}

export function textParam(initial = ""): Codec<string> {
  return { read: (text) => text ?? initial, write: (value) => (value === initial ? null : value) }
}
export function choiceParam<T extends string>(choices: readonly T[], initial: T): Codec<T> {
  return {
    read: (text) => choices.find((choice) => choice === text) ?? initial,
    write: (value) => (value === initial ? null : value),
  }
}
export function numberParam(initial: number): Codec<number> {
  return {
    read: (text) => (text !== null && text !== "" && Number.isFinite(Number(text)) ? Number(text) : initial),
    write: (value) => (value === initial ? null : String(value)),
  }
}
export function flagParam(): Codec<boolean> {
  return { read: (text) => text === "1", write: (value) => (value ? "1" : null) }
}
/** Words joined by commas; null stands for "not chosen", which differs from none. */
export function listParam(): Codec<string[] | null> {
  return {
    read: (text) => (text === null ? null : text.split(",").filter((part) => part !== "")),
    write: (value) => (value === null ? null : value.join(",")),
  }
}
/** Anything that is JSON; `accepts` refuses what an old or broken link may hold. */
export function jsonParam<T>(initial: T, accepts: (value: unknown) => boolean = () => true): Codec<T> {
  return {
    read(text) {
      if (text === null) return initial
      try {
        const value: unknown = JSON.parse(text)
        return accepts(value) ? (value as T) : initial
      } catch {
        return initial
      }
    },
    write: (value) => (JSON.stringify(value) === JSON.stringify(initial) ? null : JSON.stringify(value)),
  }
}

export function readState<C extends Record<string, Codec<unknown>>>(
  codecs: C,
  search: URLSearchParams,
): State<C> {
  return Object.fromEntries(
    Object.entries(codecs).map(([key, codec]) => [key, codec.read(search.get(key))]),
  ) as State<C>
}
/** The address with some parts changed; parts it does not know stay as they are. */
export function writeState<C extends Record<string, Codec<unknown>>>(
  codecs: C,
  search: URLSearchParams,
  change: Partial<State<C>>,
): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [key, value] of Object.entries(change)) {
    const text = codecs[key]?.write(value) ?? null
    if (text === null) next.delete(key)
    else next.set(key, text)
  }
  return next
}

/**
 * The page's state as the address holds it, and a setter for some of its parts. Declare `codecs` outside the
 * component. `replace` (the default) makes no new step for the browser's back button.
 */
export function useUrlState<C extends Record<string, Codec<unknown>>>(
  codecs: C,
): [State<C>, (change: Partial<State<C>>, options?: { replace?: boolean }) => void] {
  const search = useSearch()
  const [, setSearch] = useSearchParams()
  const state = useMemo(() => readState(codecs, new URLSearchParams(search)), [codecs, search])
  const set = useCallback(
    (change: Partial<State<C>>, options: { replace?: boolean } = {}) =>
      setSearch((current) => writeState(codecs, current, change), { replace: options.replace ?? true }),
    [codecs, setSearch],
  )
  return [state, set]
}
