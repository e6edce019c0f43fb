import type { RecordAction } from "@regulars/contract/domains/rights.ts"
import type { BulkBody } from "@regulars/contract/kernel/bulk-endpoints.ts"
import type { EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import { createSchema, customSchema, patchSchema } from "@regulars/contract/kernel/entity.schema.ts"
import { type Abilities, type EntityDeclaration, isWritable } from "@regulars/contract/kernel/entity.ts"
import { itemPath } from "@regulars/contract/kernel/entity-endpoints.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { refusedFields, refuseFields, shown, usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import { startBulk } from "../operations/bulk.ts"
import { previewBulk } from "../operations/bulk-preview.ts"
import { runMerge } from "../operations/merge.ts"
import { answered } from "../own-fields/values.ts"
import { type BatchRow, type MatchOn, writeBatch } from "../records/batch.ts"
import { removeRecords, restoreRecords } from "../records/bin.ts"
import type { StoredRecord, Values } from "../records/columns.ts"
import { createRecord } from "../records/create.ts"
import { countLinking } from "../records/linking.ts"
import {
  includedNames,
  type ListQuery,
  type ListResult,
  listByIds,
  listIds,
  listRecords,
} from "../records/list.ts"
import type { MergeRequest } from "../records/merge.ts"
import { atItsPlace } from "../records/merged.ts"
import { getRecord, idsWithin } from "../records/read.ts"
import { updateRecords } from "../records/update.ts"
import { accessHandlers } from "./access-handlers.ts"
import { groupHandlers } from "./group-handlers.ts"
import type { Handlers, WorkspaceHandler } from "./handlers.ts"
import { withOwnValues } from "./own-values.ts"
import { validationError } from "./problem.ts"
import { storyHandlers } from "./story-handlers.ts"

interface ListInput {
  filter?: Filter
  sort?: string | string[]
  fields?: string | string[]
  include?: string | string[]
  limit: number
  cursor?: string
  count?: "true" | "false" | "exact" | boolean
  deleted?: "true" | "false" | boolean
  ids?: boolean
  only?: string[]
}

/** The entity as the caller's workspace knows it, with its own fields. */
function ofWorkspace(ctx: Context, entity: EntityDeclaration): EntityDeclaration {
  return ctx.registry.entity(entity.name) ?? entity
}

/** The same as far as the caller's role lets them use it. */
function ofCaller(ctx: Context, entity: EntityDeclaration): EntityDeclaration {
  return usableEntity(ctx, ofWorkspace(ctx, entity))
}

/** The handlers every declared entity has; each is a few lines over `kernel/records`. */
export function entityHandlers(declared: EntityDeclaration): Handlers {
  const { name } = declared
  const workspace: Record<string, WorkspaceHandler> = {
    [`GET /${name}`]: async (ctx, { query }) =>
      list(ctx, ofCaller(ctx, declared), query as unknown as ListInput),
    [`POST /${name}/query`]: async (ctx, { body }) => list(ctx, ofCaller(ctx, declared), body as ListInput),
    [`GET /${name}/:id`]: async (ctx, { params, query }) => {
      const entity = ofWorkspace(ctx, declared)
      const record = await atItsPlace(ctx, entity, { id: params.id!, isRead: true }, (id) =>
        getRecord(ctx, entity, id),
      )
      const include = query.include as string[] | undefined
      const included = include && (await includedNames(ctx, ofCaller(ctx, declared), [record], include))
      return { ...(await one(ctx, entity, record)), ...(included && { included }) }
    },
    [`POST /${name}`]: async (ctx, { query, body }) => {
      const entity = ofWorkspace(ctx, declared)
      const values = withOwnValues(ctx, entity, body, { isNew: true })
      const options = { allowDuplicate: query.allowDuplicate === "true" }
      return one(ctx, entity, await createRecord(ctx, entity, values, options))
    },
    [`PATCH /${name}/:id`]: async (ctx, { params, body }, { request }) => {
      const entity = ofWorkspace(ctx, declared)
      const values = withOwnValues(ctx, entity, body, { isNew: false })
      const baseVersion = versionOf(request)
      const [change] = await updateRecords(ctx, entity, [
        { id: params.id!, values, ...(baseVersion !== undefined && { baseVersion }) },
      ])
      return one(ctx, entity, change?.after as StoredRecord)
    },
    [`DELETE /${name}/:id`]: async (ctx, { params }) => {
      if ((await removeRecords(ctx, ofWorkspace(ctx, declared), [params.id!])).length === 0) throw notFound()
    },
    [`POST /${name}/:id/restore`]: async (ctx, { params, query }) => {
      const entity = ofWorkspace(ctx, declared)
      await restoreRecords(ctx, entity, [params.id!], { withoutTaken: query.withoutTaken === "true" })
      return one(ctx, entity, await getRecord(ctx, entity, params.id!))
    },
    [`POST /${name}/batch`]: async (ctx, { body }) => {
      const entity = ofWorkspace(ctx, declared)
      const { rows, matchOn, atomic } = body as { rows: Values[]; matchOn?: MatchOn; atomic: boolean }
      return {
        data: await writeBatch(ctx, entity, rows.map(batchRows(ctx, entity, matchOn)), { matchOn, atomic }),
      }
    },
    [`POST /${name}/bulk`]: async (ctx, { body }) => ({
      data: { operationId: await startBulk(ctx, ofWorkspace(ctx, declared), body as BulkBody) },
    }),
    [`POST /${name}/bulk/preview`]: async (ctx, { body }) => ({
      data: await previewBulk(ctx, ofWorkspace(ctx, declared), body as BulkBody),
    }),
    ...groupHandlers(declared),
    ...accessHandlers(declared),
    ...storyHandlers(declared),
    ...itemHandlers(declared),
  }
  if (declared.mergeable) {
    for (const [key, handler] of Object.entries(workspace))
      if (key.includes("/:id") && !key.startsWith("GET")) workspace[key] = unlessMerged(declared, handler)
    Object.assign(workspace, mergeHandlers(declared))
  }
  return { workspace, open: {} }
}

/** A write to a record that became part of another one says so. */
function unlessMerged(entity: EntityDeclaration, handler: WorkspaceHandler): WorkspaceHandler {
  return (ctx, input, exchange) =>
    atItsPlace(ctx, entity, { id: input.params.id!, isRead: false }, () => handler(ctx, input, exchange))
}
function mergeHandlers(entity: EntityDeclaration): Record<string, WorkspaceHandler> {
  const { name } = entity
  return {
    [`POST /${name}/merge`]: async (ctx, { body }) => ({
      data: { operationId: await runMerge(ctx, ofWorkspace(ctx, entity), body as MergeRequest) },
    }),
    [`POST /${name}/merge/preview`]: async (ctx, { body }) => {
      const { ids } = body as { ids: string[] }
      const seen = await idsWithin(ctx, entity, ids, "see")
      if (seen.size < new Set(ids).size) throw notFound()
      return { data: await countLinking(ctx, ofWorkspace(ctx, entity), ids) }
    },
  }
}

async function list(
  ctx: Context,
  entity: EntityDeclaration,
  input: ListInput,
): Promise<ListResult & { ids?: string[] }> {
  const query: ListQuery = {
    filter: input.filter,
    sort: listOf(input.sort),
    fields: listOf(input.fields),
    include: listOf(input.include),
    limit: input.limit,
    cursor: input.cursor,
    count:
      input.count === "exact"
        ? "exact"
        : input.count === true || input.count === "true"
          ? "capped"
          : undefined,
    deleted: input.deleted === true || input.deleted === "true",
  }
  if (input.ids) return { data: [], page: { next: null }, ids: await listIds(ctx, entity, query) }
  const result = input.only
    ? await listByIds(ctx, entity, input.only, query)
    : await listRecords(ctx, entity, query)
  const can = await abilities(ctx, entity, result.data)
  return {
    ...result,
    data: result.data.map((record) => answered(entity, { ...record, can: can(record.id) })),
  }
}
function listOf(value: string | string[] | undefined): string[] | undefined {
  return typeof value === "string" ? value.split(",") : value
}

async function one(
  ctx: Context,
  entity: EntityDeclaration,
  record: StoredRecord,
): Promise<{ data: StoredRecord }> {
  const can = await abilities(ctx, entity, [record])
  return { data: answered(entity, { ...shown(ctx, entity, record), can: can(record.id) }) }
}
/** What the caller may do with each of the records; asked of the database only where that differs from one to another. */
async function abilities(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
): Promise<(id: string) => Abilities> {
  const ids = records.map(({ id }) => id)
  const within = async (permission: string, action: RecordAction) =>
    ctx.permissions.has(`${entity.name}:${permission}`)
      ? idsWithin(ctx, entity, ids, action)
      : new Set<string>()
  const [edit, remove] = await Promise.all([within("update", "edit"), within("delete", "delete")])
  return (id) => ({ update: edit.has(id), delete: remove.has(id), restore: remove.has(id) })
}
/** Version of `If-Match`; throws `malformed_request` for what is none. */
export function versionOf(request: FastifyRequest): number | undefined {
  const header = request.headers["if-match"]
  if (header === undefined || header === "*") return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (version === undefined)
    throw new AppError("malformed_request", { detail: 'If-Match must be a version such as "3".' })
  return Number(version)
}

/** Validates each row by itself, so that one bad row does not refuse its neighbours. */
function batchRows(
  ctx: Context,
  entity: EntityDeclaration,
  matchOn: MatchOn | undefined,
): (row: Values) => BatchRow {
  const creation = createSchema(entity, customSchema(entity, { isNew: true }))
  const patch = patchSchema(entity, customSchema(entity, { isNew: false }))
  return ({ id, ...values }) => {
    const recordId = z.guid().toLowerCase().optional().safeParse(id)
    // A row with an id never makes a record: what stands there already need not be sent again.
    const result = (id === undefined ? creation : patch).safeParse(values)
    const errors = [
      ...(recordId.success && (id === undefined || matchOn === "id")
        ? []
        : [{ path: "id", code: "invalid_value", message: "is only for rows matched on id" }]),
      ...refusedFields(ctx, entity, values),
      ...(result.success ? [] : (validationError(result.error, "body").info.errors ?? [])),
    ]
    if (errors.length > 0) return { values: {}, errors }
    return { values: spreadCustom(result.data as Values), id: recordId.data }
  }
}

/** Entries of lists and tags, by their own ids; each is a patch of the list under the record's lock. */
function itemHandlers(declared: EntityDeclaration): Record<EndpointKey, WorkspaceHandler> {
  const handlers: Record<string, WorkspaceHandler> = {}
  const change = async (ctx: Context, id: string, key: string, edit: (items: unknown[]) => unknown[]) => {
    const entity = ofWorkspace(ctx, declared)
    refuseFields(ctx, entity, { [key]: null })
    const [result] = await updateRecords(ctx, entity, [
      { id, values: (current) => ({ [key]: edit(current[key] as unknown[]) }) },
    ])
    return one(ctx, entity, result?.after as StoredRecord)
  }
  for (const [key, field] of Object.entries(declared.fields)) {
    if (!isWritable(field)) continue
    const path = `/${declared.name}/:id/${itemPath(key)}`
    if (field.type === "list") {
      handlers[`POST ${path}`] = (ctx, { params, body }) =>
        change(ctx, params.id!, key, (items) => [...items, body])
      handlers[`PATCH ${path}/:itemId`] = (ctx, { params, body }) =>
        change(ctx, params.id!, key, (items) => {
          if (!items.some((item) => (item as Values).id === params.itemId)) throw notFound()
          return items.map((item) =>
            (item as Values).id === params.itemId
              ? { ...(item as Values), ...(body as Values), id: params.itemId }
              : item,
          )
        })
      handlers[`DELETE ${path}/:itemId`] = (ctx, { params }) =>
        change(ctx, params.id!, key, (items) => {
          const rest = items.filter((item) => (item as Values).id !== params.itemId)
          if (rest.length === items.length) throw notFound()
          return rest
        })
    } else if (field.type === "tags") {
      handlers[`POST ${path}`] = (ctx, { params, body }) =>
        change(ctx, params.id!, key, (tags) => [...tags, (body as { tag: string }).tag])
      handlers[`DELETE ${path}/:itemId`] = (ctx, { params }) =>
        change(ctx, params.id!, key, (tags) => tags.filter((tag) => tag !== params.itemId))
    }
  }
  return handlers as Record<EndpointKey, WorkspaceHandler>
}
