import { z } from "zod"
import { accessEndpoints } from "./access-endpoints.ts"
import { bulkEndpoints } from "./bulk-endpoints.ts"
import { cellsEndpoints } from "./cells-endpoints.ts"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import { createSchema, itemSchema, patchSchema, recordSchema, withOpenChoices } from "./entity.schema.ts"
import { type EntityDeclaration, isWritable } from "./entity.ts"
import { filterSchema, filterTextSchema } from "./filter.schema.ts"
import { groupsEndpoints } from "./groups-endpoints.ts"
import { mergeEndpoints } from "./merge-endpoints.ts"

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
const historyQuery = z.strictObject({
  field: z.string().max(100).optional(),
  cursor: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
  limit,
})
const historyEntry = z.object({
  version: z.number(),
  kind: z.enum(["create", "update", "remove", "restore", "merge", "unmerge"]),
  at: z.string(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  /** What it was a part of: an import, a change to many, an undo. */
  operation: z.object({ id: z.string(), kind: z.string() }).nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
})
const batchBody = z.strictObject({
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(1000),
  matchOn: z.enum(["id", "email", "phone", "name"]).optional(),
  atomic: z.boolean().default(false),
})
const batchAnswer = z.object({
  index: z.number(),
  status: z.enum(["created", "updated", "refused"]),
  id: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
})
type Endpoints = Record<EndpointKey, Endpoint>
/** Schemas of an entity's answers: one record, and a page of them with the names of linked records. */
function answersOf(entity: EntityDeclaration) {
  const record = recordSchema(entity)
  const included = z.record(z.string(), z.record(z.string(), z.string())).optional()
  return {
    one: z.object({ data: record, included }),
    many: z.object({
      data: z.array(record),
      page: pageSchema,
      count: countSchema.optional(),
      ids: z.array(z.string()).optional(),
      /** Of the ids in `only`: those that were merged, and into which record. */
      merged: z.record(z.string(), z.string()).optional(),
      included,
    }),
  }
}
type Answers = ReturnType<typeof answersOf>

/** The endpoints every declared entity has. */
export function entityEndpoints(entity: EntityDeclaration): Endpoints {
  const answers = answersOf(entity)
  return {
    ...recordEndpoints(entity, answers),
    ...setEndpoints(entity, answers),
    ...itemEndpoints(entity, answers),
    ...(entity.mergeable && mergeEndpoints(entity)),
    ...accessEndpoints(entity),
    ...bulkEndpoints(entity),
    ...cellsEndpoints(entity),
    ...groupsEndpoints(entity),
  }
}

function recordEndpoints(entity: EntityDeclaration, { one }: Answers): Endpoints {
  const { name, singular } = entity
  const endpoints: Record<string, Endpoint> = {
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
      body: createSchema(withOpenChoices(entity)),
      response: one,
    },
    [`PATCH /${name}/:id`]: {
      summary: `Change a ${singular}`,
      permission: `${name}:update`,
      params: idParams,
      body: patchSchema(withOpenChoices(entity)),
      response: one,
    },
    [`DELETE /${name}/:id`]: {
      summary: `Move a ${singular} to the bin`,
      permission: `${name}:delete`,
      status: 204,
      params: idParams,
    },
    [`POST /${name}/:id/restore`]: {
      summary: `Restore a ${singular} from the bin; a unique value that another one holds keeps it there, unless left out`,
      permission: `${name}:delete`,
      params: idParams,
      query: z.strictObject({ withoutTaken: z.enum(["true", "false"]).optional() }),
      response: one,
    },
  }
  endpoints[`GET /${name}/:id/history`] = {
    summary: `Who changed what in a ${singular}, or in one field of it`,
    permission: `${name}:read`,
    params: idParams,
    query: historyQuery,
    response: z.object({
      data: z.array(historyEntry),
      page: pageSchema,
      included: z.record(z.string(), z.record(z.string(), z.string())),
    }),
  }
  if (entity.timeline)
    endpoints[`GET /${name}/:id/timeline`] = {
      summary: `Everything that happened with a ${singular}`,
      permission: `${name}:read`,
      params: idParams,
      query: timelineQuery,
      response: z.object({ data: z.array(timelineEntry), page: pageSchema }),
    }
  return endpoints as Endpoints
}

function setEndpoints({ name }: EntityDeclaration, { many }: Answers): Endpoints {
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
    [`POST /${name}/batch`]: {
      summary: `Create or update up to 1,000 ${name}`,
      permission: `${name}:create`,
      body: batchBody,
      response: z.object({ data: z.array(batchAnswer) }),
    },
  }
  return endpoints as Endpoints
}

/** Address of a list field: `consents`, or `key-dates` for `keyDates`. */
export function itemPath(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
/** Entries of lists and tags, by their own ids. */
function itemEndpoints(entity: EntityDeclaration, { one }: Answers): Endpoints {
  const { name, singular } = entity
  const endpoints: Endpoints = {}
  const permission = `${name}:update` as const
  for (const [key, field] of Object.entries(entity.fields)) {
    const path = `/${name}/:id/${itemPath(key)}` as const
    if (!isWritable(field)) continue
    if (field.type === "list") {
      const params = z.strictObject({ id, itemId: id })
      const part = `${key} of a ${singular}`
      endpoints[`POST ${path}`] = {
        summary: `Add to ${part}`,
        permission,
        status: 201,
        params: idParams,
        body: itemSchema(field),
        response: one,
      }
      endpoints[`PATCH ${path}/:itemId`] = {
        summary: `Change an entry of ${part}`,
        permission,
        params,
        body: itemSchema(field, true),
        response: one,
      }
      endpoints[`DELETE ${path}/:itemId`] = {
        summary: `Remove an entry of ${part}`,
        permission,
        params,
        response: one,
      }
    } else if (field.type === "tags") {
      const tag = z.string().trim().min(1).max(100)
      const params = z.strictObject({ id, itemId: z.string().min(1).max(300) })
      endpoints[`POST ${path}`] = {
        summary: `Add a tag to a ${singular}`,
        permission,
        status: 201,
        params: idParams,
        body: z.strictObject({ tag }),
        response: one,
      }
      endpoints[`DELETE ${path}/:itemId`] = {
        summary: `Remove a tag from a ${singular}`,
        permission,
        params,
        response: one,
      }
    }
  }
  return endpoints
}

export type HistoryEntry = z.output<typeof historyEntry>
export type TimelineEntry = z.output<typeof timelineEntry>
