import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { pageSchema } from "../kernel/entity-endpoints.ts"

const id = z.guid().toLowerCase()
const fact = z.object({
  id: z.string(),
  /** Such as `person.updated` or `security.signed_in`. */
  type: z.string(),
  at: z.string(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  /** The records it is about, of the first of them that are there with their names; `count` says how many in all. */
  subjects: z.array(z.object({ type: z.string(), id: z.string(), name: z.string().nullable() })),
  count: z.number(),
  operation: z.object({ id: z.string(), kind: z.string() }).nullable(),
  data: z.record(z.string(), z.unknown()),
  /** It stands in the chain; false in the moment before. */
  sealed: z.boolean(),
})
const head = z.object({ seq: z.number(), hash: z.string() }).nullable()

/** What happened in the workspace, and the chain that shows when somebody has changed it behind everyone's back. */
export const auditEndpoints = defineEndpoints({
  "GET /audit": {
    summary: "What happened in the workspace, newest first",
    permission: "audit:read",
    query: z.strictObject({
      /** `security`: sign-ins, keys, members, exports; `records`: what happened with records. */
      area: z.enum(["security", "records"]).optional(),
      memberId: id.optional(),
      /** A record, as `person:<id>` or `objects/machines:<id>`. */
      subject: z
        .string()
        .regex(/^[A-Za-z0-9_/]{1,80}:[0-9a-fA-F-]{36}$/)
        .optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ data: z.array(fact), page: pageSchema }),
  },
  "GET /audit/head": {
    summary: "The newest block of the audit chain: kept elsewhere, it shows when the end was cut off",
    permission: "audit:read",
    response: z.object({ data: head }),
  },
  "POST /audit/verify": {
    summary: "Follow the audit chain from its beginning and name the first fault",
    permission: "audit:read",
    rateLimit: 6,
    readOnly: true,
    body: z.strictObject({
      head: z
        .strictObject({ seq: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) })
        .optional(),
    }),
    response: z.object({
      data: z.object({
        ok: z.boolean(),
        blocks: z.number(),
        events: z.number(),
        /** Events whose records were erased since; of these, `unsealed` by an erasure that is not sealed itself yet. */
        erased: z.number(),
        unsealed: z.number(),
        /** Events from before the first block, which nothing vouches for. */
        before: z.number(),
        head,
        broken: z
          .object({
            seq: z.number(),
            eventId: z.string().nullable(),
            reason: z.enum(["changed", "missing", "order", "gone", "altered", "end", "outside"]),
          })
          .nullable(),
      }),
    }),
  },
  "GET /audit/export": {
    summary: "The audit chain as lines of JSON, to be verified without the database",
    permission: "audit:read",
    rateLimit: 6,
    raw: true,
  },
})

export type AuditFact = z.output<typeof fact>
