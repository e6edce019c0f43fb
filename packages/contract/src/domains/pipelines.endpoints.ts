import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { choiceParts, choiceText, moveTo } from "./choices.endpoints.ts"

const id = z.string().max(60)
const keys = z.array(z.string().max(100)).max(20)
const stageParts = {
  ...choiceParts,
  /** What has become of a deal that stands here. */
  kind: z.enum(["open", "won", "lost"]),
  /** How many of a hundred such deals are won. */
  probability: z.number().min(0).max(100),
  /** Days a deal is expected to stay. */
  days: z.int().min(1).max(3650).nullable(),
  /** Fields without which no deal comes here. */
  requires: keys,
  /** Fields without which none goes on to a later stage. */
  leaves: keys,
  /** What has to be ticked off before it does. */
  checklist: z.array(choiceText).max(20),
}
const newStage = z.strictObject({ ...z.object(stageParts).partial().shape, label: choiceText })

const told = {
  id: z.string(),
  label: z.string().nullable(),
  name: z.string(),
  color: z.string().nullable(),
}
const stageSchema = z.object({
  ...told,
  kind: z.enum(["open", "won", "lost"]),
  probability: z.number(),
  days: z.number().nullable(),
  requires: z.array(z.string()),
  leaves: z.array(z.string()),
  checklist: z.array(z.string()),
})
const pipelineSchema = z.object({ ...told, stages: z.array(stageSchema) })
const one = z.object({ data: pipelineSchema })
const spanSchema = z.object({
  pipeline: z.string(),
  stage: z.string(),
  enteredAt: z.string(),
  leftAt: z.string().nullable(),
  /** How long, until now where the deal stands there still. */
  days: z.number(),
  /** Id of the member who brought it there. */
  movedBy: z.string().nullable(),
})

export const pipelinesEndpoints = defineEndpoints({
  "GET /pipelines": {
    summary: "Pipelines with their stages, in their order",
    permission: "deals:read",
    response: z.object({ data: z.array(pipelineSchema) }),
  },
  "POST /pipelines": {
    summary: "Add a pipeline; without stages of its own it begins with those of the first",
    permission: "fields:update",
    alone: true,
    status: 201,
    body: z.strictObject({
      ...z.object(choiceParts).partial().shape,
      label: choiceText,
      stages: z.array(newStage).min(1).max(30).optional(),
    }),
    response: one,
  },
  "PATCH /pipelines/:id": {
    summary: "Call a pipeline something else, or move it",
    permission: "fields:update",
    alone: true,
    params: z.strictObject({ id }),
    body: z.strictObject(choiceParts).partial(),
    response: one,
  },
  "DELETE /pipelines/:id": {
    summary: "Remove a pipeline; refused while deals stand in it, unless they are to go to a stage elsewhere",
    permission: "fields:update",
    alone: true,
    status: 204,
    params: z.strictObject({ id }),
    query: moveTo,
  },
  "POST /pipelines/:id/stages": {
    summary: "Add a stage to a pipeline",
    permission: "fields:update",
    alone: true,
    status: 201,
    params: z.strictObject({ id }),
    body: newStage,
    response: one,
  },
  "PATCH /pipelines/:id/stages/:stage": {
    summary: "Change a stage: its name, its place, what it asks for",
    permission: "fields:update",
    alone: true,
    params: z.strictObject({ id, stage: id }),
    body: z.strictObject(stageParts).partial(),
    response: one,
  },
  "DELETE /pipelines/:id/stages/:stage": {
    summary: "Remove a stage; refused while deals stand in it, unless they are to go to another one",
    permission: "fields:update",
    alone: true,
    status: 204,
    params: z.strictObject({ id, stage: id }),
    query: moveTo,
  },
  "GET /deals/:id/stages": {
    summary: "The stages a deal stood in, and for how long",
    permission: "deals:read",
    params: idParams,
    response: z.object({ data: z.array(spanSchema) }),
  },
  "POST /deals/:id/clone": {
    summary: "Begin a new deal with the values of another",
    permission: "deals:create",
    status: 201,
    params: idParams,
    body: z.strictObject({ name: z.string().trim().min(1).max(300).optional() }),
    response: z.object({ data: z.object({ id: z.string() }) }),
  },
})
export type Pipeline = z.output<typeof pipelineSchema>
export type Stage = z.output<typeof stageSchema>
export type DealSpan = z.output<typeof spanSchema>
