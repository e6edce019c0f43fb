/** How far a right reaches, from nothing to everything: own records, those of one's teams, all. */
export const reaches = ["none", "own", "team", "all"] as const
export type Reach = (typeof reaches)[number]
/** What a role may do with a field; a field that is not named may be edited. */
export const fieldLimits = ["hidden", "read"] as const
export type FieldLimit = (typeof fieldLimits)[number]
export const recordActions = ["see", "edit", "delete", "export"] as const
export type RecordAction = (typeof recordActions)[number]

export interface EntityRights extends Record<RecordAction, Reach> {
  create: boolean
  fields: Record<string, FieldLimit>
}
/**
 * What a role may do: by entity, by area of the product (`imports`) and by action (`members:update`). What is not
 * named is not allowed, so that what a later release adds is switched on by somebody.
 */
export interface Rights {
  entities: Record<string, EntityRights>
  areas: Record<string, boolean>
  actions: Record<string, boolean>
}
export const shareAccess = ["see", "edit"] as const
export type ShareAccess = (typeof shareAccess)[number]

/** Rights to an entity that a role does not name. */
export const noEntityRights: EntityRights = {
  see: "none",
  create: false,
  edit: "none",
  delete: "none",
  export: "none",
  fields: {},
}
export function entityRights(rights: Rights, entity: string): EntityRights {
  return Object.hasOwn(rights.entities, entity) ? rights.entities[entity]! : noEntityRights
}
/** The narrower of two. */
export function narrower(one: Reach, other: Reach): Reach {
  return reaches.indexOf(one) < reaches.indexOf(other) ? one : other
}
function fieldLimit(rights: EntityRights, key: string): FieldLimit | undefined {
  return Object.hasOwn(rights.fields, key) ? rights.fields[key] : undefined
}
/** Whether whoever has `mine` could give `theirs`: nobody gives more than they have. */
export function covers(mine: Rights, theirs: Rights): boolean {
  const entitiesCovered = Object.entries(theirs.entities).every(([name, their]) => {
    const my = entityRights(mine, name)
    const fieldRank = (rights: EntityRights, key: string) => {
      const limit = fieldLimit(rights, key)
      return limit === undefined ? fieldLimits.length : fieldLimits.indexOf(limit)
    }
    return (
      recordActions.every((action) => narrower(my[action], their[action]) === their[action]) &&
      (my.create || !their.create) &&
      (their.see === "none" ||
        Object.keys(my.fields).every((key) => fieldRank(my, key) >= fieldRank(their, key)))
    )
  })
  const given = (own: Record<string, boolean>) => Object.keys(own).filter((key) => own[key])
  return (
    entitiesCovered &&
    given(theirs.areas).every((key) => mine.areas[key]) &&
    given(theirs.actions).every((key) => mine.actions[key])
  )
}
