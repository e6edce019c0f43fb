import { z } from "zod"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import type { EntityDeclaration } from "./entity.ts"

const id = z.guid().toLowerCase()
/** Most records that can be made one at once, the surviving one among them. */
const mostMerged = 20
/** Making one of several records. */
export function mergeEndpoints({ name }: EntityDeclaration): Record<EndpointKey, Endpoint> {
  return {
    [`POST /${name}/merge`]: {
      summary: `Make one of several ${name}: everything that belongs to the others goes to the one that is kept`,
      permission: `${name}:merge`,
      body: z.strictObject({
        keep: id,
        merge: z
          .array(id)
          .min(1)
          .max(mostMerged - 1),
        /** From which record a field's value is taken, where it is not to be the kept one's. */
        fields: z.record(z.string().max(100), id).default({}),
      }),
      response: z.object({ data: z.object({ operationId: z.string() }) }),
      alone: true,
    },
    [`POST /${name}/merge/preview`]: {
      summary: `How many records point at each of several ${name}, by kind`,
      permission: `${name}:merge`,
      body: z.strictObject({ ids: z.array(id).min(2).max(mostMerged) }),
      response: z.object({ data: z.record(z.string(), z.record(z.string(), z.number())) }),
      readOnly: true,
    },
  } as Record<EndpointKey, Endpoint>
}
