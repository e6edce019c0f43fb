import { once } from "node:events"
import { auditEndpoints } from "@regulars/contract/domains/audit.endpoints.ts"
import { writeLine } from "../../kernel/audit/chain-file.ts"
import { noteSecurityApart } from "../../kernel/audit/note.ts"
import { headOf, readChain } from "../../kernel/audit/read-chain.ts"
import { verifyChain } from "../../kernel/audit/verify.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { sendStream } from "../../kernel/http/send-stream.ts"
import { dayIn } from "../../kernel/time.ts"
import { readAudit, requireWholeSight } from "./audit.service.ts"

export const auditHandlers: Handlers = implement(auditEndpoints, {
  "GET /audit": (ctx, { query }) => readAudit(ctx, query),
  "GET /audit/head": async (ctx) => ({ data: await headOf(ctx.tx) }),
  "POST /audit/verify": async (ctx, { body }) => ({
    data: await verifyChain(readChain(ctx.tx), body.head),
  }),
  "GET /audit/export": async (ctx, _, { reply }) => {
    requireWholeSight(ctx)
    const { services, workspaceId, actor } = ctx
    await noteSecurityApart(services, { workspaceId, memberId: actor.memberId }, "exported", {
      entity: "audit",
    })
    const name = `audit-${dayIn(ctx.timeZone, ctx.now())}.jsonl`
    await sendStream(reply, { type: "application/x-ndjson; charset=utf-8", name }, async (out) => {
      for await (const block of readChain(ctx.tx)) if (!out.write(writeLine(block))) await once(out, "drain")
      out.end()
    })
  },
})
