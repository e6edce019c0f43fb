import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { ReferenceRule, Registry } from "../context.ts"
import { foreignKeysTo, idColumns } from "../db/catalogue.ts"
import type { Pools } from "../db/pools.ts"
import { columnName } from "./columns.ts"
import { linkParts } from "./replace-references.ts"

/** What the kernel's own tables say of records. */
export const kernelReferences: Readonly<Record<string, ReferenceRule>> = {
  "event_subjects.subject_id": {
    becomes: "move",
    kind: { column: "subject_type", holds: "singular" },
    key: ["occurred_at", "event_id"],
    distinct: true,
    origin: "told_of",
    within: [{ column: "event_id", table: "events" }],
  },
  // Who saw one of the records sees what they became.
  "shares.record_id": {
    becomes: "move",
    kind: { column: "entity", holds: "name" },
    key: ["receiver"],
    distinct: true,
    within: [
      { column: "member_id", table: "members" },
      { column: "team_id", table: "teams" },
    ],
  },
  "changes.record_id": { becomes: "stays" },
  "record_values.record_id": { becomes: "stays" },
  "field_values.record_id": { becomes: "stays" },
  "search_index.record_id": { becomes: "stays" },
  "merged_records.into_id": { becomes: "stays" },
}

/**
 * Finds in the database's catalogue what points at records that can be merged: foreign keys, and columns of the
 * shape "id of some record" (`record_id`, `subject_id`, `person_id`, or any `…_id` beside a column `entity` or
 * `…_type`). Throws a sentence for the first one of which neither a field nor a rule says what becomes of it, and
 * for a field of links that no index finds.
 */
export async function checkReferenceRules(
  { owner }: Pick<Pools, "owner">,
  registry: Registry,
): Promise<void> {
  const merged = registry.entities.filter((entity) => entity.mergeable)
  const declared = new Set<string>()
  for (const entity of registry.entities)
    for (const key of referringFields(entity, merged)) declared.add(`${entity.name}.${columnName(key)}`)
  const found = [
    ...(await foreignKeysTo(
      owner,
      merged.map(({ name }) => name),
    )),
    ...(await idColumns(
      owner,
      merged.map(({ singular }) => singular),
    )),
  ]
  for (const { table, column } of found) {
    const reference = `${table}.${column}`
    if (declared.has(reference) || registry.references.has(reference)) continue
    throw new Error(
      `The table "${table}" points at records by its column "${column}", and nothing says what becomes of that when two of them are merged. Declare it as a field of an entity, or give the reference "${reference}" a rule among the references of its domain.`,
    )
  }
}

/** Keys of the fields by which records of an entity link to any of these. Throws where no index would find them. */
export function referringFields(entity: EntityDeclaration, targets: readonly EntityDeclaration[]): string[] {
  const isTarget = (name: string) => targets.some((target) => target.name === name)
  return Object.entries(entity.fields).flatMap(([key, field]) => {
    if (field.type === "link") return isTarget(field.target) ? [key] : []
    if (field.type === "links") return field.targets.some(isTarget) ? [key] : []
    if (field.type !== "list") return []
    const parts = linkParts(field).filter(([, target]) => isTarget(target))
    if (parts.some(([part]) => part !== field.key) || (parts.length > 0 && !field.lookUp))
      throw new Error(
        `${entity.name}.${key} links to records that can be merged, but these links can't be found: the link has to be its key, with lookUp.`,
      )
    return parts.length > 0 ? [key] : []
  })
}
