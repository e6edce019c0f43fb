import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { type StandingTeam, standingColumns } from "../../kernel/access/standing.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

/** What a session or key stands for at this moment; the member's part is null without an active membership. */
export interface Standing {
  userId: string
  /** Of the session or key. */
  id: string
  usedAt: string | null
  memberId: string | null
  workspaceId: string | null
  role: Role | null
  rights: Rights | null
  teams: StandingTeam[] | null
  /** Their role needs a second step that they do not have. */
  lacksFactor: boolean
  language: string | null
  timeZone: string | null
  workspaceZone: string | null
  country: string | null
  currency: string | null
}
const memberColumns = sql.raw(`
  m.id as "memberId", m.workspace_id as "workspaceId", m.role, ${standingColumns},
  coalesce(m.language, w.language) as language, coalesce(m.time_zone, w.time_zone) as "timeZone",
  w.time_zone as "workspaceZone", w.country, w.currency`)

/**
 * What a session stands for, unless it has ended. What a provider proved counts only while the account belongs to no
 * workspace but the provider's.
 */
export function findSessionStanding(
  tx: Tx,
  tokenHash: Buffer,
  now: string,
): Promise<(Standing & { provedAt: string | null; vouchedIn: string | null }) | undefined> {
  return tx.row(sql`
    select s.user_id as "userId", s.id, s.last_seen_at as "usedAt", s.vouched_in as "vouchedIn", ${memberColumns},
      case when s.vouched_in is null or not auth.reaches_beyond(s.user_id, s.vouched_in) then s.proved_at end as "provedAt",
      auth.lacks_factor(m) and s.factor_in is distinct from m.workspace_id as "lacksFactor"
    from auth.sessions s
    left join members m on m.workspace_id = s.workspace_id and m.user_id = s.user_id and m.active
    left join workspaces w on w.id = m.workspace_id
    left join roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
    where s.token_hash = ${tokenHash} and auth.session_end(s) > ${now}`)
}
export function findKeyStanding(
  tx: Tx,
  keyHash: Buffer,
  now: string,
): Promise<(Standing & { scope: "read" | "write" }) | undefined> {
  return tx.row(sql`
    select m.user_id as "userId", k.id, k.scope, k.last_used_at as "usedAt", ${memberColumns}, auth.key_rests(k, m) as "lacksFactor"
    from auth.api_keys k
    join members m on m.workspace_id = k.workspace_id and m.id = k.member_id and m.active
    join workspaces w on w.id = k.workspace_id
    left join roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
    where k.key_hash = ${keyHash} and (k.expires_at is null or k.expires_at > ${now})`)
}
export async function touchSession(tx: Tx, standing: Standing, now: string): Promise<void> {
  await tx.rows(sql`update auth.sessions set last_seen_at = ${now} where id = ${standing.id}`)
  if (standing.memberId && standing.workspaceId)
    await touchMember(tx, { workspaceId: standing.workspaceId, id: standing.memberId }, now)
}
export async function touchMember(tx: Tx, member: { workspaceId: string; id: string }, now: string) {
  await tx.rows(sql`
    update members set last_seen_at = ${now} where workspace_id = ${member.workspaceId} and id = ${member.id}`)
}
export async function touchKey(tx: Tx, id: string, now: string): Promise<void> {
  await tx.rows(sql`update auth.api_keys set last_used_at = ${now} where id = ${id}`)
}

/**
 * How somebody proved who they are: by a password alone, or by it and something more; by a passkey; by a provider alone, by one that
 * says that it asked for more, or by one and a code.
 */
export type Proof =
  | "password"
  | "authenticator"
  | "recovery_code"
  | "passkey"
  | "provider"
  | "provider_factor"
  | "provider_code"

