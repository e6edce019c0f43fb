import { type ComponentType, lazy, useState } from "react"

/** Milliseconds the page itself has the line for, before parts it may need later are fetched. */
const headStart = 1500
const waiting: (() => Promise<void>)[] = []
let isScheduled = false

export type LazyPart<P> = ComponentType<P> & {
  /** Fetches it ahead of time. What fails here is asked for again when it is shown. */
  fetchAhead: () => Promise<void>
}

/**
 * A part whose code is fetched when it is first shown; stands within a `<Suspense>`. With `soon` it is fetched
 * before, in an idle moment, so that it opens at once and also without a connection.
 * `const Peek = lazyPart(() => import("./peek.tsx"), "Peek", "soon")`.
 */
export function lazyPart<N extends string, P extends object>(
  load: () => Promise<Record<N, ComponentType<P>>>,
  name: N,
  when?: "soon",
): LazyPart<P> {
  let known: ComponentType<P> | undefined
  const fetchPart = async () => {
    known = (await load())[name]
    return { default: known }
  }
  const Later = lazy(fetchPart) as unknown as ComponentType<P>
  const fetchAhead = () =>
    fetchPart().then(
      () => {},
      () => {},
    )
  if (when) fetchSoon(fetchAhead)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, while its module loads
  function Part(props: P) {
    // What is there already is shown at once, without the moment that `lazy` always takes.
    const [Shown] = useState(() => known ?? Later)
    return <Shown {...props} />
  }
  return Object.assign(Part, { fetchAhead })
}

/** Fetches one after the other while the browser has nothing else to do. */
function fetchSoon(fetchAhead: () => Promise<void>): void {
  waiting.push(fetchAhead)
  if (isScheduled || typeof window === "undefined") return
  isScheduled = true
  setTimeout(whenIdle, headStart, fetchWaiting)
}
async function fetchWaiting(): Promise<void> {
  await waiting.shift()?.()
  if (waiting.length > 0) whenIdle(fetchWaiting)
  else isScheduled = false
}
function whenIdle(run: () => void): void {
  if (window.requestIdleCallback) window.requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 50)
}
