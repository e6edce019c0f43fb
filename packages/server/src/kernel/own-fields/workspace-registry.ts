import { withChoiceLists } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { type OwnField, ownPrefix, withOwnFields } from "@regulars/contract/kernel/own-fields.ts"
import { type ObjectType, withObjects } from "@regulars/contract/kernel/own-objects.ts"
import type { Context, Registry, Services } from "../context.ts"
import { tellWithin } from "../db/notification.ts"
import { sql } from "../db/sql.ts"
import type { Tx } from "../db/transaction.ts"
import { eventsOfObject, objectTypesOf, rulesOfObject } from "../own-objects/object-types.ts"
import { choiceRowsOf, type ListRow, listsOf } from "./choice-rows.ts"

/** Workspaces remembered by a process; beyond it all are asked for again. */
const capacity = 2000
interface Cache {
  registries: Map<string, Registry>
  /** How often something was forgotten: what was asked for before may be out of date. */
  forgotten: number
}
const caches = new WeakMap<Services, Cache>()

/**
 * What the product declares, with the own fields and objects of the workspace, as this process remembers it: asked for once and
 * again after a change of the fields, whichever process it was made in. Who writes by it tells the gate its
 * `fieldsVersion`.
 */
export function rememberedRegistry(services: Services, workspaceId: string): Registry | undefined {
  return cacheOf(services).registries.get(workspaceId)
}
/**
 * The same, as it is within a transaction that has changed it, for that transaction alone; also with the objects and
 * fields that were removed and may come back.
 */
export async function registryWithin(
  { services, tx }: Pick<Context, "services" | "tx">,
  { withRemoved = false } = {},
): Promise<Registry> {
  return registryWith(services.registry, await ownFieldsIn(tx, withRemoved))
}
/** The same, as the database has it, and remembered from now on. */
export async function readRegistry(services: Services, tx: Tx): Promise<Registry> {
  const cache = cacheOf(services)
  const { forgotten } = cache
  const registry = await registryWithin({ services, tx })
  // A change that was told of meanwhile may not be in it.
  if (cache.forgotten !== forgotten) return registry
  if (cache.registries.size >= capacity) cache.registries.clear()
  cache.registries.set(tx.workspaceId, registry)
  return registry
}
export function forgetRegistry(services: Services, workspaceId: string): void {
  const cache = cacheOf(services)
  cache.forgotten += 1
  cache.registries.delete(workspaceId)
}
/** After a time in which messages of other processes may have been missed. */
export function forgetRegistries(services: Services): void {
  const cache = cacheOf(services)
  cache.forgotten += 1
  cache.registries.clear()
}

/** Of the message that tells of changed fields, in this and every other process. */
const fieldsChanged = { type: "changed", entity: "fields", id: null, version: null } as const
/**
 * Gives the workspace's own fields another version, with the caller's transaction: every process forgets what it knew
 * of them, open pages ask again, and writes that began by the version before are refused at the gate.
 */
export function fieldsHaveChanged({ tx, services }: Pick<Context, "tx" | "services">): void {
  tx.write(sql`update workspaces set fields_version = fields_version + 1 where id = ${tx.workspaceId}`)
  tellWithin(tx, services.live, fieldsChanged)
}

function cacheOf(services: Services): Cache {
  const known = caches.get(services)
  if (known) return known
  const cache: Cache = { registries: new Map(), forgotten: 0 }
  caches.set(services, cache)
  services.live.onMessage((workspaceId, message) => {
    if (message.type === "changed" && message.entity === fieldsChanged.entity)
      forgetRegistry(services, workspaceId)
  })
  return cache
}

/** Columns of an own field, as the contract names them. */
export const ownFieldColumns = sql`
  id, entity, key, slot, label, help, field_group as "group", position, type, options, required, stages,
  default_value as "default", is_unique as "unique", hidden`

