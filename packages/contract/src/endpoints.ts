import type { activities, notes } from "./domains/activities.ts"
import { auditEndpoints } from "./domains/audit.endpoints.ts"
import { backupEndpoints } from "./domains/backup.endpoints.ts"
import type { products } from "./domains/catalog.ts"
import { choicesEndpoints } from "./domains/choices.endpoints.ts"
import type { deals } from "./domains/deals.ts"
import { duplicatesEndpoints } from "./domains/duplicates.endpoints.ts"
import { factorsEndpoints } from "./domains/factors.endpoints.ts"
import { fieldsEndpoints } from "./domains/fields.endpoints.ts"
import { generalEndpoints } from "./domains/general.endpoints.ts"
import { invitationsEndpoints } from "./domains/invitations.endpoints.ts"
import { movingEndpoints } from "./domains/moving.endpoints.ts"
import { objectsEndpoints } from "./domains/objects.endpoints.ts"
import { ordersEndpoints } from "./domains/orders.endpoints.ts"
import type { orders } from "./domains/orders.ts"
import { passkeysEndpoints } from "./domains/passkeys.endpoints.ts"
import type { companies, locations, people, sources } from "./domains/people.ts"
import { pipelinesEndpoints } from "./domains/pipelines.endpoints.ts"
import { providerEndpoints } from "./domains/provider.endpoints.ts"
import { rightsEndpoints } from "./domains/rights.endpoints.ts"
import { sampleEndpoints } from "./domains/sample.endpoints.ts"
import { signInEndpoints } from "./domains/sign-in.endpoints.ts"
import type { tasks } from "./domains/tasks.ts"
import { todayEndpoints } from "./domains/today.endpoints.ts"
import { transferEndpoints } from "./domains/transfer.endpoints.ts"
import { viewsEndpoints } from "./domains/views.endpoints.ts"
import { workspaceEndpoints } from "./domains/workspace.endpoints.ts"
import { entityList } from "./entities.ts"
import type { CallsOf, Endpoint, EndpointKey } from "./kernel/endpoint.ts"
import type { EntityDeclaration } from "./kernel/entity.ts"
import type { EntityCalls } from "./kernel/entity-calls.ts"
import { entityEndpoints } from "./kernel/entity-endpoints.ts"
import { objectEndpoints } from "./kernel/object-endpoints.ts"
import type { ObjectName, objectFields } from "./kernel/own-objects.ts"

export const declaredEndpoints = {
  ...workspaceEndpoints,
  ...factorsEndpoints,
  ...auditEndpoints,
  ...backupEndpoints,
  ...choicesEndpoints,
  ...duplicatesEndpoints,
  ...fieldsEndpoints,
  ...generalEndpoints,
  ...movingEndpoints,
  ...objectsEndpoints,
  ...ordersEndpoints,
  ...passkeysEndpoints,
  ...invitationsEndpoints,
  ...pipelinesEndpoints,
  ...providerEndpoints,
  ...rightsEndpoints,
  ...sampleEndpoints,
  ...signInEndpoints,
  ...todayEndpoints,
  ...transferEndpoints,
  ...viewsEndpoints,
}

/** Every endpoint of a product with these entities, by its key; the server refuses to start when one has no handler. */
export function endpointsOf(entities: readonly EntityDeclaration[]): Record<EndpointKey, Endpoint> {
  return Object.assign({}, ...entities.map(entityEndpoints), objectEndpoints(), declaredEndpoints)
}
export const endpoints = endpointsOf(entityList)

type Named = CallsOf<typeof declaredEndpoints>
type Generic = EntityCalls<typeof people> &
  EntityCalls<typeof companies> &
  EntityCalls<typeof sources> &
  EntityCalls<typeof locations> &
  EntityCalls<typeof notes> &
  EntityCalls<typeof activities> &
  EntityCalls<typeof tasks> &
  EntityCalls<typeof deals> &
  EntityCalls<typeof products> &
  EntityCalls<typeof orders> &
  EntityCalls<Omit<EntityDeclaration, "name" | "fields"> & { name: ObjectName } & typeof objectFields>
/** Calls by endpoint key; the browser imports this type only. */
export type Api = Named & Generic
