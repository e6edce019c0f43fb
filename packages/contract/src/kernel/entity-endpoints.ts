import { z } from "zod"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import { createSchema, itemSchema, patchSchema, recordSchema } from "./entity.schema.ts"
import { type EntityDeclaration, isWritable, type RecordOf } from "./entity.ts"
import { filterSchema, filterTextSchema } from "./filter.schema.ts"
import type { Filter } from "./filter.ts"

const id = z.guid().toLowerCase()
export const idParams = z.strictObject({ id })
const names = z
  .string()
  .max(2000)
  .transform((text) => text.split(",").filter((part) => part !== ""))
const nameList = z.array(z.string().max(100)).max(100)
const limit = z.coerce.number().int().min(1).max(200).default(50)
const count = z.enum(["true", "false", "exact"]).optional()

export const listQuery = z.strictObject({
  filter: filterTextSchema.optional(),
  sort: names.optional(),
  fields: names.optional(),
  include: names.optional(),
  limit,
  cursor: z.string().max(2000).optional(),
  count,
  deleted: z.enum(["true", "false"]).optional(),
})
export const queryBody = z.strictObject({
  filter: filterSchema.optional(),
  sort: z.union([names, nameList]).optional(),
  fields: z.union([names, nameList]).optional(),
  include: z.union([names, nameList]).optional(),
  limit: z.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  count: z.union([z.enum(["true", "false", "exact"]), z.boolean()]).optional(),
  deleted: z.boolean().optional(),
  /** Answer the ordered ids of the whole result instead of rows. */
  ids: z.boolean().optional(),
  /** Rows by id, in the order of the ids; beside `fields`. */
  only: z.array(id).max(200).optional(),
})
export const pageSchema = z.object({ next: z.string().nullable() })
export const countSchema = z.object({ value: z.number(), capped: z.boolean() })
export const operationReference = z.object({ operationId: z.string() })

