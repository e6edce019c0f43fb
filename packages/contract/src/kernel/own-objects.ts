import type { EntityDeclaration } from "./entity.ts"
import type { Field } from "./fields.ts"
import type { ObjectIcon } from "./object-icons.ts"

/**
 * Things a workspace declared itself. In the registry they stand beside the product's entities as `objects/<key>`,
 * which is their address in the API, too, and can't meet any name of the product's.
 */
export const objectPrefix = "objects/"

/** An object as a workspace declares it. */
export interface ObjectType {
  id: string
  /** Its name in the API; made once and never changed. */
  key: string
  /** What one is called, and many. */
  one: string
  many: string
  icon: ObjectIcon
  position: number
}

export type ObjectName = `${typeof objectPrefix}${string}`
export function isObjectName(name: string): name is ObjectName {
  return name.startsWith(objectPrefix)
}

const fields = {
  name: {
    type: "text",
    max: 300,
    required: true,
    search: true,
    lookUp: true,
    sort: true,
    column: true,
    group: "basics",
  },
  ownerId: { type: "link", target: "members", column: true, group: "relation" },
} as const satisfies Record<string, Field>
/** What every object has, for types. */
export const objectFields = { fields }
/** An object as an entity: it has a name and an owner, everything else are own fields. */
export function entityOfObject({ id, key, one, many, icon }: ObjectType): EntityDeclaration {
  const name = objectPrefix + key
  return {
    name,
    singular: name,
    title: "name",
    defaultSort: "name",
    pages: true,
    timeline: true,
    transfer: true,
    access: { owner: "ownerId" },
    object: { id, one, many, icon },
    fields,
  }
}
/** These entities with the objects of a workspace after them, which notes and their like can be about as well. */
export function withObjects(
  entities: readonly EntityDeclaration[],
  types: readonly ObjectType[],
): readonly EntityDeclaration[] {
  if (types.length === 0) return entities
  const objects = types.map(entityOfObject)
  const names = objects.map(({ name }) => name)
  const told = entities.map((entity) => {
    const about = entity.access?.about
    const field = about === undefined ? undefined : entity.fields[about]
    if (about === undefined || field?.type !== "links") return entity
    return {
      ...entity,
      fields: { ...entity.fields, [about]: { ...field, targets: [...field.targets, ...names] } },
    }
  })
  return [...told, ...objects]
}
