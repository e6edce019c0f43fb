import type pg from "pg"

/**
 * Every transaction that may write passes the gate of its workspace, beside others; one that is alone closes it. So
 * writers need no thought of their own of records that become one meanwhile.
 */
const key = "hashtextextended('gate/' || $1, 0)"
const pass = { name: "pass gate", text: `select pg_advisory_xact_lock_shared(${key})` }
const close = { name: "close gate", text: `select pg_advisory_xact_lock(${key})` }
/** Who waits at the gate keeps everybody behind them waiting, too. */
const patience = { name: "gate patience", text: "set local lock_timeout = 5000", values: [] }

/** Keeps writers of the workspace out until the client's transaction ends. */
export async function closeGate(client: pg.ClientBase, workspaceId: string): Promise<void> {
  await client.query(close.text, [workspaceId])
}

interface Passing {
  role: string
  workspaceId: string
  snapshot?: boolean
  alone?: boolean
  ungated?: boolean
}
/** What a transaction says at the gate before its first statement. */
export function gateFor({ role, workspaceId, snapshot, alone, ungated }: Passing): pg.QueryConfig[] {
  if (role !== "regulars_app" || snapshot || ungated) return []
  const values = [workspaceId]
  return alone ? [patience, { ...close, values }] : [{ ...pass, values }]
}