export const timelineEntry = z.object({
  id: z.string(),
  type: z.string(),
  occurredAt: z.string(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  subjects: z.array(z.object({ type: z.string(), id: z.string(), name: z.string().nullable() })),
  summary: z.string(),
  data: z.record(z.string(), z.unknown()),
})
const timelineQuery = z.strictObject({
  types: names.optional(),
  cursor: z.string().max(2000).optional(),
  limit,
})
const batchBody = (rows: z.ZodType) =>
  z.strictObject({
    rows: z.array(rows).min(1).max(1000),
    matchOn: z.enum(["id", "email", "phone", "name"]).optional(),
    atomic: z.boolean().default(false),
  })
const bulkBody = z.strictObject({
  filter: filterSchema.optional(),
  ids: z.array(id).max(10_000).optional(),
  action: z.string().max(60),
  input: z.record(z.string(), z.unknown()).default({}),
})

/** The endpoints every declared entity has. */
export function entityEndpoints(entity: EntityDeclaration): Record<EndpointKey, Endpoint> {
  const { name, singular } = entity
  const record = recordSchema(entity)
  /** Names of linked records by entity and id, for the links asked for with `include`. */
  const included = z.record(z.string(), z.record(z.string(), z.string())).optional()
  const one = z.object({ data: record, included })
  const many = z.object({
    data: z.array(record),
    page: pageSchema,
    count: countSchema.optional(),
    ids: z.array(z.string()).optional(),
    included,
  })
  const create = createSchema(entity)
  const patch = patchSchema(entity)
  const endpoints: Record<string, Endpoint> = {
    [`GET /${name}`]: {
      summary: `List ${name}`,
      permission: `${name}:read`,
      query: listQuery,
      response: many,
    },
    [`POST /${name}/query`]: {
      summary: `List ${name}, parameters in the body`,
      permission: `${name}:read`,
      body: queryBody,
      response: many,
      readOnly: true,
    },
    [`GET /${name}/:id`]: {
      summary: `Read one ${singular}`,
      permission: `${name}:read`,
      params: idParams,
      query: z.strictObject({ include: names.optional() }),
      response: one,
    },
    [`POST /${name}`]: {
      summary: `Create a ${singular}`,
      permission: `${name}:create`,
      status: 201,
      query: z.strictObject({ allowDuplicate: z.enum(["true", "false"]).optional() }),
      body: create,
      response: one,
    },
    [`PATCH /${name}/:id`]: {
      summary: `Change a ${singular}`,
      permission: `${name}:update`,
      params: idParams,
      body: patch,
      response: one,
    },
    [`DELETE /${name}/:id`]: {
      summary: `Move a ${singular} to the bin`,
      permission: `${name}:delete`,
      status: 204,
      params: idParams,
    },
    [`POST /${name}/:id/restore`]: {
      summary: `Restore a ${singular} from the bin`,
      permission: `${name}:delete`,
      params: idParams,
      response: one,
    },
    [`POST /${name}/batch`]: {
      summary: `Create or update up to 1,000 ${name}`,
      permission: `${name}:create`,
      body: batchBody(z.record(z.string(), z.unknown())),
      response: z.object({
        data: z.array(
          z.object({
            index: z.number(),
            status: z.enum(["created", "updated", "refused"]),
            id: z.string().optional(),
            errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
          }),
        ),
      }),
    },
    [`POST /${name}/bulk`]: {
      summary: `Act on many ${name} at once`,
      permission: `${name}:update`,
      status: 202,
      body: bulkBody,
      response: z.object({ data: operationReference }),
    },
  }
  if (entity.timeline)
    endpoints[`GET /${name}/:id/timeline`] = {
      summary: `Everything that happened with a ${singular}`,
      permission: `${name}:read`,
      params: idParams,
      query: timelineQuery,
      response: z.object({ data: z.array(timelineEntry), page: pageSchema }),
    }
  for (const [key, field] of Object.entries(entity.fields)) {
    if (!isWritable(field)) continue
    const path = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    if (field.type === "list") {
      const params = z.strictObject({ id, itemId: id })
      endpoints[`POST /${name}/:id/${path}`] = {
        summary: `Add to ${key} of a ${singular}`,
        permission: `${name}:update`,
        status: 201,
        params: idParams,
        body: itemSchema(field),
        response: one,
      }
      endpoints[`PATCH /${name}/:id/${path}/:itemId`] = {
        summary: `Change an entry of ${key} of a ${singular}`,
        permission: `${name}:update`,
        params,
        body: itemSchema(field, true),
        response: one,
      }
      endpoints[`DELETE /${name}/:id/${path}/:itemId`] = {
        summary: `Remove an entry of ${key} of a ${singular}`,
        permission: `${name}:update`,
        params,
        response: one,
      }
    } else if (field.type === "tags") {
      endpoints[`POST /${name}/:id/${path}`] = {
        summary: `Add a tag to a ${singular}`,
        permission: `${name}:update`,
        status: 201,
        params: idParams,
        body: z.strictObject({ tag: z.string().trim().min(1).max(100) }),
        response: one,
      }
      endpoints[`DELETE /${name}/:id/${path}/:itemId`] = {
        summary: `Remove a tag from a ${singular}`,
        permission: `${name}:update`,
        params: z.strictObject({ id, itemId: z.string().min(1).max(300) }),
        response: one,
      }
    }
  }
  return endpoints as Record<EndpointKey, Endpoint>
}

/** Parameters of a list as a caller in TypeScript writes them; the client turns them into a query body. */
export interface ListParams {
  filter?: Filter
  sort?: string[]
  fields?: string[]
  include?: string[]
  limit?: number
  cursor?: string
  count?: "true" | "exact"
  deleted?: boolean
  ids?: boolean
  only?: string[]
}
export interface ListAnswer<R> {
  data: R[]
  page: { next: string | null }
  count?: { value: number; capped: boolean }
  ids?: string[]
  included?: Included
}
export type Included = Record<string, Record<string, string>>
export type TimelineEntry = z.output<typeof timelineEntry>
/** Typed view of the generic endpoints of an entity, for the web client. */
export type EntityCalls<E extends EntityDeclaration> = {
  [K in `POST /${E["name"]}/query`]: {
    params: undefined
    query: undefined
    body: ListParams
    response: ListAnswer<RecordOf<E>>
  }
} & {
  [K in `GET /${E["name"]}/:id`]: {
    params: { id: string }
    query: { include?: string } | undefined
    body: undefined
    response: { data: RecordOf<E>; included?: Included }
  }
} & {
  [K in `POST /${E["name"]}`]: {
    params: undefined
    query: { allowDuplicate?: "true" } | undefined
    body: Record<string, unknown>
    response: { data: RecordOf<E> }
  }
} & {
  [K in `PATCH /${E["name"]}/:id`]: {
    params: { id: string }
    query: undefined
    body: Record<string, unknown>
    response: { data: RecordOf<E> }
  }
} & {
  [K in `DELETE /${E["name"]}/:id`]: {
    params: { id: string }
    query: undefined
    body: undefined
    response: undefined
  }
} & {
  [K in `POST /${E["name"]}/:id/restore`]: {
    params: { id: string }
    query: undefined
    body: undefined
    response: { data: RecordOf<E> }
  }
} & {
  [K in `POST /${E["name"]}/bulk`]: {
    params: undefined
    query: undefined
    body: { filter?: Filter; ids?: string[]; action: string; input?: Record<string, unknown> }
    response: { data: { operationId: string } }
  }
} & {
  [K in `GET /${E["name"]}/:id/timeline`]: {
    params: { id: string }
    query: { types?: string; cursor?: string; limit?: number } | undefined
    body: undefined
    response: { data: TimelineEntry[]; page: { next: string | null } }
  }
}
