import { z } from "zod"
import { leftSchema } from "../kernel/bulk-endpoints.ts"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams, pageSchema } from "../kernel/entity-endpoints.ts"

const names = z
  .string()
  .max(500)
  .transform((text) => text.split(",").filter((part) => part !== ""))
export const operationSchema = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.enum(["queued", "running", "done", "failed", "cancelled", "undone"]),
  entity: z.string().nullable(),
  done: z.number(),
  total: z.number().nullable(),
  summary: z.record(z.string(), z.unknown()),
  /** Why it could not go on, as a sentence; null unless it failed. */
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  canUndo: z.boolean(),
})
const operation = z.object({ data: operationSchema })
const undoPreviewSchema = z.object({
  /** Records that would be as they were before. */
  restored: z.number(),
  /** Records that would go to the bin, as they were made. */
  removed: z.number(),
  /** Records that would stay as they are, or some fields of theirs; the first of them are named. */
  keptCount: z.number(),
  kept: z.array(leftSchema),
  /** Of a merge: what came to the record that was kept, and would stay with it. */
  arrivedCount: z.number(),
  arrived: z.array(leftSchema),
  /** Whether all of it was looked at, and not the first 10,000 records only. */
  isWhole: z.boolean(),
})
const searchHit = z.object({
  type: z.string(),
  id: z.string(),
  title: z.string(),
  subtitle: z.string().nullable(),
  highlight: z.string(),
})
const fileSchema = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.number(),
  createdAt: z.string(),
})

export const thumbnailSizes = ["small", "medium", "large"] as const

/** Endpoints that belong to no single entity: operations, search, files, the live stream. */
export const generalEndpoints = defineEndpoints({
  "GET /operations": {
    summary: "What was done lately to many records at once",
    permission: "operations:read",
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(2000).optional(),
      /** Only of these kinds, separated by commas. */
      kinds: names.optional(),
      /** Only what this member began. */
      memberId: z.guid().toLowerCase().optional(),
    }),
    response: z.object({ data: z.array(operationSchema), page: pageSchema }),
  },
  "GET /operations/:id": {
    summary: "Progress and result of an operation",
    permission: "operations:read",
    params: idParams,
    response: operation,
  },
  "POST /operations/:id/cancel": {
    summary: "Stop an operation; what is done stays and can be undone",
    permission: "operations:update",
    params: idParams,
    response: operation,
  },
  "GET /operations/:id/undo-preview": {
    summary: "What an undo would take back, and what it would keep because it was changed since",
    permission: "operations:update",
    params: idParams,
    response: z.object({ data: undoPreviewSchema }),
  },
  "POST /operations/:id/undo": {
    summary: "Take an operation back; what was changed since is kept and listed",
    permission: "operations:update",
    status: 202,
    params: idParams,
    response: operation,
  },
  "GET /search": {
    summary: "Find records of every kind, best first",
    permission: "search:read",
    query: z.strictObject({
      q: z.string().max(200),
      types: names.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.object({ data: z.array(searchHit) }),
  },
  "POST /files": {
    summary: "Upload a file, to be attached by its id",
    permission: "files:create",
    status: 201,
    multipart: true,
    response: z.object({ data: fileSchema }),
  },
  "GET /files/:id": {
    summary:
      "Download a file; with a size, a small picture of a picture, as WebP without what the camera wrote into it",
    permission: "files:read",
    params: idParams,
    query: z.strictObject({ size: z.enum(thumbnailSizes).optional() }),
    raw: true,
  },
  "GET /files/:id/about": {
    summary: "Name, type and size of a file",
    permission: "files:read",
    params: idParams,
    response: z.object({ data: fileSchema }),
  },
  "GET /stream": { summary: "Live updates as server-sent events", permission: "workspace:read", raw: true },
})

export type UndoPreview = z.output<typeof undoPreviewSchema>
export type Operation = z.output<typeof operationSchema>
export type ThumbnailSize = (typeof thumbnailSizes)[number]
export type SearchHit = z.output<typeof searchHit>
export type StoredFile = z.output<typeof fileSchema>
