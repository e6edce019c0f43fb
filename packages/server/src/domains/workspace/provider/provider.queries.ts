import { sql } from "../../../kernel/db/sql.ts"
import type { Tx } from "../../../kernel/db/transaction.ts"

export interface Provider {
  id: string
  workspaceId: string
  name: string
  issuer: string
  clientId: string
  /** Sealed. */
  clientSecret: Buffer
}
const columns = sql.raw(`
  id, workspace_id as "workspaceId", name, issuer, client_id as "clientId", client_secret as "clientSecret"`)

export function findProvider(tx: Tx, id: string): Promise<Provider | undefined> {
  return tx.row<Provider>(sql`select ${columns} from auth.providers where id = ${id}`)
}
export function findProviderOf(tx: Tx, workspaceId: string): Promise<Provider | undefined> {
  return tx.row<Provider>(sql`select ${columns} from auth.providers where workspace_id = ${workspaceId}`)
}
/** The provider of the only workspace there is: where there are several, none is anybody's to be told. */
export function findOnlyProvider(tx: Tx): Promise<{ id: string; name: string } | undefined> {
  return tx.row(sql`select id, name from auth.providers where (select count(*) from workspaces) = 1`)
}
/** Takes the place of the one that was. */
export async function replaceProvider(tx: Tx, provider: Provider, now: string): Promise<void> {
  await deleteProvider(tx, provider.workspaceId)
  const { id, workspaceId, name, issuer, clientId, clientSecret } = provider
  await tx.rows(sql`
    insert into auth.providers (id, workspace_id, name, issuer, client_id, client_secret, created_at)
    values (${id}, ${workspaceId}, ${name}, ${issuer}, ${clientId}, ${clientSecret}, ${now})`)
}
export async function updateProvider(
  tx: Tx,
  { id, name, clientSecret }: Pick<Provider, "id" | "name" | "clientSecret">,
): Promise<void> {
  await tx.rows(
    sql`update auth.providers set name = ${name}, client_secret = ${clientSecret} where id = ${id}`,
  )
}
/** Its word counts as the second step of no session any more, also of those that begin while it goes. */
export async function deleteProvider(tx: Tx, workspaceId: string): Promise<boolean> {
  const gone = await tx.row(
    sql`delete from auth.providers where workspace_id = ${workspaceId} returning true`,
  )
  await tx.rows(sql`update auth.sessions set factor_in = null where factor_in = ${workspaceId}`)
  return gone !== undefined
}

/** A way to the provider and back that a browser has begun, or that the provider's word has finished but for the code. */
export interface ProviderAttempt {
  providerId: string
  /** Whose account is to be connected; null where somebody signs in. */
  sessionId: string | null
  next: string
  /** Whom the provider vouched for, and what it calls them; null before it did. */
  userId: string | null
  subject: string | null
  /** The invitation that is to be accepted, and under which name; null where there is an account. */
  invitationId: string | null
  name: string | null
}
export type NewAttempt = Pick<ProviderAttempt, "providerId" | "next"> & Partial<ProviderAttempt>
export async function insertAttempt(
  tx: Tx,
  tokenHash: Buffer,
  attempt: NewAttempt,
  { now, expiresAt }: { now: string; expiresAt: string },
): Promise<void> {
  await tx.rows(sql`delete from auth.provider_attempts where expires_at <= ${now}`)
  await tx.rows(sql`
    insert into auth.provider_attempts (token_hash, provider_id, next, session_id, user_id, subject, invitation_id, name, expires_at)
    values (${tokenHash}, ${attempt.providerId}, ${attempt.next}, ${attempt.sessionId ?? null},
      ${attempt.userId ?? null}, ${attempt.subject ?? null}, ${attempt.invitationId ?? null}, ${attempt.name ?? null},
      ${expiresAt})`)
}
const attemptColumns = sql.raw(`
  provider_id as "providerId", session_id as "sessionId", next, user_id as "userId", subject,
  invitation_id as "invitationId", name`)
