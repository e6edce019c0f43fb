import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { filterSchema } from "../kernel/filter.schema.ts"
import type { Filter } from "../kernel/filter.ts"

const name = z.string().trim().min(1).max(120)
const entity = z.string().max(60)
const fieldNames = z.array(z.string().max(100))
const widths = z.record(z.string().max(100), z.int().min(40).max(1000))
/** What a list shows. Null: as it is before anyone chooses. */
const state = {
  search: z.string().max(200),
  filter: filterSchema.nullable(),
  sort: fieldNames.max(3).nullable(),
  columns: fieldNames.max(200).nullable(),
  /** Field the list is grouped by; dates with their period: `createdAt:month`. */
  grouping: z.string().max(120).nullable(),
  /** Null for a table, else `cards`, or with a field `board:lifecycleStage` or `calendar:birthday`. */
  layout: z.string().max(120).nullable(),
  widths: widths.refine((value) => Object.keys(value).length <= 200, "too many").nullable(),
}
/** Views stand in the order of this number. */
const position = z.number().min(-1e9).max(1e9)
const changeable = {
  ...state,
  /** Seen by every member; otherwise by its owner alone. */
  shared: z.boolean(),
  /** Stands in the sidebar of everybody who sees it and has not chosen otherwise. */
  pinned: z.boolean(),
  position,
}
/** A member's own choice for their sidebar; null: as for everybody. */
const pin = z.strictObject({ pinned: z.boolean().nullable(), position: position.nullable() })

/** As it was kept; it was checked then, and answers are written without a schema that contains itself. */
const storedFilter = z.record(z.string(), z.unknown()) as z.ZodType<unknown> as z.ZodType<Filter>

export const viewSchema = z.object({
  id: z.string(),
  version: z.number(),
  entity: z.string(),
  name: z.string(),
  ...changeable,
  filter: storedFilter.nullable(),
  widths: z.record(z.string(), z.number()).nullable(),
  /** What the caller chose for their own sidebar; null: nothing. */
  pin: z.object({ pinned: z.boolean().nullable(), position: z.number().nullable() }).nullable(),
  ownerId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
  /** What no longer works, such as a condition on a field that is gone; `path` leads to it within the view. */
  problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  can: z.object({ update: z.boolean(), delete: z.boolean(), restore: z.boolean() }),
})
const one = z.object({ data: viewSchema })
/** Which view a list opens with; null: no choice. `all`: everything, whatever is everybody's. */
const defaults = z.record(
  z.string(),
  z.object({ everyone: z.string().nullable(), own: z.string().nullable() }),
)

export const viewsEndpoints = defineEndpoints({
  "GET /views": {
    summary: "One's own views and those shared with everybody, in their order",
    permission: "views:read",
    query: z.strictObject({
      entity: entity.optional(),
      /** Those in the bin that the caller may restore. */
      deleted: z.enum(["true", "false"]).optional(),
    }),
    response: z.object({ data: z.array(viewSchema), defaults }),
  },
  "POST /views": {
    summary: "Keep how a list is shown under a name",
    permission: "views:create",
    status: 201,
    body: z.strictObject({ entity, name, ...z.object(changeable).partial().shape }),
    response: one,
  },
  "PATCH /views/:id": {
    summary: "Change a view: one's own, or as an administrator a shared one",
    permission: "views:update",
    params: idParams,
    body: z.strictObject({ name, ...changeable }).partial(),
    response: one,
  },
  "DELETE /views/:id": {
    summary: "Move a view to the bin",
    permission: "views:update",
    status: 204,
    params: idParams,
  },
  "POST /views/:id/restore": {
    summary: "Restore a view from the bin",
    permission: "views:update",
    params: idParams,
    response: one,
  },
  "PATCH /views/:id/pin": {
    summary: "Put a view into one's own sidebar, take it out, or give it another place there",
    permission: "views:update",
    params: idParams,
    body: pin.partial(),
    response: one,
  },
  "POST /views/default": {
    summary: "Choose the view a list opens with, for oneself or, as an administrator, for everyone",
    permission: "views:update",
    body: z.strictObject({
      entity,
      for: z.enum(["me", "everyone"]),
      /** `all`: everything. Null: no choice, so that a member's list opens with everyone's. */
      viewId: z.union([z.guid().toLowerCase(), z.literal("all")]).nullable(),
    }),
    response: z.object({ data: defaults }),
  },
})

export type View = z.output<typeof viewSchema>
export type ViewDefaults = z.output<typeof defaults>
