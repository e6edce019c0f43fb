import { sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

export interface Attempts {
  key: string
  failures: number
}
/**
 * Counts an attempt under each key and says how many there are now. Keys that are blocked are left as they are and
 * missing from the answer. Rows are taken in one order, so that two attempts never wait for each other.
 */
export function countAttempt(
  tx: Tx,
  keys: readonly string[],
  now: string,
  forgetBefore: string,
): Promise<Attempts[]> {
  return tx.rows<Attempts>(sql`
    insert into auth.attempts as a (key, failures, window_start)
    select key, 1, ${now}::timestamptz from unnest(${keys}::text[]) key order by key
    on conflict (key) do update set
      failures = case when a.window_start <= ${forgetBefore} then 1 else a.failures + 1 end,
      window_start = case when a.window_start <= ${forgetBefore} then excluded.window_start else a.window_start end,
      blocked_until = null
    where a.blocked_until is null or a.blocked_until <= ${now}
    returning a.key, a.failures`)
}
export async function block(tx: Tx, key: string, until: string): Promise<void> {
  await tx.rows(sql`update auth.attempts set blocked_until = ${until} where key = ${key}`)
}
/** When the last of these keys may be tried again. */
export async function blockedUntil(tx: Tx, keys: readonly string[]): Promise<string | null> {
  const row = await tx.row<{ until: string | null }>(
    sql`select max(blocked_until) as until from auth.attempts where key = any (${keys}::text[])`,
  )
  return row?.until ?? null
}
/** After a success: `own` starts afresh, of `shared` only this attempt is taken back. */
export async function forgiveAttempt(tx: Tx, own: string, shared: readonly string[]): Promise<void> {
  const keys = [own, ...shared]
  await tx.rows(sql`select key from auth.attempts where key = any (${keys}::text[]) order by key for update`)
  await tx.rows(sql`
    update auth.attempts set blocked_until = null, failures = case when key = ${own} then 0 else greatest(failures - 1, 0) end
    where key = any (${keys}::text[])`)
}
/** Clears away what is of no more use, a little at a time and without waiting for anyone. */
export async function deleteOldAttempts(tx: Tx, before: string): Promise<void> {
  await tx.rows(sql`
    delete from auth.attempts where key in (
      select key from auth.attempts where window_start < ${before} limit 500 for update skip locked)`)
}

/** Whether this browser has signed in to the account of `email` before. */
export async function isKnownDevice(tx: Tx, tokenHash: Buffer, email: string): Promise<boolean> {
  const known = await tx.row(sql`
    select true from auth.devices d join auth.users u on u.id = d.user_id
    where d.token_hash = ${tokenHash} and u.email = ${email}`)
  return known !== undefined
}
export async function rememberDevice(tx: Tx, tokenHash: Buffer, userId: string, now: string): Promise<void> {
  await tx.rows(sql`
    insert into auth.devices (token_hash, user_id, used_at) values (${tokenHash}, ${userId}, ${now})
    on conflict (token_hash, user_id) do update set used_at = excluded.used_at`)
}
export async function deleteOldDevices(tx: Tx, userId: string, before: string): Promise<void> {
  await tx.rows(sql`delete from auth.devices where user_id = ${userId} and used_at < ${before}`)
}