/** Uses up a way that has not come back yet. */
export function takeAttempt(tx: Tx, tokenHash: Buffer, now: string): Promise<ProviderAttempt | undefined> {
  return tx.row<ProviderAttempt>(sql`
    delete from auth.provider_attempts where token_hash = ${tokenHash} and expires_at > ${now} and user_id is null
    returning ${attemptColumns}`)
}
/** One that waits for the code only. */
export function findVouched(
  tx: Tx,
  tokenHash: Buffer,
  now: string,
): Promise<(ProviderAttempt & { userId: string; subject: string }) | undefined> {
  return tx.row(sql`
    select ${attemptColumns} from auth.provider_attempts
    where token_hash = ${tokenHash} and expires_at > ${now} and user_id is not null
      and subject is not null`)
}
export async function takeVouched(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const taken = await tx.row(
    sql`delete from auth.provider_attempts where token_hash = ${tokenHash} returning true`,
  )
  return taken !== undefined
}

/** An account as a provider knows it. */
export interface ProviderIdentity {
  userId: string
  /** Connected by the person themselves, signed in, rather than by their e-mail address. */
  byPerson: boolean
}
/** Nobody ends the connection until the transaction does. */
export function holdIdentity(
  tx: Tx,
  providerId: string,
  subject: string,
): Promise<ProviderIdentity | undefined> {
  return tx.row<ProviderIdentity>(sql`
    select user_id as "userId", by_person as "byPerson" from auth.identities
    where provider_id = ${providerId} and subject = ${subject} for share`)
}
/**
 * False where the account is connected to another one of this provider's, or that one to another account; and where
 * the provider has just been removed.
 */
export async function insertIdentity(
  tx: Tx,
  { providerId, subject, userId, byPerson }: ProviderIdentity & { providerId: string; subject: string },
  now: string,
): Promise<boolean> {
  const put = await tx.row(sql`
    insert into auth.identities (provider_id, subject, user_id, by_person, created_at)
    select id, ${subject}, ${userId}, ${byPerson}, ${now} from auth.providers where id = ${providerId} for key share
    on conflict do nothing returning true`)
  return put !== undefined
}
export async function deleteIdentity(tx: Tx, providerId: string, userId: string): Promise<boolean> {
  const gone = await tx.row(
    sql`delete from auth.identities where provider_id = ${providerId} and user_id = ${userId} returning true`,
  )
  return gone !== undefined
}
/** What somebody connected themselves: who lost an account does not know what somebody else connected it to. */
export async function deleteOwnIdentities(tx: Tx, userId: string): Promise<void> {
  await tx.rows(sql`delete from auth.identities where user_id = ${userId} and by_person`)
}
/** The provider's word counts as the second step of none of the user's sessions any more. */
export async function dropProviderFactor(tx: Tx, providerId: string, userId: string): Promise<void> {
  await tx.rows(sql`
    update auth.sessions s set factor_in = null from auth.providers p
    where p.id = ${providerId} and s.factor_in = p.workspace_id and s.user_id = ${userId}`)
}
/** Providers of the workspaces a user can enter, or of one of them, and since when they are connected. */
export function listIdentities(
  tx: Tx,
  { userId, workspaceId }: { userId: string; workspaceId: string | null },
): Promise<{ id: string; name: string; connectedAt: string | null }[]> {
  return tx.rows(sql`
    select p.id, p.name, i.created_at as "connectedAt" from auth.providers p
    join members m on m.workspace_id = p.workspace_id and m.user_id = ${userId} and m.active
    left join auth.identities i on i.provider_id = p.id and i.user_id = ${userId}
    where ${workspaceId}::uuid is null or p.workspace_id = ${workspaceId}
    order by p.name, p.id`)
}
/** Whether an account belongs, or ever belonged, to a workspace and to no other one. */
export async function belongsOnlyTo(tx: Tx, userId: string, workspaceId: string): Promise<boolean> {
  const row = await tx.row<{ only: boolean }>(
    sql`select coalesce(bool_and(workspace_id = ${workspaceId}), false) as only from members where user_id = ${userId}`,
  )
  return row?.only === true
}
