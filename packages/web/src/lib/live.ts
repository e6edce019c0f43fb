import type { QueryClient } from "@tanstack/react-query"
import { keys } from "./query.ts"

export type LiveEvent =
  /** Without an id: many, or some that are not the reader's to see any longer. */
  | { type: "changed"; entity: string; id: string | null; version?: number }
  | { type: "operation"; id: string; entity?: string; version?: number }
  | { type: "notification"; id: string }

type Listener = (event: LiveEvent) => void
const listeners = new Set<Listener>()
/** Hears every live event, for progress bars and the like; returns how to stop hearing. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const reconnections = new Set<() => void>()
/** Hears when the stream is back after a break, as after a restart of the server; returns how to stop hearing. */
export function onReconnect(listener: () => void): () => void {
  reconnections.add(listener)
  return () => reconnections.delete(listener)
}

const watchers = new Set<() => void>()
let isDown = false
/** Whether the stream has been down for so long that what is shown may be old. */
export function isStreamDown(): boolean {
  return isDown
}
/** Hears when `isStreamDown` changes; returns how to stop hearing. */
export function onStreamDown(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
function setDown(down: boolean): void {
  if (isDown === down) return
  isDown = down
  for (const watcher of watchers) watcher()
}

/** Lists are fetched again at most this often, however many records change (milliseconds). */
const listPause = 1000
/** Before a refused stream is asked for again (milliseconds). */
const reopenPause = 5000
/** A break of this length is worth telling; a restarted server is often back before (milliseconds). */
const tellAfter = 5000

let isEndExpected = false
/** Said before signing out: that the stream ends then is no reason to ask who is here. */
export function expectLiveEnd(expected: boolean): void {
  isEndExpected = expected
}

/** Keeps the query cache in step with what others do; returns how to stop. */
export function startLive(client: QueryClient): () => void {
  const pending = new Map<string, ReturnType<typeof setTimeout>>()
  let interrupted = false
  isEndExpected = false
  let reopening: ReturnType<typeof setTimeout> | undefined
  let telling: ReturnType<typeof setTimeout> | undefined
  let source = open()

  function refreshLists(entity: string) {
    if (pending.has(entity)) return
    const timer = setTimeout(() => {
      pending.delete(entity)
      client.invalidateQueries({ queryKey: keys.lists(entity) })
    }, listPause)
    pending.set(entity, timer)
  }
  function changed(event: Extract<LiveEvent, { type: "changed" }>) {
    refreshLists(event.entity)
    if (event.id === null) {
      client.invalidateQueries({ queryKey: keys.ones(event.entity) })
      return
    }
    const known = client.getQueryData<{ version?: number }>(keys.one(event.entity, event.id))
    // Our own write comes back as an event too; what the cache holds is then already as new.
    if (!known?.version || !event.version || known.version < event.version)
      client.invalidateQueries({ queryKey: keys.one(event.entity, event.id) })
    client.invalidateQueries({ queryKey: keys.timeline(event.entity, event.id) })
    client.invalidateQueries({ queryKey: keys.name(event.entity, event.id) })
  }
  function receive(message: MessageEvent<string>) {
    const event = readEvent(message.data)
    if (!event) return
    if (event.type === "changed") changed(event)
    if (event.type === "operation") client.invalidateQueries({ queryKey: keys.operation(event.id) })
    for (const listener of listeners) listener(event)
  }

  function reachable() {
    clearTimeout(telling)
    telling = undefined
    setDown(false)
  }
  function open(): EventSource {
    const opened = new EventSource("/api/v1/stream")
    for (const name of ["message", "changed", "operation", "notification"])
      opened.addEventListener(name, receive as EventListener)
    opened.addEventListener("error", () => {
      // The server ends the stream of a session that was ended elsewhere: asking who one is tells.
      if (!interrupted && !isEndExpected) client.invalidateQueries({ queryKey: keys.session })
      if (!isEndExpected) telling ??= setTimeout(setDown, tellAfter, true)
      interrupted = true
      // Browsers try again by themselves unless they were refused, as by a proxy while the server restarts.
      if (opened.readyState !== EventSource.CLOSED) return
      reopening = setTimeout(() => {
        source = open()
      }, reopenPause)
    })
    opened.addEventListener("open", () => {
      reachable()
      // What happened while the connection was down was not announced.
      if (interrupted) {
        client.invalidateQueries()
        for (const listener of reconnections) listener()
      }
      interrupted = false
    })
    return opened
  }
  return () => {
    source.close()
    clearTimeout(reopening)
    reachable()
    for (const timer of pending.values()) clearTimeout(timer)
  }
}

/** Reads one message of the stream; undefined for anything that is not an event this app knows. */
export function readEvent(data: string): LiveEvent | undefined {
  try {
    const event = JSON.parse(data) as LiveEvent
    return ["changed", "operation", "notification"].includes(event.type) ? event : undefined
  } catch {
    return undefined
  }
}