export interface StoredSession {
  id: string
  userAgent: string | null
  ip: string | null
  createdAt: string
  lastSeenAt: string
  expiresAt: string
}
export interface NewSession extends StoredSession {
  tokenHash: Buffer
  userId: string
  workspaceId: string
  /** When they last showed who they are, if that is known. */
  provedAt: string | null
  /** Where a provider's word counts as the second step. */
  factorIn: string | null
  /** The one workspace it may enter, where it began by the word of that workspace's provider. */
  vouchedIn: string | null
}
/** What there is to tell those who listen under a session that is gone. */
export interface EndedSession {
  id: string
  workspaceId: string | null
}
const ended = sql.raw(`id, workspace_id as "workspaceId"`)

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.rows(sql`
    insert into auth.sessions (id, token_hash, user_id, workspace_id, user_agent, ip, created_at, last_seen_at, expires_at, proved_at, factor_in, vouched_in)
    values (${session.id}, ${session.tokenHash}, ${session.userId}, ${session.workspaceId}, ${session.userAgent},
      ${session.ip}, ${session.createdAt}, ${session.lastSeenAt}, ${session.expiresAt}, ${session.provedAt}, ${session.factorIn},
      ${session.vouchedIn})`)
}
/** Sessions of a user, in one workspace or in all. */
export interface SessionsOf {
  userId: string
  workspaceId: string | null
}
function sessionsOf({ userId, workspaceId }: SessionsOf): Sql {
  return sql`user_id = ${userId} and (${workspaceId}::uuid is null or workspace_id = ${workspaceId})`
}
/** Those that still work, the one used last first. */
export function listSessions(tx: Tx, whose: SessionsOf, now: string): Promise<StoredSession[]> {
  return tx.rows<StoredSession>(sql`
    select id, user_agent as "userAgent", ip, created_at as "createdAt", last_seen_at as "lastSeenAt",
      auth.session_end(s) as "expiresAt"
    from auth.sessions s where ${sessionsOf(whose)} and auth.session_end(s) > ${now}
    order by last_seen_at desc, id`)
}
export async function hasSession(tx: Tx, id: string): Promise<boolean> {
  return (await tx.row(sql`select true from auth.sessions where id = ${id}`)) !== undefined
}
export async function moveSession(tx: Tx, id: string, workspaceId: string): Promise<void> {
  await tx.rows(sql`update auth.sessions set workspace_id = ${workspaceId} where id = ${id}`)
}
export function deleteSession(tx: Tx, whose: SessionsOf, id: string): Promise<EndedSession | undefined> {
  return tx.row<EndedSession>(
    sql`delete from auth.sessions where id = ${id} and ${sessionsOf(whose)} returning ${ended}`,
  )
}
export function deleteSessionByToken(tx: Tx, tokenHash: Buffer): Promise<EndedSession[]> {
  return tx.rows<EndedSession>(
    sql`delete from auth.sessions where token_hash = ${tokenHash} returning ${ended}`,
  )
}
export function deleteSessionsOf(tx: Tx, userId: string): Promise<EndedSession[]> {
  return tx.rows<EndedSession>(sql`delete from auth.sessions where user_id = ${userId} returning ${ended}`)
}
export function deleteOtherSessions(tx: Tx, userId: string, keptId: string): Promise<EndedSession[]> {
  return tx.rows<EndedSession>(
    sql`delete from auth.sessions where user_id = ${userId} and id <> ${keptId} returning ${ended}`,
  )
}
/**
 * Notes that who has the session was proved, and gives it another token; it may then enter whatever the account may.
 * False when it has ended.
 */
export async function proveSession(tx: Tx, id: string, tokenHash: Buffer, now: string): Promise<boolean> {
  const proved = await tx.row(
    sql`update auth.sessions set token_hash = ${tokenHash}, proved_at = ${now}, vouched_in = null
      where id = ${id} returning true`,
  )
  return proved !== undefined
}
/** Ends what began by the word of a workspace's provider, but for one session. */
export function deleteVouchedSessions(
  tx: Tx,
  { userId, workspaceId }: { userId: string; workspaceId: string },
  keptId: string,
): Promise<EndedSession[]> {
  return tx.rows<EndedSession>(sql`
    delete from auth.sessions where user_id = ${userId} and vouched_in = ${workspaceId} and id <> ${keptId}
    returning ${ended}`)
}
export function deleteSessionsIn(tx: Tx, workspaceId: string, userId: string): Promise<EndedSession[]> {
  return tx.rows<EndedSession>(sql`
    delete from auth.sessions where workspace_id = ${workspaceId} and user_id = ${userId} returning ${ended}`)
}
export async function deleteDeadSessions(tx: Tx, userId: string, now: string): Promise<void> {
  await tx.rows(sql`delete from auth.sessions s where user_id = ${userId} and auth.session_end(s) <= ${now}`)
}

export interface SignIn {
  id: string
  at: string
  how: Proof
  ip: string | null
  userAgent: string | null
}
export async function insertSignIn(
  tx: Tx,
  { userId, workspaceId }: { userId: string; workspaceId: string },
  signIn: SignIn,
): Promise<void> {
  const { id, at, how, ip, userAgent } = signIn
  await tx.rows(sql`
    insert into auth.sign_ins (id, user_id, workspace_id, at, how, ip, user_agent)
    values (${id}, ${userId}, ${workspaceId}, ${at}, ${how}, ${ip}, ${userAgent})`)
}
/** The newest first. */
export function listSignIns(tx: Tx, whose: SessionsOf, limit: number): Promise<SignIn[]> {
  return tx.rows<SignIn>(sql`
    select id, at, how, ip, user_agent as "userAgent" from auth.sign_ins
    where ${sessionsOf(whose)}
    order by at desc, id desc limit ${limit}`)
}
export async function deleteOldSignIns(tx: Tx, userId: string, before: string): Promise<void> {
  await tx.rows(sql`delete from auth.sign_ins where user_id = ${userId} and at < ${before}`)
}
