import type { SignInRules } from "@regulars/contract/domains/sign-in.endpoints.ts"
import { roles } from "@regulars/contract/domains/workspace.ts"
import { mayGive } from "../../kernel/access/roles.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { Exchange } from "../../kernel/http/handlers.ts"
import { forgetRights, rightsOfRole } from "./members.ts"
import { requireSession } from "./sessions.ts"
import {
  findSignInRules,
  listActiveMembers,
  lockSignInRules,
  saveSignInRules,
} from "./sign-in-rules.queries.ts"
import { holdRole } from "./workspace.queries.ts"

export function readSignInRules({ tx }: Context): Promise<SignInRules> {
  return findSignInRules(tx)
}

/**
 * Changes how members sign in. It holds at once, also for sessions that began before.
 * @throws AppError forbidden for a role above the caller's and for a key; validation_failed for one that is not there, and for
 * sessions that would last longer unused than at most
 */
export async function changeSignInRules(
  ctx: Context,
  change: { [K in keyof SignInRules]?: SignInRules[K] | undefined },
  { identity }: Exchange,
): Promise<SignInRules> {
  requireSession(identity)
  await lockSignInRules(ctx.tx)
  const before = await findSignInRules(ctx.tx)
  const rules: SignInRules = {
    secondFactorRoles: [...new Set(change.secondFactorRoles ?? before.secondFactorRoles)],
    idleMinutes: change.idleMinutes ?? before.idleMinutes,
    longestMinutes: change.longestMinutes ?? before.longestMinutes,
  }
  if (rules.idleMinutes > rules.longestMinutes)
    throw invalid("idleMinutes", "too_big", "can't be longer than the longest a session may last")
  const turned = difference(before.secondFactorRoles, rules.secondFactorRoles)
  for (const role of turned) await requireGiving(ctx, role)
  await saveSignInRules(ctx.tx, rules)
  noteSecurity(ctx, "sign_in_rules_changed", {
    ...rules,
    secondFactorRoles: rules.secondFactorRoles.join(" "),
  })
  await tellMembers(ctx, before, rules, turned)
  return rules
}

/** What stands in one of two lists only. */
function difference(one: readonly string[], other: readonly string[]): string[] {
  return [...one, ...other].filter((role) => !(one.includes(role) && other.includes(role)))
}
async function requireGiving(ctx: Context, name: string): Promise<void> {
  const builtIn = roles.find((role) => role === name)
  const own = builtIn ? undefined : await holdRole(ctx.tx, name)
  if (!builtIn && !own) throw invalid("secondFactorRoles", "not_found", "names a role that is not there")
  const role = builtIn ? { role: builtIn, roleId: null } : { role: own!.base, roleId: name }
  if (!mayGive(ctx, await rightsOfRole(ctx, role)))
    throw new AppError("forbidden", { detail: "Nobody decides how those above them sign in." })
}
/** Open pages ask again who is there: where the length changed all, else those whose role it is about. */
async function tellMembers(
  ctx: Context,
  before: SignInRules,
  rules: SignInRules,
  turned: readonly string[],
): Promise<void> {
  const isForAll = before.idleMinutes !== rules.idleMinutes || before.longestMinutes !== rules.longestMinutes
  const members = await listActiveMembers(ctx.tx)
  forgetRights(
    ctx,
    members.filter(({ role }) => isForAll || turned.includes(role)).map(({ id }) => id),
  )
}
