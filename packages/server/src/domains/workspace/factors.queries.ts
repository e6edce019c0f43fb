import { sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

export interface Authenticator {
  secret: Buffer
  lastStep: number
  /** Null until a code of it was shown to work. */
  confirmedAt: string | null
}
export function findAuthenticator(tx: Tx, userId: string): Promise<Authenticator | undefined> {
  return tx.row<Authenticator>(sql`
    select secret, last_step::float8 as "lastStep", confirmed_at as "confirmedAt"
    from auth.authenticators where user_id = ${userId}`)
}
/** Whether signing in to the account takes a second step. */
export async function hasFactor(tx: Tx, userId: string): Promise<boolean> {
  const row = await tx.row<{ has: boolean }>(sql`select auth.has_factor(${userId}) as has`)
  return row?.has === true
}
/** Lets no session of the account begin until this transaction ends: factors change within. */
export async function lockAccount(tx: Tx, userId: string): Promise<void> {
  await tx.rows(sql`select from auth.users where id = ${userId} for update`)
}
/** False when there is one that is confirmed, which stays. */
export async function putAuthenticator(
  tx: Tx,
  userId: string,
  secret: Buffer,
  now: string,
): Promise<boolean> {
  const put = await tx.row(sql`
    insert into auth.authenticators as a (user_id, secret, created_at) values (${userId}, ${secret}, ${now})
    on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at
    where a.confirmed_at is null returning true`)
  return put !== undefined
}
/** False when another one took its place, or it is confirmed already. */
export async function confirmAuthenticator(
  tx: Tx,
  { userId, secret, step }: { userId: string; secret: Buffer; step: number },
  now: string,
): Promise<boolean> {
  const confirmed = await tx.row(sql`
    update auth.authenticators set confirmed_at = ${now}, last_step = ${step}
    where user_id = ${userId} and secret = ${secret} and confirmed_at is null returning true`)
  return confirmed !== undefined
}
/** Uses the code of a step up; false when it, or one of a later step, was used before. */
export async function takeStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const taken = await tx.row(sql`
    update auth.authenticators set last_step = ${step} where user_id = ${userId} and last_step < ${step} returning true`)
  return taken !== undefined
}
/** Takes all factors away; false when there was none. */
export async function deleteFactors(tx: Tx, userId: string): Promise<boolean> {
  const passkeys = await tx.rows(sql`delete from auth.passkeys where user_id = ${userId} returning true`)
  const hadApp = await deleteAuthenticator(tx, userId)
  return hadApp || passkeys.length > 0
}
/** Recovery codes stand for another second step: without one they go. */
export async function deleteLooseCodes(tx: Tx, userId: string): Promise<void> {
  await tx.rows(
    sql`delete from auth.recovery_codes where user_id = ${userId} and not auth.has_factor(${userId})`,
  )
}
/** False when there was none, or none that was confirmed. */
export async function deleteAuthenticator(tx: Tx, userId: string): Promise<boolean> {
  const removed = await tx.row<{ confirmed: boolean }>(sql`
    delete from auth.authenticators where user_id = ${userId} returning confirmed_at is not null as confirmed`)
  await deleteLooseCodes(tx, userId)
  return removed?.confirmed === true
}

export interface HashedCodes {
  salt: Buffer
  hashes: Buffer[]
}
export async function replaceRecoveryCodes(
  tx: Tx,
  userId: string,
  { salt, hashes }: HashedCodes,
): Promise<void> {
  await tx.rows(sql`delete from auth.recovery_codes where user_id = ${userId}`)
  for (const hash of hashes)
    await tx.rows(
      sql`insert into auth.recovery_codes (user_id, code_hash, salt) values (${userId}, ${hash}, ${salt})`,
    )
}
export async function findRecoverySalt(tx: Tx, userId: string): Promise<Buffer | undefined> {
  const row = await tx.row<{ salt: Buffer }>(
    sql`select salt from auth.recovery_codes where user_id = ${userId} limit 1`,
  )
  return row?.salt
}
export async function takeRecoveryCode(tx: Tx, userId: string, hash: Buffer): Promise<boolean> {
  const taken = await tx.row(
    sql`delete from auth.recovery_codes where user_id = ${userId} and code_hash = ${hash} returning true`,
  )
  return taken !== undefined
}
export async function countRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  const row = await tx.row<{ left: number }>(
    sql`select count(*)::int as left from auth.recovery_codes where user_id = ${userId}`,
  )
  return row?.left ?? 0
}
