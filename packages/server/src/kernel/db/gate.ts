import type pg from "pg"

/**
 * Every transaction that may write passes the gate of its workspace, beside others; one that is alone closes it. So
 * writers need no thought of their own of records that become one meanwhile. Who knows the workspace's own fields
 * says of which version: the gate refuses whoever comes with an earlier one.
 */
const pass = { name: "pass gate", text: "select pass_gate($1, $2, $3)" }
/** Who waits at the gate keeps everybody behind them waiting, too. */
const patience = { name: "gate patience", text: "set local lock_timeout = 5000", values: [] }

/** Keeps writers of the workspace out until the client's transaction ends. */
export async function closeGate(client: pg.ClientBase, workspaceId: string): Promise<void> {
  await client.query(pass.text, [workspaceId, true, null])
}

interface Passing {
  role: string
  workspaceId: string
  snapshot?: boolean
  alone?: boolean
  ungated?: boolean
  fieldsVersion?: number
}
/** What a transaction says at the gate before its first statement. */
export function gateFor(passing: Passing): pg.QueryConfig[] {
  const { role, workspaceId, snapshot, alone = false, ungated, fieldsVersion = null } = passing
  if (role !== "regulars_app" || snapshot || ungated) return []
  const query = { ...pass, values: [workspaceId, alone, fieldsVersion] }
  return alone ? [patience, query] : [query]
}

/** Whether a transaction was refused because it knew an earlier version of the own fields; nothing of it was done. */
export function knewOtherFields(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "RG001"
}
