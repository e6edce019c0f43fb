import type { Passkey } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { sql } from "../../../kernel/db/sql.ts"
import type { Tx } from "../../../kernel/db/transaction.ts"

const columns = sql.raw(`id, name, created_at as "createdAt", used_at as "usedAt"`)

export interface StoredPasskey {
  id: string
  userId: string
  credentialId: string
  publicKey: Buffer
  /** How often it says that it was used; some never say. */
  counter: number
  transports: string[]
}
export function listPasskeys(tx: Tx, userId: string): Promise<Passkey[]> {
  return tx.rows<Passkey>(
    sql`select ${columns} from auth.passkeys where user_id = ${userId} order by created_at, id`,
  )
}
export function listCredentials(
  tx: Tx,
  userId: string,
): Promise<Pick<StoredPasskey, "credentialId" | "transports">[]> {
  return tx.rows(sql`
    select credential_id as "credentialId", transports from auth.passkeys where user_id = ${userId}`)
}
export function findPasskey(tx: Tx, credentialId: string): Promise<StoredPasskey | undefined> {
  return tx.row<StoredPasskey>(sql`
    select id, user_id as "userId", credential_id as "credentialId", public_key as "publicKey",
      counter::float8 as counter, transports
    from auth.passkeys where credential_id = ${credentialId}`)
}
/** Undefined where somebody has it already. */
export function insertPasskey(
  tx: Tx,
  { id, userId, credentialId, publicKey, counter, transports }: StoredPasskey,
  { name, now }: { name: string; now: string },
): Promise<Passkey | undefined> {
  return tx.row<Passkey>(sql`
    insert into auth.passkeys (id, user_id, credential_id, public_key, counter, transports, name, created_at)
    values (${id}, ${userId}, ${credentialId}, ${publicKey}, ${counter}, ${transports}::text[], ${name}, ${now})
    on conflict do nothing returning ${columns}`)
}
export function renamePasskey(
  tx: Tx,
  userId: string,
  id: string,
  name: string,
): Promise<Passkey | undefined> {
  return tx.row<Passkey>(
    sql`update auth.passkeys set name = ${name} where id = ${id} and user_id = ${userId} returning ${columns}`,
  )
}
export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<boolean> {
  const gone = await tx.row(
    sql`delete from auth.passkeys where id = ${id} and user_id = ${userId} returning true`,
  )
  return gone !== undefined
}
/** Notes a use; false when it has gone, or somebody used it meanwhile. */
export async function usePasskey(
  tx: Tx,
  { id, counter }: Pick<StoredPasskey, "id" | "counter">,
  newCounter: number,
  now: string,
): Promise<boolean> {
  const used = await tx.row(sql`
    update auth.passkeys set counter = ${newCounter}, used_at = ${now}
    where id = ${id} and counter = ${counter} returning true`)
  return used !== undefined
}

/** `userId`: whose device is to answer; null where nobody is signed in yet. */
export async function insertChallenge(
  tx: Tx,
  hash: Buffer,
  { userId, now, expiresAt }: { userId: string | null; now: string; expiresAt: string },
): Promise<void> {
  await tx.rows(sql`delete from auth.passkey_challenges where expires_at <= ${now}`)
  await tx.rows(
    sql`insert into auth.passkey_challenges (hash, user_id, expires_at) values (${hash}, ${userId}, ${expiresAt})`,
  )
}
export async function takeChallenge(
  tx: Tx,
  hash: Buffer,
  userId: string | null,
  now: string,
): Promise<boolean> {
  const taken = await tx.row(sql`
    delete from auth.passkey_challenges
    where hash = ${hash} and user_id is not distinct from ${userId}::uuid and expires_at > ${now} returning true`)
  return taken !== undefined
}
