import { type OwnField, withOwnFields } from "@regulars/contract/kernel/own-fields.ts"
import type { Registry, Services } from "../context.ts"
import { sql } from "../db/sql.ts"
import type { Tx } from "../db/transaction.ts"

/** Workspaces remembered by a process; beyond it all are asked for again. */
const capacity = 2000
const caches = new WeakMap<Services, Map<string, Promise<Registry>>>()

/**
 * What the product declares, with the own fields of the workspace. Asked for once per process and again after a
 * change of the fields, whichever process it was made in.
 */
export function registryOf(services: Services, tx: Tx): Promise<Registry> {
  const cache = cacheOf(services)
  const known = cache.get(tx.workspaceId)
  if (known) return known
  if (cache.size >= capacity) cache.clear()
  // Remembered from before the database looks: a change that commits meanwhile takes it away again.
  const registry = ownFieldsIn(tx).then((fields) => registryWith(services.registry, fields))
  cache.set(tx.workspaceId, registry)
  registry.catch(() => cache.delete(tx.workspaceId))
  return registry
}
/** After a time in which messages of other processes may have been missed. */
export function forgetRegistries(services: Services): void {
  cacheOf(services).clear()
}
/** Of the message that tells of changed fields, in this and every other process. */
export const fieldsChanged = { type: "changed", entity: "fields", id: null, version: null } as const

function cacheOf(services: Services): Map<string, Promise<Registry>> {
  const known = caches.get(services)
  if (known) return known
  const cache = new Map<string, Promise<Registry>>()
  caches.set(services, cache)
  services.live.onMessage((workspaceId, message) => {
    if (message.type === "changed" && message.entity === fieldsChanged.entity) cache.delete(workspaceId)
  })
  return cache
}

/** Columns of an own field, as the contract names them. */
export const ownFieldColumns = sql`
  id, entity, key, slot, label, help, field_group as "group", position, type, options, required, stages,
  default_value as "default", is_unique as "unique", hidden`

function ownFieldsIn(tx: Tx): Promise<OwnField[]> {
  return tx.rows<OwnField>(sql`
    select ${ownFieldColumns} from own_fields
    where workspace_id = ${tx.workspaceId} and deleted_at is null order by position, id`)
}

/** The same registry when there are no own fields. */
function registryWith(base: Registry, fields: readonly OwnField[]): Registry {
  if (fields.length === 0) return base
  const byEntity = Map.groupBy(fields, (field) => field.entity)
  const entities = base.entities.map((entity) => withOwnFields(entity, byEntity.get(entity.name) ?? []))
  const byName = new Map(entities.map((entity) => [entity.name, entity]))
  const bySubject = new Map(entities.map((entity) => [entity.singular, entity]))
  return {
    ...base,
    entities,
    entity: (name) => byName.get(name),
    entityOfSubject: (singular) => bySubject.get(singular),
  }
}
