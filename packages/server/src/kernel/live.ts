import { newId } from "./ids.ts"

/** Tells those who look at a workspace that something changed: type, id and version, never content. */
export type LiveMessage =
  | {
      type: "changed"
      entity: string
      id: string | null
      version: number | null
      /** Whoever reached the record before need not reach it now. */
      mayLeave?: boolean
      /** Nobody but this member is told. */
      memberId?: string
    }
  | { type: "operation"; id: string }
  | { type: "notification"; memberId: string }
  | { type: "ended"; sessionId: string | null; memberId: string | null }

export interface LiveHub {
  /** Of this process, for telling its own messages from those of others. */
  readonly id: string
  publish(workspaceId: string, message: LiveMessage): void
  /** Messages of one workspace, from this process and, through the database, from others. */
  subscribe(workspaceId: string, listener: (message: LiveMessage) => void): () => void
  /** Messages of all workspaces, from this process and from others. */
  onMessage(listener: (workspaceId: string, message: LiveMessage) => void): () => void
  /** Called whenever a transaction with events has committed here. */
  onWritten(listener: () => void): () => void
  written(): void
  /** Another process has written: wakes the dispatcher without being passed on. */
  wake(): void
  onWake(listener: () => void): () => void
  /** For the bridge between processes: every message published here. */
  onPublish(listener: (workspaceId: string, message: LiveMessage) => void): () => void
  /** Hands on a message from another process. */
  deliver(workspaceId: string, message: LiveMessage): void
}

export function createLiveHub(): LiveHub {
  const listeners = new Map<string, Set<(message: LiveMessage) => void>>()
  const writeListeners = new Set<() => void>()
  const wakeListeners = new Set<() => void>()
  const messageListeners = new Set<(workspaceId: string, message: LiveMessage) => void>()
  const publishListeners = new Set<(workspaceId: string, message: LiveMessage) => void>()
  const deliver = (workspaceId: string, message: LiveMessage) => {
    for (const listener of messageListeners) listener(workspaceId, message)
    for (const listener of listeners.get(workspaceId) ?? []) listener(message)
  }
  return {
    id: newId(),
    deliver,
    publish(workspaceId, message) {
      deliver(workspaceId, message)
      for (const listener of publishListeners) listener(workspaceId, message)
    },
    subscribe(workspaceId, listener) {
      const own = listeners.get(workspaceId) ?? new Set()
      listeners.set(workspaceId, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(workspaceId)
      }
    },
    onMessage: (listener) => subscribeTo(messageListeners, listener),
    onWritten: (listener) => subscribeTo(writeListeners, listener),
    written() {
      for (const listener of writeListeners) listener()
    },
    wake() {
      for (const listener of wakeListeners) listener()
    },
    onWake: (listener) => subscribeTo(wakeListeners, listener),
    onPublish: (listener) => subscribeTo(publishListeners, listener),
  }
}
function subscribeTo<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => void set.delete(listener)
}
