import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { choiceColors, ownFieldTypes } from "../kernel/own-fields.ts"

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\0") && value.isWellFormed(), "must be well-formed text")
const label = text(120).trim().min(1)
const entity = z.string().max(60)
/** As a column's name in SQL, `custom.` before it, it has 63 bytes; names that every object has would be read from there. */
const key = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,49}$/, "is not a name such as shoeSize")
  .refine((name) => !(name in Object.prototype), "is a name that can't be given")
const choice = z.strictObject({
  /** Left out for a new one: made from the label. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-zA-Z0-9-]{0,59}$/)
    .optional(),
  label,
  color: z.enum(choiceColors).nullish(),
})
const path = z.string().max(120)
const rollup = z.strictObject({
  /** Entity and link: `tasks.about`, `people.companyId`, `people.custom.mentor`. */
  from: path,
  of: z.enum(["count", "sum", "min", "max", "latest"]),
  /** Of which field of these records; none for a count. */
  field: path.optional(),
  /** Only those in which a choice is one of these. */
  where: z.strictObject({ field: path, isAnyOf: z.array(z.string().max(120)).min(1).max(50) }).optional(),
})
const options = z.strictObject({
  choices: z.array(choice).max(300).optional(),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/i, "is not a currency code such as EUR")
    .toUpperCase()
    .optional(),
  decimals: z.int().min(0).max(8).optional(),
  max: z.int().min(2).max(10).optional(),
  target: z.string().max(60).optional(),
  /** Over fields by their names in the API: `size * custom.price`, `if(custom.club, 'yes', 'no')`. */
  formula: text(1000).optional(),
  rollup: rollup.optional(),
})
const changeable = {
  label,
  help: text(500).trim(),
  group: text(60).trim().min(1),
  position: z.number().min(-1e9).max(1e9),
  options,
  required: z.enum(["never", "always", "stages"]),
  stages: z.array(z.string().max(60)).max(30),
  /** What a new record holds where nothing is said; null: nothing. */
  default: z.unknown(),
  unique: z.boolean(),
  hidden: z.boolean(),
}
const type = z.enum(ownFieldTypes)

export const ownFieldSchema = z.object({
  id: z.string(),
  version: z.number(),
  entity: z.string(),
  key: z.string(),
  slot: z.string(),
  label: z.string(),
  help: z.string(),
  group: z.string(),
  position: z.number(),
  type,
  options: z.object({
    choices: z
      .array(z.object({ id: z.string(), label: z.string(), color: z.string().nullable() }))
      .optional(),
    currency: z.string().optional(),
    decimals: z.number().optional(),
    max: z.number().optional(),
    target: z.string().optional(),
    formula: z.string().optional(),
    rollup: rollup.optional(),
    result: z.enum(["number", "text", "date", "boolean", "integer", "money", "dateTime"]).optional(),
  }),
  required: z.enum(["never", "always", "stages"]),
  stages: z.array(z.string()),
  default: z.unknown(),
  unique: z.boolean(),
  hidden: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
})
const one = z.object({ data: ownFieldSchema })
const loss = z.object({
  /** Records that hold a value now. */
  filled: z.number(),
  /** Of these, how many would hold none afterwards. */
  lost: z.number(),
  /** Some of each, as they stand and as they would. */
  examples: z.array(z.object({ recordId: z.string(), from: z.unknown(), to: z.unknown() })),
})

export const fieldsEndpoints = defineEndpoints({
  "GET /fields": {
    summary: "The workspace's own fields, in their order",
    permission: "fields:read",
    query: z.strictObject({
      entity: entity.optional(),
      /** Those removed within the last 30 days. */
      deleted: z.enum(["true", "false"]).optional(),
    }),
    response: z.object({ data: z.array(ownFieldSchema) }),
  },
  "POST /fields": {
    summary: "Add an own field to an entity",
    permission: "fields:update",
    // Whoever changes fields waits for writers of records, and keeps them waiting.
    alone: true,
    status: 201,
    body: z.strictObject({
      entity,
      type,
      /** Its name under `custom`; made from the label when left out. */
      key: key.optional(),
      ...z.object(changeable).partial().shape,
      label,
    }),
    response: one,
  },
  "PATCH /fields/:id": {
    summary:
      "Change an own field; a change of its type converts the values, and the field as it was can be restored",
    permission: "fields:update",
    alone: true,
    params: idParams,
    body: z.strictObject({ type, ...changeable }).partial(),
    response: one,
  },
  "DELETE /fields/:id": {
    summary: "Remove an own field; its values can be restored for 30 days",
    permission: "fields:update",
    alone: true,
    status: 204,
    params: idParams,
  },
  "POST /fields/:id/restore": {
    summary: "Bring back a removed field with its values, in place of the one that took its name",
    permission: "fields:update",
    alone: true,
    params: idParams,
    response: one,
  },
  "POST /fields/:id/preview": {
    summary: "What a change of type or options would do to the values, before anything happens",
    permission: "fields:update",
    params: idParams,
    body: z.strictObject({ type: type.optional(), options: options.optional() }),
    response: z.object({ data: loss }),
    readOnly: true,
  },
})
export type OwnFieldAnswer = z.output<typeof ownFieldSchema>
export type TypeChange = z.output<typeof loss>
