import type { Context } from "../../kernel/context.ts"
import { allMembers } from "../workspace/index.ts"

/** The context of an owner of the workspace, for work that the command line asks for. */
export async function inNameOfOwner(ctx: Context): Promise<Context> {
  const owner = (await allMembers(ctx)).find(({ role, active }) => role === "owner" && active)
  if (!owner) return ctx
  return { ...ctx, actor: { type: "member", memberId: owner.id, userId: owner.userId } }
}
