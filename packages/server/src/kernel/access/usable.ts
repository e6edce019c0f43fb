import { entityRights } from "@regulars/contract/domains/rights.ts"
import { entityList } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fieldOf, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { FieldError } from "@regulars/contract/kernel/errors.ts"
import { emptyValue, type Field, type Rollup, rollupSource } from "@regulars/contract/kernel/fields.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { AppError } from "../errors.ts"
import { namesIn } from "../own-fields/formula.ts"
import type { Values } from "../records/columns.ts"
import type { Access } from "./access.ts"
import type { Asking } from "./policy.ts"

type Caller = Pick<Asking, "access">
const known = new WeakMap<Access, WeakMap<EntityDeclaration, EntityDeclaration>>()

/**
 * An entity as the caller may use it: hidden fields are not there, those that may only be read are read-only. What
 * a caller names or is answered goes through it; the product itself goes on with the whole declaration.
 */
export function usableEntity({ access }: Caller, entity: EntityDeclaration): EntityDeclaration {
  if (!access) return entity
  const limits = entityRights(access.rights, entity.name).fields
  const own = known.get(access) ?? new WeakMap<EntityDeclaration, EntityDeclaration>()
  known.set(access, own)
  const before = own.get(entity)
  if (before) return before
  const hidden = hiddenKeys({ access }, entity)
  if (hidden.length === 0 && Object.keys(limits).length === 0) {
    own.set(entity, entity)
    return entity
  }
  const fields: Record<string, Field> = {}
  for (const [key, field] of Object.entries(entity.fields)) {
    if (hidden.includes(key)) continue
    fields[key] = isLimited(limits, entity, key) ? { ...field, readOnly: true } : field
  }
  const sortKey = entity.defaultSort.replace(/^-/, "")
  const isThere = (key: string) => Object.hasOwn(fields, key)
  const { subtitle, duplicateKeys } = entity
  const usable: EntityDeclaration = {
    ...entity,
    fields,
    defaultSort:
      isThere(sortKey) || fieldOf({ ...entity, fields }, sortKey) ? entity.defaultSort : "createdAt",
    ...(subtitle && { subtitle: subtitle.filter(isThere) }),
    ...(duplicateKeys && { duplicateKeys: duplicateKeys.filter(isThere) }),
  }
  own.set(entity, usable)
  return usable
}
/** Keys the caller must not see, whatever follows from them and roll-ups over what they can't see among these; own fields are named `custom.<key>`. */
export function hiddenKeys({ access }: Caller, { name, fields }: EntityDeclaration): string[] {
  if (!access) return []
  const limits = entityRights(access.rights, name).fields
  const hidden = Object.keys(limits).filter((key) => limits[key] === "hidden")
  for (const [key, { rollup }] of Object.entries(fields))
    if (rollup && !seesAllOf(access, rollup)) hidden.push(key)
  if (hidden.length === 0) return []
  return withFollowing(fields, hidden)
}
/** These keys and those of fields whose values follow from them, one from the other. */
function withFollowing(fields: EntityDeclaration["fields"], keys: readonly string[]): string[] {
  const all = new Set(keys)
  let before: number
  do {
    before = all.size
    for (const [key, { formula, follows }] of Object.entries(fields)) {
      if (all.has(key)) continue
      const read = follows ?? (formula === undefined ? [] : namesIn(formula))
      if (read.some((one) => all.has(one))) all.add(key)
    }
  } while (all.size > before)
  return [...all]
}
/** A roll-up is of everybody's records: it is for who sees all of them, and the fields it is made of. */
function seesAllOf(access: Access, rollup: Rollup): boolean {
  const { entity, key } = rollupSource(rollup)
  const { see, fields } = entityRights(access.rights, entity)
  const read = [key, rollup.field, rollup.where?.field]
  const declared = entityList.find(({ name }) => name === entity)?.fields ?? {}
  const hidden = withFollowing(
    declared,
    Object.keys(fields).filter((one) => fields[one] === "hidden"),
  )
  return see === "all" && read.every((one) => one === undefined || !hidden.includes(one))
}
/** Whether a name made of other fields, as the search index keeps it, would show what is hidden. */
export function hidesSubtitles(caller: Caller, entity: EntityDeclaration): boolean {
  return hiddenKeys(caller, entity).some((key) => entity.subtitle?.includes(key))
}

/** Whether the search text of an entity holds what is hidden from the caller. */
export function hidesSearched(
  { access, registry }: Pick<Asking, "access" | "registry">,
  name: string,
): boolean {
  const entity = access && registry.entity(name)
  if (!entity) return false
  const hidden = hiddenKeys({ access }, entity)
  // Until it is written anew it holds what was searched by an earlier declaration, and of removed fields.
  if (registry.computing.has(name) && hidden.some(isOwnKey)) return true
  return hidden.some((key) => entity.fields[key]?.search)
}

/** A record, or a part of one, without what the caller must not see. */
export function shown<T extends Values>(caller: Caller, entity: EntityDeclaration, record: T): T {
  const hidden = hiddenKeys(caller, entity)
  if (hidden.length === 0) return record
  const rest: Values = { ...record }
  for (const key of hidden) delete rest[key]
  return rest as T
}

/** The same where every key has to be there: what is hidden stands as empty. */
export function blanked<T extends object>(caller: Caller, entity: EntityDeclaration, row: T): T {
  const hidden = hiddenKeys(caller, entity).filter((key) => key in row && key in entity.fields)
  if (hidden.length === 0) return row
  return { ...row, ...Object.fromEntries(hidden.map((key) => [key, emptyValue(entity.fields[key]!)])) }
}

/** Refuses values the caller may not write, like fields that do not exist. Throws `unknown_field`. */
export function refuseFields(caller: Caller, entity: EntityDeclaration, values: Values, path = ""): void {
  if (!caller.access) return
  const errors = refusedFields(caller, entity, values, path)
  if (errors.length > 0)
    throw new AppError("unknown_field", { detail: `${errors[0]?.path}: ${errors[0]?.message}`, errors })
}
export function refusedFields(
  caller: Caller,
  entity: EntityDeclaration,
  values: Values,
  path = "",
): FieldError[] {
  const { access } = caller
  if (!access) return []
  const limits = entityRights(access.rights, entity.name).fields
  if (Object.keys(limits).length === 0) return []
  const own = Object.keys((values.custom as Values | undefined) ?? {}).map((key) => `custom.${key}`)
  return [...Object.keys(values), ...own]
    .filter((key) => isLimited(limits, entity, key))
    .map((key) => ({
      path: path === "" ? key : `${path}.${key}`,
      code: "unknown_field",
      message: "is not a field that can be set",
    }))
}
/** A choice and the one it stands below, a stage and its pipeline, write each other: whoever writes one may write both. */
function isLimited(
  limits: Readonly<Record<string, unknown>>,
  { fields }: EntityDeclaration,
  key: string,
): boolean {
  const together = Object.entries(fields).flatMap(([below, field]) => {
    const above = field.type === "choice" ? field.choiceGroup : undefined
    return above === key ? [below] : above !== undefined && below === key ? [above] : []
  })
  return [key, ...together].some((one) => Object.hasOwn(limits, one))
}
/** Whether the caller may write a field at all. */
export function mayWrite(caller: Caller, entity: EntityDeclaration, key: string): boolean {
  const field = usableEntity(caller, entity).fields[key]
  return field !== undefined && isWritable(field)
}
