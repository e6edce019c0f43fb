import { z } from "zod"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import { entityEndpoints } from "./entity-endpoints.ts"
import { entityOfObject } from "./own-objects.ts"

/** Stands for whichever object a request names. */
export const anyObject = entityOfObject({
  id: "",
  key: ":object",
  one: "",
  many: "",
  icon: "box",
  position: 0,
})
const object = z.string().max(60)

/** The endpoints every entity has, once for all own objects; the one that is meant is a parameter. */
export function objectEndpoints(): Record<EndpointKey, Endpoint> {
  const endpoints = Object.entries(entityEndpoints(anyObject)) as [EndpointKey, Endpoint][]
  return Object.fromEntries(
    endpoints.map(([key, endpoint]) => [
      key,
      {
        ...endpoint,
        summary: endpoint.summary.replaceAll(anyObject.name, "records of an own object"),
        permission: endpoint.permission.replace(anyObject.name, "objects"),
        params: ((endpoint.params as z.ZodObject | undefined) ?? z.strictObject({})).extend({ object }),
      },
    ]),
  ) as Record<EndpointKey, Endpoint>
}
