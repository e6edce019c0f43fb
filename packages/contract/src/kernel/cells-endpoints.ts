import { z } from "zod"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import type { EntityDeclaration } from "./entity.ts"

const id = z.guid().toLowerCase()
const change = z.strictObject({
  id,
  /** Version the cells were seen at: what somebody changed since is refused, not overwritten. */
  version: z.int().min(1).optional(),
  /** Values by field, as in a PATCH. */
  values: z.record(z.string().max(100), z.unknown()).optional(),
  /** What stands in a spreadsheet, by field (own ones as `custom.<key>`); read as an import reads it, empty clears. */
  texts: z.record(z.string().max(100), z.string().max(20_000)).optional(),
})
const cellsBody = z.strictObject({ changes: z.array(change).min(1).max(1000) })
const refusedCell = z.object({
  id: z.string(),
  field: z.string(),
  code: z.string(),
  message: z.string(),
})
const cellsAnswer = z.object({
  /** To be undone by; null when nothing changed. */
  operationId: z.string().nullable(),
  /** Records that changed. */
  changed: z.number(),
  refused: z.array(refusedCell),
})
export type CellChange = z.input<typeof change>
export type RefusedCell = z.output<typeof refusedCell>
export type CellsAnswer = z.output<typeof cellsAnswer>

/** Many cells of a table at once: what is pasted, filled down or cleared. */
export function cellsEndpoints({ name }: EntityDeclaration): Record<EndpointKey, Endpoint> {
  const key: EndpointKey = `POST /${name}/cells`
  return {
    [key]: {
      summary: `Change cells of up to 1,000 ${name}, as one operation; refused ones are left as they are`,
      permission: `${name}:update`,
      body: cellsBody,
      response: z.object({ data: cellsAnswer }),
    },
  } as Record<EndpointKey, Endpoint>
}