type KeptField = OwnField & { deletedAt: string | null }
interface OwnFields {
  version: number
  fields: KeptField[]
  types: ObjectType[]
  computing: string[]
  choices: ListRow[]
}
/** All in one statement, so that the version is that of the fields, objects and choices. */
async function ownFieldsIn(tx: Tx, withRemoved: boolean): Promise<OwnFields> {
  const rows = await tx.rows<
    KeptField & Omit<OwnFields, "fields" | "version"> & { fieldsVersion: number }
  >(sql`
    select w.fields_version as "fieldsVersion", f.*, ${objectTypesOf(tx, withRemoved)} as types,
      ${choiceRowsOf(tx)} as choices,
      array(select c.entity from field_computations c where c.workspace_id = ${tx.workspaceId}) as computing
    from workspaces w
    left join (
      select ${ownFieldColumns}, deleted_at as "deletedAt" from own_fields
      where workspace_id = ${tx.workspaceId} and ${withRemoved ? sql`true` : sql`deleted_at is null`}) f on true
    where w.id = ${tx.workspaceId} order by f.position, f.id`)
  return {
    version: rows[0]?.fieldsVersion ?? 0,
    // A workspace without any is one row without a field.
    fields: rows.filter(({ id }) => id !== null),
    types: rows[0]?.types ?? [],
    computing: rows[0]?.computing ?? [],
    choices: rows[0]?.choices ?? [],
  }
}

/**
 * Removed fields keep what is moved with a record, and no more: nobody is refused because of them, nothing is found or
 * worked out by them. Of several by one name the living one has it, or else the one that was removed last.
 */
function withRemovedFields(entity: EntityDeclaration, removed: readonly KeptField[]): EntityDeclaration {
  const kept = removed
    .filter(({ key, type }) => !entity.fields[ownPrefix + key] && type !== "formula" && type !== "rollup")
    .toSorted((one, other) => Date.parse(one.deletedAt ?? "") - Date.parse(other.deletedAt ?? ""))
    .map((field) => ({ ...field, unique: false, required: "never" as const }))
  const { fields } = withOwnFields(entity, kept)
  const silent = kept.map(({ key }) => [ownPrefix + key, { ...fields[ownPrefix + key], search: false }])
  return silent.length === 0 ? entity : { ...entity, fields: { ...fields, ...Object.fromEntries(silent) } }
}

function registryWith(base: Registry, { version, fields, types, computing, choices }: OwnFields): Registry {
  const choiceLists = listsOf(base.choiceLists, choices)
  const withObjectsOf = withObjects(base.entities, types)
  const declared =
    choices.length === 0 ? withObjectsOf : withObjectsOf.map((entity) => withChoiceLists(entity, choiceLists))
  const targets = new Set([undefined, "members", ...declared.map(({ name }) => name)])
  // What a removed link led to may be forgotten before it.
  const there = fields.filter(({ deletedAt, options }) => deletedAt === null || targets.has(options.target))
  const byEntity = Map.groupBy(there, (field) => field.entity)
  const entities = declared.map((entity) => {
    const own = byEntity.get(entity.name) ?? []
    const [living, removed] = [true, false].map((alive) =>
      own.filter((one) => (one.deletedAt === null) === alive),
    )
    return withRemovedFields(withOwnFields(entity, living ?? []), removed ?? [])
  })
  const byName = new Map(entities.map((entity) => [entity.name, entity]))
  const bySubject = new Map(entities.map((entity) => [entity.singular, entity]))
  const objects = entities.filter(({ object }) => object)
  const rules = new Map(
    objects.map((entity) => [entity.name, rulesOfObject({ entity: (name) => byName.get(name) }, entity)]),
  )
  return {
    ...base,
    fieldsVersion: version,
    computing: new Set(computing),
    choiceLists,
    entities,
    entity: (name) => byName.get(name),
    entityOfSubject: (singular) => bySubject.get(singular),
    rules: (name) => rules.get(name) ?? base.rules(name),
    events: new Set([...base.events, ...objects.flatMap(eventsOfObject)]),
  }
}
