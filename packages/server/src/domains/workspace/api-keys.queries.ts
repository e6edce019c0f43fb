import type { Role } from "@regulars/contract/domains/workspace.ts"
import { sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

export interface ApiKey {
  id: string
  name: string
  prefix: string
  scope: "read" | "write"
  memberId: string
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  /** Does not work until its member has the second step that their role needs. */
  resting: boolean
}
export interface NewKey extends Omit<ApiKey, "resting"> {
  /** The provider that asked for the second step of whoever makes it. */
  providerId: string | null
}
const columns = sql.raw(`
  k.id, k.name, k.prefix, k.scope, k.member_id as "memberId", k.created_at as "createdAt",
  k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", auth.key_rests(k, m) as resting`)

/** Keys of one member, or of all. */
export function listApiKeys(tx: Tx, memberId: string | null): Promise<ApiKey[]> {
  return tx.rows<ApiKey>(sql`
    select ${columns} from auth.api_keys k
    join members m on m.workspace_id = k.workspace_id and m.id = k.member_id
    where k.workspace_id = ${tx.workspaceId} and (${memberId}::uuid is null or k.member_id = ${memberId}::uuid)
    order by k.created_at desc, k.id`)
}
/** A key with the role of its member. */
export function findApiKey(
  tx: Tx,
  id: string,
): Promise<(ApiKey & { role: Role; providerId: string | null }) | undefined> {
  return tx.row(sql`
    select ${columns}, m.role, k.provider_id as "providerId" from auth.api_keys k
    join members m on m.workspace_id = k.workspace_id and m.id = k.member_id
    where k.workspace_id = ${tx.workspaceId} and k.id = ${id}`)
}
export async function insertApiKey(tx: Tx, workspaceId: string, key: NewKey, hash: Buffer): Promise<void> {
  await tx.rows(sql`
    insert into auth.api_keys (id, workspace_id, member_id, key_hash, prefix, name, scope, created_at, expires_at, provider_id)
    values (${key.id}, ${workspaceId}, ${key.memberId}, ${hash}, ${key.prefix}, ${key.name}, ${key.scope},
      ${key.createdAt}, ${key.expiresAt}, ${key.providerId})`)
}
/** The provider whose word is the second step of a session in this workspace, if that is so. */
export async function findFactorProvider(tx: Tx, sessionId: string | null): Promise<string | null> {
  const row = await tx.row<{ id: string }>(sql`
    select p.id from auth.sessions s join auth.providers p on p.workspace_id = s.factor_in
    where s.id = ${sessionId} and s.factor_in = ${tx.workspaceId}`)
  return row?.id ?? null
}
/** Deletes every key of an account, in whatever workspace; answers whose they were. */
export function deleteApiKeysOf(
  tx: Tx,
  userId: string,
): Promise<{ workspaceId: string; memberId: string }[]> {
  return tx.rows(sql`
    delete from auth.api_keys k using members m
    where m.user_id = ${userId} and k.workspace_id = m.workspace_id and k.member_id = m.id
    returning k.workspace_id as "workspaceId", k.member_id as "memberId"`)
}
export async function deleteApiKey(tx: Tx, id: string): Promise<void> {
  await tx.rows(sql`delete from auth.api_keys where workspace_id = ${tx.workspaceId} and id = ${id}`)
}
