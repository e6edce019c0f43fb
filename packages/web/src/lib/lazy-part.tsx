import { type ComponentType, use } from "react"
import { fetchFailedSheets } from "./failed-sheets.ts"

/** Milliseconds the page itself has the line for, before parts it may need later are fetched. */
const headStart = 1500
type Fetch = () => Promise<boolean>
const waiting: Fetch[] = []
/** What could not be fetched ahead, until the device is connected again. */
const missed: Fetch[] = []
let isScheduled = false
/** Attempts to show a part that failed; each is how to forget it. */
const failed = new Set<() => void>()

export type LazyPart<P> = ComponentType<P> & {
  /** Fetches it ahead of time; answers whether it is there. What fails here is asked for again when it is shown. */
  fetchAhead: Fetch
}

/**
 * A part whose code is fetched when it is first shown; stands within a `<Later>`, or a `<Suspense>` below an
 * `<ErrorBoundary>`. With `soon` it is fetched before, in an idle moment, so that it opens at once and also without
 * a connection. `const Peek = lazyPart(() => import("./peek.tsx"), "Peek", "soon")`.
 */
export function lazyPart<N extends string, P extends object>(
  load: () => Promise<Record<N, ComponentType<P>>>,
  name: N,
  when?: "soon",
): LazyPart<P> {
  let known: ComponentType<P> | undefined
  let attempt: Promise<ComponentType<P>> | undefined
  const fetchPart = async () => {
    await fetchFailedSheets()
    known = (await load())[name]
    return known
  }
  function fetchOnce() {
    if (attempt) return attempt
    attempt = fetchPart()
    attempt.catch(() => failed.add(forget))
    return attempt
  }
  const forget = () => {
    attempt = undefined
  }
  const fetchAhead = () =>
    fetchPart().then(
      () => true,
      () => false,
    )
  if (when) fetchSoon([fetchAhead])
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, while its module loads
  function Part(props: P) {
    // What is there already is shown at once, without the moment that waiting always takes.
    const Shown = known ?? use(fetchOnce())
    return <Shown {...props} />
  }
  return Object.assign(Part, { fetchAhead })
}

/** After a failure was told: the next time a part is shown, its code is asked for anew. */
export function forgetFailedParts(): void {
  for (const forget of failed) forget()
  failed.clear()
}

/** Fetches one after the other while the browser has nothing else to do. */
function fetchSoon(parts: readonly Fetch[]): void {
  waiting.push(...parts)
  if (isScheduled || waiting.length === 0 || typeof window === "undefined") return
  isScheduled = true
  setTimeout(whenIdle, headStart, fetchWaiting)
}
async function fetchWaiting(): Promise<void> {
  const next = waiting.shift()
  if (next && !(await next())) missed.push(next)
  if (waiting.length > 0) whenIdle(fetchWaiting)
  else isScheduled = false
}
function whenIdle(run: () => void): void {
  if (window.requestIdleCallback) window.requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 50)
}

if (typeof window !== "undefined") window.addEventListener("online", () => fetchSoon(missed.splice(0)))
