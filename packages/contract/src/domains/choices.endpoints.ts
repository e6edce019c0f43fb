import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { choiceColors } from "../kernel/own-fields.ts"

/** Words for a choice, as callers write them. */
export const choiceText = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((value) => !value.includes("\0") && value.isWellFormed(), "must be well-formed text")
export const choiceParts = {
  label: choiceText,
  color: z.enum(choiceColors).nullable(),
  /** Place among the others of its kind, from 0. */
  position: z.int().min(0).max(1000),
}
/** Of the choice that records take over from one that is removed. */
export const moveTo = z.strictObject({ moveTo: z.string().max(60).optional() })
const list = z.string().max(60)
const id = z.string().max(60)

export const listedChoiceSchema = z.object({
  id: z.string(),
  /** The workspace's own word; null where the product's texts name it. */
  label: z.string().nullable(),
  /** What it is called, in the caller's language. */
  name: z.string(),
  color: z.string().nullable(),
  group: z.string().nullable(),
  options: z.record(z.string(), z.unknown()),
  /** Removed ones are told as well, for what still names them. */
  deletedAt: z.string().nullable(),
})
const one = z.object({ data: listedChoiceSchema })

export const choicesEndpoints = defineEndpoints({
  "GET /choice-lists": {
    summary: "Lists of choices that a workspace may change, each in its order",
    permission: "fields:read",
    response: z.object({ data: z.record(z.string(), z.array(listedChoiceSchema)) }),
  },
  "POST /choice-lists/:list": {
    summary: "Add a choice to a list",
    permission: "fields:update",
    alone: true,
    status: 201,
    params: z.strictObject({ list }),
    body: z.strictObject({ ...z.object(choiceParts).partial().shape, label: choiceText }),
    response: one,
  },
  "PATCH /choice-lists/:list/:id": {
    summary: "Call a choice something else, colour it, or move it",
    permission: "fields:update",
    alone: true,
    params: z.strictObject({ list, id }),
    body: z.strictObject(choiceParts).partial(),
    response: one,
  },
  "DELETE /choice-lists/:list/:id": {
    summary: "Remove a choice; refused while records hold it, unless they are to take another one",
    permission: "fields:update",
    alone: true,
    status: 204,
    params: z.strictObject({ list, id }),
    query: moveTo,
  },
})
export type ListedChoiceAnswer = z.output<typeof listedChoiceSchema>
