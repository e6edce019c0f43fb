import { z } from "zod"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import type { EntityDeclaration } from "./entity.ts"
import { filterSchema } from "./filter.schema.ts"
import type { Filter } from "./filter.ts"
import { type GroupPeriod, groupPeriods } from "./grouping.ts"

const fields = z.array(z.string().max(100)).max(20).default([])
const scope = { filter: filterSchema.optional(), deleted: z.boolean().optional() }

/** Of the records with a value; amounts of money once for each currency. */
const figures = z.object({
  currency: z.string().nullable(),
  count: z.number(),
  sum: z.number(),
  average: z.number(),
  min: z.number(),
  max: z.number(),
})
const figuresByField = z.record(z.string(), z.array(figures))
/** Made by the server; answers are written without a schema that contains itself. */
const madeFilter = z.record(z.string(), z.unknown()) as z.ZodType<unknown> as z.ZodType<Filter>
const group = z.object({
  /** A choice, a tag, the id of a linked record, true or false, the first day of a period; null without a value. */
  value: z.union([z.string(), z.boolean()]).nullable(),
  count: z.number(),
  figures: figuresByField,
  /** What finds the records of this group, beside the filter of the list. */
  filter: madeFilter,
})
const groupsAnswer = z.object({
  data: z.array(group),
  /** There are more groups than are answered: the largest are. */
  capped: z.boolean(),
  /** Records in all groups; one with several tags counts once. */
  total: z.number(),
  included: z.record(z.string(), z.record(z.string(), z.string())),
})
export type Figures = z.output<typeof figures>
export type FiguresByField = z.output<typeof figuresByField>
export type Group = z.output<typeof group>
export type GroupsAnswer = z.output<typeof groupsAnswer>
export interface GroupsRequest {
  by: string
  period: GroupPeriod
  fields: string[]
  filter?: Filter | undefined
  deleted?: boolean | undefined
}
export type AggregateRequest = Pick<GroupsRequest, "fields" | "filter" | "deleted">

/** What a list adds up to, as a whole and by groups. */
export function groupsEndpoints({ name }: EntityDeclaration): Record<EndpointKey, Endpoint> {
  const endpoints: Record<string, Endpoint> = {
    [`POST /${name}/aggregate`]: {
      summary: `Count ${name} and add up their numbers: sum, average, smallest, largest`,
      permission: `${name}:read`,
      readOnly: true,
      body: z.strictObject({ ...scope, fields }),
      response: z.object({ data: z.object({ count: z.number(), figures: figuresByField }) }),
    },
    [`POST /${name}/groups`]: {
      summary: `Count ${name} by a choice, link, tag, yes/no or date, with figures of each group`,
      permission: `${name}:read`,
      readOnly: true,
      body: z.strictObject({
        ...scope,
        fields,
        by: z.string().max(100),
        period: z.enum(groupPeriods).default("month"),
      }),
      response: groupsAnswer,
    },
  }
  return endpoints as Record<EndpointKey, Endpoint>
}
