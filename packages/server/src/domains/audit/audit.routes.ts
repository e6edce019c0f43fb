import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { auditEndpoints } from "@regulars/contract/domains/audit.endpoints.ts"
import { writeLine } from "../../kernel/audit/chain-file.ts"
import { noteSecurityApart } from "../../kernel/audit/note.ts"
import { type ChainPart, headOf, readChain } from "../../kernel/audit/read-chain.ts"
import { verifyChain } from "../../kernel/audit/verify.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { sendStream } from "../../kernel/http/send-stream.ts"
import { readAsSystem } from "../../kernel/jobs/run.ts"
import { dayIn } from "../../kernel/time.ts"
import { readAudit, requireWholeSight } from "./audit.service.ts"

export const auditHandlers: Handlers = implement(auditEndpoints, {
  "GET /audit": (ctx, { query }) => readAudit(ctx, query),
  "GET /audit/head": async (ctx) => ({ data: await headOf(ctx.tx) }),
  "POST /audit/verify": async ({ services, workspaceId }, { body }) => ({
    data: await readAsSystem(services, workspaceId, ({ tx }) => verifyChain(readChain(tx), body.head)),
  }),
  "GET /audit/export": async (ctx, _, { reply }) => {
    requireWholeSight(ctx)
    const { services, workspaceId, actor } = ctx
    await noteSecurityApart(services, { workspaceId, memberId: actor.memberId }, "exported", {
      entity: "audit",
    })
    const name = `audit-${dayIn(ctx.timeZone, ctx.now())}.jsonl`
    await sendStream(reply, { type: "application/x-ndjson; charset=utf-8", name }, (out) =>
      readAsSystem(services, workspaceId, ({ tx }) => pipeline(Readable.from(linesOf(readChain(tx))), out)),
    )
  },
})

async function* linesOf(parts: AsyncIterable<ChainPart>): AsyncGenerator<string> {
  for await (const part of parts) yield writeLine(part)
}
