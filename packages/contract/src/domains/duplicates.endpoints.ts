import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams, pageSchema } from "../kernel/entity-endpoints.ts"
import { matchedEntities, pairStates } from "./duplicates.ts"
import { operationSchema } from "./general.endpoints.ts"

const entity = z.enum(matchedEntities)
const state = z.enum(pairStates)
const reason = z.object({
  /** What was compared: `givenName`, `phone`. */
  comparison: z.string(),
  /** How the two relate in it: `same`, `similar`, `different`. */
  level: z.string(),
  /** In bits: each one doubles the odds, or halves them where negative. */
  weight: z.number(),
})
const side = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Values of the fields that are compared. */
  values: z.record(z.string(), z.unknown()),
})
const pairSchema = z.object({
  id: z.string(),
  entity,
  /** That the two are one and the same, 0 to 1. */
  probability: z.number(),
  /** Most telling first, those against at the end. */
  reasons: z.array(reason),
  state,
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  foundAt: z.string(),
  /** The older record first. */
  records: z.array(side),
})
const twinSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  probability: z.number(),
  reasons: z.array(reason),
})
const values = z.strictObject({
  values: z.record(z.string().max(60), z.unknown()).refine((given) => Object.keys(given).length <= 60),
})
const twins = z.object({ data: z.array(twinSchema) })

export const duplicatesEndpoints = defineEndpoints({
  "GET /duplicates": {
    summary: "Likely twins, the surest first",
    permission: "duplicates:read",
    query: z.strictObject({
      entity,
      state: state.default("open"),
      limit: z.coerce.number().int().min(1).max(100).default(25),
      cursor: z.string().max(2000).optional(),
    }),
    response: z.object({ data: z.array(pairSchema), page: pageSchema }),
  },
  "GET /duplicates/count": {
    summary: "How many pairs wait for a decision, and the scan under way or last done",
    permission: "duplicates:read",
    response: z.object({
      data: z.object({
        /** By entity, counted up to 1,000. */
        open: z.record(z.string(), z.number()),
        later: z.record(z.string(), z.number()),
        /** How many of the open ones can be merged at once. */
        certain: z.record(z.string(), z.number()),
        /** From which probability on they count as certain. */
        certainFrom: z.number(),
        scan: operationSchema.nullable(),
        /** When everything was last compared; null: never. */
        scannedAt: z.string().nullable(),
      }),
    }),
  },
  "POST /duplicates/scan": {
    summary: "Compare all people and companies with each other now, in the background",
    permission: "duplicates:create",
    status: 202,
    rateLimit: 6,
    response: z.object({ data: operationSchema }),
  },
  "POST /duplicates/merge": {
    summary: "Merge all certain pairs, in the background; the older record of each stays",
    permission: "duplicates:create",
    status: 202,
    body: z.strictObject({ entity }),
    response: z.object({ data: operationSchema }),
  },
  "PATCH /duplicates/settings": {
    summary: "Say from which probability on pairs are certain",
    permission: "duplicates:manage",
    body: z.strictObject({ certainFrom: z.number().min(0.9).max(0.9999) }),
    response: z.object({ data: z.object({ certainFrom: z.number() }) }),
  },
  "POST /duplicates/:id/decide": {
    summary: "Say what becomes of a pair: not the same, later, or open again",
    permission: "duplicates:update",
    params: idParams,
    body: z.strictObject({ decision: state }),
    response: z.object({ data: z.object({ id: z.string(), state }) }),
  },
  "POST /people/twins": {
    summary: "People who are there already and may be the one that is being written down",
    permission: "people:read",
    readOnly: true,
    body: values,
    response: twins,
  },
  "POST /companies/twins": {
    summary: "Companies that are there already and may be the one that is being written down",
    permission: "companies:read",
    readOnly: true,
    body: values,
    response: twins,
  },
})

export type DuplicatePair = z.output<typeof pairSchema>
export type Twin = z.output<typeof twinSchema>
export type Reason = z.output<typeof reason>
