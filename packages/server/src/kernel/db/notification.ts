import type { LiveHub, LiveMessage } from "../live.ts"
import { sql } from "./sql.ts"
import type { Tx } from "./transaction.ts"

/** What processes of one installation tell each other by NOTIFY; `kernel/db/bridge.ts` sends and receives the most. */
export const channel = "regulars"
export interface Envelope {
  /** The process that tells. */
  from: string
  messages: { w: string; m: LiveMessage }[]
  written: boolean
}

/**
 * Tells every process, this one first: for what must not be lost. The others are told by the transaction itself, so
 * that they hear of it exactly if it commits, whatever becomes of this process.
 */
export function tellWithin(tx: Tx, live: LiveHub, message: LiveMessage): void {
  const envelope: Envelope = { from: live.id, messages: [{ w: tx.workspaceId, m: message }], written: false }
  tx.write(sql`select pg_notify(${channel}, ${JSON.stringify(envelope)})`)
  tx.afterCommit(() => live.deliver(tx.workspaceId, message))
}
