import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { objectIcons } from "../kernel/object-icons.ts"

const text = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((value) => !value.includes("\0") && value.isWellFormed(), "must be well-formed text")
/** With `objects/` before it, it is a type of links, which have 40 characters. */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, "is not a name such as coffee-machines")
const changeable = {
  one: text,
  many: text,
  icon: z.enum(objectIcons),
  position: z.number().min(-1e9).max(1e9),
}

export const objectTypeSchema = z.object({
  id: z.string(),
  version: z.number(),
  key: z.string(),
  /** Its name among the entities, and its path in the API. */
  entity: z.string(),
  one: z.string(),
  many: z.string(),
  icon: z.enum(objectIcons),
  position: z.number(),
  /** What the caller's role lets them do with its records at all. */
  can: z.object({ create: z.boolean(), update: z.boolean(), delete: z.boolean() }),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
})
const one = z.object({ data: objectTypeSchema })
const restored = one.extend({
  /** Fields that can't be without something that is gone meanwhile; they wait among the removed ones. */
  removedFields: z.array(z.object({ id: z.string(), label: z.string() })),
})

export const objectsEndpoints = defineEndpoints({
  "GET /object-types": {
    summary: "The workspace's own objects, in their order",
    permission: "fields:read",
    query: z.strictObject({
      /** Those removed within the last 30 days. */
      deleted: z.enum(["true", "false"]).optional(),
    }),
    response: z.object({ data: z.array(objectTypeSchema) }),
  },
  "POST /object-types": {
    summary: "Declare an own object: its records are then found under /objects/<key>",
    permission: "fields:update",
    alone: true,
    status: 201,
    body: z.strictObject({
      ...z.object(changeable).partial().shape,
      one: text,
      many: text,
      /** Made from `many` when left out. */
      key: key.optional(),
    }),
    response: one,
  },
  "PATCH /object-types/:id": {
    summary: "Call an own object something else, or move it; its key stays",
    permission: "fields:update",
    alone: true,
    params: idParams,
    body: z.strictObject(changeable).partial(),
    response: one,
  },
  "DELETE /object-types/:id": {
    summary: "Remove an own object with its records; both can be restored for 30 days",
    permission: "fields:update",
    alone: true,
    status: 204,
    params: idParams,
  },
  "POST /object-types/:id/restore": {
    summary: "Bring back a removed object with its records",
    permission: "fields:update",
    alone: true,
    params: idParams,
    response: restored,
  },
})
export type ObjectTypeAnswer = z.output<typeof objectTypeSchema>
export type RestoredObject = z.output<typeof restored>
