import { z } from "zod"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import type { EntityDeclaration } from "./entity.ts"
import { filterSchema } from "./filter.schema.ts"

/** What work on many records leaves, or would leave, as it is. */
export const leftSchema = z.object({
  id: z.string(),
  entity: z.string(),
  name: z.string(),
  /** Fields that stay as they are; `record` for all of it. */
  fields: z.array(z.string()),
  /** As the codes of errors at a field, or `changed_since`, `field_changed`; absent for what came since. */
  reason: z.string().optional(),
})
const bulkBody = z.strictObject({
  filter: filterSchema.optional(),
  ids: z.array(z.guid().toLowerCase()).max(10_000).optional(),
  action: z.string().max(60),
  input: z.record(z.string(), z.unknown()).default({}),
})
const bulkPreviewSchema = z.object({
  /** Records it is about. */
  total: z.number(),
  /** Records that would be changed; the others that are not refused are so already. */
  changed: z.number(),
  refusedCount: z.number(),
  /** The first that would be refused. */
  refused: z.array(leftSchema),
  /** Whether all were looked at, and not the first 10,000 only. */
  isWhole: z.boolean(),
})

/** Acting on many records at once, and what that would come to. */
export function bulkEndpoints({ name }: EntityDeclaration): Record<EndpointKey, Endpoint> {
  return {
    [`POST /${name}/bulk`]: {
      summary: `Act on many ${name} at once; those a rule refuses are left as they are and named`,
      permission: `${name}:update`,
      status: 202,
      body: bulkBody,
      response: z.object({ data: z.object({ operationId: z.string() }) }),
    },
    [`POST /${name}/bulk/preview`]: {
      summary: `What acting on many ${name} would change, and what would be refused`,
      permission: `${name}:update`,
      body: bulkBody,
      response: z.object({ data: bulkPreviewSchema }),
      readOnly: true,
    },
  } as Record<EndpointKey, Endpoint>
}

export type LeftAlone = z.output<typeof leftSchema>
export type BulkBody = z.output<typeof bulkBody>
export type BulkPreview = z.output<typeof bulkPreviewSchema>
