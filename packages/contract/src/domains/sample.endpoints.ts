import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"

export const sampleNames = ["coffee"] as const
export type SampleName = (typeof sampleNames)[number]

/** Records of the sample that are in the workspace, by entity. */
const counts = z.record(z.string(), z.number())
const state = z.object({
  data: z.object({
    loaded: z.boolean(),
    name: z.enum(sampleNames).nullable(),
    loadedAt: z.string().nullable(),
    /** Who loaded it; null: the command line. */
    loadedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    counts,
  }),
})
const removal = z.object({
  data: z.object({
    removed: counts,
    /** `changed`: somebody edited it. `linked`: somebody's own record needs it. At most 200 are named. */
    kept: z.array(
      z.object({
        entity: z.string(),
        id: z.string(),
        name: z.string(),
        reason: z.enum(["changed", "linked"]),
      }),
    ),
    keptCount: z.number(),
  }),
})

export const sampleEndpoints = defineEndpoints({
  "GET /sample": {
    summary: "Whether sample data is in the workspace, since when and how much",
    permission: "sample:update",
    response: state,
  },
  "POST /sample": {
    summary: "Fill the workspace with a sample business",
    permission: "sample:update",
    status: 201,
    body: z.strictObject({ name: z.enum(sampleNames) }),
    response: state,
  },
  "DELETE /sample": {
    summary: "Remove the sample; what people entered themselves stays, with what it needs",
    permission: "sample:update",
    query: z.strictObject({
      /** Also remove sample records that somebody edited. */
      changed: z.enum(["true", "false"]).default("false"),
    }),
    response: removal,
  },
})

export type SampleState = z.output<typeof state>["data"]
export type SampleRemoval = z.output<typeof removal>["data"]
