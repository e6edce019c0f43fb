import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { objectPrefix } from "@regulars/contract/kernel/own-objects.ts"
import type { EntityRules, Registry, Subject } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import type { Tx } from "../db/transaction.ts"
import type { StoredRecord } from "../records/columns.ts"

/** Columns of an object as the contract names them. */
export const objectTypeColumns = sql`id, key, one, many, icon, position`

/** The living ones, or the removed as well, as one value of a statement that asks for more. */
export function objectTypesOf({ workspaceId }: Pick<Tx, "workspaceId">, withRemoved: boolean): Sql {
  const wanted = withRemoved ? sql`true` : sql`deleted_at is null`
  return sql`(select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.id), '[]')
    from (select ${objectTypeColumns} from object_types where workspace_id = ${workspaceId} and ${wanted}) t)`
}

/** Names of those that were removed and can come back. */
export function removedObjects({ workspaceId }: Pick<Tx, "workspaceId">): Sql {
  return sql`(select ${objectPrefix} || key from object_types
    where workspace_id = ${workspaceId} and deleted_at is not null)`
}

/** Facts that can be told of a record of an object. */
export function eventsOfObject({ singular }: EntityDeclaration): string[] {
  return ["created", "updated", "removed", "restored"].map((fact) => `${singular}.${fact}`)
}

/** What is new stands on the timelines of what it links to, and so does a link that is set later. */
export function rulesOfObject(registry: Pick<Registry, "entity">, entity: EntityDeclaration): EntityRules {
  const links = Object.entries(entity.fields).flatMap(([key, field]) => {
    const singular = field.type === "link" ? registry.entity(field.target)?.singular : undefined
    return singular === undefined ? [] : [{ key, singular }]
  })
  const linked = (record: StoredRecord, keys?: readonly string[]): Subject[] =>
    links.flatMap(({ key, singular }) => {
      const id = record[key]
      return typeof id === "string" && (!keys || keys.includes(key)) ? [{ type: singular, id }] : []
    })
  return {
    subjects: async (_, records) => records.map((record) => linked(record)),
    newlyLinked: linked,
  }
}
