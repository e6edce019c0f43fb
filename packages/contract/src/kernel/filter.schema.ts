import { z } from "zod"
import { type Filter, filterLimits, periods } from "./filter.ts"

const duration = z.strictObject({
  n: z.int().min(0).max(100_000),
  unit: z.enum(["minute", "hour", "day", "week", "month", "year"]),
})
const relativeTime = z.union([
  z.strictObject({ ago: duration }),
  z.strictObject({ ahead: duration }),
  z.strictObject({ period: z.enum(periods as [string, ...string[]]) }),
])
const plain = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
const condition = z.strictObject({
  field: z.string().max(100),
  op: z.string().max(40),
  value: z
    .union([
      plain,
      relativeTime,
      z.array(z.union([z.string().max(2000), z.number(), relativeTime])).max(filterLimits.values),
    ])
    .optional(),
})

/** Shape of a filter; which fields and operators exist is checked against the entity by the compiler. */
export const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(filterSchema).max(filterLimits.conditions) }),
    z.strictObject({ any: z.array(filterSchema).max(filterLimits.conditions) }),
    z.strictObject({ not: filterSchema }),
    condition,
    z.strictObject({
      related: z.string().max(100),
      some: filterSchema.optional(),
      none: filterSchema.optional(),
      every: filterSchema.optional(),
    }),
    z.strictObject({
      event: z.string().max(100),
      count: z
        .strictObject({ atLeast: z.int().min(0).optional(), atMost: z.int().min(0).optional() })
        .optional(),
      within: duration.optional(),
    }),
    z.strictObject({ search: z.string().max(200) }),
  ]),
) as z.ZodType<Filter>

/** A filter inside a URL: JSON text, refused when nested deeper than the limit before it is parsed further. */
export const filterTextSchema = z
  .string()
  .max(20_000)
  .transform((text, issue): unknown => {
    try {
      const value: unknown = JSON.parse(text)
      if (depthOf(value) > filterLimits.depth * 2 + 4) throw new Error("too deep")
      return value
    } catch {
      issue.addIssue({ code: "custom", message: "must be JSON of the filter language" })
      return z.NEVER
    }
  })
  .pipe(filterSchema)

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0
  let deepest = 0
  for (const part of Object.values(value)) deepest = Math.max(deepest, depthOf(part))
  return deepest + 1
}
