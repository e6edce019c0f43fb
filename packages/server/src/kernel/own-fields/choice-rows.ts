import type { ChoiceLists, ListedChoice } from "@regulars/contract/kernel/choice-lists.ts"
import { type Sql, sql } from "../db/sql.ts"
import type { Tx } from "../db/transaction.ts"

/** A row of a list that the workspace has made its own. */
export interface ListRow extends ListedChoice {
  list: string
}

/** The lists that the workspace changed, each in its order, as one value of a statement that asks for more. */
export function choiceRowsOf({ workspaceId }: Pick<Tx, "workspaceId">): Sql {
  return sql`(select coalesce(jsonb_agg(to_jsonb(c) order by c.list, c.position, c.id), '[]') from (
    select list, id, label, color, choice_group as "group", options, deleted_at as "deletedAt", position
    from choice_lists where workspace_id = ${workspaceId}) c)`
}
/** These lists in place of those the product declares. */
export function listsOf(declared: ChoiceLists, rows: readonly ListRow[]): ChoiceLists {
  const own = Map.groupBy(rows, ({ list }) => list)
  return { ...declared, ...Object.fromEntries(own) }
}
