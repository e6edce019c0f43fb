import type { Role } from "@regulars/contract/domains/workspace.ts"
import { sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

export interface Invitation {
  id: string
  workspaceId: string
  email: string
  role: Role
  /** A role of the workspace's own, copied from the built-in one. */
  roleId: string | null
  invitedBy: string | null
  createdAt: string
  expiresAt: string
}
const columns = sql.raw(`
  id, workspace_id as "workspaceId", email, role, role_id as "roleId", invited_by as "invitedBy", created_at as "createdAt",
  expires_at as "expiresAt"`)

export function listInvitations(tx: Tx, now: string): Promise<Invitation[]> {
  return tx.rows<Invitation>(sql`
    select ${columns} from auth.invitations where workspace_id = ${tx.workspaceId} and expires_at > ${now}
    order by created_at desc, id`)
}
export async function insertInvitation(tx: Tx, invitation: Invitation, tokenHash: Buffer): Promise<void> {
  const { id, workspaceId, email, role, roleId, invitedBy, createdAt, expiresAt } = invitation
  await tx.rows(sql`
    insert into auth.invitations (id, workspace_id, token_hash, email, role, role_id, invited_by, created_at, expires_at)
    values (${id}, ${workspaceId}, ${tokenHash}, ${email}, ${role}, ${roleId}, ${invitedBy}, ${createdAt}, ${expiresAt})`)
}
/** Withdraws one invitation; undefined when it is not open in this workspace. */
export async function deleteInvitation(tx: Tx, id: string): Promise<boolean> {
  const deleted = await tx.row(sql`
    delete from auth.invitations where workspace_id = ${tx.workspaceId} and id = ${id} returning true`)
  return deleted !== undefined
}
export async function deleteInvitationsTo(tx: Tx, email: string): Promise<void> {
  await tx.rows(sql`delete from auth.invitations where workspace_id = ${tx.workspaceId} and email = ${email}`)
}
export async function deleteInvitationsBy(tx: Tx, memberIds: readonly string[]): Promise<void> {
  await tx.rows(sql`
    delete from auth.invitations
    where workspace_id = ${tx.workspaceId} and invited_by = any (${memberIds}::uuid[])`)
}
/** What the workspace calls the role of its own that an invitation gives; null for a built-in one. */
export async function findRoleName(
  tx: Tx,
  { workspaceId, roleId }: Pick<Invitation, "workspaceId" | "roleId">,
): Promise<string | null> {
  const row = await tx.row<{ name: string }>(
    sql`select name from roles where workspace_id = ${workspaceId} and id = ${roleId}`,
  )
  return row?.name ?? null
}
/** The invitation a link is for, while it may be used. */
export function findInvitation(tx: Tx, tokenHash: Buffer, now: string): Promise<Invitation | undefined> {
  return tx.row<Invitation>(
    sql`select ${columns} from auth.invitations where token_hash = ${tokenHash} and expires_at > ${now}`,
  )
}
export function findInvitationById(tx: Tx, id: string): Promise<Invitation | undefined> {
  return tx.row<Invitation>(sql`select ${columns} from auth.invitations where id = ${id}`)
}
/** Uses an invitation up; undefined when somebody else just did, or it is open no more. */
export function takeInvitation(tx: Tx, id: string, now: string): Promise<Invitation | undefined> {
  return tx.row<Invitation>(sql`
    delete from auth.invitations where id = ${id} and expires_at > ${now} returning ${columns}`)
}
