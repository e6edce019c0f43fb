import type { Services } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { type Tx, transaction } from "../../kernel/db/transaction.ts"
import { AppError } from "../../kernel/errors.ts"

/** A transaction on the sign-in tables, by itself outside any workspace: its queries name the workspace they mean. */
export function inAuth<T>(services: Services, work: (tx: Tx) => Promise<T>, workspaceId = ""): Promise<T> {
  return transaction(services.database, { role: "regulars_auth", workspaceId }, work)
}
/**
 * Reaches the sign-in tables within a workspace's transaction, so that both are written or neither. `work` must
 * not run beside other queries of this transaction; what it throws has to end the transaction.
 */
export async function asAuth<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  await tx.rows(takeRole("regulars_auth"))
  const result = await work(tx)
  await tx.rows(takeRole("regulars_app"))
  return result
}
const takeRole = (role: string) => sql`select set_config('role', ${role}, true)`

export interface User {
  id: string
  email: string
  name: string
  passwordHash: string | null
}
const userColumns = sql.raw(`id, email, name, password_hash as "passwordHash"`)

/** Lets nobody else set up or make an account until this transaction ends. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('regulars accounts'))`)
}
export async function anyUser(tx: Tx): Promise<boolean> {
  return (await tx.row(sql`select true from auth.users limit 1`)) !== undefined
}
export function findUserByEmail(tx: Tx, email: string): Promise<User | undefined> {
  return tx.row<User>(sql`select ${userColumns} from auth.users where email = ${email}`)
}
export function findUser(tx: Tx, id: string): Promise<User | undefined> {
  return tx.row<User>(sql`select ${userColumns} from auth.users where id = ${id}`)
}
/** Keeps the password as it is until this transaction ends, if it still is what it was when `user` was read. */
export async function holdPassword(tx: Tx, user: User): Promise<boolean> {
  const held = await tx.row<{ same: boolean }>(
    sql`select password_hash = ${user.passwordHash} as same from auth.users where id = ${user.id} for share`,
  )
  return held?.same === true
}
/** Keeps the account's password as it is until this transaction ends. */
export async function holdAccount(tx: Tx, userId: string): Promise<void> {
  await tx.rows(sql`select from auth.users where id = ${userId} for share`)
}
/** Whether anything is left that opens the account: a password, a passkey, or a provider's word. */
async function hasWayIn(tx: Tx, userId: string): Promise<boolean> {
  const row = await tx.row<{ has: boolean }>(sql`
    select password_hash is not null
      or exists (select from auth.passkeys p where p.user_id = u.id)
      or exists (select from auth.identities i where i.user_id = u.id) as has
    from auth.users u where id = ${userId}`)
  return row?.has === true
}
/**
 * Sees to it, in the transaction that takes one way in away, that another one is left.
 * @throws AppError conflict
 */
export async function keepWayIn(tx: Tx, userId: string): Promise<void> {
  if (!(await hasWayIn(tx, userId)))
    throw new AppError("conflict", {
      detail:
        "Nothing else opens this account. Add a passkey first, or choose a password by the link for a forgotten one.",
    })
}
export async function insertUser(tx: Tx, user: User, now: string): Promise<void> {
  await tx.rows(sql`
    insert into auth.users (id, email, name, password_hash, created_at, updated_at)
    values (${user.id}, ${user.email}, ${user.name}, ${user.passwordHash}, ${now}, ${now})`)
}
export async function setPasswordHash(
  tx: Tx,
  userId: string,
  passwordHash: string,
  now: string,
): Promise<void> {
  await tx.rows(
    sql`update auth.users set password_hash = ${passwordHash}, updated_at = ${now} where id = ${userId}`,
  )
}

export interface NewReset {
  id: string
  tokenHash: Buffer
  userId: string
  createdAt: string
  expiresAt: string
}
export async function insertReset(tx: Tx, reset: NewReset): Promise<void> {
  await tx.rows(sql`
    insert into auth.password_resets (id, token_hash, user_id, created_at, expires_at)
    values (${reset.id}, ${reset.tokenHash}, ${reset.userId}, ${reset.createdAt}, ${reset.expiresAt})`)
}
/** The account a link is for, while it may be used. */
export function findReset(tx: Tx, tokenHash: Buffer, now: string): Promise<User | undefined> {
  return tx.row<User>(sql`
    select u.id, u.email, u.name, u.password_hash as "passwordHash"
    from auth.password_resets r join auth.users u on u.id = r.user_id
    where r.token_hash = ${tokenHash} and r.expires_at > ${now}`)
}
/** Uses a link up; false when somebody else just did. */
export async function takeReset(tx: Tx, tokenHash: Buffer, now: string): Promise<boolean> {
  const taken = await tx.row(sql`
    delete from auth.password_resets where token_hash = ${tokenHash} and expires_at > ${now} returning true`)
  return taken !== undefined
}
export async function deleteResetsOf(tx: Tx, userId: string): Promise<void> {
  await tx.rows(sql`delete from auth.password_resets where user_id = ${userId}`)
}
