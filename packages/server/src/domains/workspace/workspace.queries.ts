import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Member, Workspace } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Language, Role, themes } from "@regulars/contract/domains/workspace.ts"
import { sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

const workspaceColumns = sql.raw(`
  w.id, w.name, w.country, w.currency, w.time_zone as "timeZone", w.language, w.created_at as "createdAt"`)
const memberColumns = sql.raw(`
  m.id, m.user_id as "userId", m.name, m.email, m.role, m.role_id as "roleId", m.language, m.time_zone as "timeZone", m.theme, m.active,
  m.last_seen_at as "lastSeenAt", m.created_at as "createdAt"`)

export function findWorkspace(tx: Tx, id: string): Promise<Workspace | undefined> {
  return tx.row<Workspace>(sql`select ${workspaceColumns} from workspaces w where w.id = ${id}`)
}
export async function insertWorkspace(tx: Tx, workspace: Workspace): Promise<void> {
  const { id, name, country, currency, timeZone, language, createdAt } = workspace
  await tx.rows(sql`
    insert into workspaces (id, name, country, currency, time_zone, language, created_at, updated_at)
    values (${id}, ${name}, ${country}, ${currency}, ${timeZone}, ${language}, ${createdAt}, ${createdAt})`)
}
export interface WorkspaceChange {
  name?: string | undefined
  country?: string | undefined
  currency?: string | undefined
  timeZone?: string | undefined
  language?: Language | undefined
}
export function updateWorkspace(
  tx: Tx,
  change: WorkspaceChange,
  now: string,
): Promise<Workspace | undefined> {
  return tx.row<Workspace>(sql`
    update workspaces w set
      name = coalesce(${change.name ?? null}, name),
      country = coalesce(${change.country ?? null}, country),
      currency = coalesce(${change.currency ?? null}, currency),
      time_zone = coalesce(${change.timeZone ?? null}, time_zone),
      language = coalesce(${change.language ?? null}, language),
      updated_at = ${now}
    where w.id = ${tx.workspaceId} returning ${workspaceColumns}`)
}

export interface NewMember {
  id: string
  workspaceId: string
  userId: string
  name: string
  email: string
  role: Role
  roleId?: string | null
}
export async function insertMember(tx: Tx, member: NewMember, now: string): Promise<void> {
  await tx.rows(sql`
    insert into members (workspace_id, id, user_id, name, email, role, role_id, created_at, updated_at)
    values (${member.workspaceId}, ${member.id}, ${member.userId}, ${member.name}, ${member.email}, ${member.role},
      ${member.roleId ?? null}, ${now}, ${now})`)
}
export function listMembers(tx: Tx): Promise<Member[]> {
  return tx.rows<Member>(sql`
    select ${memberColumns} from members m where m.workspace_id = ${tx.workspaceId}
    order by m.active desc, m.name collate "und-x-icu", m.id`)
}
/** For a change: nobody else changes this member, or who owns the workspace, until the transaction ends. */
export async function lockMember(tx: Tx, id: string): Promise<Member | undefined> {
  const rows = await tx.rows<Member>(sql`
    select ${memberColumns} from members m
    where m.workspace_id = ${tx.workspaceId} and (m.id = ${id} or (m.role = 'owner' and m.active))
    order by m.id for update`)
  return rows.find((member) => member.id === id)
}
export async function hasOtherOwner(tx: Tx, id: string): Promise<boolean> {
  const other = await tx.row(sql`
    select true from members
    where workspace_id = ${tx.workspaceId} and role = 'owner' and active and id <> ${id} limit 1`)
  return other !== undefined
}
export function findMember(tx: Tx, id: string): Promise<Member | undefined> {
  return tx.row<Member>(
    sql`select ${memberColumns} from members m where m.workspace_id = ${tx.workspaceId} and m.id = ${id}`,
  )
}
export function findMemberByEmail(tx: Tx, email: string): Promise<Member | undefined> {
  return tx.row<Member>(
    sql`select ${memberColumns} from members m where m.workspace_id = ${tx.workspaceId} and m.email = ${email}`,
  )
}
/** Whether a user has, or had, a place in a workspace. */
export async function isMember(tx: Tx, workspaceId: string, userId: string): Promise<boolean> {
  const member = await tx.row(
    sql`select true from members where workspace_id = ${workspaceId} and user_id = ${userId}`,
  )
  return member !== undefined
}
export interface MemberChange {
  name?: string | undefined
  /** Null: as the workspace's. */
  language?: Language | null | undefined
  timeZone?: string | null | undefined
  theme?: (typeof themes)[number] | undefined
  role?: Role | undefined
  /** Null: the built-in role alone. */
  roleId?: string | null | undefined
  active?: boolean | undefined
}
export function updateMember(
  tx: Tx,
  id: string,
  change: MemberChange,
  now: string,
): Promise<Member | undefined> {
  return tx.row<Member>(sql`
    update members m set
      name = coalesce(${change.name ?? null}, name),
      language = case when ${change.language !== undefined}::bool then ${change.language ?? null} else language end,
      time_zone = case when ${change.timeZone !== undefined}::bool then ${change.timeZone ?? null} else time_zone end,
      theme = coalesce(${change.theme ?? null}, theme),
      role = coalesce(${change.role ?? null}, role),
      role_id = case when ${change.roleId !== undefined}::bool then ${change.roleId ?? null}::uuid else role_id end,
      active = coalesce(${change.active ?? null}, active),
      updated_at = ${now}
    where m.workspace_id = ${tx.workspaceId} and m.id = ${id} returning ${memberColumns}`)
}
/** Whether their role needs a second step that they do not have, and that the session did not begin with either. */
export async function lacksFactor(
  tx: Tx,
  { workspace, member }: Place,
  sessionId: string | null,
): Promise<boolean> {
  const row = await tx.row<{ lacks: boolean }>(sql`
    select auth.lacks_factor(m) and s.factor_in is distinct from m.workspace_id as lacks from members m
    left join auth.sessions s on s.id = ${sessionId}
    where m.workspace_id = ${workspace.id} and m.id = ${member.id}`)
  return row?.lacks === true
}
/** A role of the workspace's own, kept as it is until the transaction ends. */
export function holdRole(
  tx: Tx,
  id: string,
): Promise<{ id: string; base: Role; rights: Rights } | undefined> {
  return tx.row(
    sql`select id, base, rights from roles where workspace_id = ${tx.workspaceId} and id = ${id} for share`,
  )
}
/** Names by id, of members past and present. */
export async function findMemberNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(
    sql`select id, name from members where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A user's place in a workspace, with both as they are shown. */
export interface Place {
  member: Member
  workspace: Workspace
}
/** Where a user is an active member, by name of the workspace. */
export async function listPlaces(tx: Tx, userId: string): Promise<Place[]> {
  const members = await tx.rows<Member & { workspaceId: string }>(sql`
    select ${memberColumns}, m.workspace_id as "workspaceId" from members m
    where m.user_id = ${userId} and m.active`)
  const workspaces = await tx.rows<Workspace>(sql`
    select ${workspaceColumns} from workspaces w
    where w.id = any (${members.map((member) => member.workspaceId)}::uuid[])
    order by w.name collate "und-x-icu", w.id`)
  return workspaces.flatMap((workspace) =>
    members.filter((member) => member.workspaceId === workspace.id).map((member) => ({ member, workspace })),
  )
}
/**
 * Every workspace a user belongs or belonged to: their role there, and what `otherId` is there now. A role of the
 * workspace's own stands above nobody here: whoever opens an account gets all it can do.
 */
export function compareRoles(
  tx: Tx,
  userId: string,
  otherId: string,
): Promise<{ role: Role; otherRole: Role | null }[]> {
  return tx.rows(sql`
    select m.role, case when o.role_id is null then o.role end as "otherRole" from members m
    left join members o on o.workspace_id = m.workspace_id and o.user_id = ${otherId} and o.active
    where m.user_id = ${userId}`)
}
