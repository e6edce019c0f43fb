import { createHash } from "node:crypto"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"

export interface KeptAnswer {
  status: number
  answer: string
}
export interface RequestKey {
  /** Member or key that calls; keys of different callers never meet. */
  caller: string
  route: string
  key: string
  bodyHash: string
}

export function requestKey(
  header: unknown,
  caller: string,
  route: string,
  body: unknown,
): RequestKey | undefined {
  if (header === undefined) return undefined
  if (typeof header !== "string" || header.length < 1 || header.length > 200)
    throw new AppError("malformed_request", { detail: "Idempotency-Key must have 1 to 200 characters." })
  const bodyHash = createHash("sha256")
    .update(JSON.stringify(body ?? null))
    .digest("base64url")
  return { caller, route, key: header, bodyHash }
}

/**
 * Claims the key in the transaction of the effect itself. A second call with the same key waits here until the
 * first has committed and then gets its answer; if the first failed, its claim is gone with its effect.
 */
export async function claimKey(ctx: Context, request: RequestKey): Promise<KeptAnswer | undefined> {
  const claimed = await ctx.tx.row(sql`
    insert into idempotency_keys (workspace_id, caller, route, key, body_hash, created_at)
    values (${ctx.workspaceId}, ${request.caller}, ${request.route}, ${request.key}, ${request.bodyHash}, ${ctx.now().toISOString()})
    on conflict do nothing returning true as claimed`)
  if (claimed) return undefined
  const kept = await ctx.tx.row<{ bodyHash: string; status: number | null; answer: string | null }>(sql`
    select body_hash as "bodyHash", status, answer from idempotency_keys
    where workspace_id = ${ctx.workspaceId} and caller = ${request.caller} and route = ${request.route} and key = ${request.key}`)
  if (kept && kept.bodyHash !== request.bodyHash)
    throw new AppError("idempotency_mismatch", {
      detail: "This Idempotency-Key was used for a request with another body.",
    })
  if (kept?.status == null || kept.answer === null)
    throw new AppError("conflict", {
      detail: "This request was carried out before; its answer showed a secret once and is not kept.",
    })
  return { status: kept.status, answer: kept.answer }
}
export function keepAnswer(ctx: Context, request: RequestKey, kept: KeptAnswer): void {
  ctx.tx.write(sql`
    update idempotency_keys set status = ${kept.status}, answer = ${kept.answer}
    where workspace_id = ${ctx.workspaceId} and caller = ${request.caller} and route = ${request.route} and key = ${request.key}`)
}
