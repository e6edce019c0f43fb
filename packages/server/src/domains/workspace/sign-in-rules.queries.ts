import type { SignInRules } from "@regulars/contract/domains/sign-in.endpoints.ts"
import { sessionBounds } from "@regulars/contract/domains/sign-in.ts"
import { roles } from "@regulars/contract/domains/workspace.ts"
import { sql } from "../../kernel/db/sql.ts"
import type { Tx } from "../../kernel/db/transaction.ts"

/** What goes for the workspace, whether or not it ever said so; roles that were deleted since are left out. */
export async function findSignInRules(tx: Tx): Promise<SignInRules> {
  const stored = await tx.row<SignInRules>(
    sql`select idle_minutes as "idleMinutes", longest_minutes as "longestMinutes", array(
        select name from unnest(second_factor_roles) name
        where name = any (${roles}::text[])
          or exists (select from roles r where r.workspace_id = s.workspace_id and r.id::text = name)
      ) as "secondFactorRoles"
      from sign_in_rules s where workspace_id = ${tx.workspaceId}`,
  )
  const { idle, longest } = sessionBounds
  return stored ?? { secondFactorRoles: [], idleMinutes: idle.usual, longestMinutes: longest.usual }
}
/** Nobody else changes the rules until the transaction ends. */
export async function lockSignInRules(tx: Tx): Promise<void> {
  await tx.rows(
    sql`insert into sign_in_rules (workspace_id) values (${tx.workspaceId}) on conflict do nothing`,
  )
  await tx.rows(sql`select from sign_in_rules where workspace_id = ${tx.workspaceId} for update`)
}
export async function saveSignInRules(tx: Tx, rules: SignInRules): Promise<void> {
  await tx.rows(sql`
    update sign_in_rules set second_factor_roles = ${rules.secondFactorRoles}::text[],
      idle_minutes = ${rules.idleMinutes}, longest_minutes = ${rules.longestMinutes}
    where workspace_id = ${tx.workspaceId}`)
}
/** Members with access, each with the role that counts for them: a built-in one, or the id of their own. */
export function listActiveMembers(tx: Tx): Promise<{ id: string; role: string }[]> {
  return tx.rows(sql`
    select id, coalesce(role_id::text, role) as role from members where workspace_id = ${tx.workspaceId} and active`)
}
